"""Which sets of one collection are near to which of another: an exact join, without an object per set.

The rule is that of `corpus.curation.lookup`: two sets that share a given part of their shingles share at least one of
the rarest few (Bayardo, Ma and Srikant 2007). Here the lists of a whole block of sets are walked at once, as arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from corpus.curation.packed import PackedSets, jaccard, spread

Array = Any

_CANDIDATES = 1 << 20
"""How many candidates are compared at a time; between two such blocks entries may be dropped."""


class Near(NamedTuple):
    """Sets (by place) and the entries (by place) they are near to, pair by pair."""

    sets: Array
    entries: Array


class JoinIndex:
    """Entries, none of them empty, of which those near to other sets are to be found.

    >>> entries = PackedSets.of([frozenset(k << 40 for k in range(10)), frozenset({99 << 40})])
    >>> queries = PackedSets.of([frozenset(k << 40 for k in range(8)), frozenset(k << 40 for k in range(5))])
    >>> [(near.sets.tolist(), near.entries.tolist()) for near in JoinIndex(entries, 0.7).find(queries)]
    [([0], [0])]
    """

    def __init__(self, entries: PackedSets, threshold: float) -> None:
        import numpy as np

        self._entries, self._threshold = entries, threshold
        self._vocabulary, ids, self._counts = np.unique(entries.values, return_inverse=True, return_counts=True)
        owner = np.repeat(np.arange(len(entries)), entries.sizes)
        listed = self._rarest(owner, ids, _looked_at(entries.sizes, threshold))
        order = np.argsort(ids[listed], kind="stable")
        self._listed, self._ids = owner[listed][order], ids[listed][order]
        self._dropped = np.zeros(len(entries), bool)
        self._wasted = 0
        self._count_lists()

    def find(self, sets: PackedSets) -> Iterator[Near]:
        """The near pairs, each once, a block at a time."""
        import numpy as np

        owner, ids = self._looked_up(sets)
        at = 0
        while at < len(owner):
            sizes = np.diff(self._starts)[ids[at : at + _CANDIDATES]]
            end = at + max(int(np.searchsorted(np.cumsum(sizes), _CANDIDATES)), 1)
            # A set's shingles stay in one block, so that no pair is found twice.
            end = int(np.searchsorted(owner, owner[min(end, len(owner)) - 1], side="right"))
            candidates = self._candidates(owner[at:end], ids[at:end])
            yield self._verified(sets, *candidates)
            at = end

    def drop(self, entries: Array) -> None:
        """Find these entries no more."""
        self._dropped[entries] = True

    def _looked_up(self, sets: PackedSets) -> tuple[Array, Array]:
        """The sets and the shingles, by their number in the vocabulary, under which near entries are listed."""
        import numpy as np

        owner = np.repeat(np.arange(len(sets)), sets.sizes)
        ids: Array = np.searchsorted(self._vocabulary, sets.values)
        ids[ids == len(self._vocabulary)] = 0
        known = self._vocabulary[ids] == sets.values if len(self._vocabulary) else np.zeros(len(ids), bool)
        # What no entry has is the rarest of all, and looked up for nothing.
        unknown = np.bincount(owner[~known], minlength=len(sets))
        owner, ids = owner[known], ids[known]
        rarest = self._rarest(owner, ids, _looked_at(sets.sizes, self._threshold) - unknown)
        return owner[rarest], ids[rarest]

    def _rarest(self, owner: Array, ids: Array, wanted: Array) -> Array:
        """The places of each owner's rarest shingles, as many as are wanted of it, owner by owner."""
        import numpy as np

        order = np.lexsort((ids, self._counts[ids], owner))
        sizes = np.bincount(owner, minlength=len(wanted))
        rank = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return order[rank < wanted[owner[order]]]

    def _candidates(self, owner: Array, ids: Array) -> tuple[Array, Array]:
        """The pairs of sets and entries that meet in a list, each once."""
        import numpy as np

        of, places = spread(self._starts[:-1][ids], np.diff(self._starts)[ids])
        entries = self._listed[places]
        gone = self._dropped[entries]
        codes = np.unique(owner[of[~gone]] * np.int64(len(self._entries)) + entries[~gone])
        self._wasted += int(gone.sum())
        if self._wasted > len(self._listed):
            self._forget_dropped()
        return codes // len(self._entries), codes % len(self._entries)

    def _forget_dropped(self) -> None:
        """Take dropped entries off the lists. Done once they have cost as much as this does."""
        left = ~self._dropped[self._listed]
        self._listed, self._ids, self._wasted = self._listed[left], self._ids[left], 0
        self._count_lists()

    def _count_lists(self) -> None:
        import numpy as np

        self._starts = np.concatenate([[0], np.cumsum(np.bincount(self._ids, minlength=len(self._vocabulary)))])

    def _verified(self, sets: PackedSets, places: Array, entries: Array) -> Near:
        import numpy as np

        ours, theirs = sets.sizes[places], self._entries.sizes[entries]
        fits = np.minimum(ours, theirs) >= self._threshold * np.maximum(ours, theirs) - 1e-9
        places, entries = places[fits], entries[fits]
        value = jaccard(sets.shared(places, self._entries, entries), ours[fits], theirs[fits])
        near = value >= self._threshold
        return Near(places[near], entries[near])


def _looked_at(sizes: Array, share: float) -> Array:
    """How many of the rarest must be looked at to meet every set that shares at least `share` of these."""
    import numpy as np

    return sizes - np.ceil(share * sizes - 1e-9).astype(np.int64) + 1
