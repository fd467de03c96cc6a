"""What speaks for or against a bead, as numbers that mean the same in a short document and in a long one.

The names are those of the weights file. A bead with both sides is judged by its gain in total and per known unit, by
what stays unexplained, by what each sentence it absorbs adds, by lengths, numbers, sentence ends and punctuation, and
by how well its pair stands against its rivals in the same document. A lone sentence is judged by its best partner:
that is how the price of leaving a sentence out calibrates itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.arcs import TYPES
from corpus.alignment.collection import MARKS, Side, running_sums
from corpus.alignment.gain import Evidence
from corpus.alignment.search import Lattice

Array = Any
PAIR = (
    "gain", "gain_rate_en", "gain_rate_vi", "weaker_gain_rate", "unexplained_en", "unexplained_vi", "unexplained_share",
    "absorbed_gain_rate", "absorbed_gain", "absorbed_cover", "absorbed_share",
    "length_ratio", "length_deviation", "numbers_matched", "numbers_lone_vi",
    "numbers_lone_en", "same_end", "sentence_ends", "sentence_ends_equal", "mutual_best", "margin", "size",
    "gain_root", "unexplained_half", "unexplained_most", "unexplained_by_size", "unexplained_weight",
    "unexplained_weight_half", "names_matched", "names_lone_vi", "names_lone_en",
    *(f"mark_{k}" for k in range(len(MARKS))),
)  # fmt: skip
LONE = ("lone_length", "lone_best", "lone_margin", "lone_mutual", "lone_mutual_best", "lone_known")
NAMES = (*PAIR, *LONE, *(f"bead_{a}_{b}" for a, b in TYPES))
_LONE = slice(len(PAIR), len(PAIR) + len(LONE))
_AT = {name: k for k, name in enumerate(NAMES)}
VARIANCE = 6.8
"""Variance of the length difference per character, after Gale and Church (1993)."""


class Rivals(NamedTuple):
    """How each sentence of one side stands with its best partner on the other: `score`, lead over the second, which."""

    score: Array
    lead: Array
    partner: Array


class Known(NamedTuple):
    """Of each sentence of one side: how many units the tables know, how rare they are together, how many are names."""

    units: Array
    weight: Array
    names: Array


class DocumentEvidence(NamedTuple):
    """What the tables say about one document: `en` explained by the Vietnamese, `vi` by the English, and the rates."""

    en: Evidence
    vi: Evidence
    known_en: Known
    known_vi: Known
    rate: Array

    def pair_gain(self) -> Array:
        """The gain of each pair of single sentences, both ways together: n x m."""
        return np.diff(self.en.gain[:, 0], axis=0).T + np.diff(self.vi.gain[:, 0], axis=0)


def rates(en: Evidence, vi: Evidence, known_en: Known, known_vi: Known) -> DocumentEvidence:
    """Adds the gain per known unit of every pair of single sentences; two more units keep short sentences modest."""
    evidence = DocumentEvidence(en, vi, known_en, known_vi, np.zeros(0))
    return evidence._replace(rate=evidence.pair_gain() / (known_vi.units[:, None] + known_en.units[None, :] + 2.0))


def rivals(rate: Array) -> Rivals:
    """For each row of `rate` its best column, by how much it leads, and which it is.

    >>> best = rivals(np.array([[0.1, 0.9, 0.4]]))
    >>> float(best.score[0]), float(best.lead[0]), int(best.partner[0])
    (0.9, 0.5, 1)
    """
    rows = np.arange(len(rate))
    if rate.shape[1] == 0:
        return Rivals(np.zeros(len(rate)), np.zeros(len(rate)), np.zeros(len(rate), int))
    partner = rate.argmax(1)
    score = rate[rows, partner]
    if rate.shape[1] == 1:
        return Rivals(score, score, partner)
    others = np.array(rate)
    others[rows, partner] = -np.inf
    return Rivals(score, score - others.max(1), partner)


def describe(lattice: Lattice, kinds: Array, evidence: list[DocumentEvidence], vi: Side, en: Side, ratio: float,
             documents: list[int]) -> Array:  # fmt: skip
    """The features of every arc: arcs x NAMES. `documents[d]` is the number in `vi` and `en` of the lattice's d."""
    X = np.zeros((len(NAMES), len(kinds)), np.float32).T  # a feature is written for all arcs at a time
    for kind in range(len(TYPES)):
        X[:, len(PAIR) + len(LONE) + kind] = kinds == kind
    bounds = np.searchsorted(lattice.doc, np.arange(len(documents) + 1))
    for d, found in enumerate(evidence):
        lo, hi = int(bounds[d]), int(bounds[d + 1])
        _describe_document(X[lo:hi], found, *(getattr(lattice, c)[lo:hi] for c in "ijab"))
    offsets = np.array(documents, int)[lattice.doc]
    i, j = vi.offsets[offsets] + lattice.i, en.offsets[offsets] + lattice.j
    _describe_writing(X, vi, en, i, j, lattice.a, lattice.b, ratio)
    return X


