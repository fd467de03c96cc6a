"""The search, on plain numbers: every way to align two documents is a path, and paths are compared here.

Put the Vietnamese sentences along one axis and the English ones along the other. A *node* (i, j) says "i sentences
here and j there are done"; an *arc* from (i, j) to (i + a, j + b) is a bead of a and b sentences; a path from (0, 0)
to (n, m) is an alignment. Arcs have scores, the score of a path is their sum, and a path's probability is
proportional to exp(score). Two questions are answered: which path is best, and how probable is each arc when all
paths are weighed against one another (its *posterior*).

Two sentences on each side, with a good first pair and a good second pair:

    >>> toy = lattice([(2, 2)], [(0, 0, 0, 1, 1, 2.0), (0, 1, 1, 1, 1, 3.0), (0, 0, 0, 2, 2, 4.0)])
    >>> [toy.bead(arc) for arc in toy.best_path(toy.toy_scores)[0]]
    [(0, 0, 1, 1), (1, 1, 1, 1)]
    >>> [round(float(p), 3) for p in toy.posterior(toy.toy_scores)]
    [0.731, 0.731, 0.269]

The best path scores 5, the other 4, so the first has odds e : 1.

Nothing here knows of language. All documents of a batch are searched at once, one step for each value of i + j, so
that the number of steps is the length of the longest document and not the number of nodes. The recursions are those
of Viterbi and of forward-backward (Rabiner, *A tutorial on hidden Markov models*, 1989) on an acyclic graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

Array = Any  # numpy arrays: shapes are given in words
UNREACHABLE = -1e30


@dataclass(frozen=True)
class Lattice:
    """The nodes and arcs of a batch of documents.

    Nodes are numbered in the order of i + j, so every arc leads to a higher number. `start` and `end` hold the
    nodes of each arc; `doc`, `i`, `j`, `a`, `b` what it stands for; `first` and `last` the corner nodes of each
    document; `level` the i + j of each node.
    """

    level: Array
    first: Array
    last: Array
    doc: Array
    i: Array
    j: Array
    a: Array
    b: Array
    start: Array
    end: Array
    toy_scores: Array = field(default=None, compare=False)

    def bead(self, arc: int) -> tuple[int, int, int, int]:
        """`(i, j, a, b)` of an arc."""
        return int(self.i[arc]), int(self.j[arc]), int(self.a[arc]), int(self.b[arc])

    @cached_property
    def _arriving(self) -> _Steps:
        return _Steps.of(self.end, self.start, self.level)

    @cached_property
    def _leaving(self) -> _Steps:
        return _Steps.of(self.start, self.end, self.level)

    def best_path(self, scores: Array) -> list[list[int]]:
        """The arcs of the best path of each document, in order. `scores` has one number an arc.

        Of equal paths the one whose last differing arc was listed first wins.
        """
        steps = self._arriving
        best = np.full(len(self.level), UNREACHABLE)
        best[self.first] = 0.0
        ordered = np.asarray(scores, dtype=np.float64)[steps.arcs]
        for lo, hi, bounds, nodes, _ in steps.upwards():
            best[nodes] = np.maximum.reduceat(best[steps.other[lo:hi]] + ordered[lo:hi], bounds)
        winners = np.flatnonzero(best[steps.other] + ordered == best[steps.node])[::-1]
        into = np.full(len(self.level), -1)
        into[steps.node[winners]] = steps.arcs[winners]
        return [self._walk_back(into, int(first), int(last)) for first, last in zip(self.first, self.last, strict=True)]

    def _walk_back(self, into: Array, first: int, last: int) -> list[int]:
        path = []
        while last != first:
            arc = int(into[last])
            path.append(arc)
            last = int(self.start[arc])
        return path[::-1]

    def posterior(self, scores: Array) -> Array:
        """The probability of each arc: the share of all paths, weighed by exp(score), that run through it."""
        scores = np.asarray(scores, dtype=np.float64)
        forward, backward, total = self._both_ways(scores)
        return np.exp(np.minimum(forward[self.start] + scores + backward[self.end] - total[self.doc], 0.0))

    def log_total(self, scores: Array) -> Array:
        """The logarithm of the sum of exp(score) over all paths, for each document."""
        return self._both_ways(np.asarray(scores, dtype=np.float64))[2]

    def _both_ways(self, scores: Array) -> tuple[Array, Array, Array]:
        forward = np.full(len(self.level), UNREACHABLE)
        backward = forward.copy()
        forward[self.first] = 0.0
        backward[self.last] = 0.0
        _sum_paths(forward, scores, self._arriving, reverse=False)
        _sum_paths(backward, scores, self._leaving, reverse=True)
        return forward, backward, forward[self.last]


@dataclass(frozen=True)
class _Steps:
    """Arcs sorted by one of their ends (`node`), cut into runs of equal i + j there, and runs into nodes."""

    arcs: Array
    node: Array
    other: Array
    runs: Array
    heads: Array
    head_runs: Array

    @classmethod
    def of(cls, node: Array, other: Array, level: Array) -> _Steps:
        arcs = np.argsort(node, kind="stable")
        node = node[arcs]
        height = level[node]
        runs = np.flatnonzero(np.r_[True, height[1:] != height[:-1], True]) if len(node) else np.zeros(1, int)
        heads = np.flatnonzero(np.r_[True, node[1:] != node[:-1]]) if len(node) else np.zeros(0, int)
        return cls(arcs, node, other[arcs], runs, heads, np.searchsorted(heads, runs))

    def upwards(self, reverse: bool = False) -> Any:
        """`(lo, hi, bounds, nodes, counts)` for each run: where its nodes begin, and their numbers of arcs."""
        numbers = range(len(self.runs) - 1)
        runs, head_runs = self.runs.tolist(), self.head_runs.tolist()
        nodes = self.node[self.heads]
        counts = np.diff(np.r_[self.heads, len(self.node)])
        for k in reversed(numbers) if reverse else numbers:
            lo, hi, h, g = runs[k], runs[k + 1], head_runs[k], head_runs[k + 1]
            yield lo, hi, self.heads[h:g] - lo, nodes[h:g], counts[h:g]


def _sum_paths(total: Array, scores: Array, steps: _Steps, *, reverse: bool) -> None:
    """Fill `total` with the logarithm of the sum over all paths between each node and its document's corner."""
    ordered = scores[steps.arcs]
    for lo, hi, bounds, nodes, counts in steps.upwards(reverse):
        values = total[steps.other[lo:hi]] + ordered[lo:hi]
        top = np.maximum.reduceat(values, bounds)
        total[nodes] = top + np.log(np.add.reduceat(np.exp(values - np.repeat(top, counts)), bounds))


