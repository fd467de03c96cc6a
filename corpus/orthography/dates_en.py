"""Dates as English writes them in words: December 22, 2020, the 16th of January, in August 2023, since 2020.

A month in letters makes a date certain but for May and March, which are words as well. A bare year is a date
only after a word that can introduce one. Figures without a year (9/11) are read differently on the two sides
of the Atlantic and in Vietnam, so they are dates only where one order is possible: on 19/2.
"""

from __future__ import annotations

import re

from corpus.orthography.date_forms import (
    YEAR,
    Reading,
    before,
    days_in,
    goes_on,
    is_lone_year,
    make_date,
    make_days,
    measures,
    one,
    starts_inside,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\.?"
# Lower case is let pass where it is no other word: may and march are.
_LOWER = [name.lower() for name in _MONTHS if name not in ("March", "May")]
_MONTH = f"(?P<month>{'|'.join([*_MONTHS, *(m.upper() for m in _MONTHS), *_LOWER])}|{_SHORT})(?![^\\W_])"

_DAY = r"[0-9]{1,2}(?![0-9])(?:st|nd|rd|th)?"
_TO = r"[ ](?:to|through|until)[ ]|[ ]?[-–][ ]?"
_MORE_DAYS = rf"(?:,[ ]{_DAY}){{0,5}},?[ ](?:and|&)[ ]{_DAY}|(?:{_TO}){_DAY}"
_DAYS = rf"(?P<days>{_DAY}(?:{_MORE_DAYS})?)"
_DAY_FIRST = re.compile(rf"{_DAYS}(?:[ ](?P<of>of))?[ -]{_MONTH}")
_DAYS_AFTER_MONTH = re.compile(_DAYS)
_YEAR_AFTER = re.compile(rf"(?:,[ ]?|[ -])(?:of[ ])?({YEAR})")
_MONTH_BEFORE = re.compile(rf"(?<![^\W_]){_MONTH}(?:[ ]|(?<=\.))(?:the[ ])?\Z")
_MONTH_BEFORE_YEAR = re.compile(rf"(?<![^\W_]){_MONTH}(?:,?[ ](?:of[ ])?|-)\Z")
_INTRODUCED = re.compile(
    r"(?<![^\W_])(?:on|from|to|until|till|by|since|before|after|the|and|dated|between|[a-z]{3,6}day,?)[ ]\Z",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?<![^\W_])(?:"
    r"in|since|until|till|during|throughout|year|early|late|mid|before|after|by|from|between"
    r"|(?:beginning|start|middle|end|half|quarter|spring|summer|autumn|fall|winter|months) of"
    rf"|from[ ]{YEAR}[ ](?:to|until|till|through)|between[ ]{YEAR}[ ]and"
    r")[ -]\Z",
    re.IGNORECASE,
)
_PARTNER_AFTER = re.compile(r"[ ](?:to|and|or)[ ][0-9]{4}(?![0-9])")  # from 1500 to 2000 dollars
_DAY_WORD = re.compile(r"(?<![^\W_])(?:on|dated|(?:morning|afternoon|evening|night) of)[ ]\Z", re.IGNORECASE)
_FIGURES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9])")
_LONE_YEAR = re.compile(YEAR)


def _month_number(name: str) -> int:
    return _NUMBER[name[:3].lower()]


def _year_after(text: str, end: int) -> tuple[int | None, int]:
    """The year that follows a day and month, if one does, and where the date ends."""
    match = _YEAR_AFTER.match(text, end)
    if match is None or not is_lone_year(text, match.end()):
        return None, end
    return int(match[1]), match.end()


def read_day_first(text: str, at: int) -> Reading | None:
    """22 December 2020, the 16th of January, 22-25 December."""
    match = _DAY_FIRST.match(text, at)
    if match is None or starts_inside(text, at):
        return None
    year, end = _year_after(text, match.end())
    is_word = match["month"] in ("May", "March") and year is None and not match["of"]
    if is_word and not _INTRODUCED.search(before(text, at)):
        return None
    return make_days(days_in(text, at, match.end("days")), end, year, _month_number(match["month"]))


def read_month_first(text: str, at: int) -> Reading | None:
    """December 22, 2020, Dec. 22nd, September 20-22 and 25; the year only where it follows at once."""
    match = _DAYS_AFTER_MONTH.match(text, at)
    month = _MONTH_BEFORE.search(before(text, at))
    if match is None or month is None or goes_on(text, match.end()) or measures(text, match.end()):
        return None
    year, end = _year_after(text, match.end())
    days = days_in(text, at, match.end())
    days[0] = (at - len(month[0]), *days[0][1:])
    return make_days(days, end, year, _month_number(month["month"]))


def read_month_of_year(text: str, at: int) -> Reading | None:
    """August 2023, Aug. 2023, August, 2023."""
    match = _LONE_YEAR.match(text, at)
    month = _MONTH_BEFORE_YEAR.search(before(text, at))
    if match is None or month is None or not is_lone_year(text, match.end()):
        return None
    start, end = at - len(month[0]), match.end()
    return one(make_date(start, end, int(match[0]), _month_number(month["month"])), end)


def read_year(text: str, at: int) -> Reading | None:
    """in 2020, since 2011, mid-2018, from 2010 to 2015; no bare year, no range 2017-2023."""
    match = _LONE_YEAR.match(text, at)
    if match is None or not is_lone_year(text, match.end()) or not _YEAR_BEFORE.search(before(text, at)):
        return None
    partner = _PARTNER_AFTER.match(text, match.end())
    if partner and not is_lone_year(text, partner.end()):
        return None
    return one(make_date(at, match.end(), int(match[0])), match.end())


def read_figures(text: str, at: int) -> Reading | None:
    """on 19/2: day first, and only where the other order is impossible."""
    match = _FIGURES.match(text, at)
    if match is None or int(match[1]) <= 12 or goes_on(text, match.end()):
        return None
    if not _DAY_WORD.search(before(text, at)):
        return None
    return one(make_date(at, match.end(), None, int(match[2]), int(match[1])), match.end())
