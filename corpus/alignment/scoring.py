"""Predicted beads against gold ones: strict and lax precision, recall and F1, as vecalign counts them.

*Strict*: a predicted link is right when the very same link is in the gold. *Lax*: when it joins at least one pair of
sentences that the gold joins too. Links with an empty side are left out on both sides. Counts are summed over the
documents before they are divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.alignment.beads import Bead

Link = tuple[tuple[int, ...], tuple[int, ...]]


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float


class Scores(NamedTuple):
    """Both ways of counting, and the numbers of links."""

    strict: Score
    lax: Score
    gold: int
    predicted: int


def evaluate(gold: Sequence[Iterable[Bead]], predicted: Sequence[Iterable[Bead]]) -> Scores:
    """The scores of some documents, given in the same order on both sides.

    >>> gold = [[Bead((0,), (0,), 1.0), Bead((1, 2), (1,), 1.0)]]
    >>> found = [[Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.8), Bead((2,), (), 0.7)]]
    >>> scores = evaluate(gold, found)
    >>> scores.strict.f1, scores.lax.f1
    (0.5, 1.0)
    """
    total = [0] * 5
    for true, found in zip(gold, predicted, strict=True):
        total = [a + b for a, b in zip(total, _count(_links(true), _links(found)), strict=True)]
    in_gold, in_predicted, exact, right, reached = total
    return Scores(
        _score(exact, in_predicted, exact, in_gold),
        _score(right, in_predicted, reached, in_gold),
        in_gold,
        in_predicted,
    )


def _links(beads: Iterable[Bead]) -> set[Link]:
    return {(tuple(bead.vi), tuple(bead.en)) for bead in beads if bead.vi and bead.en}


def _pairs(links: Iterable[Link]) -> set[tuple[int, int]]:
    return {(i, j) for vi, en in links for i in vi for j in en}


def _count(gold: set[Link], predicted: set[Link]) -> list[int]:
    """Links in the gold, predicted, in both; predicted that touch the gold, gold that is touched."""
    true, found = _pairs(gold), _pairs(predicted)
    return [
        len(gold), len(predicted), len(gold & predicted),
        sum(not true.isdisjoint(_pairs([link])) for link in predicted),
        sum(not found.isdisjoint(_pairs([link])) for link in gold),
    ]  # fmt: skip


def _score(right: int, predicted: int, found: int, gold: int) -> Score:
    precision = right / predicted if predicted else 0.0
    recall = found / gold if gold else 0.0
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


class Reliability(NamedTuple):
    """One row of a reliability table: beads with a probability in [low, high), and how many of them are right."""

    low: float
    high: float
    beads: int
    mean_probability: float
    share_right: float


def reliability(
    gold: Sequence[Iterable[Bead]], predicted: Sequence[Iterable[Bead]], bins: int = 10
) -> list[Reliability]:
    """How far the probabilities of beads with two sides can be believed: one row for each filled tenth."""
    said: list[tuple[float, bool]] = []
    for true, found in zip(gold, predicted, strict=True):
        links = _links(true)
        said += [(b.probability, (tuple(b.vi), tuple(b.en)) in links) for b in found if b.vi and b.en]
    rows = []
    for k in range(bins):
        here = [pair for pair in said if min(int(pair[0] * bins), bins - 1) == k]
        if here:
            mean, right = sum(p for p, _ in here) / len(here), sum(ok for _, ok in here) / len(here)
            rows.append(Reliability(k / bins, (k + 1) / bins, len(here), mean, right))
    return rows


def calibration_error(rows: Sequence[Reliability]) -> float:
    """The expected calibration error (Guo et al. 2017): the mean gap between what was said and what was right.

    >>> calibration_error([Reliability(0.9, 1.0, 10, 0.95, 0.9), Reliability(0.4, 0.5, 10, 0.45, 0.5)])
    0.05
    """
    total = sum(row.beads for row in rows)
    return (
        round(sum(row.beads * abs(row.mean_probability - row.share_right) for row in rows) / total, 6) if total else 0.0
    )
