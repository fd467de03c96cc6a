"""Dates as Vietnamese writes them in words: ngày 10 tháng 10 năm 2017, sáng 4/8, tháng 8/2023, năm 2020.

The day comes before the month, always. A day and month in figures (4/8, 4-8, 4.8) is also how fractions,
scores and ranges are written, so it is a date only after a word that says so: ngày, hôm, sáng, chiều, thứ
Hai, lễ ... Dates spelled out are also read where the diacritics are missing (ngay 10 thang 10 nam 2017).
"""

from __future__ import annotations

import re

from corpus.orthography.date_forms import (
    YEAR,
    Reading,
    before,
    counts,
    days_in,
    goes_on,
    is_lone_year,
    make_date,
    make_days,
    one,
    starts_inside,
)

# Tháng Giêng and tháng Chạp are not here: months of the lunar year are no months of the ISO calendar.
_MONTH_NAMES = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "bẩy": 7, "sáu": 6,
    "tư": 4, "bốn": 4, "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip
_MAY = 5
_NAMES = "|".join(_MONTH_NAMES)
# "7 tháng năm 2002" is seven months of 2002: before a figure, năm is May only where its capital says so.
_NAME_AFTER_DAY = rf"{_NAMES}|(?-i:Năm)|năm(?![ ]+[0-9])"
_NAME_BEFORE_YEAR = rf"{_NAMES}|(?-i:Năm)|năm(?=[ ]+năm)"

_DAY_LINK = r",[ ]|[ ](?:và|đến|tới|hoặc)[ ]|[ ]?[-–][ ]?"
_DAYS = rf"(?P<days>[0-9]{{1,2}}(?:(?:{_DAY_LINK})(?:(?:hết[ ])?ngày[ ])?[0-9]{{1,2}}){{0,6}})"
_IN_FIGURES = r"[ ]?(?P<sep>[/.-])[ ]?(?P<figure>[0-9]{1,2})"
_IN_WORDS = rf",?[ ]{{0,2}}(?P<word>th[áa]ng)[ ]{{0,2}}(?P<name>[0-9]{{1,2}}|(?:{_NAME_AFTER_DAY})(?![^\W_]))"
_DAYS_OF_MONTH = re.compile(rf"{_DAYS}(?:{_IN_FIGURES}|{_IN_WORDS})(?![0-9])", re.IGNORECASE)

_OF_YEAR = rf"(?:(?P<said>,?[ ]{{0,2}}n[ăa]m[ ]{{0,2}})|[ ]?[-–/][ ]?|\.|(?P<bare>,?[ ]))(?P<year>{YEAR})"
_YEAR_AFTER = re.compile(_OF_YEAR, re.IGNORECASE)
_SHORT_YEAR_AFTER = re.compile(r"[-/.][0-9]{2}(?![0-9])")
_MONTH_YEAR = re.compile(rf"(?P<month>[0-9]{{1,2}}){_OF_YEAR}", re.IGNORECASE)
_LONE_YEAR = re.compile(YEAR)

_DAYTIME = "sáng|trưa|chiều|tối|đêm|khuya"
_WEEKDAY = r"thứ[ ](?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ[ ]nhật"
_TODAY = rf"(?:hôm|{_DAYTIME})[ ](?:nay|qua|kia|sau|trước)|ngày[ ]mai|cùng[ ]ngày|{_WEEKDAY}"
_DAY_WORD = rf"ngày|hôm|mùng|mồng|{_DAYTIME}|dịp|lễ|quốc khánh"
_DATES_BEFORE = r"(?:[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?(?:,[ ]|[ ]và[ ]|[ ]?(?:-|–|đến|tới)[ ]?)){0,3}"
_DAY_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?<!mỗi[ ])(?<!một[ ])(?<!hằng[ ])(?:(?:{_DAY_WORD})(?:[ ]sớm)?[ ]{{1,2}}|ngày)"
    rf"|(?:{_TODAY}),?[ ]\(?){_DATES_BEFORE}\Z",
    re.IGNORECASE,
)
_DAY_BEFORE_WORDS = re.compile(r"(?<![^\W_])(?:từ|vào|đến|tới|và|hết|rằm|sinh|ngay)[ ]{1,2}\Z", re.IGNORECASE)
# A numerator above twelve and above its denominator makes no fraction: từ 28/1 đến 3/2.
_BIG_DAY_BEFORE = re.compile(r"(?<![^\W_])(?:từ|vào|đến|tới|trước|sau|hết)[ ]\Z", re.IGNORECASE)
_RANGE_BEFORE = re.compile(
    r"(?<![^\W_])từ[ ](?:1[3-9]|2[0-9]|3[01])/[0-9]{1,2}(?:[ ](?:đến|tới)[ ](?:hết[ ])?|[ ]?[-–][ ]?)\Z", re.IGNORECASE
)
_TWELVE = 12
_LUNAR_DAY_BEFORE = re.compile(r"(?<![^\W_])m[ùồ]ng[ ]{1,2}\Z", re.IGNORECASE)
_LUNAR_BEFORE = re.compile(r"(?<![^\W_])nhằm[ ](?:vào[ ])?ngày[ ](?:m[ùồ]ng[ ])?\Z", re.IGNORECASE)
_STEM = "Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý"
_LUNAR_AFTER = re.compile(rf"[ ]?\(?(?:âm lịch|ÂL\b|AL\b|năm[ ](?:{_STEM})[ ])", re.IGNORECASE)
_DURATION_AFTER = re.compile(r"[ ]{1,2}ngày(?![^\W_])", re.IGNORECASE)

