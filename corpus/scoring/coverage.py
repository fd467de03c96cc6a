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
from math import expm1, log
from typing import NamedTuple

from corpus.alignment.units import stem
from corpus.lexicon.lexicon import Lexicon
from corpus.scoring.wordbook import Word, Wordbook

UNKNOWN = 0.5
"""The weight of a word that the lexicon does not know, where the most telling one weighs 1."""
SURPRISE = 5.0
"""A word that is found by chance once in e ** 5 sentences, or less often, weighs 1."""
TELLING = 0.45
"""The weight from which a word tells where the parts of its sentence stand."""
_ALONE = -1.0  # the place of a partner that there is not


@dataclass(frozen=True)
class Words:
    """The words of one side: how telling each is, whether the lexicon knows it, and where on the other side (0 to 1)
    its partner stands; -1 if it has none."""

    words: list[Word]
    weights: list[float]
    known: list[bool]
    partners: list[float]

    def rows(self) -> Iterator[tuple[float, bool, float]]:
        """Weight, known and partner of each word."""
        return zip(self.weights, self.known, self.partners, strict=True)

    @cached_property
    def counted(self) -> list[float]:
        """The weights of the words that are known or matched."""
        return [weight for weight, known, partner in self.rows() if known or partner >= 0]

    @cached_property
    def moved(self) -> list[tuple[float, float]]:
        """The weights of the telling words that have a partner, and how much farther on than the word it stands."""
        size = len(self.words)
        return [
            (weight, partner - (at + 0.5) / size)
            for at, (weight, partner) in enumerate(zip(self.weights, self.partners, strict=True))
            if partner >= 0 and weight >= TELLING
        ]

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

    @cached_property
    def tail(self) -> float | None:
        """The share of the weight in the stretch at the end that the other side accounts for least: words without a
        partner count for it, words with one twice against it; half, if they are not known."""
        best = run = whole = 0.0
        for weight, known, partner in reversed([*self.rows()]):
            if partner >= 0:
                run -= 2 * weight
            else:
                weight = weight if known else weight / 2
                run += weight
                if run > best:
                    best = run
            whole += weight
        return best / (whole + 0.5) if whole else None


class Coverage(NamedTuple):
    """Both sides of a pair; `kept` and `lost` count the Vietnamese side's borrowed words (render, dataset), which the
    English side has or has not."""

    vi: Words
    en: Words
    kept: int
    lost: int


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
    def _books(self) -> tuple[Wordbook, Wordbook]:
        lexicon = self._lexicon
        return (
            Wordbook(True, lexicon.numbers_vi, lexicon.forward, lexicon.backward, lexicon.counts_en),
            Wordbook(False, lexicon.numbers_en, lexicon.backward, lexicon.forward, lexicon.counts_vi),
        )

    def cover(self, vi: str, en: str) -> Coverage:
        """The words of both sides and their partners."""
        vi_book, en_book = self._books
        vi_words, en_words = vi_book.read(vi), en_book.read(en)
        vi_partners, en_partners = [_ALONE] * len(vi_words), [_ALONE] * len(en_words)
        _link_shared(vi_words, en_words, vi_partners, en_partners)
        if vi_words and en_words:
            _link(vi_words, _Places(en_words), vi_book, vi_partners, en_partners)
            _link(en_words, _Places(vi_words), en_book, en_partners, vi_partners)
        borrowed = [partner >= 0 for word, partner in zip(vi_words, vi_partners, strict=True) if word.borrowed]
        return Coverage(
            _weigh(vi_words, vi_partners, len(en_words)), _weigh(en_words, en_partners, len(vi_words)),
            sum(borrowed), len(borrowed) - sum(borrowed),
        )  # fmt: skip


def _link_shared(vi: list[Word], en: list[Word], vi_partners: list[float], en_partners: list[float]) -> None:
    """Names and borrowed words, which stand on both sides alike but for an English ending."""
    shared = [(at, word) for at, word in enumerate(vi) if word.shared]
    if not shared:
        return
    places = {word.unit: at for at, word in enumerate(en)}
    places.update((word.shared, at) for at, word in enumerate(en) if word.shared)
    for at, word in shared:
        there = places.get(word.shared)
        if there is None and word.borrowed:
            there = places.get(stem(word.shared))
        if there is not None:
            vi_partners[at] = (there + 0.5) / len(en)
            en_partners[there] = (at + 0.5) / len(vi)


class _Places:
    """Where the units of a text stand, by their numbers: the last place of each, and all places of those that stand
    there several times."""

    def __init__(self, words: list[Word]) -> None:
        self.size = len(words)
        self.last: dict[int, int] = {}
        self.several: dict[int, list[int]] = {}
        for at, (_, _, _, _, number, _, _, _) in enumerate(words):
            if number in self.last:
                self.several.setdefault(number, [self.last[number]]).append(at)
            self.last[number] = at
        self.units = frozenset(self.last)


def _link(here: list[Word], there: _Places, book: Wordbook, own: list[float], others: list[float]) -> None:
    """What the words and phrases of one side translate to, marked on both sides."""
    size, last, several = there.size, there.last, there.several
    for start, end, targets in _translated(here, there.units, book):
        middle = (start + end) / 2 / len(here)
        first = min(targets) if len(targets) > 1 else -1
        partner = 0
        for target in targets:
            at = _nearest(several[target], middle * size) if target in several else last[target]
            if others[at] < 0:
                others[at] = middle
            if target == first or first < 0:
                partner = at
        for k in range(start, end):
            if own[k] < 0:
                own[k] = (partner + 0.5) / size


def _translated(here: list[Word], there: frozenset[int], book: Wordbook) -> list[tuple[int, int, frozenset[int]]]:
    """The words and phrases that the lexicon translates by units of the other side: from where to where, by which."""
    found = []
    units = [word.unit for word in here]
    units.append("")  # no phrase goes on beyond the last word
    for start, (_, _, _, _, _, explains, _, phrases) in enumerate(here):
        targets = explains & there
        if targets:
            found.append((start, start + 1, targets))
        end = start + 1
        while phrases:
            following = phrases.get(units[end])
            if following is None:
                break
            end += 1
            number, phrases = following
            if number is not None:
                targets = book.explained(number) & there
                if targets:
                    found.append((start, end, targets))
    return found


def _nearest(places: list[int], wanted: float) -> int:
    """The place nearest to `wanted` in an ascending list."""
    at = bisect_left(places, wanted)
    if at == 0 or (at < len(places) and places[at] - wanted < wanted - places[at - 1] - 1):
        return places[at]
    return places[at - 1]


def _weigh(words: list[Word], partners: list[float], size: int) -> Words:
    """How telling it is that `size` words of the other language account for each of the words."""
    chances = [word.chance for word in words]
    weights = [UNKNOWN if chance is None else _weight(chance, size) for chance in chances]
    return Words(words, weights, [chance is not None for chance in chances], partners)


@lru_cache(maxsize=1 << 15)
def _weight(chance: float, size: int) -> float:
    found = -expm1(-size * chance)
    return min(1.0, -log(found) / SURPRISE) if found else 1.0
