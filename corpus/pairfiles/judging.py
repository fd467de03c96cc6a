"""Rows with their scores: the same numbers whatever the number of processes, and the same before and after a file."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

from corpus.pairfiles.lines import seen
from corpus.pairfiles.reading import SCORE_NAMES, Pair
from corpus.pairfiles.survey import SAMPLE

Scores = dict[str, float | None]
_ROWS_AT_ONCE = 256
_CHARACTERS_AT_ONCE = 1 << 20
DIGITS = 6
"""Significant digits of a score: as many as every form holds, 32-bit floats in Parquet among them."""


class Task(NamedTuple):
    """Some pairs for one process, and the usual ratio of lengths."""

    ratio: float
    pairs: tuple[tuple[str, str], ...]


def score_pairs(
    pairs: Iterable[tuple[str, str]], *, usual_ratio: float | None = None, num_proc: int = 1
) -> Iterator[dict[str, Any]]:
    """`vi`, `en` and every score of each pair by name, in order; `quality` is never null: 0 where a side is missing.

    The usual ratio of lengths is that of the first 10,000 pairs unless it is given.

    >>> [row] = score_pairs([("Trời hôm nay đẹp.", "")])
    >>> row["quality"], row["numbers"]
    (0.0, None)
    """
    stream = iter(pairs)
    if usual_ratio is None:
        head = list(islice(stream, SAMPLE))
        usual_ratio, stream = ratio_of(head), chain(head, stream)
    rows = ({"vi": vi, "en": en} for vi, en in stream)
    yield from (dict(row) for row in scored(rows, usual_ratio, num_proc=num_proc))


def ratio_of(sample: Iterable[tuple[str, str]]) -> float:
    """English characters per Vietnamese one in the collection that a sample stands for; 1 where no pair is whole."""
    whole = [(vi, en) for vi, en in sample if vi.strip() and en.strip()]
    if not whole:
        return 1.0
    from corpus.scoring import usual_ratio

    found: float = usual_ratio(whole)
    return found


def scored(rows: Iterable[Pair], ratio: float, *, num_proc: int = 1, keep: bool = False) -> Iterator[Pair]:
    """The rows with every score. With `keep` a row that has a quality already keeps the scores it has."""
    waiting: deque[list[Pair]] = deque()

    def tasks() -> Iterator[Task]:
        for piece in _pieces(rows):
            waiting.append(piece)
            yield Task(ratio, tuple((row["vi"], row["en"]) for row in piece if not (keep and has_scores(row))))

    for results in _results(tasks(), num_proc):
        found = iter(results)
        for row in waiting.popleft():
            yield {**row, **(scores_of(row) if keep and has_scores(row) else next(found))}


def _results(tasks: Iterable[Task], num_proc: int) -> Iterator[list[Scores]]:
    """The scores of each task, in order; one process is this one, so a script needs no guard around its main."""
    if num_proc == 1:
        yield from map(score_task, tasks)
        return
    from corpus.engine.local import LocalEngine

    with LocalEngine(num_proc) as engine:
        yield from engine.map(score_task, tasks)


def _pieces(rows: Iterable[Pair]) -> Iterator[list[Pair]]:
    piece: list[Pair] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += len(row["vi"]) + len(row["en"])
        if len(piece) == _ROWS_AT_ONCE or size > _CHARACTERS_AT_ONCE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def score_task(task: Task) -> list[Scores]:
    """The scores of each pair (runs in any process)."""
    return [_score(task.ratio, seen(vi), seen(en)) for vi, en in task.pairs]


def _score(ratio: float, vi: str, en: str) -> Scores:
    """Every score by name; a pair that lacks a side has none, and no quality."""
    scores: Mapping[str, float | None] = _scorer(ratio).score(vi, en) if vi.strip() and en.strip() else {}
    rounded = {name: _rounded(scores.get(name)) for name in SCORE_NAMES}
    return {**rounded, "quality": rounded["quality"] or 0.0}


@lru_cache(maxsize=1)
def _scorer(ratio: float) -> Any:
    from corpus.scoring import Scorer

    return Scorer(usual_ratio=ratio)


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")


def has_scores(row: Pair) -> bool:
    """Whether a row was scored before: it has a quality."""
    return number(row.get("quality")) is not None


def scores_of(row: Pair) -> Scores:
    """The scores that a row holds, as numbers."""
    return {name: number(row.get(name)) for name in SCORE_NAMES}


def number(value: object) -> float | None:
    """A score as it stands in a file; None for nothing, and for what is no number.

    >>> number("0.25"), number(0.5), number(""), number(None), number("nan")
    (0.25, 0.5, None, None, None)
    """
    try:
        found = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
    except ValueError:
        return None
    return _rounded(found) if found is not None and found - found == 0 else None
