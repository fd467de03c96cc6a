"""What stands around the number of a document: when it was issued, and by whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corpus.orthography import Date, fold, shadow
from corpus.structure.rules import rows

_REACH = 160  # characters between a number and its date
_ISSUE = r"ban hành|ký|ký ban hành|thông qua"
_DATED = r"dated|issued on|signed on|adopted on|promulgated on"
# The date follows at once: "số 16-NQ/TW ngày 10/10/2017", "80-KH/TU dated December 20, 2017", "(22/12/2020)".
_AT_ONCE = re.compile(
    rf"[ ]?[,(]?[ ]?(?:(?:do[ ].{{1,60}}[ ])?(?:{_ISSUE})[ ])?(?:vào[ ])?(?:ngày|{_DATED}|issued|of|on)?[ ]?", re.I
)
# The issuer stands between: "182/NQ-CP của Chính phủ ngày …", "No. 5-NQ/TW of the Politburo dated …".
_AFTER_ISSUER = re.compile(r"[ ]?,?[ ]?(?:của|do)[ ][^.;:()\n]{2,90}?[ ,(]{1,2}(?:ký|ban hành)?[ ]?ngày[ ]?", re.I)
_AFTER_DATED = re.compile(rf"[ ]?,?[ ]?(?:of|by|on|issued by)[ ][^.;:()\n]{{2,150}}[ ,(]{{1,2}}(?:{_DATED})[ ]", re.I)
# What follows is the date of something else, though an issuer stands before it.
_OTHER_DATE = re.compile(r"(?<!\w)(?:từ|đến|trước|sau|hiệu lực|tới|về|on)(?!\w)", re.I)
# The date came first: "Ngày 22/12/2020, Chính phủ ban hành Nghị quyết số …".
_ISSUED_BEFORE = re.compile(
    r"[ ]?,?[ ][^.;:()\n\d]{2,110}?[ ]"
    r"(?:(?:đã[ ])?(?:ký[ ])?(?:ban hành|ra|ký|thông qua)|(?:has[ ])?(?:issued|signed|promulgated|adopted|passed))"
    r"[ ](?:the[ ]|a[ ])?",
    re.I,
)
_YEAR_AFTER = re.compile(r"[ ]?[,(]?[ ]?(?:năm|of|dated|tháng)[ ]", re.I)
_BY = re.compile(r"[ ]?[,()]?[ ]?(?:ban hành[ ])?(?:của|do|(?:issued[ ])?(?:of|by|from))[ ](?:the[ ])?", re.I)


class Timeline(NamedTuple):
    """The dates of a text with their starts, for looking up what stands near a place."""

    dates: Sequence[Date]
    starts: list[int]

    @classmethod
    def of(cls, dates: Sequence[Date]) -> Timeline:
        return cls(dates, [date.start for date in dates])


def date_of(text: str, timeline: Timeline, start: int, end: int, until: int) -> Date | None:
    """The date of the document mentioned at `text[start:end]`; `until` is where the next document begins."""
    at = bisect_left(timeline.starts, end)
    following = timeline.dates[at] if at < len(timeline.dates) else None
    if following and following.start < until and _belongs(text[end : following.start], following):
        return following
    earlier = timeline.dates[at - 1] if at > 0 else None
    if earlier and earlier.precision == "day" and start - earlier.end <= _REACH:
        return earlier if _ISSUED_BEFORE.fullmatch(text[earlier.end : start]) else None
    return None


def _belongs(gap: str, date: Date) -> bool:
    """Whether the words between a number and the date behind it say that it is the date of the document."""
    if len(gap) > _REACH:
        return False
    return _leads_to_date(gap) if date.precision == "day" else _is_year_of(gap, date)


def _is_year_of(gap: str, date: Date) -> bool:
    return date.precision in ("month", "year") and _YEAR_AFTER.fullmatch(gap) is not None


def _leads_to_date(gap: str) -> bool:
    """Whether the words between a number and a full date say that it is the date of the document."""
    if _AT_ONCE.fullmatch(gap) or _AFTER_DATED.fullmatch(gap):
        return True
    return _AFTER_ISSUER.fullmatch(gap) is not None and not _OTHER_DATE.search(gap)


@cache
def _codes() -> dict[str, tuple[str, bool]]:
    """Folded code -> issuer, and whether the code names a family of offices only."""
    return {
        fold(code).upper().replace("&", ""): (row[0], row[2] == "general")
        for row in rows("issuers.tsv")
        for code in row[1].split("|")
        if code
    }


@cache
def _names() -> list[tuple[str, str]]:
    """Shadow of an issuer's name and the issuer, the longest first."""
    pairs = [
        (shadow(name), row[0]) for row in rows("issuers.tsv") for cell in row[3:5] for name in cell.split("|") if name
    ]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def issuer_of(text: str, end: int, date: Date | None, code: str) -> str | None:
    """The canonical issuer, from the number's last abbreviations or from the words behind number or date."""
    coded, general = _coded_issuer(code)
    if coded and not general:
        return coded
    after = max(end, date.end) if date else end
    return _named_issuer(text, after) or _named_issuer(text, end) or coded


def _coded_issuer(code: str) -> tuple[str | None, bool]:
    """The issuer its abbreviation tells; the codes of the kind (NQ, TT) are none of them."""
    pieces = [piece for piece in re.split(r"[-–/. ]+", code) if piece]
    for piece in [*pieces[1:], *pieces[:1]]:
        # TƯ is the centre of the Party, TU a province's committee: the horn of the Ư decides.
        plain = "TW" if piece == "TƯ" else fold(piece).upper().replace("&", "").rstrip("0123456789")
        if plain in _codes():
            return _codes()[plain]
    return None, False


def _named_issuer(text: str, at: int) -> str | None:
    by = _BY.match(text, at)
    if by is None:
        return None
    behind = shadow(text[by.end() : by.end() + 120])
    for name, issuer in _names():
        if behind.startswith(name) and not behind[len(name) : len(name) + 1].isalnum():
            return issuer
    return None
