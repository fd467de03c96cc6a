"""Predicted pairs of articles against gold ones: precision, recall and F1.

A pair is right when the gold holds the very same two names. Names are compared without their folders, so that a list
made elsewhere counts too; a pair that is listed twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from corpus.alignment.scoring import Score
from corpus.errors import UsageError

Names = tuple[str, str]


class PairScores(NamedTuple):
    """The score, and the numbers of different pairs."""

    score: Score
    gold: int
    predicted: int


def read_pairs(text: str, name: str = "the list") -> list[Names]:
    """The pairs of a list: Vietnamese and English file name, separated by a tab; further columns are passed over.

    Raises UsageError, with the line of `name`, for a line that holds no pair.

    >>> read_pairs("vi/lũ-quét.txt\\ten/flood.txt\\t0.93\\n\\nhội-nghị.txt\\tmeeting.txt")
    [('lũ-quét.txt', 'flood.txt'), ('hội-nghị.txt', 'meeting.txt')]
    """
    pairs = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        vi, en = (PurePosixPath(column.strip()).name for column in [*line.split("\t"), "", ""][:2])
        if not (vi and en):
            raise UsageError(f"{name}, line {number}: not VI<TAB>EN; write the two file names separated by a tab")
        pairs.append((vi, en))
    return pairs


def evaluate_pairs(gold: Iterable[Names], predicted: Iterable[Names]) -> PairScores:
    """The scores of predicted pairs; 0 where there is nothing to divide by.

    >>> gold = [("lũ-quét.txt", "flood.txt"), ("hội-nghị.txt", "meeting.txt")]
    >>> evaluate_pairs(gold, [("lũ-quét.txt", "flood.txt"), ("hội-nghị.txt", "festival.txt")]).score
    Score(precision=0.5, recall=0.5, f1=0.5)
    >>> evaluate_pairs(gold, [])
    PairScores(score=Score(precision=0.0, recall=0.0, f1=0.0), gold=2, predicted=0)
    """
    true, found = set(gold), set(predicted)
    right = len(true & found)
    precision = right / len(found) if found else 0.0
    recall = right / len(true) if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return PairScores(Score(precision, recall, f1), len(true), len(found))
