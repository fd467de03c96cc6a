"""Do the numbers and dates of one side stand on the other: 1.234,5 = 1,234.5, 17 tỷ = 17 billion, ba = three.

Every run of figures counts, also in a code or a reference, since a translation keeps those too. A number in words
helps to account for figures on the other side, but is not missed itself: "một" is an article as often as a number.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from corpus.orthography import find_dates, find_numbers
from corpus.orthography.notation import FIGURES
from corpus.orthography.number_words import find_number_words

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?<![\w.])(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})(?![\w])")
_SEPARATOR = re.compile("[.,]")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_AFTERNOON = re.compile(r"p\.?m\b|chiều|tối|\d ?PM\b", re.IGNORECASE)
_FOREIGN_UNIT = re.compile(
    r"[ -]?(?:miles?|mph|mi|feet|foot|ft|inch(?:es)?|in|pounds?|lbs?|acres?|yards?|gallons?|ounces?|oz"
    r"|km|kilomet|ki-?lô|m|mét|cm|kg|ki lô|hecta|ha|lít|dặm|bộ|°|độ|degrees?)(?![^\W\d_])", re.IGNORECASE
)  # fmt: skip
# Kilometres in a mile, metres in a foot, kilograms in a pound, hectares in an acre, centimetres in an inch, metres in a
# yard, litres in a gallon, grams in an ounce.
_FACTORS = (1.609, 0.3048, 0.4536, 0.4047, 2.54, 0.9144, 3.785, 28.35)
_NEAR = 0.06
_MOST = 400  # numbers of a side that are compared
_FEW = 20  # numbers without a partner that are compared one by one


class Figure(NamedTuple):
    """A run of figures: its digits, the same between points and commas, its value, whether a magnitude follows, whether
    a unit does, whether it is a decade (1980s)."""

    digits: str
    parts: tuple[str, ...]
    value: Decimal | None
    scaled: bool
    measured: bool
    decade: bool


@dataclass(frozen=True)
class Figures:
    """The numbers of a text: its runs of figures, and the values of ten and more that it spells in words."""

    text: str
    lang: str
    runs: list[Figure]
    spelt: list[Decimal]

    @cached_property
    def words(self) -> frozenset[Decimal]:
        """What its words may be worth, small numbers, months and Roman numerals among them."""
        known = _number_words(self.lang)
        found = known.keys() & set(_WORD.findall(self.text.lower()))
        roman = (Decimal(value) for value in map(_roman, _ROMAN.findall(self.text)) if value)
        return frozenset([*(value for word in found for value in known[word]), *roman, *self.spelt])

    @cached_property
    def afternoon(self) -> bool:
        """Whether it tells a time after noon."""
        return _AFTERNOON.search(self.text) is not None


class Agreement(NamedTuple):
    """How many numbers stand on both sides; how many on one alone; how many of those nowhere on the other side; how
    many of these are of two figures or more, for a small one may be told by any turn of phrase."""

    matched: int
    lone_vi: int
    lone_en: int
    absent_vi: int
    absent_en: int
    large_vi: int
    large_en: int

    @property
    def share(self) -> float | None:
        """Of all numbers those that stand on both sides; None if there are none."""
        whole = 2 * self.matched + self.lone_vi + self.lone_en
        return 2 * self.matched / whole if whole else None


@cache
def _number_words(lang: str) -> dict[str, tuple[Decimal, ...]]:
    """What each number word of a language can be worth."""
    lines = resources.files("corpus").joinpath("data/scoring/number_words.tsv").read_text("utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    known: dict[str, tuple[Decimal, ...]] = {}
    for language, value, words in rows:
        for word in words.split("|") if language == lang else ():
            known[word] = (*known.get(word, ()), Decimal(value))
    return known


def read_numbers(text: str, lang: str) -> Figures:
    """All numbers of a text.

    >>> found = read_numbers("Ba nước góp 17 tỷ đồng", "vi")
    >>> found.runs[0].digits, int(found.runs[0].value), Decimal(3) in found.words
    ('17', 17000000000, True)
    """
    if not FIGURES.search(text):
        return Figures(text, lang, [], [number.value for number in find_number_words(text, lang == "vi")][:_MOST])
    quantities = find_numbers(text, lang)
    at = {quantity.start: quantity for quantity in quantities}
    runs = []
    for match in FIGURES.finditer(text):
        quantity = at.pop(match.start(), None)
        digits = _digits(match[0])
        end = quantity.end if quantity else match.end()
        value = quantity.value if quantity else Decimal(digits) if len(digits) < 16 else None
        measured = _FOREIGN_UNIT.match(text, end) is not None
        parts = tuple(map(_digits, _SEPARATOR.split(match[0])))
        runs.append(Figure(digits, parts, value, end > match.end(), measured, text[end : end + 1] == "s"))
        if len(runs) == _MOST:
            break
    return Figures(text, lang, runs, [quantity.value for quantity in at.values()][:_MOST])


def _digits(run: str) -> str:
    return run.replace(".", "").replace(",", "").lstrip("0") or "0"


def _roman(numeral: str) -> int:
    """The value of a Roman numeral of the letters I, V and X; 0 for none.

    >>> _roman("XIX"), _roman("IV"), _roman("")
    (19, 4, 0)
    """
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=False))


def compare_numbers(vi: Figures, en: Figures) -> Agreement:
    """Match the numbers of both sides: first what is equal, then what is told in words, then what may be converted."""
    matched, left_vi, left_en = _match_equal(vi.runs, en.runs) if vi.runs and en.runs else (0, vi.runs, en.runs)
    rest_vi = [figure for figure in left_vi if figure.value not in en.words]
    rest_en = [figure for figure in left_en if figure.value not in vi.words]
    matched += len(left_vi) - len(rest_vi) + len(left_en) - len(rest_en)
    if vi.spelt and en.spelt:
        matched += sum((Counter(vi.spelt) & Counter(en.spelt)).values())
    if not rest_vi and not rest_en:
        return Agreement(matched, 0, 0, 0, 0, 0, 0)
    few_vi, few_en = rest_vi[:_FEW], rest_en[:_FEW]
    afternoon = bool(few_vi and few_en) and (vi.afternoon or en.afternoon)
    similar = [(a, b) for a in few_vi for b in few_en if _alike(a, b, afternoon)]
    similar += _written_apart(few_vi, few_en) + [(a, b) for b, a in _written_apart(few_en, few_vi)]
    taken_vi, taken_en = {id(a) for a, _ in similar}, {id(b) for _, b in similar}
    rest_vi = [figure for figure in rest_vi if id(figure) not in taken_vi]
    rest_en = [figure for figure in rest_en if id(figure) not in taken_en]
    matched += min(len(taken_vi), len(taken_en))
    absent_vi, absent_en = _absent(rest_vi, en.runs), _absent(rest_en, vi.runs)
    large = [sum(len(figure.digits) > 1 for figure in absent) for absent in (absent_vi, absent_en)]
    return Agreement(matched, len(rest_vi), len(rest_en), len(absent_vi), len(absent_en), *large)


def _match_equal(vi: list[Figure], en: list[Figure]) -> tuple[int, list[Figure], list[Figure]]:
    """How many runs have the same digits or the same value, and those of each side that are left."""
    matched, open_en = 0, list(en)
    for key in ("digits", "value"):
        places: dict[object, list[Figure]] = {}
        for figure in open_en:
            places.setdefault(getattr(figure, key), []).append(figure)
        left = []
        for figure in vi:
            partners = places.get(getattr(figure, key))
            if partners and getattr(figure, key) is not None:
                partners.pop()
                matched += 1
            else:
                left.append(figure)
        vi, open_en = left, [figure for partners in places.values() for figure in partners]
    return matched, vi, open_en


def _written_apart(figures: list[Figure], others: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Runs that are two numbers to the other side: (3,3) and (3, 3)."""
    found = []
    for figure in figures:
        parts = [next((i for i, other in enumerate(others) if other.digits == part), -1) for part in figure.parts]
        if len(set(parts)) == 1 and len(parts) > 1 and parts[0] >= 0:  # the same number several times
            parts = [i for i, other in enumerate(others) if other.digits == figure.parts[0]][: len(parts)]
        if len(parts) > 1 and len(parts) == len(figure.parts) and min(parts) >= 0:
            found += [(figure, others[i]) for i in parts]
    return found


