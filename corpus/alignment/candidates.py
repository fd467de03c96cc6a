"""Which nodes are worth searching: those that some fairly good path runs through.

A first, rough search knows pairs of single sentences and lone sentences only, with one price for a lone sentence.
Row by row it finds for every node the best path to it and the best path onwards; a node whose best path falls short
of the best of all by more than SLACK is dropped. Documents of like length are searched together.

The running maximum along a row takes the place of an inner loop: to come to column j by leaving out English sentences
costs `price` each, so the best arrival is the running maximum of `score + price * column`, less `price * j`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any
SLACK = 8.0
_BATCH_CELLS = 2_000_000


def keep_nodes(pair_scores: Sequence[Array], price: float, slack: float = SLACK) -> list[Array]:
    """For each document a mask of its nodes, (n + 1) x (m + 1).

    `pair_scores[d]` is n x m: the score of joining sentence i with sentence j.

    >>> scores = np.array([[5.0, -9.0], [-9.0, 5.0]])
    >>> keep_nodes([scores], price=2.0, slack=3.0)[0].astype(int).tolist()
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    """
    masks: list[Array] = [None] * len(pair_scores)
    for batch in _alike([scores.shape for scores in pair_scores]):
        padded, sizes = _pad([pair_scores[d] for d in batch])
        onwards = _arrivals(padded[:, ::-1, ::-1], price)[:, ::-1, ::-1]
        through = _arrivals(padded, price) + onwards
        for k, (d, (n, m)) in enumerate(zip(batch, sizes, strict=True)):
            # Padding scores nothing and costs nothing, so the corner of the padded matrix ends every path.
            own = through[k, : n + 1, : m + 1]
            masks[d] = own >= own.max() - slack
    return masks


def _alike(shapes: list[tuple[int, int]]) -> list[list[int]]:
    """Documents in batches of like length, none with more than a fixed number of cells."""
    batches: list[list[int]] = []
    rows = columns = 0
    for d in sorted(range(len(shapes)), key=lambda d: (shapes[d][0], shapes[d][1])):
        n, m = shapes[d]
        wide = max(columns, m)
        fits = batches and n <= 1.3 * rows + 4 and (len(batches[-1]) + 1) * (n + 1) * (wide + 1) <= _BATCH_CELLS
        if fits:
            batches[-1].append(d)
            columns = wide
        else:
            batches.append([d])
            rows, columns = n, m
    return batches


def _pad(matrices: list[Array]) -> tuple[Array, list[tuple[int, int]]]:
    sizes = [matrix.shape for matrix in matrices]
    padded = np.full((len(matrices), max(n for n, _ in sizes), max(m for _, m in sizes)), -np.inf, np.float32)
    for k, matrix in enumerate(matrices):
        padded[k, : sizes[k][0], : sizes[k][1]] = matrix
    return padded, sizes


def _arrivals(scores: Array, price: float) -> Array:
    """The best score of a path from the corner to each node: documents x (n + 1) x (m + 1)."""
    documents, n, m = scores.shape
    best = np.empty((documents, n + 1, m + 1), np.float32)
    slope = np.arange(m + 1, dtype=np.float32) * np.float32(price)
    best[:, 0] = -slope
    for i in range(n):
        row = best[:, i] - np.float32(price)
        np.maximum(row[:, 1:], best[:, i, :-1] + scores[:, i], out=row[:, 1:])
        best[:, i + 1] = np.maximum.accumulate(row + slope, axis=1) - slope
    return best
