"""What goes into pairing and what comes out: documents, pairs, relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.alignment.beads import Bead

PARALLEL, PARTIAL, COMPARABLE = "parallel", "partial", "comparable"

REASONS: dict[str, str] = {
    "pair:comparable": "both tell of the same matter, but too little of one is translated in the other",
    "pair:weak": "other articles are about as near, and no link says otherwise",
    "pair:taken": "one of the two has a better partner",
}
"""Why a candidate is no pair."""


class Document(NamedTuple):
    """An article as pairing sees it.

    id: what the caller knows it by, unique in its language
    text: the article
    published: its date, ISO 8601, as far as it is known
    url, name: its address and the name of its file, where numbers and slugs are looked for
    pair: an explicit key given to articles that belong together
    alternates: addresses of the same article in the other language, as `hreflang` gives them
    sentences: its sentences, if they are known already; else `text` is split line by line
    """

    id: str
    text: str
    published: str | None = None
    url: str | None = None
    name: str | None = None
    pair: str | None = None
    alternates: Sequence[str] = ()
    sentences: Sequence[str] | None = None


class Pair(NamedTuple):
    """A Vietnamese and an English article, by their ids, and what is known of them together.

    score: how much nearer they are to each other than to their other neighbours; 1 is no nearer
    relation: parallel, partial or comparable; None where the sentences were not aligned
    coverage: the share of the text of both that stands in probable beads, 0 to 1; None as `relation`
    evidence: what matched, `name:hoang quoc khanh`, the most telling first
    beads: the alignment of their sentences, sentences without a partner too
    reject: one of REASONS, None for a pair
    """

    vi: str
    en: str
    score: float
    relation: str | None
    coverage: float | None
    evidence: tuple[str, ...]
    beads: tuple[Bead, ...] = ()
    reject: str | None = None
