"""A lexicon from text that is aligned already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.lexicon.lexicon import Lexicon


def learn_from_pairs(pairs: Sequence[tuple[str, str]]) -> Lexicon:
    """What some pairs of a Vietnamese and an English sentence teach.

    >>> texts = [("mưa to", "heavy rain"), ("mưa nhỏ", "light rain"), ("gió to", "heavy wind")]
    >>> learn_from_pairs(texts * 3).translations("mưa")[0][0]
    'rain'
    """
    from corpus.alignment.collection import collect
    from corpus.alignment.learnt import lexicon_of

    collection = collect([([vi for vi, _ in pairs], [en for _, en in pairs])])
    each, one = np.arange(len(pairs)), np.ones(len(pairs), np.int64)
    return lexicon_of(collection, (each, one), (each, one), np.ones(len(pairs), np.float32))
