"""A lexicon: how probable each English unit is where a Vietnamese unit stands, and the other way round.

Rows are units or phrases of units ("nông nghiệp"), columns single units, for a phrase is evidence as a whole and is
searched for word by word. `corpus.alignment.units` tells what a unit is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from corpus.alignment.units import english_units, vietnamese_units
from corpus.lexicon.read import Entry

Array = Any
CERTAINTY = 0.6
"""The probability of the only translation of a phrase."""
SPREAD = 0.7
"""k translations have CERTAINTY / k ** SPREAD each: together more than one has, since dictionaries list variants."""
SYLLABLE = 0.5
"""A single syllable is often part of another word, which takes this share of its certainty."""


@dataclass(frozen=True)
class Lexicon:
    """`forward` is vi x en, `backward` en x vi, both sparse; `counts_vi` and `counts_en` tell how often each unit was
    seen in the text the lexicon was learnt from (0 if it was written by hand)."""

    vi: Sequence[str]
    en: Sequence[str]
    forward: Any
    backward: Any
    counts_vi: Array
    counts_en: Array

    @cached_property
    def numbers_vi(self) -> dict[str, int]:
        return {unit: k for k, unit in enumerate(self.vi)}

    @cached_property
    def numbers_en(self) -> dict[str, int]:
        return {unit: k for k, unit in enumerate(self.en)}

    def translations(self, phrase: str) -> list[tuple[str, float]]:
        """The English units of a Vietnamese phrase with their probabilities, most probable first.

        >>> from_entries([Entry("nông nghiệp", ("agriculture", "farming"))]).translations("Nông nghiệp")
        [('agricultur', 0.369), ('farm', 0.369)]
        """
        row = self.numbers_vi.get(vietnamese_phrase(phrase))
        if row is None:
            return []
        cells = self.forward[row].tocoo()
        found = [(self.en[column], round(float(p), 3)) for column, p in zip(cells.col, cells.data, strict=True)]
        return sorted(found, key=lambda item: (-item[1], item[0]))


def vietnamese_phrase(text: str) -> str:
    """The unit of a Vietnamese word or phrase.

    >>> vietnamese_phrase("Hoà bình")
    'hòa bình'
    """
    return " ".join(unit for unit in vietnamese_units(text) if unit[0] not in "@=")


def english_phrase(text: str) -> str:
    """The unit of an English word or phrase.

    >>> english_phrase("armed forces")
    'arm forc'
    """
    return " ".join(unit for unit in english_units(text) if unit[0] not in "@=")


def from_entries(entries: Iterable[Entry]) -> Lexicon:
    """The lexicon of hand-written entries: probabilities follow from how many translations a headword has."""
    pairs = [(vietnamese_phrase(entry.vi), english_phrase(en)) for entry in entries for en in entry.en]
    pairs = list(dict.fromkeys(pair for pair in pairs if all(pair)))
    vi_units = _number(part for vi, _ in pairs for part in (vi, *vi.split(" ")))
    en_units = _number(part for _, en in pairs for part in (en, *en.split(" ")))
    forward = _hand_table(pairs, vi_units, en_units)
    backward = _hand_table([(en, vi) for vi, en in pairs], en_units, vi_units)
    return Lexicon(list(vi_units), list(en_units), forward, backward, np.zeros(len(vi_units)), np.zeros(len(en_units)))


def _number(units: Iterable[str]) -> dict[str, int]:
    return {unit: k for k, unit in enumerate(dict.fromkeys(units))}


def _hand_table(pairs: list[tuple[str, str]], rows: dict[str, int], columns: dict[str, int]) -> Any:
    """p(word of target | source), the larger where a word stands in two translations of one headword."""
    from scipy.sparse import csr_matrix

    targets: dict[str, list[str]] = {}
    for source, target in pairs:
        targets.setdefault(source, []).append(target)
    cells: dict[tuple[int, int], float] = {}
    for source, found in targets.items():
        each = CERTAINTY / len(found) ** SPREAD * (1.0 if " " in source else SYLLABLE)
        for target in found:
            words = target.split(" ")
            for word in words:
                at = rows[source], columns[word]
                cells[at] = max(cells.get(at, 0.0), each / len(words) ** 0.5)
    places = np.array(list(cells), dtype=np.int64).reshape(-1, 2)
    values = np.fromiter(cells.values(), np.float32, len(cells))
    return csr_matrix((values, (places[:, 0], places[:, 1])), shape=(len(rows), len(columns)))