def _describe_document(X: Array, found: DocumentEvidence, i: Array, j: Array, a: Array, b: Array) -> None:
    """The features that rest on the tables, for the arcs of one document, lone sentences first."""
    row, column = rivals(found.rate), rivals(found.rate.T)
    alone, single = int(np.count_nonzero(b == 0)), int(np.count_nonzero((a == 0) | (b == 0)))
    lone_vi, lone_en, paired = slice(0, alone), slice(alone, single), slice(single, None)
    X[lone_vi, _LONE] = _lone_features(row, column, found.known_vi.units)[i[lone_vi]]
    X[lone_en, _LONE] = _lone_features(column, row, found.known_en.units)[j[lone_en]]
    _describe_pairs(X[paired, : len(PAIR)], found, row, column, *(c[paired] for c in (i, j, a, b)))


def _lone_features(own: Rivals, other: Rivals, known: Array) -> Array:
    """One row a sentence of the side `own`."""
    mutual = np.zeros(len(own.score))
    if len(other.partner):
        mutual = (other.partner[own.partner] == np.arange(len(own.partner))).astype(float)
    zero = np.zeros(len(own.score))
    return np.stack([zero, own.score, own.lead, mutual, mutual * own.score, np.log1p(known) / 4], axis=1)


class _Spans:
    """Spans of target sentences, each explained by a span of source sentences: where they lie in the running sums."""

    def __init__(self, evidence: Evidence, at: Array, count: Array, width: Array, start: Array) -> None:
        _, widths, sources = evidence.gain.shape
        self._low = (at * widths + (width - 1)) * sources + start
        self._high = self._low + count * (widths * sources)

    def of(self, sums: Array) -> Array:
        """What one of the running sums says of each span."""
        flat = sums.reshape(-1)
        return flat.take(self._high) - flat.take(self._low)


def _describe_pairs(
    F: Array, found: DocumentEvidence, row: Rivals, column: Rivals, i: Array, j: Array, a: Array, b: Array
) -> None:
    """Fills F, arcs x PAIR."""
    k_en, weight_en, names_en = (_sum(values, j, b) for values in found.known_en)
    k_vi, weight_vi, names_vi = (_sum(values, i, a) for values in found.known_vi)
    en, vi = _Spans(found.en, j, b, a, i), _Spans(found.vi, i, a, b, j)
    gain_en, gain_vi = en.of(found.en.gain), vi.of(found.vi.gain)
    lack_en, lack_vi = k_en - en.of(found.en.explained), k_vi - vi.of(found.vi.explained)
    rate_en, rate_vi = gain_en / (k_en + 2), gain_vi / (k_vi + 2)
    F[:, 0], F[:, 1], F[:, 2], F[:, 3] = (gain_en + gain_vi) / 10, rate_en, rate_vi, np.minimum(rate_en, rate_vi)
    F[:, 4], F[:, 5] = lack_en / 10, lack_vi / 10
    F[:, 6] = (lack_en + lack_vi) / (k_en + k_vi + 2)
    share = F[:, 6]
    F[:, _AT["gain_root"]] = (gain_en + gain_vi) / np.sqrt(k_en + k_vi + 4) / 4
    F[:, _AT["unexplained_half"]], F[:, _AT["unexplained_most"]] = (
        np.maximum(share - 0.5, 0),
        np.maximum(share - 0.7, 0),
    )
    F[:, _AT["unexplained_by_size"]] = share * np.log1p(k_en + k_vi) / 4
    F[:, 7:11] = _absorbed(found, i, j, a, b)
    matched_en, matched_vi = en.of(found.en.numbers), vi.of(found.vi.numbers)
    F[:, 13] = np.minimum(np.minimum(matched_en, matched_vi), 3)
    F[:, 14], F[:, 15] = -matched_vi, -matched_en
    heavy_en = weight_en - en.of(found.en.weight)
    heavy_vi = weight_vi - vi.of(found.vi.weight)
    heavy = (heavy_en + heavy_vi) / (weight_en + weight_vi + 10)
    F[:, _AT["unexplained_weight"]], F[:, _AT["unexplained_weight_half"]] = heavy, np.maximum(heavy - 0.5, 0)
    named_en, named_vi = en.of(found.en.names), vi.of(found.vi.names)
    F[:, _AT["names_matched"]] = np.minimum(np.minimum(named_en, named_vi), 4)
    F[:, _AT["names_lone_vi"]], F[:, _AT["names_lone_en"]] = (
        np.minimum(names_vi - named_vi, 3), np.minimum(names_en - named_en, 3)
    )  # fmt: skip
    single = np.flatnonzero((a == 1) & (b == 1))
    i, j = i[single], j[single]
    best_en, best_vi = row.partner[i] == j, column.partner[j] == i
    rate = found.rate[i, j]
    F[single, 19] = best_en & best_vi
    lead = np.where(best_en, row.lead[i], rate - row.score[i]) + np.where(
        best_vi, column.lead[j], rate - column.score[j]
    )
    F[single, 20] = np.clip(lead, -2, 1)


