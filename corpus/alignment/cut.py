"""Long documents are cut into pieces where the two sides surely meet, so that time and memory grow with length.

A *meeting point* is a pair of sentences that share rare units (names, numbers, borrowed words that few sentences
have) and no other sentence shares as many. The heaviest chain of meeting points that rises on both sides is found,
and the documents are cut at points that have neighbours before and after them on the chain, about every PIECE
sentences. Where the chain has nothing to offer for long, the cut falls on the straight line between its ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from corpus.alignment.units import english_units, vietnamese_units

LONG = 900
"""Documents with fewer sentences on both sides stay whole."""
PIECE = 400
RARE = 4
"""A unit is rare if no more sentences than this have it, on either side."""
NEAR = 12
"""Points of the chain within so many sentences bear each other out."""


class Piece(NamedTuple):
    """A part of a document: its sentences, and where they begin in the document."""

    document: int
    text: tuple[Sequence[str], Sequence[str]]
    vi: int
    en: int


def cut(document: int, text: tuple[Sequence[str], Sequence[str]]) -> list[Piece]:
    """The pieces of a document in order; one that is not long is a single piece.

    >>> [(piece.vi, len(piece.text[0])) for piece in cut(0, (["a"] * 3, ["b"] * 2))]
    [(0, 3)]
    """
    vi, en = text
    if max(len(vi), len(en)) < LONG:
        return [Piece(document, text, 0, 0)]
    points = _cutting_points(chain(meeting_points(vi, en)), len(vi), len(en))
    pieces = []
    for (i, j), (k, m) in zip([(0, 0), *points], [*points, (len(vi), len(en))], strict=True):
        pieces.append(Piece(document, (vi[i:k], en[j:m]), i, j))
    return pieces


def meeting_points(vi: Sequence[str], en: Sequence[str]) -> list[tuple[int, int, int]]:
    """`(i, j, shared)`: sentences that share more rare units with each other than with any other sentence."""
    index_vi, index_en = _rare(map(vietnamese_units, vi)), _rare(map(english_units, en))
    shared: dict[tuple[int, int], int] = {}
    for unit, rows in index_vi.items():
        for j in index_en.get(unit, ()):
            for i in rows:
                shared[i, j] = shared.get((i, j), 0) + 1
    best_vi: dict[int, int] = {}
    best_en: dict[int, int] = {}
    for (i, j), count in shared.items():
        best_vi[i] = max(best_vi.get(i, 0), count)
        best_en[j] = max(best_en.get(j, 0), count)
    tops = [(i, j, count) for (i, j), count in shared.items() if count == best_vi[i] == best_en[j]]
    rivals_vi = _tally(i for i, _, _ in tops)
    rivals_en = _tally(j for _, j, _ in tops)
    return sorted(point for point in tops if rivals_vi[point[0]] == 1 == rivals_en[point[1]])


def _rare(rows: object) -> dict[str, list[int]]:
    """Which sentences have each shared unit, for units that few have."""
    index: dict[str, list[int]] = {}
    for k, units in enumerate(rows):  # type: ignore[arg-type, var-annotated]
        for unit in dict.fromkeys(units):
            if unit[0] in "@#=" and len(unit) > 2:
                index.setdefault(unit, []).append(k)
    return {unit: found for unit, found in index.items() if len(found) <= RARE}


def _tally(items: object) -> dict[int, int]:
    counts: dict[int, int] = {}
    for item in items:  # type: ignore[attr-defined]
        counts[item] = counts.get(item, 0) + 1
    return counts


def chain(points: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The heaviest sequence of points that rises strictly on both sides. Points are `(i, j, weight)`, sorted.

    >>> chain([(0, 0, 1), (1, 5, 2), (2, 1, 1), (3, 2, 1), (4, 3, 1)])
    [(0, 0), (2, 1), (3, 2), (4, 3)]
    """
    ends: list[int] = []  # rising English indices, and the weight and last point of the best chain that ends there
    totals: list[int] = []
    lasts: list[int] = []
    previous = [-1] * len(points)
    k = 0
    while k < len(points):
        row_end = bisect_right(points, (points[k][0] + 1,), lo=k) if k < len(points) else k
        arrivals = []
        for p in range(k, row_end):
            at = bisect_left(ends, points[p][1]) - 1
            previous[p] = lasts[at] if at >= 0 else -1
            arrivals.append((points[p][1], (totals[at] if at >= 0 else 0) + points[p][2], p))
        for end, total, p in arrivals:
            _insert(ends, totals, lasts, end, total, p)
        k = row_end
    path = []
    p = lasts[-1] if lasts else -1
    while p >= 0:
        path.append((points[p][0], points[p][1]))
        p = previous[p]
    return path[::-1]


def _insert(ends: list[int], totals: list[int], lasts: list[int], end: int, total: int, point: int) -> None:
    """Keep the list such that a later end always has a greater total."""
    at = bisect_right(ends, end)
    if at and totals[at - 1] >= total:
        return
    stop = at
    while stop < len(ends) and totals[stop] <= total:
        stop += 1
    if at and ends[at - 1] == end:
        at -= 1
    ends[at:stop], totals[at:stop], lasts[at:stop] = [end], [total], [point]


def _cutting_points(points: list[tuple[int, int]], n: int, m: int) -> list[tuple[int, int]]:
    """Nodes to cut at: sure points of the chain about every PIECE sentences, and others where there are none."""
    sure = [
        here for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if max(here[0] - before[0], here[1] - before[1], after[0] - here[0], after[1] - here[1]) <= NEAR
    ]  # fmt: skip
    chosen: list[tuple[int, int]] = []
    last = (0, 0)
    for point in [*sure, (n, m)]:
        chosen += (
            _straight(last, point) if point == (n, m) or max(point[0] - last[0], point[1] - last[1]) > 5 * PIECE else []
        )
        last = chosen[-1] if chosen else last
        if point != (n, m) and max(point[0] - last[0], point[1] - last[1]) >= PIECE:
            chosen.append(point)
            last = point
    return chosen


def _straight(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Nodes on the line between two points, no further apart than a document that stays whole is long."""
    steps = max(end[0] - start[0], end[1] - start[1]) // (3 * PIECE)
    return [
        (start[0] + (end[0] - start[0]) * k // (steps + 1), start[1] + (end[1] - start[1]) * k // (steps + 1))
        for k in range(1, steps + 1)
    ]
