"""An exact index of a few texts, in which many others are looked up: nothing at or above the threshold is missed.

Two sets that share a given part of their shingles share at least one of the rarest few (the prefix filter of Bayardo,
Ma and Srikant 2007, "Scaling up all pairs similarity search"). So an entry is listed under its rarest shingles only,
a text is looked up by its rarest, and the few entries that it meets are compared in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from corpus.curation.shingles import similarity


class Match(NamedTuple):
    """An entry that is near: `similarity` is Jaccard's, or for `contained` the share of the entry that was found."""

    entry: int
    similarity: float
    contained: bool


class CopyIndex:
    """Entries are sets of shingles, named by their place in the sequence.

    >>> index = CopyIndex([frozenset({1, 2, 3, 4}), frozenset({7, 8})], 0.7, containment=0.9)
    >>> index.find(frozenset({1, 2, 3, 4, 5}))
    [Match(entry=0, similarity=0.8, contained=False)]
    >>> index.find(frozenset(range(7, 20)))
    [Match(entry=1, similarity=1.0, contained=True)]
    """

    def __init__(
        self,
        entries: Sequence[frozenset[int]],
        threshold: float,
        *,
        containment: float | None = None,
        containable: Sequence[bool] | None = None,
    ) -> None:
        """`containment` also finds an entry inside a larger set; `containable` says which entries may be found so."""
        self.entries = entries
        self.threshold = threshold
        self.containment = containment
        self._containable = containable
        self._common: Counter[int] = Counter()
        self._postings: dict[int, list[int]] = {}
        self._list_entries()

    def find(self, shingles: frozenset[int]) -> list[Match]:
        """The entries that are near, by their place."""
        seen: set[int] = set()
        for shingle in shingles if self.containment is not None else self._rarest(shingles, self.threshold):
            seen.update(self._postings.get(shingle, ()))
        found = (self._compare(entry, shingles) for entry in sorted(seen))
        return [match for match in found if match is not None]

    def _list_entries(self) -> None:
        self._common.update(shingle for entry in self.entries for shingle in entry)
        least = min(self.threshold, self.containment or self.threshold)
        for place, entry in enumerate(self.entries):
            for shingle in self._rarest(entry, least):
                self._postings.setdefault(shingle, []).append(place)

    def _rarest(self, shingles: frozenset[int], share: float) -> list[int]:
        """As many of the rarest as must be looked at to meet every set that shares at least `share` of these."""
        common = self._common
        rarest = sorted(shingles, key=lambda shingle: (common.get(shingle, 0), shingle))
        return rarest[: len(shingles) - ceil(share * len(shingles) - 1e-9) + 1]

    def _compare(self, place: int, shingles: frozenset[int]) -> Match | None:
        entry = self.entries[place]
        if min(len(entry), len(shingles)) >= self.threshold * max(len(entry), len(shingles)) - 1e-9:
            value = similarity(entry, shingles)
            if value >= self.threshold:
                return Match(place, value, False)
        if self.containment is None or not (self._containable is None or self._containable[place]):
            return None
        share = len(entry & shingles) / len(entry)
        return Match(place, share, True) if share >= self.containment else None
