"""Which words of each side the other side accounts for, and by which of its words.

A word is accounted for if the lexicon, read in either direction, translates it or a phrase it stands in by something
on the other side, or if it stands there as it is: a name without its diacritics, a borrowed word. A word weighs the
more, the less likely something on the other side would account for it by chance: "the" is found in any sentence, and
more is found in a long one. A word that the lexicon does not know counts only where it is matched: that a list of
words is short says nothing against a translation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from math import expm1, log
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.units import TOKEN, english_units, stem, vietnamese_units
from corpus.lexicon.lexicon import Lexicon
from corpus.orthography import normalize
from corpus.orthography.syllable import bare_syllables

EXPLAINS = 0.03
"""A translation that is less probable than this explains nothing."""
UNKNOWN = 0.5
"""The weight of a word that the lexicon does not know, where the most telling one weighs 1."""
SURPRISE = 5.0
"""A word that is found by chance once in e ** 5 sentences, or less often, weighs 1."""
_MOST_WORDS = 3000  # of a side; what follows is not looked at


@dataclass(frozen=True)
class Words:
    """The words of one side: how telling each is, whether the lexicon knows it, and where on the other side (0 to 1)
    its partner stands; -1 if it has none. `units` are the words themselves, as the lexicon spells them."""

    weights: list[float]
    known: list[bool]
    partners: list[float]
    units: list[str]

    def rows(self) -> Iterator[tuple[float, bool, float]]:
        """Weight, known and partner of each word."""
        return zip(self.weights, self.known, self.partners, strict=True)

    @cached_property
    def adequacy(self) -> float | None:
        """The share that the other side accounts for, or None if no word is known or matched."""
        got = whole = 0.0
        for weight, known, partner in self.rows():
            if partner >= 0:
                got += weight
                whole += weight
            elif known:
                whole += weight
        return got / whole if whole else None


class Coverage(NamedTuple):
    """Both sides of a pair; `kept` and `lost` count the Vietnamese side's borrowed words (render, dataset), which the
    English side has or has not."""

    vi: Words
    en: Words
    kept: int
    lost: int


class _Side:
    """One language: the numbers of its units, what each translates to, and how often text of the other language
    accounts for it by chance, per word of that text."""

    def __init__(self, numbers: dict[str, int], table: Any, back: Any, counts: Any) -> None:
        self.numbers = numbers
        self.beginnings = frozenset(
            unit[:at] for unit in numbers for at, letter in enumerate(unit) if letter == " "
        )  # of phrases
        self._starts = table.indptr
        self._targets = table.indices
        self._values = table.data
        frequency = (np.asarray(counts, float) + 0.5) / (counts.sum() + 0.5 * len(counts))
        explains = (table >= EXPLAINS).astype(np.int8).maximum((back >= EXPLAINS).astype(np.int8).T.tocsr())
        self.chances: list[float] = (explains.astype(float) @ frequency).tolist()
        self._known: dict[int, frozenset[int]] = {}

    def weight(self, word: str, size: int) -> float | None:
        """How telling it is that `size` words of the other language account for a word; None if it is not known."""
        number = self.numbers.get(word)
        if number is None:
            return None
        chance = -expm1(-size * self.chances[number])
        return min(1.0, -log(chance) / SURPRISE) if chance else 1.0

    def translations(self, number: int) -> frozenset[int]:
        """The units of the other language that a unit or phrase of this one explains."""
        found = self._known.get(number)
        if found is None:
            here = slice(self._starts[number], self._starts[number + 1])
            found = self._known[number] = frozenset(self._targets[here][self._values[here] >= EXPLAINS].tolist())
        return found


class Matcher:
    """Finds the partners of words with one lexicon.

    >>> from corpus.lexicon.lexicon import from_entries
    >>> from corpus.lexicon.read import Entry
    >>> entries = [Entry("đại biểu", ("delegate",)), Entry("tham dự", ("attend",)), Entry("hội nghị", ("conference",))]
    >>> matcher = Matcher(from_entries(entries))
    >>> matcher.cover("Đại biểu tham dự hội nghị.", "Delegates attended a conference.").vi.adequacy
    1.0
    >>> matcher.cover("Đại biểu tham dự hội nghị.", "Prices rose again.").vi.adequacy
    0.0
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _sides(self) -> tuple[_Side, _Side]:
        lexicon = self._lexicon
        return (
            _Side(lexicon.numbers_vi, lexicon.forward, lexicon.backward, lexicon.counts_en),
            _Side(lexicon.numbers_en, lexicon.backward, lexicon.forward, lexicon.counts_vi),
        )

    def cover(self, vi: str, en: str) -> Coverage:
        """The words of both sides and their partners."""
        vi_side, en_side = self._sides
        vi_text, en_text = _read(vi, True), _read(en, False)
        vi_partners, en_partners = [-1.0] * len(vi_text.words), [-1.0] * len(en_text.words)
        _link_shared(vi_text, en_text, vi_partners, en_partners)
        _link(vi_text, en_text, vi_side, en_side, vi_partners, en_partners)
        _link(en_text, vi_text, en_side, vi_side, en_partners, vi_partners)
        borrowed = [at for at, unit in enumerate(vi_text.shared) if is_borrowed(unit)]
        return Coverage(
            _weigh(vi_text, vi_side, vi_partners, len(en_text.words)),
            _weigh(en_text, en_side, en_partners, len(vi_text.words)),
            sum(vi_partners[at] >= 0 for at in borrowed),
            sum(vi_partners[at] < 0 for at in borrowed),
        )


