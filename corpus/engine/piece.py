"""Pieces: a stream cut into groups of bounded size, at places the content decides.

An item's own hash decides whether a piece ends behind it, so that one new item renews one piece and every other
piece stays as it was (content-defined chunking; Muthitacharoen et al., "A Low-bandwidth Network File System", 2001).
The limits on size only matter where no item of a long run asks for a cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

AVERAGE_ITEMS = 32
MOST_ITEMS = 256
MOST_BYTES = 8 << 20


@dataclass(frozen=True)
class Piece(Generic[Item]):
    """Some items in order, and the hash of them all (64 hexadecimal digits)."""

    items: tuple[Item, ...]
    key: str


class Cutter(Generic[Item]):
    """Takes items one by one and gives a piece whenever one is full.

    `digest` gives an item's hash (4 bytes or more), `size` its bytes; pieces hold `average` items or so.
    """

    def __init__(
        self,
        digest: Callable[[Item], bytes],
        size: Callable[[Item], int] = lambda item: 0,
        *,
        average: int = AVERAGE_ITEMS,
        most: int = MOST_ITEMS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._digest, self._size = digest, size
        self._average, self._most, self._most_bytes = average, most, most_bytes
        self._group: list[Item] = []
        self._hash, self._bytes = hashlib.sha256(), 0

    def push(self, item: Item) -> Iterator[Piece[Item]]:
        """Add one item; yields the pieces that are full now (none, one, or two round a very large item)."""
        mark = self._digest(item)
        if self._group and self._bytes + self._size(item) > self._most_bytes:
            yield from self.flush()
        self._group.append(item)
        self._bytes += self._size(item)
        self._hash.update(mark)
        if int.from_bytes(mark[:4], "big") % self._average == 0 or len(self._group) >= self._most:
            yield from self.flush()

    def flush(self) -> Iterator[Piece[Item]]:
        """Yields what was not yet cut, as the last piece."""
        if self._group:
            yield Piece(tuple(self._group), self._hash.hexdigest())
        self._group, self._hash, self._bytes = [], hashlib.sha256(), 0


def cut_pieces(
    items: Iterable[Item],
    digest: Callable[[Item], bytes],
    *,
    average: int = AVERAGE_ITEMS,
    most: int = MOST_ITEMS,
) -> Iterator[Piece[Item]]:
    """Cut a whole stream.

    >>> words = "một hai ba bốn năm sáu bảy tám".split()
    >>> pieces = list(cut_pieces(words, lambda word: hashlib.sha256(word.encode()).digest(), average=3))
    >>> [word for piece in pieces for word in piece.items] == words
    True
    """
    cutter = Cutter(digest, average=average, most=most)
    for item in items:
        yield from cutter.push(item)
    yield from cutter.flush()
