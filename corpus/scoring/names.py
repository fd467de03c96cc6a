"""Do the names and the numbers of legal documents on one side stand on the other.

Names are compared without diacritics and without blanks, so that Hoàng Quốc Khánh meets Hoang Quoc Khanh and Hà Nội
Hanoi. A name that is translated (Nga, Đảng Cộng hòa) counts as found where the lexicon accounts for one of its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from corpus.alignment.units import stem
from corpus.orthography import find_names, fold
from corpus.orthography.syllable import bare_syllables
from corpus.scoring.coverage import Coverage, Words
from corpus.structure.references import find_references

_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"[0-9]+")
_CODE = re.compile(r"[^A-Z0-9]+")
_MOST = 200  # names of a side that are compared


class NameAgreement(NamedTuple):
    """How many names there are on each side, and how many of them the other side lacks; of these, `kept_vi` and
    `kept_en` are names that are not translated but taken over: Waters, Nguyễn Văn An."""

    vi: int
    en: int
    lone_vi: int
    lone_en: int
    kept_vi: int
    kept_en: int

    @property
    def share(self) -> float | None:
        """Of all names those that stand on both sides; None if there are none."""
        whole = self.vi + self.en
        return 1 - (self.lone_vi + self.lone_en) / whole if whole else None


def compare_names(vi: str, en: str, coverage: Coverage | None = None) -> NameAgreement:
    """The names of both sides. The words of the pair, if they are given, are asked only where some name has no partner
    as it stands."""
    side_vi, side_en = _seek(vi, en), _seek(en, vi)
    lone_vi, lone_en = side_vi.lone(), side_en.lone()
    unknown: frozenset[str] = frozenset()
    if coverage and (lone_vi or lone_en):
        lone_vi, lone_en = side_vi.lone(_met(coverage.vi)), side_en.lone(_met(coverage.en))
        unknown = _unknown(coverage.en) if lone_en else unknown
    syllables = bare_syllables()
    strange = [name for name in lone_en if all(part in unknown for part in name)]
    native = [name for name in lone_en if all(part in syllables for part in name)]
    foreign = [name for name in lone_vi if any(part.isascii() and part not in syllables for part in name)]
    # A Vietnamese name can only be told from an organisation's by what stands against it: another bare syllable.
    kept_vi = len(foreign) + (min(len(lone_vi) - len(foreign), len(native)))
    kept_en = len({*strange, *native})
    return NameAgreement(len(side_vi.names), len(side_en.names), len(lone_vi), len(lone_en), kept_vi, kept_en)


class _Sought(NamedTuple):
    """The names of one text, each as its words, and the words of the other, apart and in one piece."""

    names: list[tuple[str, ...]]
    there: set[str]
    run: str

    def lone(self, met: Collection[str] = ()) -> list[tuple[str, ...]]:
        """The names that the other text lacks; `met` are words, folded, whose translation was found."""
        return [name for name in self.names if not self._stands(name, met)]

    def _stands(self, parts: tuple[str, ...], met: Collection[str]) -> bool:
        """Whether half of a name's words or more stand on the other side, or all of it does in one piece."""
        found = 0
        for part in parts:
            found += part in self.there or part in met or (bool(met) and stem(part) in met)
        return 2 * found >= len(parts) or (len("".join(parts)) > 3 and "".join(parts) in self.run)


def _seek(text: str, other: str) -> _Sought:
    if text[1:2].islower() and text[1:].islower():  # its only capital, if any, is there because it opens the text
        return _Sought([], set(), "")
    found = find_names(text)[:_MOST]
    names = [tuple(part for word in name.words for part in _pieces(word)) for name in found]
    words = _LETTERS.findall(fold(other).casefold()) if names else []
    return _Sought(names, set(words), "".join(words))


def _pieces(word: str) -> Sequence[str]:
    return (word,) if word.isalpha() else _LETTERS.findall(word)


def _met(side: Words) -> set[str]:
    """The words that have a partner, without diacritics."""
    return {word.folded for word, partner in zip(side.words, side.partners, strict=True) if partner >= 0}


def _unknown(side: Words) -> frozenset[str]:
    """The words that the lexicon does not have, with and without what an ending may hide."""
    unknown = [word.unit for word in side.words if word.chance is None]
    return frozenset(form for unit in unknown for form in (unit, unit + "e", unit + "s"))


def name_agreement(vi: str, en: str) -> float | None:
    """The share of the names that stand on both sides; None if neither side has any.

    >>> name_agreement("Đồng chí Hoàng Quốc Khánh ở Hà Nội.", "Comrade Hoang Quoc Khanh is in Hanoi.")
    1.0
    >>> name_agreement("Gặp ông Nguyễn Văn An.", "He met Tran Thi Binh."), name_agreement("mưa", "rain")
    (0.0, None)
    """
    return compare_names(vi, en).share


def legal_agreement(vi: str, en: str) -> float | None:
    """The share of the numbers of legal documents that stand on both sides; None if neither side names one.

    >>> legal_agreement("Nghị quyết số 182/NQ-CP của Chính phủ", "the Government's Resolution No. 182/NQ-CP")
    1.0
    >>> legal_agreement("Chỉ thị số 38-CT/TW", "Directive No. 05-CT/TW"), legal_agreement("trời mưa", "it rains")
    (0.0, None)
    """
    sides = [_documents(vi), _documents(en)]
    whole = len(sides[0]) + len(sides[1])
    if not whole:
        return None
    figures = [set(_FIGURES.findall(text)) for text in (vi, en)]
    here, there = (sum(_numbers(code) <= figures[1 - k] for code in sides[k]) for k in (0, 1))
    return (here + there) / whole


def _documents(text: str) -> list[str]:
    if not _FIGURES.search(text):
        return []
    numbers = (reference.number for reference in find_references(text, []))
    return [_CODE.sub("/", fold(number).upper()) for number in numbers if number][:_MOST]


def _numbers(code: str) -> set[str]:
    """The figures of a document's number, which stay what they are where its letters are translated."""
    return set(_FIGURES.findall(code.partition("/")[0])) | {part for part in code.split("/")[1:2] if part.isdigit()}
