"""Telephone numbers: Vietnamese ones in all their spellings, and others where they are written with a plus.

Not looked for are numbers that nobody owns: 1900 and 1800 (services that the public is meant to call), 111, 113, 114,
115. An organisation's fixed line is found like anybody's; from the number alone nobody can tell whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.curation.pii_context import GAP, stands_alone
from corpus.curation.pii_tables import cue_before, phone_plan

Found = tuple[str, int, int]

_VIETNAMESE = re.compile(
    rf"(?<![\w+])(?:(?P<abroad>\(?(?:\+|00) ?84\)?|\(84\)?|84)(?:{GAP}?\(?0\)?)?{GAP}?|\(?0(?=[1-9]))"
    rf"\(?[0-9](?:\)?{GAP}{{0,2}}[0-9]){{8,9}}"
)
_FOREIGN = re.compile(r"(?<![\w+])\(?\+(?!84)[1-9][0-9]{0,2}\)?(?:[ .\-\u2010-\u2013]?\(?[0-9]{1,5}\)?){2,6}(?![0-9])")
_THOUSANDS = re.compile(r"\+[0-9]{1,3}(?:[ .][0-9]{3})+\Z")
_DIGIT = re.compile(r"[0-9]")
_GROUP = re.compile(r"[0-9]+")


def find_phones(text: str) -> Iterator[Found]:
    """Telephone numbers, in order.

    >>> text = "ĐT: 0912 345 678 - (0204) 3 856 789; giá 1.200.000.000 đồng; tổng đài 1900 1234; +84 24.3825.1234"
    >>> [text[start:end] for _, start, end in find_phones(text)]
    ['0912 345 678', '(0204) 3 856 789', '+84 24.3825.1234']
    """
    position = 0
    while match := _VIETNAMESE.search(text, position):
        end = _vietnamese_end(text, match)
        if end is not None:
            open_bracket = text[match.start()] == "(" and ")" not in text[match.start() : end]
            yield "phone", match.start() + open_bracket, end
        position = end or match.start() + 1
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        alone = 9 <= len(_DIGIT.findall(match.group())) <= 15 and stands_alone(text, start, end)
        if alone and (not _THOUSANDS.match(match.group()) or _is_called(text, start)):
            yield "phone", start, end


def _vietnamese_end(text: str, match: re.Match[str]) -> int | None:
    """Where the number ends that a match begins, by how many digits its first ones ask for; None if it is none."""
    start, abroad = match.start(), match.group("abroad")
    digits = [found.start() for found in _DIGIT.finditer(text, match.end("abroad") if abroad else start, match.end())]
    if text[digits[0]] == "0":
        del digits[0]
    number = "".join(text[position] for position in digits)
    if _shape(number, sure=True)[0] is None:
        return None
    called = _is_called(text, start)
    bracketed = text[start] == "("
    if (abroad == "84" and not called) or (not called and cue_before(text, start, "other") is not None):
        return None
    length, area = _shape(number, sure=called or bracketed or abroad is not None)
    if length is None or length > len(digits):
        return None
    end = digits[length - 1] + 1
    if not _grouped(_GROUP.findall(text, digits[0], end), area, called):
        return None
    return end if stands_alone(text, start, end, called=called) else None


def _shape(number: str, sure: bool) -> tuple[int | None, str]:
    """How many digits a number has by its first ones, and its area code; the codes before 2017 only where it is `sure`
    that this is a telephone.

    >>> _shape("912345678", False), _shape("2043856789", False), _shape("2403856789", False), _shape("2403856789", True)
    ((9, ''), (10, '204'), (None, ''), (10, '240'))
    """
    plan = phone_plan()
    for size in (3, 2):
        if (length := plan.mobile.get(number[:size])) is not None:
            return length, ""
    for table in (plan.area, plan.former_area if sure else {}):
        for size in (3, 2, 1):
            prefix = number[:size]
            if prefix in table and table[prefix] <= len(number) and number[size] in "2345678":
                return table[prefix], prefix
    return None, ""


def _grouped(groups: list[str], area: str, called: bool) -> bool:
    """Whether the digits after the head are grouped as people group a telephone number, not a date or a table.

    >>> _grouped(["912", "345", "678"], "", False), _grouped(["24", "3825", "1234"], "24", False)
    (True, True)
    >>> _grouped(["9", "08", "2019", "10"], "", False), _grouped(["203", "20", "19", "103"], "20", False)
    (False, False)
    """
    if len(groups) == 1 or called:
        return len(groups) <= 6
    if area:
        return groups[0] == area and len(groups) <= 5
    return len(groups) <= 5 and min(map(len, groups)) >= 2


def _is_called(text: str, start: int) -> bool:
    """Whether the words before say that a telephone number follows, and not that another kind of number does."""
    cue = cue_before(text, start, "phone")
    other = cue_before(text, start, "other")
    return cue is not None and (other is None or other < cue)