def lattice(sizes: Sequence[tuple[int, int]], arcs: Sequence[tuple[int, int, int, int, int, float]]) -> Lattice:
    """A lattice from a list of `(document, i, j, a, b, score)`, for small cases; the scores are its `toy_scores`."""
    doc, i, j, a, b = (np.array([arc[k] for arc in arcs], dtype=np.int64) for k in range(5))
    corners = [(d, i_, j_) for d, (n, m) in enumerate(sizes) for i_, j_ in ((0, 0), (n, m))]
    ends = {
        (int(d), int(x), int(y)) for d, x, y in [*zip(doc, i, j, strict=True), *zip(doc, i + a, j + b, strict=True)]
    }
    nodes = sorted(ends.union(corners), key=lambda node: (node[1] + node[2], node))
    number = {node: k for k, node in enumerate(nodes)}
    start = np.array([number[int(d), int(x), int(y)] for d, x, y in zip(doc, i, j, strict=True)], dtype=np.int64)
    end = np.array([number[int(d), int(x), int(y)] for d, x, y in zip(doc, i + a, j + b, strict=True)], dtype=np.int64)
    first = np.array([number[d, 0, 0] for d in range(len(sizes))])
    last = np.array([number[d, n, m] for d, (n, m) in enumerate(sizes)])
    level = np.array([x + y for _, x, y in nodes])
    return Lattice(level, first, last, doc, i, j, a, b, start, end, np.array([arc[5] for arc in arcs], dtype=float))
