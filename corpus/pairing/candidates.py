"""The candidates of two collections with everything that is known of them before sentences are aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from corpus.lexicon.lexicon import Lexicon
from corpus.pairing import thresholds
from corpus.pairing.index import near_pairs
from corpus.pairing.links import EXPLICIT, Link, believed_kinds, find_links
from corpus.pairing.margin import link_greedily, margins
from corpus.pairing.model import Document
from corpus.pairing.vectors import cosines
from corpus.pairing.views import View, views

Array = Any
_FULL_DATE = len("2020-12-22")


@dataclass(frozen=True)
class Candidates:
    """Arrays with one entry a candidate; `pairs` is k x 2, rows of the Vietnamese and the English collection.

    similarity: the two cosines added, 0 to 2; words: that of the words alone
    score: the margin, with what links and dates add
    links: the kinds of believed links of each candidate that has any
    explicit: whether one of them is said outright
    """

    pairs: Array
    similarity: Array
    words: Array
    score: Array
    links: dict[int, tuple[str, ...]]
    explicit: Array
    anchors: View


def find_candidates(vi: Sequence[Document], en: Sequence[Document], lexicon: Lexicon) -> Candidates:
    """The candidates of two collections, sorted by row; no article has more than a fixed number of them on average."""
    both = views(vi, en, lexicon)
    links = find_links(vi, en)
    near = near_pairs(both, keep=thresholds.CANDIDATES, postings=thresholds.POSTINGS)
    linked = np.array([[link.vi, link.en] for link in links], np.int64).reshape(-1, 2)
    pairs = np.unique(np.concatenate([near, linked]), axis=0)
    anchors, words = (cosines(view.vi, view.en, pairs) for view in both)
    similarity = anchors + words
    margin = margins(pairs, similarity, (len(vi), len(en)), neighbours=thresholds.NEIGHBOURS, far=thresholds.FAR)
    kinds = _believed(links, pairs, margin)
    explicit = np.zeros(len(pairs), bool)
    explicit[[k for k, named in kinds.items() if set(named) & set(EXPLICIT)]] = True
    score = margin * _date_factors(pairs, vi, en)
    score[list(kinds)] *= thresholds.LINK_BONUS
    return Candidates(pairs, similarity, words, score, kinds, explicit, both[0])


def _believed(links: Sequence[Link], pairs: Array, margin: Array) -> dict[int, tuple[str, ...]]:
    """For each candidate with links worth believing, their kinds."""
    sure = [k for k in link_greedily(pairs, margin).tolist() if margin[k] >= thresholds.SURE_MARGIN]
    kinds = believed_kinds(links, dict(pairs[sure].tolist()))
    found: dict[int, tuple[str, ...]] = {}
    for link in links:
        if link.kind in kinds:
            k = _number_of(pairs, link)
            found[k] = (*found.get(k, ()), link.kind)
    return found


def _number_of(pairs: Array, link: Link) -> int:
    """Which of the sorted candidates a link joins."""
    first, last = np.searchsorted(pairs[:, 0], [link.vi, link.vi + 1])
    return int(first + np.searchsorted(pairs[first:last, 1], link.en))


def _date_factors(pairs: Array, vi: Sequence[Document], en: Sequence[Document]) -> Array:
    """What the days of publication say about each candidate; 1 where one of them is unknown."""
    days = [np.array([_ordinal(document.published) for document in side]) for side in (vi, en)]
    of_vi, of_en = days[0][pairs[:, 0]], days[1][pairs[:, 1]]
    apart = np.abs(of_vi - of_en)
    known = (of_vi > 0) & (of_en > 0)
    factors = np.ones(len(pairs))
    factors[known & (apart <= thresholds.SAME_DAYS)] = thresholds.SAME_DAYS_BONUS
    factors[known & (apart >= thresholds.FAR_DAYS)] = thresholds.FAR_DAYS_MALUS
    return factors


def _ordinal(published: str | None) -> int:
    """The number of a day; 0 where the day is not known.

    >>> _ordinal("2020-12-22") - _ordinal("2020-12-19T08:00:00"), _ordinal("2020-12")
    (3, 0)
    """
    try:
        return date.fromisoformat((published or "")[:_FULL_DATE]).toordinal()
    except ValueError:
        return 0
