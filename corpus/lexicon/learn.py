"""Learning from aligned sentences which words translate which: IBM Model 1.

Each target unit of a pair was written for one of the pair's source units, or for none. Which one is unknown, so it is
shared out: to each source unit by how probable the target is there so far; the shares are counted over all pairs and
give new probabilities, and so on (Brown et al., *The mathematics of statistical machine translation*, 1993; EM).

    >>> from scipy.sparse import csr_matrix
    >>> pairs = csr_matrix([[1.0, 1, 0], [1, 0, 1]] * 4)  # "con mèo", "con chó" with "the cat", "the dog"
    >>> learn_tables(pairs, pairs, np.ones(8)).forward.argmax(1).ravel().tolist()[0][1:]
    [1, 2]

Small collections are the rule here, where a rare word happens to stand beside many others. Four things keep it
modest. Two units that meet no more often than chance would have it are no candidates (Moore, *Improving IBM
word-alignment Model 1*, 2004, makes the same point with another measure). The shares of the first round follow the
Dice coefficient rather than an even split. Every count is discounted before it becomes a probability (absolute
discounting, Ney, Essen and Kneser 1994), which takes away what rests on a single chance meeting. And a translation
stays only if both directions believe in it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Array = Any
ROUNDS = 3
DISCOUNT = 0.8
MODESTY = 1.0
"""Added to the total of every source unit, so that a word seen once is never sure."""
NULL = 0.3
"""What the empty word offers each target unit, as a multiple of the unit's share of all units."""
ABOVE_CHANCE = 1.0
"""How many times as often as by chance two units must meet at least."""
AGREED = 0.02
"""Both directions must give a translation more than this, or it is dropped from both."""
_TABLE_CELLS = 1 << 25


class Tables(NamedTuple):
    """p(English | Vietnamese) and p(Vietnamese | English), each a sparse matrix of source units x target units."""

    forward: Any
    backward: Any


def learn_tables(vi: Any, en: Any, weights: Array) -> Tables:
    """The tables of both directions from aligned sentences.

    `vi` and `en` are sparse counts, pairs x units; `weights` says how far to believe each pair, 0 to 1.
    """
    vi_units, vi_counts = _units_to_learn(vi, en.shape[1])
    en_units, en_counts = _units_to_learn(en, len(vi_units))
    cells = _Cells(vi_counts, en_counts, np.asarray(weights, np.float32))
    forward = cells.estimate(0)
    backward = cells.estimate(1)
    agreed = (forward > AGREED) & (backward > AGREED)
    return Tables(
        _matrix(
            forward,
            agreed,
            vi_units[cells.pair_of_units[0]],
            en_units[cells.pair_of_units[1]],
            vi.shape[1],
            en.shape[1],
        ),
        _matrix(
            backward,
            agreed,
            en_units[cells.pair_of_units[1]],
            vi_units[cells.pair_of_units[0]],
            en.shape[1],
            vi.shape[1],
        ),
    )


def _matrix(table: Array, keep: Array, rows: Array, columns: Array, height: int, width: int) -> Any:
    from scipy.sparse import csr_matrix

    # To a ten-thousandth, which is what a stored lexicon keeps: what was learnt and what is read back are the same.
    values = (np.rint(table[keep] * 10_000) / 10_000).astype(np.float32)
    return csr_matrix((values, (rows[keep], columns[keep])), shape=(height, width))


def _units_to_learn(counts: Any, others: int) -> tuple[Array, Any]:
    """The units that occur often enough, so few that a table with `others` fits in memory, and their columns."""
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    least = 1
    while np.count_nonzero(seen >= least) * max(others, 1) > _TABLE_CELLS:
        least += 1
    units = np.flatnonzero(seen >= least)
    return units, counts[:, units].tocsr()


class _Cells:
    """The combinations of a Vietnamese and an English unit that may be translations, and where they meet.

    A *meeting* is one place in one pair; `cell` tells its combination, `_at[side]` the place of its unit in the rows
    of that side.
    """

    def __init__(self, vi: Any, en: Any, weights: Array) -> None:
        self._sides = vi, en
        self._weights = weights
        self.pair_of_units, self._dice = self._candidates(vi, en)
        number = np.full(vi.shape[1] * en.shape[1], -1, np.int32)
        number[self.pair_of_units[0] * en.shape[1] + self.pair_of_units[1]] = np.arange(len(self._dice), dtype=np.int32)
        at_vi, at_en = _meetings(vi.indptr, en.indptr)
        cell = number[vi.indices[at_vi].astype(np.int64) * en.shape[1] + en.indices[at_en]]
        kept = np.flatnonzero(cell >= 0)
        # As wide as numpy counts in, or every round would widen them again.
        self.cell, self._at = cell[kept].astype(np.int64), (at_vi[kept].astype(np.int64), at_en[kept])

    def _candidates(self, vi: Any, en: Any) -> tuple[tuple[Array, Array], Array]:
        """The combinations that meet more often than by chance, and their Dice coefficients."""
        present = [side.copy() for side in (vi, en)]
        for side in present:
            side.data = np.ones_like(side.data)
        weighted = present[1].copy()
        weighted.data = np.repeat(self._weights, np.diff(en.indptr))
        together = (present[0].T.tocsr() @ weighted).tocoo()
        seen_vi = np.bincount(vi.indices, np.repeat(self._weights, np.diff(vi.indptr)), minlength=vi.shape[1])
        seen_en = np.bincount(en.indices, weighted.data, minlength=en.shape[1])
        chance = seen_vi[together.row] * seen_en[together.col] / max(float(self._weights.sum()), 1e-9)
        kept = np.flatnonzero(together.data > ABOVE_CHANCE * chance)
        row, column, data = (
            together.row[kept].astype(np.int64),
            together.col[kept].astype(np.int64),
            together.data[kept],
        )
        return (row, column), 2 * data / (seen_vi[row] + seen_en[column])

    def estimate(self, source: int) -> Array:
        """p(target | source) of each combination, from side `source` (0 Vietnamese, 1 English) to the other."""
        sources, targets = self._sides[source], self._sides[1 - source]
        at = self._at[1 - source]
        share = np.bincount(targets.indices, targets.data, minlength=targets.shape[1])
        null = (NULL * share / max(share.sum(), 1.0))[targets.indices]
        weight = targets.data * np.repeat(self._weights, np.diff(targets.indptr))
        copies = sources.data[self._at[source]]
        unit = self.pair_of_units[source]
        table = self._dice
        for _ in range(ROUNDS):
            shares = table[self.cell] * copies
            offered = np.bincount(at, shares, minlength=len(null)) + null
            counts = np.bincount(self.cell, shares * (weight / offered)[at], minlength=len(table))
            totals = np.bincount(unit, counts, minlength=sources.shape[1])
            table = np.maximum(counts - DISCOUNT, 0.0) / (totals + MODESTY)[unit]
        return table


def _meetings(vi_starts: Array, en_starts: Array) -> tuple[Array, Array]:
    """The places in both rows of every unit of a pair with every unit on the other side."""
    many_en = np.diff(en_starts)
    pair = np.repeat(np.arange(len(many_en)), np.diff(vi_starts))
    copies = many_en[pair]
    ends = np.cumsum(copies)
    at_vi = np.repeat(np.arange(len(pair), dtype=np.int32), copies)
    at_en = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - copies - en_starts[pair], copies)
    return at_vi, at_en
