"""Every date in a text, in both languages, as ISO 8601 - and nothing that only looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.orthography.date_forms import Date, Reading, read_year_first, read_year_last

from . import dates_en, dates_vi

_Reader = Callable[[str, int], "Reading | None"]
_FIGURES: tuple[_Reader, ...] = (read_year_first, read_year_last)
_VIETNAMESE: tuple[_Reader, ...] = (
    dates_vi.read_days_of_month,
    dates_vi.read_month_first,
    dates_vi.read_month_of_year,
    dates_vi.read_year,
)
_ENGLISH: tuple[_Reader, ...] = (
    dates_en.read_day_first,
    dates_en.read_month_first,
    dates_en.read_month_of_year,
    dates_en.read_year,
    dates_en.read_figures,
)
_READERS = {"vi": _FIGURES + _VIETNAMESE, "en": _FIGURES + _ENGLISH}
_ANY_LANGUAGE = _FIGURES + _VIETNAMESE + _ENGLISH
_DIGITS = re.compile(r"[0-9]+")
_LONGEST = 4  # digits of a year: a longer run begins no date


def find_dates(text: str, lang: str) -> list[Date]:
    """The dates of `text` in order, without overlap; offsets are code points into `text`.

    `lang` is "vi" or "en"; any other label reads the words of both. Figures are day first in both languages
    (04/8/2023 is the fourth of August), month first only where the day would be impossible. A day and month
    without a year next to them stay without one: `--02-19`. Impossible days (31/2), fractions, scores, legal
    numbers (04/2023/NĐ-CP), year ranges (2017-2023), decades and lunar months yield nothing. Linear in the
    length of `text`.

    >>> [d.iso for d in find_dates("Ngày 19/2; Nghị quyết 182/NQ-CP ngày 22 tháng 12 năm 2020", "vi")]
    ['--02-19', '2020-12-22']
    >>> [d.iso for d in find_dates("On January 16th; October 10, 2017; since 2011; 2017-2023; 3/4", "en")]
    ['--01-16', '2017-10-10', '2011']
    """
    readers = _READERS.get(lang, _ANY_LANGUAGE)
    found: list[Date] = []
    done = 0
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if at < done or digits.end() - at > _LONGEST:
            continue
        for read in readers:
            reading = read(text, at)
            if reading is not None:
                found += reading.dates
                done = reading.end
                break
    return found
