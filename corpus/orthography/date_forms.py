"""What a date is, what every reader of dates shares, and the dates written in figures alone.

A reader is a function `(text, at) -> Reading | None`, called where a run of digits begins. None means "not my
form"; a Reading without dates means "my form, but no such day" and keeps the pieces of 31/2/2020 from being
read again.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

YEAR = r"(?:1[0-9]|2[01])[0-9]{2}(?![0-9])"
"""A regular expression for the years 1000 to 2199: a shorter number is more likely a quantity."""

_WINDOW = 40
_LEAP = 2000


class Date(NamedTuple):
    """A date at `text[start:end]`, without the word that introduces it (ngày, on).

    `iso` follows ISO 8601, and XML Schema where the year is not said; `precision` is one of
    "day" (2020-12-22), "month" (2020-12), "year" (2020) and "month-day" (--02-19).
    """

    start: int
    end: int
    iso: str
    precision: str


class Reading(NamedTuple):
    """The dates one form yields, and where the form ends."""

    dates: list[Date]
    end: int


def before(text: str, at: int) -> str:
    """The few characters before `at`, enough for any introducing word."""
    return text[max(0, at - _WINDOW) : at]


def make_date(start: int, end: int, year: int | None, month: int | None = None, day: int | None = None) -> Date | None:
    """The date of these numbers, or None if the calendar has no such day.

    >>> make_date(0, 4, None, 2, 29), make_date(0, 9, 2023, 2, 29)
    (Date(start=0, end=4, iso='--02-29', precision='month-day'), None)
    """
    if month is None:
        return Date(start, end, f"{year:04d}", "year")
    if not 1 <= month <= 12:
        return None
    if day is None:
        return Date(start, end, f"{year:04d}-{month:02d}", "month")
    if not 1 <= day <= monthrange(_LEAP if year is None else year, month)[1]:
        return None
    if year is None:
        return Date(start, end, f"--{month:02d}-{day:02d}", "month-day")
    return Date(start, end, f"{year:04d}-{month:02d}-{day:02d}", "day")


def one(date: Date | None, end: int) -> Reading:
    """The reading of a form that holds one date, if the calendar has it."""
    return Reading([date] if date else [], end)


def make_days(spans: list[tuple[int, int, int]], end: int, year: int | None, month: int) -> Reading:
    """The dates of several days of one month ("ngày 20-22/9", "September 20 and 22"): (start, end, day) each.

    The last day's span runs to the end of the form. All or nothing: the days must exist and must ascend.
    """
    dates = [make_date(s, e, year, month, day) for s, e, day in spans]
    days = [day for *_, day in spans]
    if None in dates or any(a >= b for a, b in pairwise(days)):
        return Reading([], end)
    good = [date for date in dates if date is not None]
    return Reading([*good[:-1], good[-1]._replace(end=end)], end)


_DAY = re.compile(r"[0-9]{1,2}")


def days_in(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The (start, end, day) of every one- or two-digit number of a list of days."""
    return [(m.start(), m.end(), int(m[0])) for m in _DAY.finditer(text, start, end)]


# A year, a day or a month must not be a piece of something longer: 04/2023/NĐ-CP, a version, a code.
_PIECE_LEFT = re.compile(r"(?:[\w@#]|\w[-/]|[0-9][.,:]|[-/][-/.])\Z")
_PIECE_RIGHT = re.compile(r"[^\W_]|[/_]\w|[.,:][0-9]|-[^\W\d_]")
_DATE_LEFT = re.compile(r"[-/.][0-9]{4}[-–]\Z|[0-9]/[0-9]{1,2}[-–]\Z|ngày\Z|(?<![^\W_])năm\Z", re.IGNORECASE)
_RANGE_RIGHT = re.compile(r"[ ]?[-–/][ ]?[0-9]")
_BEFORE_CHRIST = re.compile(r"[ ](?:TCN|trước Công nguyên|BCE?\b|B\.C\.)", re.IGNORECASE)
_QUANTITY_RIGHT = re.compile(r"[ ]?[%°$€£]")
_NEXT_WORD = re.compile(r"[ ]([^\W\d_]{1,20})(?![^\W_])")


