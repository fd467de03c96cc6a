"""The dateline that opens an article's first sentence: place, date and agency, "HÀ NỘI, 15/11 (TTXVN) – …".

It stays part of the sentence; the place and the site it names are fields of the article.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.orthography import shadow
from corpus.structure.names import is_place
from corpus.structure.rules import phrases
from corpus.structure.sources import DOMAIN, agency

_LONGEST = 160  # characters in which a dateline must end
_LONGEST_ACRONYM = 12
_PLACE = r"(?P<place>[^\W\d_][\w.'’-]{0,14}(?:[ ][^\W\d_][\w.'’-]{0,14}){0,4}?)"
_DAY = (
    r"(?:,?[ ](?:ngày[ ])?"
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2,8}))"
)
_AGENCY = r"(?P<agency>[^\W\d_][^()\n,;:]{1,30})"
_DASH = r"[ ]?(?:[-–—]{1,2}|:)[ ]"
_OPENINGS = (
    re.compile(rf"(?:{_PLACE}{_DAY}?,?[ ])?\((?P<domain>{DOMAIN})\)(?:{_DASH}|[ ])"),
    re.compile(rf"(?:{_PLACE}{_DAY}?,?[ ])?\({_AGENCY}\){_DASH}"),
    re.compile(rf"(?P<domain>{DOMAIN}){_DASH}"),
    re.compile(rf"{_PLACE}{_DAY}[ ]?[-–—]{{1,2}}[ ]"),
    re.compile(r"(?P<agency>[^\W\d_][\w+]{1,14}(?:[ ][^\W\d_][\w+]{1,14}){0,3})[ ]?[-–—][ ]"),
    re.compile(r"(?P<acronym>[A-ZĐ][A-Z0-9Đ]{2,6})[ ][-–—][ ]"),
    re.compile(rf"{_PLACE}[ ]?[-–—][ ]"),
    re.compile(rf"{_PLACE}:[ ]"),
)


class Opening(NamedTuple):
    """How a first sentence opens: the place and the agency or site, each None if not said."""

    place: str | None
    site: str | None


def read_opening(text: str) -> Opening | None:
    """The dateline that opens a paragraph, or None. The sentence keeps it; this only reads it.

    >>> read_opening("(Sonla.gov.vn) “Tiếp tục kiểm soát chặt chẽ”")
    Opening(place=None, site='Sonla.gov.vn')
    >>> read_opening("HÀ NỘI, 15/11 (TTXVN) – Sáng nay, Quốc hội họp.")
    Opening(place='HÀ NỘI', site='TTXVN')
    >>> read_opening("TTO - Sáng nay"), read_opening("Sơn La: Khai mạc hội nghị")
    (Opening(place=None, site='TTO'), Opening(place='Sơn La', site=None))
    >>> read_opening("Sơn La - mảnh đất của hoa ban"), read_opening("Ông Nam: Tôi không biết.")
    (None, None)
    """
    head = text[:_LONGEST].lstrip("*_ ")
    for form in _OPENINGS:
        match = form.match(head)
        found = _read_opening(match) if match else None
        if found:
            return found
    return None


def _read_opening(match: re.Match[str]) -> Opening | None:
    groups = match.groupdict()
    if groups.get("acronym"):
        return _read_acronym(match)
    place, named, domain = groups.get("place"), groups.get("agency"), groups.get("domain")
    site = domain or (named and (agency(named) or _bracketed(match, named)))
    if (named and not site) or (place and not _is_opening_place(match, place, bool(site))):
        return None
    return Opening(place or None, site or None)


def _read_acronym(match: re.Match[str]) -> Opening | None:
    """An unknown acronym and a dash sign if a sentence follows: "BHG - Những năm qua", but not "WHO – tổ chức"."""
    acronym, sentence = match["acronym"], match.string[match.end() :].lstrip('“"')
    known = shadow(acronym) in phrases("datelines.txt", "no_agency")
    return Opening(None, acronym) if sentence[:1].isupper() and not known else None


def _bracketed(match: re.Match[str], name: str) -> str | None:
    """An unknown name signs in brackets if it is written like an acronym."""
    capitals = sum(char.isupper() for char in name)
    return name if "(" in match[0] and name.isalnum() and capitals >= 2 and len(name) <= _LONGEST_ACRONYM else None


def _is_opening_place(match: re.Match[str], place: str, signed: bool) -> bool:
    """Whether a place at the start is a dateline's: signed by an agency, dated, in capitals, or a known place."""
    dated = any(char.isdigit() for char in match[0])
    if is_place(place):
        # "Sơn La - mảnh đất …" is a sentence; "SƠN LA - " and "Sơn La: " are datelines.
        return signed or dated or place.isupper() or ":" in match[0][-2:]
    return all(word[0].isupper() for word in place.split()) and (signed or dated) and not agency(place)
