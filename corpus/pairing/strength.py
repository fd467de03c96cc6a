"""How far two short texts explain one another, whatever stands around them.

An aligner weighs a bead against its rivals in the same article; a caption of six words has none. So here each side is
asked by itself: which share of its words, each weighed by how telling it is, does the other side account for by the
lexicon, by a name, a number or a borrowed word? The *strength* of a bead is the lesser of the two shares.

A word is the more telling, the fewer headwords the lexicon translates by it: "the" stands in the translations of
hundreds, "delegate" in those of three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.units import english_units, vietnamese_units
from corpus.lexicon.lexicon import Lexicon

Array = Any
EXPLAINS = 0.03
"""A translation that is less probable than this explains nothing."""
UNKNOWN = 0.6
"""The weight of a word that the lexicon does not know, where the most telling one weighs 1."""
_LONGEST = 6  # words of a phrase
_ROOM = 0.5  # keeps the share of very short texts below 1


class Strength(NamedTuple):
    """The shares that are explained, 0 to 1, and how many words account for the lesser of them."""

    vi: float
    en: float
    words: int

    @property
    def lesser(self) -> float:
        return min(self.vi, self.en)


NO_STRENGTH = Strength(0.0, 0.0, 0)


class Explainer:
    """Measures strength with one lexicon.

    >>> from corpus.lexicon.lexicon import from_entries
    >>> from corpus.lexicon.read import Entry
    >>> entries = [Entry("đại biểu", ("delegate",)), Entry("tham dự", ("attend",)), Entry("hội nghị", ("conference",))]
    >>> measure = Explainer(from_entries(entries)).measure
    >>> measure("Đại biểu tham dự hội nghị.", "Delegates attend a conference.").words
    3
    >>> measure("Đại biểu tham dự hội nghị.", "Prices rose again.").lesser
    0.0
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._vi = _Side(lexicon.numbers_vi, lexicon.forward, lexicon.backward)
        self._en = _Side(lexicon.numbers_en, lexicon.backward, lexicon.forward)

    def measure(self, vi: str, en: str) -> Strength:
        """The strength of a Vietnamese and an English text."""
        vi_units, en_units = vietnamese_units(vi), english_units(en)
        of_vi, vi_words = self._vi.explained(vi_units, self._en.translations(en_units), _shared(en_units))
        of_en, en_words = self._en.explained(en_units, self._vi.translations(vi_units), _shared(vi_units))
        return Strength(of_vi, of_en, min(vi_words, en_words))


class _Side:
    """One language: its units, the table that translates them, and how telling each of them is."""

    def __init__(self, numbers: dict[str, int], table: Any, into: Any) -> None:
        self._numbers = numbers
        self._table = table
        strong = into.indices[into.data >= EXPLAINS]
        headwords = np.bincount(strong, minlength=into.shape[1])
        weights = np.log((into.shape[0] + 1) / (headwords + 0.5))
        self._weights = weights / max(float(weights.max(initial=0)), 1e-9)

    def translations(self, units: Sequence[str]) -> frozenset[int]:
        """The numbers of the other side's units that translate some word or phrase here."""
        heads = sorted({self._numbers[phrase] for phrase in _phrases(units) if phrase in self._numbers})
        if not heads:
            return frozenset()
        found = self._table[heads]
        return frozenset(found.indices[found.data >= EXPLAINS].tolist())

    def explained(self, units: Sequence[str], translated: frozenset[int], shared: frozenset[str]) -> tuple[float, int]:
        """The share of the units that the other side accounts for, and how many they are."""
        got = total = 0.0
        count = 0
        for unit, follows in pairwise([*units, ""]):
            if unit[0] in "@=":
                continue
            number = self._numbers.get(unit)
            weight = 1.0 if unit[0] == "#" else UNKNOWN if number is None else float(self._weights[number])
            total += weight
            if number in translated or unit in shared or follows in shared:
                got += weight
                count += 1
        return got / (total + _ROOM), count


def _shared(units: Iterable[str]) -> frozenset[str]:
    """The units that would stand on the other side as they are."""
    return frozenset(unit for unit in units if unit[0] in "@=#")


def _phrases(units: Iterable[str]) -> Iterator[str]:
    """The words, and their sequences up to the longest phrase."""
    words = [unit for unit in units if unit[0] not in "@=#"]
    for start in range(len(words)):
        for length in range(1, min(_LONGEST, len(words) - start) + 1):
            yield " ".join(words[start : start + length])
