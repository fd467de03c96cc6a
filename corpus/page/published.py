"""When the article came out: the day the page gives for its publication, in the page's own time zone.

Evidence, from the surest: a property that means publication (JSON-LD, meta, microdata), a date line beside the headline
or at the end of the body, a dated address. A time of change, the clock of the site and dates in running text are none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.orthography import find_dates
from corpus.page.metadata import Metadata
from corpus.page.region import Region
from corpus.page.rules import starts_with
from corpus.page.survey import Survey

DATED = frozenset(("date", "published", "time"))
"""Kinds of elements that hold a date."""

_METAS = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "published_time",
    "published-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "date",
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMERICAN = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4}) \d{1,2}:\d\d:\d\d [AP]M", re.I)  # as ASP.NET writes it
_MONTH_AND_SLASH = re.compile(r"\b([A-Z][a-z]{2,8}), (\d{1,2})/((?:19|20)\d\d)\b")  # "July, 20/2021", Viet Nam News
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")
_CLOCK = re.compile(r"\b\d{1,2}\s?(?:[:h]|giờ)\s?\d{2}\b", re.I)
_LONGEST_DATE_LINE = 160
_HEAD = 3  # lines of the body in which a date element without text may stand
_UTC = re.compile(r"(?:Z|[+-]00:?00)\s*$")


def find_published(survey: Survey, region: Region, zone: list[int], metadata: Metadata, url: str | None) -> str | None:
    """The ISO date of publication, or None; `zone` numbers the lines about the headline and the end of the body."""
    claimed = _claimed(metadata)
    shown = _shown(survey, zone) or _marked_up(survey, region)
    if claimed:
        day, in_utc = claimed
        near = shown is not None and abs(date.fromisoformat(shown) - date.fromisoformat(day)) <= timedelta(days=1)
        return shown if in_utc and near else day
    return shown or _in_address(url)


def read_day(text: str) -> str | None:
    """The first full date in a text as ISO, day first where the order is open.

    >>> read_day("Thứ bảy, 15/11/2025, 21:05 (GMT+7)"), read_day("15:04 | 12/11/2025")
    ('2025-11-15', '2025-11-12')
    >>> read_day("2025-11-15T21:05:00 +07:00"), read_day("ngày 3 tháng 2 năm 2025"), read_day("July, 20/2021 - 08:25")
    ('2025-11-15', '2025-02-03', '2021-07-20')
    >>> read_day("10/5/2026 3:42:00 PM"), read_day("Nov 15, 2025"), read_day("mùa thu 2025")
    ('2026-10-05', '2025-11-15', None)
    """
    text = text[:_LONGEST_DATE_LINE]
    if not _YEAR.search(text):
        return None
    text = _AMERICAN.sub(r"\3-\1-\2", _MONTH_AND_SLASH.sub(r"\1 \2, \3", text))
    text = _CLOCK.sub(" ", text)
    days = [day for lang in ("vi", "en") for day in find_dates(text, lang) if day.precision == "day"]
    return min(days).iso if days else None


def _claimed(metadata: Metadata) -> tuple[str, bool] | None:
    """The day a property gives, and whether it counts in universal time."""
    claims = [metadata.linked.text("datePublished"), *(metadata.metas.get(name) for name in _METAS)]
    for claim in filter(None, claims):
        day = read_day(claim)
        if day:
            return day, bool(_UTC.search(claim))
    return None


def _shown(survey: Survey, zone: list[int]) -> str | None:
    """The day on a date line. A line marked as a date, or with a time of day, is taken before another."""
    best, best_score = None, 0
    for number in zone:
        line = survey.lines[number]
        if survey.noise[number] or len(line.text) > _LONGEST_DATE_LINE or line.heading == "h1" or line.captioned:
            continue
        text = _without_changes(line.text)
        day = read_day(text)
        found = survey.near_kinds(number)
        if not day or ("modified" in found and not _is_dated(found)):
            continue
        score = 2 * _is_dated(found) + (_CLOCK.search(text) is not None) + (len(line.text) < 60)
        if score > best_score:
            best, best_score = day, score
    return best


def _marked_up(survey: Survey, region: Region) -> str | None:
    """The day in an attribute of an element for dates, whose text a script fills in: <time datetime>, <span title>."""
    for element, found in survey.layout.kinds.items():
        first, _ = survey.layout.spans.get(element, (-1, -1))
        if not _is_dated(found) or not region.above[0] <= first <= region.header[1] + _HEAD:
            continue
        for attribute in ("datetime", "title", "content"):
            day = read_day(element.get(attribute) or "")
            if day:
                return day
    return None


def _in_address(url: str | None) -> str | None:
    """The day that a blog's address gives: /2025/11/15/."""
    match = _IN_ADDRESS.search(url or "")
    return read_day("-".join(match.groups())) if match else None


def _is_dated(found: frozenset[str]) -> bool:
    """Whether an element is for a date, and not for the date of a change."""
    return bool(found & DATED) and ("modified" not in found or "published" in found)


def _without_changes(text: str) -> str:
    """A date line without what follows "Cập nhật", "Updated" and their like."""
    parts = re.split(r"\s?[|•;]\s?|\s-\s(?=[^\W\d_])", text)
    return " | ".join(part for part in parts if not starts_with("not published").match(part.lstrip("( ")))