def _absorbed(found: DocumentEvidence, i: Array, j: Array, a: Array, b: Array) -> Array:
    """What the sentence that adds least adds at an edge of a bead; arcs x 4, zero for a bead of single sentences.

    Its gain both ways per known unit, and in total over ten; how many units of the other side only it explains, per
    known unit of its own; and the share of its own units that the other side explains.
    """
    added = np.zeros((4, len(i)), np.float32)
    sides = (
        (a, i, j, b, found.known_vi.units, found.en, found.vi),
        (b, j, i, a, found.known_en.units, found.vi, found.en),
    )
    for span, begin, other, width, known, there, here in sides:
        at = np.flatnonzero(span > 1)
        x, n, y, m = begin[at], span[at], other[at], width[at]
        whole, edges = _Spans(there, y, m, n, x), []
        whole_gain, whole_explained = whole.of(there.gain), whole.of(there.explained)
        for inner, edge in ((x + 1, x), (x, x + n - 1)):
            rest, own = _Spans(there, y, m, n - 1, inner), _Spans(here, edge, 1, m, y)
            gain = whole_gain - rest.of(there.gain) + own.of(here.gain)
            cover = whole_explained - rest.of(there.explained)
            share = own.of(here.explained)
            of = known[edge] + 3
            edges.append(np.stack([gain / of, gain / 10, cover / of, share / of]))
        added[:, at] += np.minimum(edges[0], edges[1])
    return added.T


def _describe_writing(X: Array, vi: Side, en: Side, i: Array, j: Array, a: Array, b: Array, ratio: float) -> None:
    """The features that need no table: lengths, ends and marks. The indices count sentences of the collection."""
    length_vi, length_en = _between(vi.sums.lengths, i, a) * ratio, _between(en.sums.lengths, j, b)
    paired = (a > 0) & (b > 0)
    X[:, _AT["lone_length"]] = np.where(paired, 0, np.log1p(length_vi + length_en) / 4)
    log_ratio = np.abs(np.log((length_en + 3) / (length_vi + 3)))
    deviation = (length_en - length_vi) ** 2 / (VARIANCE * (length_vi + length_en) / 2 + 1)
    at = np.flatnonzero(paired)
    i, j, a, b = i[at], j[at], a[at], b[at]
    X[at, _AT["length_ratio"]] = log_ratio[at]
    X[at, _AT["length_deviation"]] = np.minimum(deviation[at], 25) / 5
    X[at, _AT["size"]] = np.log1p(length_vi[at] + length_en[at]) / 4
    X[at, _AT["same_end"]] = vi.last[i + a - 1] == en.last[j + b - 1]
    X[at, _AT["numbers_lone_vi"]] += _between(vi.sums.figures, i, a)
    X[at, _AT["numbers_lone_en"]] += _between(en.sums.figures, j, b)
    np.clip(X[:, _AT["numbers_lone_vi"]], 0, 3, out=X[:, _AT["numbers_lone_vi"]])
    np.clip(X[:, _AT["numbers_lone_en"]], 0, 3, out=X[:, _AT["numbers_lone_en"]])
    ends = np.abs(_between(vi.sums.inner_ends, i, a) + a - _between(en.sums.inner_ends, j, b) - b)
    X[at, _AT["sentence_ends"]] = np.minimum(ends, 3)
    X[at, _AT["sentence_ends_equal"]] = (ends == 0) & (a + b > 2)
    for k in range(len(MARKS)):
        surplus = _between(vi.sums.marks[k], i, a) - _between(en.sums.marks[k], j, b)
        X[at, _AT[f"mark_{k}"]] = np.minimum(np.abs(surplus), 3)


def _between(sums: Array, start: Array, count: Array) -> Array:
    """Differences of running sums: what spans of sentences come to."""
    return sums.take(start + count) - sums.take(start)


def _sum(values: Array, start: Array, count: Array) -> Array:
    """Sums over spans of sentences."""
    return _between(running_sums(values), start, count)
