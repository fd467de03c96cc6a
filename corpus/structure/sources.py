"""Where an article came from: source lines, addresses, agencies and newspapers."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus.orthography import shadow
from corpus.structure.licences import read_license
from corpus.structure.lines import SHORT
from corpus.structure.names import is_name
from corpus.structure.rules import alternatives, entries, phrases, rows

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{3,2000}")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[^/?#\s:]{3,253})")
_TOP_LEVEL = "vn|com|net|org|edu|gov|info|asia|eu|uk|us|la|cn|jp|kr|tv|news|io"
DOMAIN = rf"(?:[A-Za-z0-9À-ỹĐđ][\w-]{{0,40}}\.){{1,4}}(?:{_TOP_LEVEL})"
"""A regular expression for a bare domain: Sonla.gov.vn, baonghean.vn."""

_DOMAIN = re.compile(rf"(?i:{DOMAIN})/?")
_ACCORDING = re.compile(r"[(\[*]?[ ]?(?i:theo|according to|by)[ ](?P<rest>[^\n]{1,60})")
_PUBLISHER = re.compile(
    r"(?:báo|tạp chí|cổng|trang (?:tin|thông tin|web|điện tử)|đài|thông tấn xã|website|bản tin)(?!\w)"
    r"|.{0,60}\b(?:news|newspaper|times|agency|portal|post|online|daily|magazine|journal|press|media)$"
)


@cache
def _source_line() -> re.Pattern[str]:
    label = alternatives(entries("sources.txt", "label"))
    return re.compile(rf"[(\[*]?[ ]?(?i:{label})[ ]?:[ ]?(?P<rest>[^\n]{{1,2200}})")


class Source(NamedTuple):
    """What a source line says; either may be None."""

    site: str | None
    url: str | None


def read_source(text: str) -> Source | None:
    """What a line says of where the article was taken from, or None if it is no source line.

    >>> read_source("Source: https://ttdn.vn/bien-gioi/so-ket-96225")
    Source(site='ttdn.vn', url='https://ttdn.vn/bien-gioi/so-ket-96225')
    >>> read_source("Nguồn: Báo Sơn La"), read_source("(Theo TTXVN)"), read_source("Nguồn: Internet")
    (Source(site='Báo Sơn La', url=None), Source(site='TTXVN', url=None), Source(site=None, url=None))
    >>> read_source("Theo ông Nam, giá đã giảm.")
    """
    if len(text) > 6 * SHORT:
        return None
    bare = text.strip("()[]*_ -–—./")
    if _URL.fullmatch(bare) or agency(bare):
        return Source(agency(bare), None) if agency(bare) else _from_url(bare)
    labelled = _source_line().fullmatch(text)
    if labelled:
        return _read_rest(labelled["rest"])
    according = _ACCORDING.fullmatch(text)
    if according is None:
        return None
    rest = according["rest"].strip("()[]*_ -–—./")
    if agency(rest) or _DOMAIN.fullmatch(rest) or is_publisher(rest):
        return Source(rest, None)
    return None


def _read_rest(rest: str) -> Source | None:
    """The site and the address behind the label of a source line."""
    url = _URL.search(rest)
    if url:
        named = rest[: url.start()].strip(" :-–—|(,;")
        found = _from_url(url[0])
        return Source(named, found.url) if named and is_publisher(named) else found
    name = rest.replace(read_license(rest) or "\0", "").strip("()[]*_ -–—./,;")
    publishers = [part for part in re.split(r"[ ]?[-–—/|][ ]", name) if is_publisher(part) or agency(part)]
    if publishers and " " in name:
        return Source(publishers[0], None)
    if not name or len(name.split()) > 9 or re.search(r"[.!?][ ]", name):
        return None
    if (
        shadow(name) in phrases("sources.txt", "nobody")
        or is_name(name)
        or not (name[0].isupper() or _DOMAIN.fullmatch(name))
    ):
        return Source(None, None)
    return Source(name.removeprefix("www."), None)


def _from_url(url: str) -> Source:
    url = url.rstrip(".,;*_’”\"'")
    if url.endswith(")") and "(" not in url:
        url = url.rstrip(")")
    host = _HOST.match(url)
    site = host["host"] if host and "." in host["host"] else None
    return Source(site, url)


def is_publisher(name: str) -> bool:
    """Whether a name says itself that a newspaper or a portal bears it.

    >>> is_publisher("Báo Sơn La"), is_publisher("Dan Viet News"), is_publisher("Nguyễn Văn An")
    (True, True, False)
    """
    return name[:1].isupper() and len(name.split()) <= 9 and _PUBLISHER.match(shadow(name)) is not None


def names_site(text: str) -> bool:
    """Whether a line is what a browser shows in its frame: a title or a motto with the name of the site.

    >>> names_site("Khai giảng năm học mới - Báo Sơn La"), names_site("Sơn La - Hủa Phăn: thắm tình hữu nghị")
    (True, False)
    """
    parts = [part.strip() for part in re.split(r"[ ][-–—|»][ ]", text)]
    return len(parts) > 1 and any(is_publisher(part) or agency(part) is not None for part in (parts[0], parts[-1]))


@cache
def _agencies() -> dict[str, str]:
    return {shadow(row[0]): row[0] for row in rows("agencies.tsv")}


def agency(text: str) -> str | None:
    """`text` itself if it is how an agency or a newspaper signs, or a domain; else None.

    >>> agency("TTXVN"), agency("Sonla.gov.vn"), agency("UBND")
    ('TTXVN', 'Sonla.gov.vn', None)
    """
    name = text.strip()
    if len(name) > 60 or not name:
        return None
    parts = [part.strip() for part in name.split("/")]
    if all(_is_agency(part) for part in parts):
        return name
    return None


def _is_agency(name: str) -> bool:
    known = _agencies().get(shadow(name))
    # Acronyms are written in capitals; "ap", "cao" and "thanh niên" are words of the language.
    if known is None and name[:1].isupper():
        known = _agencies().get(shadow(name).rstrip("0123456789"))
    if known is not None:
        return name[:1].isupper() and (not known.isupper() or name.isupper())
    return _DOMAIN.fullmatch(name) is not None
