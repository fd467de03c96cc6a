"""How much better a sentence is explained by its partner than by chance: the lexical evidence for a bead.

A table says how probable each target unit t is where a source unit s stands, p(t | s). Seen with a source of k
units, t has the probability (mean over its units s) p(t | s); without any source it has its share of all running
units, p(t). The *gain* of t is

    log((1 - ALPHA) + ALPHA * mean p(t | s) / p(t))

which is positive when the source speaks for t and log(1 - ALPHA) when it does not. A unit that the table does not
know says nothing. The gain of a bead is the sum over its target units, and it is taken in both directions. The rare
unit counts most, since there is little it could be explained by otherwise.

    >>> round(gain_of(mean_probability=0.05, background=0.001), 2), round(gain_of(0.0, 0.001), 2)
    (3.24, -0.69)

The mixture with the background is that of query likelihood in retrieval (Jelinek-Mercer smoothing, Zhai and Lafferty
2001) over IBM Model 1 (Brown et al. 1993).
"""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple

import numpy as np

Array = Any
ALPHA = 0.5
CAP = 7.0
"""No unit may gain more than this: one rare word found by chance must not carry a sentence."""
NUMBER, NAME = 1, 2
"""Kinds of unit that are counted apart."""
WIDTH = 4
"""The most sentences that one side of a bead has."""


def gain_of(mean_probability: float, background: float) -> float:
    """The gain of one target unit."""
    return min(log((1 - ALPHA) + ALPHA * mean_probability / background), CAP)


class Evidence(NamedTuple):
    """Running sums over target sentences, so that a span is a difference of two: (targets + 1) x WIDTH x sources (or
    fewer than WIDTH, where no bead asks for more).

    `gain[j, a - 1, i]` is the gain of the first j target sentences, explained by the a source sentences from i on;
    `explained` counts their units that gain, `weight` adds up how rare those are; `numbers` and `names` count those of
    them that are numbers or names.
    """

    gain: Array
    explained: Array
    weight: Array
    numbers: Array
    names: Array


class Rows(NamedTuple):
    """Sparse rows: `units[starts[k]:starts[k + 1]]` with their `values`."""

    starts: Array
    units: Array
    values: Array

    def part(self, lo: int, hi: int) -> Rows:
        """Rows lo to hi."""
        first, last = self.starts[lo], self.starts[hi]
        return Rows(self.starts[lo : hi + 1] - first, self.units[first:last], self.values[first:last])


def gather_evidence(
    projected: Rows, sizes: Array, targets: Rows, inverse_background: Array, kinds: Array, width: int = WIDTH
) -> Evidence:
    """The evidence of one document.

    `projected` holds, for each source sentence, the sum of p(t | s) over its units, `sizes` their number; `targets`
    the units of the target sentences; `inverse_background[t]` is 1 / p(t), 0 for a unit that the table does not know;
    `kinds[t]` is NUMBER, NAME or 0. Source windows are up to `width` sentences wide.
    """
    from scipy.sparse import csr_matrix

    sources, count = len(sizes), len(targets.starts) - 1
    known = inverse_background[targets.units] > 0
    local, column = np.unique(targets.units[known], return_inverse=True)
    starts = np.r_[0, np.cumsum(known)][targets.starts]
    body = csr_matrix((np.ones(len(column), np.float32), column, starts), shape=(count, len(local)))
    ratio = _window_ratios(_dense(projected, local, sources), sizes, inverse_background[local], width)
    spread = ratio * np.float32(ALPHA)
    spread += np.float32(1 - ALPHA)
    np.log(spread, out=spread)
    np.minimum(spread, CAP, out=spread)
    found = (ratio > 1.0).astype(np.float32)
    weighed = csr_matrix((np.log(inverse_background[local])[column], column, starts), shape=body.shape)
    numbers, names = np.flatnonzero(kinds[local] == NUMBER), np.flatnonzero(kinds[local] == NAME)
    return Evidence(
        _running(body @ spread, width),
        _running(body @ found, width),
        _running(weighed @ found, width),
        _running(body[:, numbers] @ found[numbers], width),
        _running(body[:, names] @ found[names], width),
    )


def _dense(projected: Rows, local: Array, sources: int) -> Array:
    """The projected rows as a matrix, local target units x source sentences."""
    dense = np.zeros((len(local), sources), np.float32)
    if len(local):
        place = np.minimum(np.searchsorted(local, projected.units), len(local) - 1)
        here = local[place] == projected.units
        row = np.repeat(np.arange(sources), np.diff(projected.starts))
        dense[place[here], row[here]] = projected.values[here]
    return dense


def _window_ratios(dense: Array, sizes: Array, inverse_background: Array, widest: int) -> Array:
    """mean p(t | s) / p(t) for windows of 1 to `widest` source sentences: units x (widest * sources).

    A window that runs over the end of the document is cut there; no bead asks for it.
    """
    width = dense.shape[1]
    ratios = np.empty((len(dense), widest * width), np.float32)
    total, length = dense.copy(), sizes.astype(np.float32).copy()
    for a in range(widest):
        if 0 < a < width:
            total[:, :-a] += dense[:, a:]
            length[:-a] += sizes[a:]
        ratios[:, a * width : (a + 1) * width] = total / np.maximum(length, 1.0)
    ratios *= inverse_background[:, None]
    return ratios


def _running(matrix: Array, width: int) -> Array:
    """Running sums over the rows of a matrix of targets x (width * sources)."""
    sums = np.zeros((matrix.shape[0] + 1, matrix.shape[1]), np.float32)
    for k, row in enumerate(matrix):  # whole rows are contiguous; cumsum would go down column by column
        np.add(sums[k], row, out=sums[k + 1])
    return sums.reshape(len(sums), width, -1)