def _absent(figures: list[Figure], others: list[Figure]) -> list[Figure]:
    """Those of the figures that stand nowhere on the other side, not even once for several times."""
    seen = {figure.digits for figure in others} | {str(figure.value) for figure in others}
    return [figure for figure in figures if figure.digits not in seen and str(figure.value) not in seen]


def _alike(a: Figure, b: Figure, afternoon: bool) -> bool:
    """Whether two different numbers may tell the same: converted, rounded, 19 h and 7 p.m., the 1980s and the 80s."""
    if a.value is None or b.value is None:
        return False
    if afternoon and abs(a.value - b.value) == 12 and max(a.value, b.value) < 25:
        return True
    low, high = sorted((a.value, b.value))
    if (a.decade or b.decade or high - low in (1900, 2000)) and 1000 < high < 2100 and high % 100 == low:
        return True
    if not low:
        return False
    ratio = float(high / low)
    if a.scaled or b.scaled:
        return ratio < 1 + _NEAR / 2
    measured = a.measured and b.measured
    return measured and any(abs(ratio * f - 1) < _NEAR or abs(ratio / f - 1) < _NEAR for f in _FACTORS)


def number_agreement(vi: str, en: str) -> float | None:
    """The share of the numbers that stand on both sides; None if neither side has any in figures.

    >>> number_agreement("Tỉnh đầu tư 17 tỷ đồng, tăng 3,5%.", "The province invested VND 17 billion, up 3.5%.")
    1.0
    >>> number_agreement("Có 3 hộ ở 2 bản.", "There are three households in two villages.")
    1.0
    >>> number_agreement("Năm 2019 có 40 hộ.", "In 2019 there were 75 households.")
    0.5
    """
    return compare_numbers(read_numbers(vi, "vi"), read_numbers(en, "en")).share


