"""A sample of rows in which every kind of row is found, the same one every time.

Each stratum keeps the items whose keys have the smallest hashes, which is a random choice that no clock and no order
changes. While there is room everything stays. When the room is full, the stratum that takes most of it, by its weight,
gives an item up, but never its last one: so large strata are cut to one level and small ones stay whole.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

Stratum = TypeVar("Stratum", bound=Hashable)
Item = TypeVar("Item")


class Sample(Generic[Stratum, Item]):
    """Items that cost no more than `room` together; a stratum of weight 3 takes three times the room of another.

    >>> sample: Sample[str, int] = Sample(room=10)
    >>> for k in range(1000):
    ...     sample.offer("kept" if k % 100 else "rejected", key=str(k), item=k)
    >>> sorted((stratum, sample.offered[stratum], sample.held[stratum]) for stratum in sample.offered)
    [('kept', 990, 5), ('rejected', 10, 5)]
    """

    def __init__(self, room: int, weight: Callable[[Stratum], float] = lambda _: 1.0) -> None:
        self.offered: Counter[Stratum] = Counter()
        self._room, self._weight = room, weight
        self._heaps: dict[Stratum, list[tuple[int, int, int, Item]]] = {}
        self._costs: Counter[Stratum] = Counter()
        self._total = self._seen = 0

    @property
    def held(self) -> Counter[Stratum]:
        """How many items of each stratum are in the sample."""
        return Counter({stratum: len(heap) for stratum, heap in self._heaps.items()})

    @property
    def whole(self) -> bool:
        """Whether nothing had to be left out."""
        return self.held == self.offered

    def offer(self, stratum: Stratum, key: str, item: Item, cost: int = 1) -> None:
        """Take `item` in, and give up what there is no room for any more."""
        # The greatest hash is on top of the heap; of two equal ones the later item.
        place = int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:8], "big")
        heapq.heappush(self._heaps.setdefault(stratum, []), (-place, -self._seen, cost, item))
        self._seen += 1
        self.offered[stratum] += 1
        self._costs[stratum] += cost
        self._total += cost
        while self._total > self._room and self._give_up():
            pass

    def _give_up(self) -> bool:
        """Drop one item of the stratum that takes most of the room; False where every stratum has but one."""
        several = [stratum for stratum, heap in self._heaps.items() if len(heap) > 1]
        if not several:
            return False
        largest = max(several, key=lambda stratum: self._costs[stratum] / self._weight(stratum))
        cost = heapq.heappop(self._heaps[largest])[2]
        self._costs[largest] -= cost
        self._total -= cost
        return True

    def items(self) -> Iterator[Item]:
        """The items that stayed, in the order they were offered."""
        entries = (entry for heap in self._heaps.values() for entry in heap)
        return (entry[3] for entry in sorted(entries, key=lambda entry: -entry[1]))