def starts_inside(text: str, at: int) -> bool:
    """Whether the digits at `at` continue something other than a range of dates or a glued "ngày"."""
    if _PIECE_LEFT.search(text, max(0, at - 2), at) is None:
        return False
    return _DATE_LEFT.search(text, max(0, at - 6), at) is None


def goes_on(text: str, end: int) -> bool:
    """Whether what ends at `end` is only the beginning of a longer code or number."""
    return _PIECE_RIGHT.match(text, end) is not None


@cache
def _counted(kind: str) -> frozenset[str]:
    lines = resources.files("corpus").joinpath("data/orthography/counted_words.tsv").read_text("utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[1] == kind)


# English words in -s that may follow a date; after a number, any other one in lower case is a plural.
_NOT_PLURAL = frozenset((
    "does", "this", "thus", "plus", "versus", "across", "towards", "perhaps", "always", "sometimes",
))  # fmt: skip
_PLURAL = re.compile(r"[a-z]{2,}[^s\W]s")
_RATE = re.compile(r" (?:tỷ|tỉ|triệu) (?:lệ|số|giá|phú|trọng|suất|chứng|tập|hồi)(?![^\W_])")


def measures(text: str, end: int) -> bool:
    """Whether the number that ends at `end` is the measure of what follows: 2000 tấn, 2000 people, 2000%.

    >>> measures("2000 tấn lúa", 4), measures("2020 households fled", 4), measures("2020 was dry", 4)
    (True, True, False)
    """
    if _QUANTITY_RIGHT.match(text, end):
        return True
    match = _NEXT_WORD.match(text, end)
    if match is None or _RATE.match(text, end):
        return False
    word = match[1]
    return word in _counted("measure") or (_PLURAL.fullmatch(word) is not None and word not in _NOT_PLURAL)


def counts(text: str, end: int) -> bool:
    """Whether the figures that end at `end` measure (see `measures`) or count: 2-3 lần, 3/4 số hộ."""
    match = _NEXT_WORD.match(text, end)
    return measures(text, end) or (match is not None and match[1] in _counted("count"))


def is_lone_year(text: str, end: int) -> bool:
    """Whether the four digits that end at `end` can be a year: no range, no quantity, not before Christ."""
    blocked = goes_on(text, end) or _RANGE_RIGHT.match(text, end) or _BEFORE_CHRIST.match(text, end)
    return not blocked and not measures(text, end)


_YEAR_FIRST = re.compile(rf"({YEAR})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([ ]?[-/.][ ]?)([0-9]{{1,2}})[ ]?([-/.])[ ]?({YEAR})")
_TIME_RIGHT = re.compile(r"T[0-9]{2}:")


def read_year_first(text: str, at: int) -> Reading | None:
    """2020-12-22, 2020/12/22, and 2020-12-22T21:05 (the span leaves the time out)."""
    match = _YEAR_FIRST.match(text, at)
    if match is None or starts_inside(text, at):
        return None
    if goes_on(text, match.end()) and not _TIME_RIGHT.match(text, match.end()):
        return None
    return one(make_date(at, match.end(), int(match[1]), int(match[3]), int(match[4])), match.end())


def read_year_last(text: str, at: int) -> Reading | None:
    """15/11/2025, 15-11-2025, 15.11.2025: day first, or month first where that is impossible (8/25/2023).

    Day first in English text too: the English pages of Vietnamese sites keep the order of their originals.
    """
    match = _YEAR_LAST.match(text, at)
    if match is None or match[2].strip() != match[4] or starts_inside(text, at) or goes_on(text, match.end()):
        return None
    first, second, year, end = int(match[1]), int(match[3]), int(match[5]), match.end()
    return one(make_date(at, end, year, second, first) or make_date(at, end, year, first, second), end)
