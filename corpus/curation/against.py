"""Public test sets that must not be in the training data: which rows hold one of their sentences.

Test sets are small and rows are many, so the test sets are indexed and the rows pass by. A hit on either side counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.curation.lookup import CopyIndex, Match
from corpus.curation.shingles import check_threshold, is_generic, mask_numbers, shingle_set, words

THRESHOLD = 0.7
CONTAINMENT = 0.9
CONTAINED_WORDS = 8

TestRows = Iterable[tuple["str | None", "str | None"]]


class Hit(NamedTuple):
    """What a row has in common with a test set: `where` is `name#line`, counted from 1."""

    kind: str
    where: str
    similarity: float


class AgainstIndex:
    """Test sets, ready to be searched.

    Exact: a side has the same words. Near: a Jaccard similarity of at least `threshold`, all numbers counting as one;
    or a test sentence of eight words or more of which at least `containment` stands in the row. A side of fewer than
    four words, as "Xin cảm ơn.", is a hit only if both sides are equal.

    >>> index = AgainstIndex([("phomt.test", [("Tôi sinh ra ở Huế năm 1990.", None), ("Xin cảm ơn.", "Thank you.")])])
    >>> index.find("Tôi sinh ra ở Huế, năm 1990", "I was born in Hue in 1990.")
    Hit(kind='exact', where='phomt.test#1', similarity=1.0)
    >>> index.find("Xin cảm ơn!", "Thanks.") is None, index.find("Xin cảm ơn!", "Thank you!")
    (True, Hit(kind='exact', where='phomt.test#2', similarity=1.0))
    """

    def __init__(
        self,
        tests: Iterable[tuple[str, TestRows]],
        *,
        threshold: float = THRESHOLD,
        containment: float = CONTAINMENT,
    ) -> None:
        check_threshold(threshold)
        check_threshold(containment)
        sides = _Sides(), _Sides()
        self._both: dict[tuple[str, str], str] = {}
        for name, rows in tests:
            for line, (vi, en) in enumerate(rows, 1):
                where = f"{name}#{line}"
                keys = [side.add(text, where) for side, text in zip(sides, (vi, en), strict=True)]
                if keys[0] and keys[1]:
                    self._both.setdefault((keys[0], keys[1]), where)
        self._vi, self._en = (_SideIndex(side, threshold, containment) for side in sides)

    def find(self, vi: str, en: str) -> Hit | None:
        """The hit of a row, exact before near, the nearest first, or None."""
        vi_words, en_words = words(vi), words(en)
        both = self._both.get((" ".join(vi_words), " ".join(en_words)))
        if both is not None:
            return Hit("exact", both, 1.0)
        found = [*self._vi.find(vi_words), *self._en.find(en_words)]
        # `max` keeps the first of equals: the Vietnamese side, then the earliest line.
        return max(found, key=lambda hit: (hit.kind == "exact", hit.similarity), default=None)


def find_against(
    rows: Iterable[tuple[str, str]], tests: Iterable[tuple[str, TestRows]], *, threshold: float = THRESHOLD
) -> Iterator[Hit | None]:
    """The hit of each row (vi, en), in order."""
    index = AgainstIndex(tests, threshold=threshold)
    return (index.find(vi, en) for vi, en in rows)


class _Sides:
    """The sentences of one side of all test sets: where they stand first, and the words of those that tell."""

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.masked: dict[str, tuple[list[str], str]] = {}

    def add(self, text: str | None, where: str) -> str:
        found = words(text or "")
        key = " ".join(found)
        if not is_generic(found):
            self.exact.setdefault(key, where)
            masked = mask_numbers(found)
            self.masked.setdefault(" ".join(masked), (masked, where))
        return key


class _SideIndex:
    def __init__(self, sides: _Sides, threshold: float, containment: float) -> None:
        self._exact = sides.exact
        self._where = [where for _, where in sides.masked.values()]
        self._index = CopyIndex(
            [shingle_set(masked) for masked, _ in sides.masked.values()],
            threshold,
            containment=containment,
            containable=[len(masked) >= CONTAINED_WORDS for masked, _ in sides.masked.values()],
        )

    def find(self, found: list[str]) -> Iterator[Hit]:
        if is_generic(found):
            return
        where = self._exact.get(" ".join(found))
        if where is not None:
            yield Hit("exact", where, 1.0)
            return
        for match in self._index.find(shingle_set(mask_numbers(found))):
            yield self._hit(match)

    def _hit(self, match: Match) -> Hit:
        return Hit("near", self._where[match.entry], match.similarity)
