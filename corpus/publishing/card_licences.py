"""Licences as sources state them, and the identifiers that the Hub knows them by."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

OTHER, UNKNOWN = "other", "unknown"
DIFFERS = "differs-by-source"
_ADDRESS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(?P<terms>[a-z-]{2,12})/(?P<version>[1-4]\.\d)"
    r"|publicdomain/zero/1\.0)",
    re.I,
)
_IN_WORDS = (
    (re.compile(r"\bcreative commons\b|\bcc(?=[ -]|0)", re.I), "cc"),
    (re.compile(r"\battribution\b|\bghi công\b", re.I), "by"),
    (re.compile(r"\bnon-?commercial\b|\bphi thương mại\b", re.I), "nc"),
    (re.compile(r"\bno-?deriv(?:ative)?s?\b|\bkhông phái sinh\b", re.I), "nd"),
    (re.compile(r"\bshare-?alike\b|\bchia sẻ tương tự\b", re.I), "sa"),
    (re.compile(r"\bzero\b", re.I), "zero"),
)
_SPACES = re.compile(r"[\s_]+")


def hub_licence(stated: str) -> str | None:
    """The Hub's identifier of a licence as a source states it; None where the Hub has none for it.

    >>> hub_licence("CC BY-SA 4.0"), hub_licence("Apache 2.0"), hub_licence("© VNA. All rights reserved.")
    ('cc-by-sa-4.0', 'apache-2.0', None)
    >>> hub_licence("https://creativecommons.org/licenses/by/4.0/deed.vi"), hub_licence("CC BY 4.0 International")
    ('cc-by-4.0', 'cc-by-4.0')
    >>> hub_licence("Creative Commons Attribution-ShareAlike 4.0 International")
    'cc-by-sa-4.0'
    """
    plain = _SPACES.sub("-", stated.strip(" .")).lower()
    plain = re.sub(r",?-(?:international|unported|licen[cs]e|version|quốc-tế)\b", "", plain)
    address = _ADDRESS.search(stated)
    if address:
        plain = f"cc-{address['terms'].lower()}-{address['version']}" if address["terms"] else "cc0-1.0"
    elif len(stated) < 100 and len(named := [key for pattern, key in _IN_WORDS if pattern.search(stated)]) > 1:
        plain = _creative_commons(named, stated)
    return identifiers().get(plain)


@cache
def identifiers() -> dict[str, str]:
    """The Hub's identifier of every licence that it knows, by each of its names."""
    lines = (files("corpus") / "data/publishing/licences.txt").read_text(encoding="utf-8").splitlines()
    named = (line.split() for line in lines if not line.startswith("#"))
    return {name: names[0] for names in named for name in names}


def _creative_commons(named: list[str], stated: str) -> str:
    """The identifier spelt out in words: "Attribution-NonCommercial 4.0" is cc-by-nc-4.0."""
    if named[0] != "cc":
        return ""
    if named[-1] == "zero":
        return "cc0-1.0"
    version = re.search(r"\b[1-4]\.\d\b", stated)
    terms = [term for term in ("by", "nc", "nd", "sa") if term in named]
    return "-".join(["cc", *terms, version[0]]) if version and terms[:1] == ["by"] else ""


def licence_head(stated: set[str | None]) -> dict[str, str]:
    """What the card's head says of the licence, from what the sources of all published rows state (None: nothing).

    One licence is named only where every row states it. Where they differ, or the Hub has no identifier, it is
    `other` with a name; where none states any, `unknown`.

    >>> licence_head({"CC BY 4.0", "cc-by-4.0"})
    {'license': 'cc-by-4.0'}
    >>> licence_head({"CC BY 4.0", None})
    {'license': 'other', 'license_name': 'differs-by-source'}
    """
    if not stated - {None}:
        return {"license": UNKNOWN}
    known = {hub_licence(each) if each else None for each in stated}
    if len(known) == 1 and (one := known.pop()):
        return {"license": one}
    names = {_slug(each) for each in stated if each} if None not in stated else set()
    only = names.pop() if len(names) == 1 else ""
    return {"license": OTHER, "license_name": only or DIFFERS}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower())[:60].strip("-.")
