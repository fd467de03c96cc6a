"""What stands on both sides: the names, numbers and dates that survived translation, and where to highlight them.

Offsets are in UTF-16 units, because the browser counts so: an emoji before a name moves it by two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

DATE, NUMBER, NAME = 0, 1, 2
"""Kinds, in the order in which they win where two overlap: the 2021 of a date is no number of its own."""
SHORTEST_NAME = 2


class Item(NamedTuple):
    """A date, number or name: `text[start:end]` of sentence `sentence`. It matches an item of the other side that
    offers what it wants."""

    kind: int
    sentence: int
    start: int
    end: int
    offers: frozenset[str]
    wants: frozenset[str]


def find_matches(vi: Sequence[str], en: Sequence[str]) -> tuple[list[list[int]], list[list[int]]]:
    """For every sentence of both sides a flat list `start, end, kind, start, …` of what the other side has too.

    >>> find_matches(["Ông Hà ở Hà Nội có 1.200 cây."], ["Mr Ha of Hanoi has 1,200 trees."])
    ([[4, 6, 2, 9, 15, 2, 19, 24, 1]], [[3, 5, 2, 9, 14, 2, 19, 24, 1]])
    """
    left, right = list(_find_all(vi, "vi")), list(_find_all(en, "en"))
    return _marks(vi, left, _offers(right)), _marks(en, right, _offers(left))


def _find_all(sentences: Sequence[str], lang: str) -> Iterator[Item]:
    for index, sentence in enumerate(sentences):
        yield from _find(sentence, index, lang)


def _find(sentence: str, index: int, lang: str) -> Iterator[Item]:
    """The items of one sentence; where two overlap only the first kind stays."""
    from corpus.orthography import find_dates, find_names, find_numbers

    found = [Item(DATE, index, date.start, date.end, *_date_keys(date.iso)) for date in find_dates(sentence, lang)]
    for number in find_numbers(sentence, lang):
        found.append(_plain_item(NUMBER, index, number.start, number.end, str(number.value.normalize())))
    for name in find_names(sentence):
        if len(name.key) >= SHORTEST_NAME:
            found.append(_plain_item(NAME, index, name.start, name.end, name.key))
    taken: list[tuple[int, int]] = []
    for item in found:
        if all(item.end <= start or end <= item.start for start, end in taken):
            taken.append((item.start, item.end))
            yield item


def _plain_item(kind: int, sentence: int, start: int, end: int, value: str) -> Item:
    key = frozenset([f"{kind}:{value}"])
    return Item(kind, sentence, start, end, key, key)


def _date_keys(iso: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a date offers and wants. One side may leave out the year, but two different years are no match.

    >>> day, same_day_other_year, no_year = map(_date_keys, ("2020-12-22", "2021-12-22", "--12-22"))
    >>> bool(day[1] & no_year[0]), bool(no_year[1] & day[0]), bool(day[1] & same_day_other_year[0])
    (True, True, False)
    """
    if iso.startswith("--"):
        return frozenset([f"without {iso}"]), frozenset([f"without {iso}", f"with {iso}"])
    if len(iso) == len("2020-12-22"):
        return frozenset([iso, f"with -{iso[4:]}"]), frozenset([iso, f"without -{iso[4:]}"])
    return frozenset([iso]), frozenset([iso])


def _offers(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(key for item in items for key in item.offers)


def _marks(sentences: Sequence[str], items: Sequence[Item], offered: frozenset[str]) -> list[list[int]]:
    marks: list[list[int]] = [[] for _ in sentences]
    for item in sorted(items, key=lambda item: (item.sentence, item.start)):
        if item.wants & offered:
            text = sentences[item.sentence]
            marks[item.sentence] += [utf16(text[: item.start]), utf16(text[: item.end]), item.kind]
    return marks


def utf16(text: str) -> int:
    """The length of `text` as JavaScript counts it.

    >>> utf16("Sơn La"), utf16("😀")
    (6, 2)
    """
    return len(text) + sum(char > "\uffff" for char in text)
