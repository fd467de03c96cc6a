"""Sets of shingles side by side in one array: four bytes a shingle, and no Python object for any of them.

A shingle is kept by 31 bits of its hash. Two texts of forty shingles then share one by chance once in a million times,
which moves their similarity by a hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from corpus.curation.shingles import FACTOR, SENTENCE, word_hash

Array = Any

_DROPPED_BITS = 33
_BLOCK = 1 << 16


class PackedSets:
    """Sets of 31-bit numbers, each ascending: set k is `values[starts[k]:starts[k + 1]]`."""

    def __init__(self, values: Array, starts: Array) -> None:
        self.values, self.starts = values, starts

    @classmethod
    def of(cls, sets: Iterable[frozenset[int]]) -> PackedSets:
        """Sets of 64-bit hashes, as `shingle_set` makes them.

        >>> sets = PackedSets.of([frozenset({1 << 40, 5 << 40}), frozenset(), frozenset({5 << 40})])
        >>> sets[0] & sets[2] == sets[2], sets.similarity([0, 0], [1, 2]).tolist()
        (True, [0.0, 0.5])
        """
        import numpy as np

        kept = [sorted({shingle >> _DROPPED_BITS for shingle in one}) for one in sets]
        return cls(np.array([*chain(*kept)], np.int32), _starts(np.array([len(one) for one in kept], np.int64)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> frozenset[int]:
        if not 0 <= place < len(self):
            raise IndexError(place)
        return frozenset(self.values[self.starts[place] : self.starts[place + 1]].tolist())

    def __iter__(self) -> Iterator[frozenset[int]]:
        return (self[place] for place in range(len(self)))

    @cached_property
    def sizes(self) -> Array:
        """The number of shingles of each set."""
        import numpy as np

        return np.diff(self.starts)

    def take(self, places: Array) -> PackedSets:
        """The sets at these places."""
        sizes = self.sizes[places]
        return PackedSets(self.values[spread(self.starts[:-1][places], sizes)[1]], _starts(sizes))

    def only(self, wanted: Array) -> PackedSets:
        """The same sets, those not wanted empty."""
        import numpy as np

        return PackedSets(self.values[np.repeat(wanted, self.sizes)], _starts(np.where(wanted, self.sizes, 0)))

    def shared(self, places: Array, other: PackedSets, others: Array) -> Array:
        """How many shingles the sets at `places` have in common with those of `other` at `others`, pair by pair."""
        import numpy as np

        counts = [np.zeros(0, np.int64)]
        for at in range(0, len(places), _BLOCK):
            ours, theirs = self._matrix[places[at : at + _BLOCK]], other._matrix[others[at : at + _BLOCK]]
            counts.append(np.diff(ours.multiply(theirs).indptr))
        return np.concatenate(counts)

    def similarity(self, places: Array, others: Array) -> Array:
        """Jaccard similarity, pair by pair; 0.0 where a set is empty."""
        return jaccard(self.shared(places, self, others), self.sizes[places], self.sizes[others])

    @cached_property
    def _matrix(self) -> Any:
        """The sets as the rows of a sparse matrix, whose product by elements is their intersection, made in C."""
        import numpy as np
        from scipy.sparse import csr_matrix

        ones = np.ones(len(self.values), np.int8)
        return csr_matrix((ones, self.values, self.starts), shape=(len(self), 2**31 - 1))


def pack_words(texts: Sequence[Sequence[str]], orders: Sequence[int] = SENTENCE) -> PackedSets:
    """The shingles of texts given by their words: what `shingle_set` finds, for all of them at once.

    >>> from corpus.curation.shingles import shingle_set, words
    >>> texts = [words("Má đi chợ bán cá"), words("Má ơi"), []]
    >>> [one == other for one, other in zip(pack_words(texts), PackedSets.of(map(shingle_set, texts)))]
    [True, True, True]
    """
    import numpy as np

    lengths = np.array([len(text) for text in texts], np.int64)
    hashes = np.fromiter(map(word_hash, chain.from_iterable(texts)), np.uint64, int(lengths.sum()))
    owner = np.repeat(np.arange(len(texts)), lengths)
    keys = [_runs(hashes, owner, order) for order in orders]
    # What is shorter than the shortest run is one run.
    for length in np.unique(lengths[(lengths > 0) & (lengths < min(orders))]).tolist():
        own = np.repeat(lengths == length, lengths)
        keys.append(_runs(hashes[own], owner[own], length))
    return _grouped(np.unique(np.concatenate(keys)), len(texts))


def join_sets(some: Sequence[PackedSets]) -> PackedSets:
    """All sets of several sequences, in order."""
    import numpy as np

    if len(some) == 1:
        return some[0]
    sizes = [one.sizes for one in some]
    values = [one.values for one in some]
    return PackedSets(
        np.concatenate([np.zeros(0, np.int32), *values]), _starts(np.concatenate([np.zeros(0, np.int64), *sizes]))
    )


def jaccard(shared: Array, size: Array, other: Array) -> Array:
    """What two sets share over what they have together; 0.0 where they share nothing."""
    import numpy as np

    return shared / np.maximum(size + other - shared, 1)


def spread(starts: Array, sizes: Array) -> tuple[Array, Array]:
    """Many ranges as one: for every place in any of them the number of its range, and the place itself.

    >>> import numpy as np
    >>> [found.tolist() for found in spread(np.array([7, 3, 0]), np.array([2, 0, 3]))]
    [[0, 0, 2, 2, 2], [7, 8, 0, 1, 2]]
    """
    import numpy as np

    owner = np.repeat(np.arange(len(sizes)), sizes)
    return owner, np.arange(len(owner)) + (starts - (np.cumsum(sizes) - sizes))[owner]


def _runs(hashes: Array, owner: Array, order: int) -> Array:
    """The runs of `order` words inside a text, as owner * 2**32 + hash."""
    import numpy as np

    count = max(len(hashes) - order + 1, 0)
    value = np.zeros(count, np.uint64)
    for k in range(order):
        value = value * np.uint64(FACTOR) + hashes[k : k + count]
    inside = owner[:count] == owner[len(owner) - count :]
    return (owner[:count][inside] << 32) + (value[inside] >> np.uint64(_DROPPED_BITS)).astype(np.int64)


def _grouped(keys: Array, total: int) -> PackedSets:
    import numpy as np

    return PackedSets((keys & 0xFFFFFFFF).astype(np.int32), _starts(np.bincount(keys >> 32, minlength=total)))


def _starts(sizes: Array) -> Array:
    import numpy as np

    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