@lru_cache(maxsize=1 << 16)
def _units(token: str, vietnamese: bool) -> tuple[str, ...]:
    return tuple(vietnamese_units(token) if vietnamese else english_units(token))


class _Text(NamedTuple):
    """The words of a side in order, and the unit by which each would stand unchanged on the other side, or ""."""

    words: list[str]
    shared: list[str]


def _read(text: str, vietnamese: bool) -> _Text:
    words: list[str] = []
    shared: list[str] = []
    for token in islice(TOKEN.findall(normalize(text)), _MOST_WORDS):
        for unit in _units(token, vietnamese):
            if unit[0] in "@=":
                shared[-1] = unit[1:]
            elif unit[0] != "#":
                words.append(unit)
                shared.append("")
    return _Text(words, shared)


def is_borrowed(unit: str) -> bool:
    """Whether a word in plain ASCII is no Vietnamese syllable, so that it stands in English as it is.

    >>> is_borrowed("render"), is_borrowed("mua"), is_borrowed("gặp")
    (True, False, False)
    """
    return len(unit) > 2 and unit.isascii() and unit not in bare_syllables()


def _link_shared(vi: _Text, en: _Text, vi_partners: list[float], en_partners: list[float]) -> None:
    """Names and borrowed words, which stand on both sides alike but for an English ending."""
    places = {unit: at for at, unit in enumerate(en.words)}
    places.update((unit, at) for at, unit in enumerate(en.shared) if unit)
    for at, unit in enumerate(vi.shared):
        if unit:
            there = places.get(unit)
            if there is None and is_borrowed(unit):
                there = places.get(stem(unit))
            if there is not None:
                vi_partners[at] = (there + 0.5) / len(en.words)
                en_partners[there] = (at + 0.5) / len(vi.words)


def _link(here: _Text, there: _Text, side: _Side, other: _Side, own: list[float], others: list[float]) -> None:
    """What the words and phrases of one side translate to, marked on both sides."""
    places: dict[int, list[int]] = {}
    for at, word in enumerate(there.words):
        number = other.numbers.get(word)
        if number is not None:
            places.setdefault(number, []).append(at)
    size, present = len(there.words), frozenset(places)
    for start, end, number in _phrases(here.words, side):
        targets = side.translations(number) & present  # walks through the smaller of the two
        if not targets:
            continue
        middle = (start + end) / 2 / len(here.words)
        for target in targets:
            at = _nearest(places[target], middle * size)
            if others[at] < 0:
                others[at] = middle
        for k in range(start, end):
            if own[k] < 0:
                own[k] = (_nearest(places[min(targets)], middle * size) + 0.5) / size


def _phrases(words: list[str], side: _Side) -> Iterator[tuple[int, int, int]]:
    """The words and phrases that the lexicon has: from where to where, and their numbers."""
    numbers, beginnings = side.numbers, side.beginnings
    count = len(words)
    for start, phrase in enumerate(words):
        end = start + 1
        while True:
            number = numbers.get(phrase)
            if number is not None:
                yield start, end, number
            if end == count or phrase not in beginnings:
                break
            phrase = f"{phrase} {words[end]}"
            end += 1


def _nearest(places: list[int], wanted: float) -> int:
    """The place nearest to `wanted` in an ascending list."""
    if len(places) == 1:
        return places[0]
    at = bisect_left(places, wanted)
    if at == 0 or (at < len(places) and places[at] - wanted < wanted - places[at - 1] - 1):
        return places[at]
    return places[at - 1]


def _weigh(text: _Text, side: _Side, partners: list[float], size: int) -> Words:
    weights = [side.weight(word, size) for word in text.words]
    known = [weight is not None for weight in weights]
    return Words([UNKNOWN if weight is None else weight for weight in weights], known, partners, text.words)