_MONTH_BEFORE = re.compile(r"(?<![^\W_])th[áa]ng[ ]{1,2}\Z", re.IGNORECASE)
_NAMED_MONTH_BEFORE = re.compile(
    rf"(?<![^\W_])tháng[ ]{{1,2}}(?P<name>{_NAME_BEFORE_YEAR})"
    r"(?:,?[ ]{1,2}năm[ ]{1,2}|[ ]?[-/][ ]?|[ ])\Z",
    re.IGNORECASE,
)
_MONTH_NAME_BEFORE = re.compile(rf"(?<![^\W_])tháng[ ](?P<name>{_NAMES}|(?-i:Năm)|[0-9]{{1,2}})[ ]\Z", re.IGNORECASE)
_DAY_YEAR = re.compile(rf"(?P<day>[0-9]{{1,2}}),[ ](?P<year>{YEAR})")
_YEAR_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?<!mỗi[ ])(?<!hằng[ ])(?<!những[ ])(?<!đồng[ ])năm[ ]{0,2}"
    r"|quý[ ](?:[1-4]|I{1,3}|IV)[ ]?/[ ]?)\Z",
    re.IGNORECASE,
)


def read_days_of_month(text: str, at: int) -> Reading | None:
    """ngày 4/8, 10 tháng 10 năm 2017, sáng 4-8, từ ngày 20 đến 22/9/2023: one day or several of one month."""
    match = _DAYS_OF_MONTH.match(text, at)
    if match is None or starts_inside(text, at):
        return None
    year, end = _year_after(text, match)
    left = before(text, at)
    is_a_date = _words_are_a_date if match["word"] else _figures_are_a_date
    if goes_on(text, end) or not is_a_date(text, match, left, year):
        return None
    if _LUNAR_AFTER.match(text, end) or _LUNAR_BEFORE.search(left):
        return Reading([], end)
    month = _month(match["name"] or match["figure"])
    return make_days(days_in(text, at, match.end("days")), end, year, month)


def _month(name: str) -> int:
    """1 to 12 from a name; a figure as it stands, for the calendar to accept or refuse."""
    return int(name) if name.isdigit() else _MONTH_NAMES.get(name.lower(), _MAY)


def _year_after(text: str, match: re.Match[str]) -> tuple[int | None, int]:
    """The year that follows a day and month at once, if one does, and where the date ends.

    A comma or a blank alone joins a year only to a month in words. A year of two digits is passed over: its
    century would be a guess.
    """
    year = _YEAR_AFTER.match(text, match.end())
    if year is None:
        short = _SHORT_YEAR_AFTER.match(text, match.end()) if match["sep"] else None
        return None, short.end() if short else match.end()
    loose = year["bare"] or (year["said"] or "").startswith(",")
    if loose and not (match["word"] and is_lone_year(text, year.end())):
        return None, match.end()
    return int(year["year"]), year.end()


def _words_are_a_date(text: str, match: re.Match[str], left: str, year: int | None) -> bool:
    """Whether "3 tháng 5" is a day: with its year, or introduced, and no duration (3 tháng 5 ngày)."""
    introduced = _DAY_BEFORE.search(left) is not None
    hinted = introduced or _DAY_BEFORE_WORDS.search(left) is not None
    if year is not None and (hinted or not match["word"].isascii()) and "," not in match[0]:
        return True
    certain = introduced or (hinted and not counts(text, match.end()))
    return certain and not _DURATION_AFTER.match(text, match.end())


def _figures_are_a_date(text: str, match: re.Match[str], left: str, year: int | None) -> bool:
    """Whether "4/8" is a day: only where a word before says so, and it counts nothing (ngày 2-3 lần)."""
    if match["sep"] == "-" and re.search("[-–]", match["days"]):
        return False
    if match["sep"] != "/" and _LUNAR_DAY_BEFORE.search(left):
        return False  # mồng 1-6: the first six days of the lunar month
    if year is not None:
        return bool(_DAY_BEFORE.search(left) or _DAY_BEFORE_WORDS.search(left))
    day = days_in(text, match.start(), match.end("days"))[-1][2]
    if match["sep"] == "/" and day > _TWELVE and _BIG_DAY_BEFORE.search(left):
        return True
    introduced = _DAY_BEFORE.search(left) or _RANGE_BEFORE.search(left)
    return introduced is not None and not counts(text, match.end())


def read_month_first(text: str, at: int) -> Reading | None:
    """Tháng Mười Một 15, 2025: what publishing systems make of an English pattern; only with its year."""
    match = _DAY_YEAR.match(text, at)
    month = _MONTH_NAME_BEFORE.search(before(text, at)) if match else None
    if match is None or month is None or goes_on(text, match.end()):
        return None
    start, end = at - len(month[0]), match.end()
    return one(make_date(start, end, int(match["year"]), _month(month["name"]), int(match["day"])), end)


def read_month_of_year(text: str, at: int) -> Reading | None:
    """tháng 8 năm 2023, tháng 8/2023, tháng 8-2023: the month in figures."""
    match = _MONTH_YEAR.match(text, at)
    month = _MONTH_BEFORE.search(before(text, at))
    if match is None or month is None or not is_lone_year(text, match.end()):
        return None
    start, end = at - len(month[0]), match.end()
    return one(make_date(start, end, int(match["year"]), int(match["month"])), end)


def read_year(text: str, at: int) -> Reading | None:
    """năm 2020, tháng Tám năm 1945 (the month in letters); never mỗi năm 2000, những năm 1980, a range."""
    match = _LONE_YEAR.match(text, at)
    if match is None or not is_lone_year(text, match.end()):
        return None
    left = before(text, at)
    month = _NAMED_MONTH_BEFORE.search(left)
    if month is None and _YEAR_BEFORE.search(left) is None:
        return None
    start, number = (at - len(month[0]), _month(month["name"])) if month else (at, None)
    return one(make_date(start, match.end(), int(match[0]), number), match.end())
