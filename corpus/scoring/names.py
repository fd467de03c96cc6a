"""Do the names and the numbers of legal documents on one side stand on the other.

Names are compared without diacritics and without blanks, so that Hoàng Quốc Khánh meets Hoang Quoc Khanh and Hà Nội
Hanoi. A name that is translated (Nga, Đảng Cộng hòa) counts as found where the lexicon accounts for one of its words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.alignment.units import stem
from corpus.orthography import find_names, fold
from corpus.orthography.syllable import bare_syllables
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


def compare_names(
    vi: str, en: str, met_vi: frozenset[str] = frozenset(), met_en: frozenset[str] = frozenset(),
    unknown_en: frozenset[str] = frozenset(),
) -> NameAgreement:  # fmt: skip
    """The names of both sides. `met_vi` and `met_en` are words, folded and in lower case, whose translation was found;
    `unknown_en` the English words that no lexicon has."""
    lone_vi, count_vi = _lone(vi, en, met_vi)
    lone_en, count_en = _lone(en, vi, met_en)
    strange = [name for name in lone_en if all(part in unknown_en for part in name)]
    native = [name for name in lone_en if all(part in bare_syllables() for part in name)]
    foreign = [name for name in lone_vi if any(part.isascii() and part not in bare_syllables() for part in name)]
    # A Vietnamese name can only be told from an organisation's by what stands against it: another bare syllable.
    kept_vi = len(foreign) + (min(len(lone_vi) - len(foreign), len(native)))
    kept_en = len({*map(tuple, strange), *map(tuple, native)})
    return NameAgreement(count_vi, count_en, len(lone_vi), len(lone_en), kept_vi, kept_en)


def _lone(text: str, other: str, met: frozenset[str]) -> tuple[list[tuple[str, ...]], int]:
    """The names of a text that the other one lacks, and how many names it has."""
    words = _LETTERS.findall(fold(other).casefold())
    there, run = set(words), "".join(words)
    names = [tuple(part for word in name.words for part in _LETTERS.findall(word)) for name in find_names(text)[:_MOST]]
    return [name for name in names if not _stands(name, there, run, met)], len(names)


def _stands(parts: tuple[str, ...], there: set[str], run: str, met: frozenset[str]) -> bool:
    """Whether half of a name's words or more stand on the other side, or all of it does in one piece."""
    found = sum(part in there or part in met or stem(part) in met for part in parts)
    return 2 * found >= len(parts) or (len("".join(parts)) > 3 and "".join(parts) in run)


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
