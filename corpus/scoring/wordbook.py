"""One language of a lexicon: all that is known of a word as it stands in a text, worked out when it is first met.

The same few thousand words make up most of a corpus. Each is split into units, looked up and folded once; after that
a text is read by one dictionary lookup a word.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.units import TOKEN, english_units, vietnamese_units
from corpus.orthography import fold, normalize
from corpus.orthography.syllable import bare_syllables

EXPLAINS = 0.03
"""A translation that is less probable than this explains nothing."""
_MOST_WORDS = 3000  # of a text; what follows is not looked at
_REMEMBERED = 1 << 16  # words

Phrases = dict[str, "tuple[int | None, Phrases]"]
"""How phrases go on: by each next unit, to the number of the phrase that is complete with it (None if none is), and to
how longer ones go on from there."""


class Word(NamedTuple):
    """A word of a text. `unit` is how the lexicon spells it, `shared` how it would stand unchanged in the other
    language ("" if it would not); `explains` are the numbers of what it may translate to, `chance` how often any word
    of the other language is among these (None if the lexicon does not know the word)."""

    unit: str
    folded: str
    shared: str
    borrowed: bool
    number: int
    explains: frozenset[int]
    chance: float | None
    phrases: Phrases


class Wordbook(dict[str, "Word | None"]):
    """The words of one language by how a text writes them; None for a token that is no word, such as a number.

    `table` is p(other language | this one), `back` the reverse, `counts` how often the other language's units were
    seen.
    """

    def __init__(self, vietnamese: bool, numbers: dict[str, int], table: Any, back: Any, counts: Any) -> None:
        super().__init__()
        self._units = vietnamese_units if vietnamese else english_units
        self._numbers = numbers
        self._phrases = _phrases(numbers)
        self._starts = table.indptr.tolist()
        self._targets = table.indices
        self._values = table.data
        self._explained: dict[int, frozenset[int]] = {}
        frequency = (np.asarray(counts, float) + 0.5) / (counts.sum() + 0.5 * len(counts))
        explains = (table >= EXPLAINS).astype(np.int8).maximum((back >= EXPLAINS).astype(np.int8).T.tocsr())
        self._chances: list[float] = (explains.astype(float) @ frequency).tolist()

    def read(self, text: str) -> list[Word]:
        """The words of a text in order."""
        tokens = islice(TOKEN.findall(normalize(text)), _MOST_WORDS)
        return [word for word in map(self.__getitem__, tokens) if word]

    def explained(self, number: int) -> frozenset[int]:
        """The units of the other language that a unit or phrase of this one may translate to."""
        found = self._explained.get(number)
        if found is None:
            here = slice(self._starts[number], self._starts[number + 1])
            found = self._explained[number] = frozenset(self._targets[here][self._values[here] >= EXPLAINS].tolist())
        return found

    def __missing__(self, token: str) -> Word | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = word = self._look_up(token)
        return word

    def _look_up(self, token: str) -> Word | None:
        units = self._units(token)
        if not units or units[0][0] == "#":
            return None
        unit, *more = units
        shared = more[0][1:] if more else ""
        number = self._numbers.get(unit, -1)
        known = number >= 0
        return Word(
            unit, fold(unit), shared, is_borrowed(shared), number, self.explained(number) if known else frozenset(),
            self._chances[number] if known else None, self._phrases.get(unit, (None, {}))[1],
        )  # fmt: skip


def _phrases(numbers: dict[str, int]) -> Phrases:
    """All phrases of a lexicon, by their first unit."""
    whole: Phrases = {}
    for phrase, number in numbers.items():
        if " " in phrase:
            *beginning, last = phrase.split(" ")
            here = whole
            for unit in beginning:
                here = here.setdefault(unit, (None, {}))[1]
            here[last] = (number, here[last][1] if last in here else {})
    return whole


def is_borrowed(unit: str) -> bool:
    """Whether a word in plain ASCII is no Vietnamese syllable, so that it stands in English as it is.

    >>> is_borrowed("render"), is_borrowed("mua"), is_borrowed("gặp")
    (True, False, False)
    """
    return len(unit) > 2 and unit.isascii() and unit not in bare_syllables()
