"""Judging a pair of articles by what the alignment of their sentences yields.

Two articles of one event share names, numbers and words, and yet hardly a sentence of one stands in the other. So the
last word is with the sentences: *coverage* is the share of the text that stands in probable beads.

    parallel     most of both articles
    partial      a good part of one of them: a digest, a page that has grown since it was translated
    comparable   less: the same matter at most
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.alignment.beads import Bead
from corpus.pairing.model import COMPARABLE, PARALLEL, PARTIAL
from corpus.pairing.thresholds import PARALLEL_COVERAGE, PARTIAL_COVERAGE, PARTIAL_LESSER, PROBABLE


class Judgement(NamedTuple):
    """A relation and the coverage it rests on, 0 to 1."""

    relation: str
    coverage: float


def judge(beads: Sequence[Bead], vi_sentences: Sequence[str], en_sentences: Sequence[str]) -> Judgement:
    """The relation of two articles, given the alignment of their sentences.

    >>> judge([Bead((0,), (0,), 0.98)], ["Trời mưa."], ["It rains."])
    Judgement(relation='parallel', coverage=1.0)
    >>> judge([Bead((0,), (), 0.9), Bead((), (0,), 0.9)], ["Trời mưa."], ["Prices rose."])
    Judgement(relation='comparable', coverage=0.0)
    """
    lengths = [len(sentence) for sentence in vi_sentences], [len(sentence) for sentence in en_sentences]
    covered = [0, 0]
    for bead in beads:
        if bead.vi and bead.en and bead.probability >= PROBABLE:
            covered[0] += sum(lengths[0][i] for i in bead.vi)
            covered[1] += sum(lengths[1][j] for j in bead.en)
    shares = [found / max(sum(all_), 1) for found, all_ in zip(covered, lengths, strict=True)]
    coverage = sum(covered) / max(sum(map(sum, lengths)), 1)
    return Judgement(_relation(min(shares), max(shares)), coverage)


def _relation(lesser: float, greater: float) -> str:
    if lesser >= PARALLEL_COVERAGE:
        return PARALLEL
    return PARTIAL if greater >= PARTIAL_COVERAGE and lesser >= PARTIAL_LESSER else COMPARABLE