def date_agreement(vi: str, en: str) -> float | None:
    """The share of the dates that stand on both sides; None if neither side has any.

    What one side leaves out (a year, a day) does not count against it.

    >>> date_agreement("Ngày 4/8, đoàn đến Sơn La.", "The delegation arrived in Son La on August 4.")
    1.0
    >>> date_agreement("Ngày 4/8/2023", "August 5, 2023")
    0.0
    """
    if not FIGURES.search(vi) and not FIGURES.search(en):
        return None
    sides = [[date.iso for date in find_dates(text, lang)][:_MOST] for text, lang in ((vi, "vi"), (en, "en"))]
    if not sides[0] and not sides[1]:
        return None
    found = 0
    for dates, others, text in ((sides[0], sides[1], en), (sides[1], sides[0], vi)):
        kept = set(others)
        numbers = set(re.findall("[0-9]{1,4}", text)) if len(dates) > len(kept & set(dates)) else set()
        found += sum(iso in kept or any(_compatible(iso, o) for o in kept) or _spelt(iso, numbers) for iso in dates)
    return found / (len(sides[0]) + len(sides[1]))


def _parts(iso: str) -> tuple[str, str, str]:
    """Year, month and day, "" for what is not said."""
    if iso.startswith("--"):
        return "", iso[2:4], iso[5:7]
    year, month, day = (*iso.split("-"), "", "")[:3]
    return year, month, day


def _compatible(a: str, b: str) -> bool:
    """Whether two dates may be the same: what both say is equal, and both say something."""
    said = [(x, y) for x, y in zip(_parts(a), _parts(b), strict=True) if x and y]
    return bool(said) and all(x == y for x, y in said)


def _spelt(iso: str, numbers: set[str]) -> bool:
    """Whether the year or the day stands among the other side's figures, in a form that was not read as a date."""
    year, _, day = _parts(iso)
    wanted = [part for part in (year, day.lstrip("0")) if part]
    return bool(wanted) and all(part in numbers or part.zfill(2) in numbers for part in wanted)
