"""The last look at the splits: which rows must go so that nothing held out has a copy in another split.

Clusters keep most copies together; this makes sure of the rest, and takes no chances: every text of a row in validation
or test is looked up exactly among the texts of all other splits. Of two rows that cannot both stay goes the one of the
later build; in one build the one in train, else in validation. A held-out row that stands against more than ten rows
goes itself: one row in test is not worth every row that holds a stock phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.curation.history import SPLITS
from corpus.curation.joining import JoinIndex
from corpus.curation.packed import spread
from corpus.curation.sides import NEAR, STOCK, Side

Array = Any

TRAIN = SPLITS.index("train")
OUT = -1


def bridging_rows(sides: Sequence[Side], places: Array, generations: Array) -> Array:
    """Which rows to leave out. `places` are those of the rows' splits in SPLITS, OUT for rows that are out already.

    Of two rows in conflict the one of the earlier generation stays, else the one whose split stands first.

    >>> import numpy as np
    >>> from corpus.curation.sides import read_side
    >>> side = read_side(["Hà Nội mưa rất to", "Hà Nội mưa rất to!", "Huế nắng đẹp cả ngày"])
    >>> bridging_rows([side], np.array([0, 2, 2]), np.array([1, 1, 1])).tolist()
    [False, True, False]
    """
    import numpy as np

    ranks, rank_of = np.unique(generations * len(SPLITS) + places, return_inverse=True)
    alive = np.flatnonzero(places != OUT)
    conflicts = [_Conflicts(side, alive, rank_of, ranks) for side in sides]
    out = np.zeros(len(places), bool)
    ordered = alive[np.argsort(rank_of[alive], kind="stable")]
    for rows in np.split(ordered, np.flatnonzero(np.diff(rank_of[ordered])) + 1):
        # Rows of one rank are in one split and never in conflict, so their order does not matter.
        if len(rows):
            bit = np.uint8(1 << places[rows[0]])
            out[rows] = np.any([conflict.falls(rows, bit) for conflict in conflicts], axis=0)
            for conflict in conflicts:
                conflict.keep(rows[~out[rows]], bit)
    return out


class _Conflicts:
    """Of one side: which texts are near, which rows give way to many, and the splits of kept rows so far.

    A *group* is the rows of one text and one rank.
    """

    def __init__(self, side: Side, alive: Array, rank_of: Array, ranks: Array) -> None:
        import numpy as np

        self._side = side
        rows = alive[side.text_of[alive] >= 0]
        codes, self._group_of, self._sizes = np.unique(
            side.text_of[rows] * np.int64(len(ranks)) + rank_of[rows], return_inverse=True, return_counts=True
        )
        self._rows, self._text = rows, codes // len(ranks)
        self._generation, self._place = np.divmod(ranks[codes % len(ranks)], len(SPLITS))
        self._first = np.searchsorted(self._text, np.arange(len(side.first) + 1))
        self._kept = np.zeros(len(side.first), np.uint8)
        self._seen = self._kept.copy()
        np.bitwise_or.at(self._seen, self._text, (1 << self._place).astype(np.uint8))
        self._against = np.zeros(len(codes), np.int64)
        self._link(self._sweep())

    def falls(self, rows: Array, bit: Any) -> Array:
        """Which rows of a rank, in the split of this bit, cannot stay beside the rows that were kept."""
        import numpy as np

        texts = self._side.text_of[rows]
        said = np.flatnonzero(texts >= 0)
        blocked = self._kept[texts[said]]
        of, links = spread(self._starts[texts[said]], self._starts[texts[said] + 1] - self._starts[texts[said]])
        np.bitwise_or.at(blocked, of, self._kept[self._near[links]])
        group = self._group_of[np.searchsorted(self._rows, rows[said])]
        found = np.zeros(len(rows), bool)
        found[said] = (blocked & ~bit != 0) | (self._against[group] > STOCK)
        return found

    def keep(self, rows: Array, bit: Any) -> None:
        """Note that these rows stay."""
        texts = self._side.text_of[rows]
        self._kept[texts[texts >= 0]] |= bit

    def _sweep(self) -> tuple[Array, Array]:
        """The pairs of near texts that stand in different splits; counts what stands against held-out groups."""
        import numpy as np

        side, carried = self._side, np.flatnonzero(self._seen)
        held = carried[self._seen[carried] & ~np.uint8(1 << TRAIN) != 0]
        self._count(held, held)
        held = held[side.tells[held]]
        index = JoinIndex(side.sets(held), NEAR)
        found = [(held[:0], held[:0])]
        for texts, sets in side.each_sets(carried[side.tells[carried]]):
            for near in index.find(sets):
                one, other = texts[near.sets], held[near.entries]
                distinct = one != other
                self._count(one[distinct], other[distinct])
                seen = self._seen[one] | self._seen[other]
                apart = distinct & (seen & (seen - np.uint8(1)) != 0)
                found.append((one[apart], other[apart]))
                index.drop(near.entries[self._gives_way(other)])
        one, other = (np.concatenate(some) for some in zip(*found, strict=True))
        return one, other

    def _count(self, texts: Array, held: Array) -> None:
        """Count the rows of `texts` against the held-out groups of `held` of their build, pair by pair."""
        import numpy as np

        pair, group = spread(self._first[held], self._first[held + 1] - self._first[held])
        pair, group = pair[self._place[group] != TRAIN], group[self._place[group] != TRAIN]
        own = texts[pair]
        at, other = spread(self._first[own], self._first[own + 1] - self._first[own])
        group = group[at]
        junior = (self._generation[other] == self._generation[group]) & (self._place[other] > self._place[group])
        np.add.at(self._against, group[junior], self._sizes[other[junior]])

    def _gives_way(self, texts: Array) -> Array:
        """Whether all held-out groups of a text stand against too many: nobody has to give way to it any more."""
        import numpy as np

        of, group = spread(self._first[texts], self._first[texts + 1] - self._first[texts])
        stays = (self._place[group] != TRAIN) & (self._against[group] <= STOCK)
        return np.bincount(of[stays], minlength=len(texts)) == 0

    def _link(self, pairs: tuple[Array, Array]) -> None:
        """The near texts of each text side by side."""
        import numpy as np

        one, other = np.concatenate(pairs), np.concatenate(pairs[::-1])
        order = np.argsort(one, kind="stable")
        self._near, self._starts = other[order], np.searchsorted(one[order], np.arange(len(self._side.first) + 1))
