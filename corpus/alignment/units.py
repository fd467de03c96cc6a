"""What a sentence is compared by: its units, which are words, names, numbers and borrowed words.

Vietnamese is taken syllable by syllable, as it is written between spaces; English word by word, without its endings.
A unit's first character says what it is:

    word     a syllable in lower case with its tone mark in one place, or an English stem
    @name    a capitalised word without diacritics: "@hoang" stands on both sides of the translation
    #12345   a number as its digits: 1.234,5 and 1,234.5 are the same
    =batch   a word in plain ASCII that is no Vietnamese syllable: it was borrowed, and stands on both sides

    >>> english_units("Comrade Hoàng visited 1,200 households.")
    ['comrad', '@comrade', 'hoàng', '@hoang', 'visit', '=visited', '#1200', 'household', '=households']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.orthography import fold, normalize, tone_key

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]{0,30}")
_NOT_DIGIT = re.compile(r"\D+")
_ENDINGS = (
    ("'s", ""), ("’s", ""), ("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ied", "y"), ("ed", ""),
    ("es", ""), ("s", ""), ("ly", ""),
)  # fmt: skip
_LONGEST = 40  # a longer run of letters is no word, and need not be kept whole


def stem(word: str) -> str:
    """An English word in lower case without its regular endings: a key for comparing, not a word.

    >>> [stem(word) for word in ("meetings", "studied", "studies", "make", "making", "class", "is")]
    ['meeting', 'study', 'study', 'mak', 'mak', 'class', 'is']
    """
    if len(word) <= 3:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + instead
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def number(token: str) -> str:
    """The digits of a number without leading zeros, whatever separates them.

    >>> number("1.234,5") == number("1,234.5"), number("007")
    (True, '#7')
    """
    return "#" + _NOT_DIGIT.sub("", token).lstrip("0")[:20]


def vietnamese_units(text: str) -> list[str]:
    """
    >>> vietnamese_units("Hoà Bình có 1.200 hộ dùng Internet.")
    ['hòa', '@hoa', 'bình', '@binh', 'có', '#1200', 'hộ', 'dùng', 'internet', '@internet']
    """
    return _units(text, _vietnamese_token)


def english_units(text: str) -> list[str]:
    return _units(text, _english_token)


def _units(text: str, of_token: Callable[[str], list[str]]) -> list[str]:
    return [unit for token in TOKEN.findall(normalize(text)) for unit in of_token(token)]


def _vietnamese_token(token: str) -> list[str]:
    if token[0].isdigit():
        return [number(token)]
    word = tone_key(token[:_LONGEST].lower())
    return [word, *_shared(token, word)]


def _english_token(token: str) -> list[str]:
    if token[0].isdigit():
        return [number(token)]
    word = token[:_LONGEST].lower()
    return [stem(word), *_shared(token, word)]


def _shared(token: str, word: str) -> list[str]:
    """The unit by which the same token would be found on the other side, if it can be."""
    if token[0].isupper():
        return ["@" + fold(word)]
    return ["=" + word] if word.isascii() and word not in _bare_syllables() else []


def _bare_syllables() -> frozenset[str]:
    from corpus.orthography.syllable import bare_syllables

    return bare_syllables()


class Vocabulary:
    """Numbers for units, given in the order of first use, and a memory of the units of each token."""

    def __init__(self, of_token: Callable[[str], list[str]]) -> None:
        self._of_token = of_token
        self._tokens: dict[str, tuple[int, ...]] = {}
        self.numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def encode(self, sentence: str) -> list[int]:
        """The numbers of a sentence's units."""
        known = self._tokens
        ids: list[int] = []
        for token in TOKEN.findall(normalize(sentence)):
            ids += known.get(token) or self._learn(token)
        return ids

    def _learn(self, token: str) -> tuple[int, ...]:
        ids = tuple(self.numbers.setdefault(unit, len(self.numbers)) for unit in self._of_token(token))
        self._tokens[token] = ids
        return ids

    def add(self, units: Iterable[str]) -> None:
        """Make sure that these units have numbers."""
        for unit in units:
            self.numbers.setdefault(unit, len(self.numbers))


def vietnamese_vocabulary() -> Vocabulary:
    return Vocabulary(_vietnamese_token)


def english_vocabulary() -> Vocabulary:
    return Vocabulary(_english_token)
