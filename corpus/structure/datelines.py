"""Lines that say when an article came out.

A date in running text is when something happened; only a date that stands on a line of its own beside the title or
the byline, or behind a word such as "Ngày đăng", is the date of publication. A date behind "Cập nhật" is not.
"""

from __future__ import annotations

import re
from datetime import date as Day
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.orthography import Date, find_dates, shadow
from corpus.structure.rules import alternatives, phrases, rows

_LONGEST = 160  # characters of a date line
_BOTH = "mixed"  # the label under which dates of both languages are read
_CLOCK = r"\d{1,2}[ ]?(?:[:hg]|giờ)[ ]?(?:\d{2}(?:[:'’]\d{0,2})?)?(?:[ ]?phút)?"
_TIME = re.compile(rf"(?<!\w){_CLOCK}(?:[ ]?(?:a\.?m|p\.?m)\b\.?)?(?!\w)", re.I)
# Machine translation leaves the codes behind with which it had hidden numbers: DNUM_BIZBCZCACA.
_PLACEHOLDER = re.compile(r"(?<!\w)[A-Z]{2,12}_[A-Z0-9_]{2,40}(?!\w)")
# Pages glue what stands in boxes of its own: "Việt NamViệt Nam23/10/2025" is a picture's text, a name and a date.
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}/\d{1,2}/\d{4})")
_DOUBLED = re.compile(r"^([^\W\d_][^|]{2,40}?)[ ]?\1(?=[ |])")
_TWELVE_HOURS = re.compile(r"\d[ ]?[AaPp]\.?[Mm]\b")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_FIGURE_OR_CODE = re.compile(r"[0-9_]")
_LONG_WEEKDAY = 5  # characters of a weekday's name that cannot be mistaken for part of a person's
_SEPARATORS = " \t,;:|•·-–—/()[]*_.▪"


class DateLine(NamedTuple):
    """A line with a date or a time: `rest` is what else it says; `labelled` if a label says it is the publication."""

    rest: str
    date: Date | None
    labelled: bool


@cache
def _weekdays() -> dict[str, int]:
    """Shadow of a weekday's name -> its number, Monday = 1."""
    return {shadow(name): int(number) for number, names in rows("weekdays.tsv") for name in names.split("|")}


@cache
def _weekday() -> str:
    """A regular expression for a weekday. Thu and Sun are parts of names as well: short forms follow a separator."""
    short = alternatives(frozenset(name for name in _weekdays() if len(name) < _LONG_WEEKDAY))
    long = alternatives(frozenset(name for name in _weekdays() if len(name) >= _LONG_WEEKDAY))
    return rf"(?:(?<!\w)(?:{long})|(?:^|(?<=[|,•·(–-])|(?<=[|,•·(–-][ ]))(?:{short}))(?!\w)"


@cache
def _noise() -> re.Pattern[str]:
    words = alternatives(phrases("datelines.txt", "published") | phrases("datelines.txt", "updated"))
    counter = alternatives(phrases("datelines.txt", "counter"))
    labels = rf"(?<![\w+])(?:{words}|(?:{counter})[ ]?:?[ ]?[\d.,]*|[\d.,]{{1,20}}[ ](?:{counter}))(?!\w)"
    return re.compile(f"{_weekday()}|{labels}")


@cache
def _label() -> re.Pattern[str]:
    published = alternatives(phrases("datelines.txt", "published"))
    updated = alternatives(phrases("datelines.txt", "updated"))
    return re.compile(rf"(?<!\w)(?:(?P<published>{published})|(?P<updated>{updated}))(?!\w)")


@lru_cache(maxsize=2048)
def read_date_line(text: str) -> DateLine | None:
    """What is left of a short line once dates, times, weekdays and their labels are taken out, or None without any.

    Such lines are too short to tell their language by, so the dates of both are read.

    >>> line = read_date_line("Thứ sáu, 18/12/2020, 18:12")
    >>> line.rest, line.date.iso, line.labelled
    ('', '2020-12-18', False)
    >>> read_date_line("Hoai Thu DNUM_BIZBCZCACA 18:12")
    DateLine(rest='Hoai Thu', date=None, labelled=False)
    """
    if len(text) > _LONGEST or not _FIGURE_OR_CODE.search(text):
        return None
    text = _GLUED.sub(" ", text)
    # A time behind a dash would make a range of the year before it: "2021 - 09:15".
    untimed = _TIME.sub(lambda match: " " * len(match[0]), text)
    dates = find_dates(untimed, _BOTH)
    rest = text
    for date in reversed(dates):
        rest = rest[: date.start] + " | " + rest[date.end :]
    bare = _PLACEHOLDER.sub(" | ", _TIME.sub(" | ", rest))
    if bare == text:
        return None
    bare = _DOUBLED.sub(r"\1 | ", bare)
    dated, labelled = _published(text, dates)
    return DateLine(_strip_words(bare), dated, labelled)


def _published(text: str, dates: list[Date]) -> tuple[Date | None, bool]:
    """The first date of the line that may be the publication's, and whether a label says that it is."""
    unlabelled = None
    for date in dates:
        labels = list(_label().finditer(shadow(text[: date.start])))
        if date.precision == "month-day" or (labels and labels[-1]["updated"]) or _is_doubtful(text, date):
            continue
        if labels:
            return date, True
        unlabelled = unlabelled or date
    return unlabelled, False


def _is_doubtful(text: str, date: Date) -> bool:
    """Whether a date may have been read wrongly: the line names another weekday, or it may be American.

    A twelve-hour clock beside figures is the American form that servers print, and that has the month first.
    """
    if date.precision != "day":
        return False
    figures = _FIGURES.fullmatch(text[date.start : date.end])
    if figures and _TWELVE_HOURS.search(text) and int(figures[1]) <= 12 and figures[1] != figures[2]:
        return True
    named = re.findall(_weekday(), shadow(text))
    return bool(named) and Day.fromisoformat(date.iso).isoweekday() not in {_weekdays()[name] for name in named}


def _strip_words(text: str) -> str:
    """`text` without weekdays, labels, counters, and without small words and separators at its ends."""
    words = [word for word in re.split(r"[ \t]+", _drop_noise(text)) if word]
    while words and _is_filler(words[-1]):
        words.pop()
    while words and _is_filler(words[0]):
        words.pop(0)
    return " ".join(words).strip(" \t,;:|•·-–—/▪")


def _is_filler(word: str) -> bool:
    """Whether a word at the end of what is left of a date line only joined its parts."""
    return not word.strip(_SEPARATORS) or word.strip(",;:|()[]").casefold() in phrases("datelines.txt", "word")


def _drop_noise(text: str) -> str:
    """`text` with a bar in place of each weekday, label and counter."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that lower case makes two of; offsets would not carry over
        return text
    pieces, done = [], 0
    for match in _noise().finditer(lowered):
        pieces.append(text[done : match.start()])
        done = match.end()
    return " | ".join([*pieces, text[done:]]) if pieces else text
