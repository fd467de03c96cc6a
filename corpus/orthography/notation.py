"""What a number in figures is worth: 1.234,5 in Vietnamese notation, 1,234.5 in English notation.

One separator with exactly three figures after it reads both ways. The language decides, unless the text
itself shows that its writer used the other notation, as English pages translated from Vietnamese and
Vietnamese pages about technology often do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""A run of figures with single points or commas inside."""

_LONGEST = 15  # more figures without a separator are an account, a code or noise
_LONGEST_RUN = 30  # characters with separators
_GROUPED = {sep: re.compile(rf"[1-9][0-9]{{0,2}}(?:\{sep}[0-9]{{3}})+") for sep in ".,"}
_OTHER = {".": ",", ",": "."}


class Number(NamedTuple):
    """A quantity at `text[start:end]`; the span takes in its magnitude: "17 tỷ", "3.5 million"."""

    start: int
    end: int
    value: Decimal


class Notation(NamedTuple):
    """The separator of thousands: that of the language (`own`), and that of this text (`grouping`)."""

    own: str
    grouping: str


VIETNAMESE = Notation(".", ".")
ENGLISH = Notation(",", ",")


def read_figures(run: str, notation: Notation) -> Decimal | None:
    """The value of a run of figures.

    None for what is no number: a version (1.2.3), a telephone number (0912.345.678), a code (007).

    >>> read_figures("1.234,5", VIETNAMESE) == read_figures("1,234.5", ENGLISH) == Decimal("1234.5")
    True
    >>> read_figures("1.234", VIETNAMESE), read_figures("1.234", ENGLISH), read_figures("1.2.3", ENGLISH)
    (Decimal('1234'), Decimal('1.234'), None)
    """
    separators = set(run) & set(".,")
    if len(run) > _LONGEST_RUN:
        return None
    if not separators:
        return _plain(run)
    if len(separators) == 2:
        decimal = max(separators, key=run.rfind)
        whole, fraction = run.rsplit(decimal, 1)
        return _join(whole, fraction) if _GROUPED[_OTHER[decimal]].fullmatch(whole) else None
    separator = separators.pop()
    owned = separator == notation.grouping or _shows_grouping(run, separator, notation.own)
    if owned and _GROUPED[separator].fullmatch(run):
        return Decimal(run.replace(separator, ""))
    whole, _, fraction = run.partition(separator)
    if separator in fraction or _plain(whole) is None or (len(whole) > 1 and whole[0] == "0"):
        return None
    return _join(whole, fraction)


def _plain(run: str) -> Decimal | None:
    """Figures without separators: 02 is two, but 007 and 0912345678 are codes."""
    return None if len(run) > _LONGEST or (len(run) > 2 and run[0] == "0") else Decimal(run)


def _join(whole: str, fraction: str) -> Decimal:
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{fraction}")


def notation_of(runs: Iterable[str], language: Notation) -> Notation:
    """The notation of a text with these runs of figures: what its writer shows, else that of its language.

    A separator of thousands shows itself when it repeats (1,234,567), when the other one follows (1,234.5) or
    when nothing but zeros follow (30,000). The language's own stays if it shows itself too.

    >>> notation_of(["10,000", "4,352"], VIETNAMESE).grouping, notation_of(["4,352"], VIETNAMESE).grouping
    (',', '.')
    """
    own, other = language.own, _OTHER[language.own]
    shows_other = False
    for run in runs:
        if _shows_grouping(run, own, own):
            return language
        shows_other = shows_other or _shows_grouping(run, other, own)
    return Notation(own, other) if shows_other else language


def _shows_grouping(run: str, separator: str, own: str) -> bool:
    """Whether `separator` can only stand between thousands in `run`.

    Zeros after a point count for less in English, where 1.500 or 1.000 is a measurement: there it takes three
    zeros and a whole part of two figures or more.
    """
    head, _, tail = run.partition(separator)
    groups = run.partition(_OTHER[separator])[0]
    if not tail or not _GROUPED[separator].fullmatch(groups):
        return False
    if len(tail) > 3:
        return True
    if own == "," and separator == ".":
        return tail == "000" and len(head) > 1
    return tail.endswith("00")
