"""Lines of the page that are no part of the article: menus, buttons, counters, lists of other articles, the imprint."""

from __future__ import annotations

import re
from functools import cache

from corpus.orthography import shadow
from corpus.structure.lines import Line
from corpus.structure.rules import entries, opening, phrases

_AROUND_SECTION = " :>»›-"
_SHORT_WORDS = 14
_MENU_WORDS = 40
_LONGEST_COUNT = 12  # characters, one to spare
_COUNT = re.compile(r"[ ]?(?:\(\d{1,6}\)|\d{1,6})?[ ]?[:»>›]?$")
_CRUMBS = re.compile(r"[ ]?(?:[>»›|•·]|[ ]/[ ])[ ]?")
_COPYRIGHT = re.compile(
    r"(?:copyright|bản quyền)[ ]?(?:©|\(c\)|:|(?:19|20)\d\d|thuộc|của|by|belongs)|[©®]|\(c\)[ ]|all rights reserved"
    r"|mọi quyền được bảo lưu|(?:vui lòng |đề nghị )?ghi rõ nguồn"
)
_FIGURE_OR_COLON = re.compile(r"[0-9:]")
_FILE = re.compile(r"[\w .()+-]{1,100}\.(?:jpe?g|png|gif|webp|bmp|mp[34]|pdf|docx?)$")
_PICTURE = re.compile(
    r"[^\n]{0,250}[ ][-–][ ](?:ảnh|hình|image|photo|picture)[ ]?\d{1,3}\.?$|!\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)[ |]*$"
)
_SYMBOLS = re.compile(r"[\W_]{1,40}$")
_HASHTAGS = re.compile(r"#\w{1,60}(?:[ ,]{1,3}#?\w{1,60}){0,40}$")


def is_section(line: Line) -> bool:
    """Whether the line is the name of a section and nothing else: "Thời sự", "Politics"."""
    return line.key.strip(_AROUND_SECTION) in phrases("boilerplate.txt", "section")


def names_section(text: str) -> bool:
    """The same of a piece of a line."""
    return shadow(text).strip(_AROUND_SECTION) in phrases("boilerplate.txt", "section")


def opens_other_articles(line: Line) -> bool:
    """Whether the line heads a list of other articles, comments or the like: "Tin liên quan", "Latest"."""
    return _without_count(line.key.strip("-=>» ")) in phrases("boilerplate.txt", "opening")


def _without_count(key: str) -> str:
    """A shadow without the figure at its end. Only the end is searched: optional parts match everywhere."""
    return key[:-_LONGEST_COUNT] + _COUNT.sub("", key[-_LONGEST_COUNT:])


def is_boilerplate(line: Line) -> bool:
    """Whether the line is boilerplate wherever it stands.

    Only the imprint is known by its first words at any length; everything else is short.
    """
    if not line.key:
        return False
    if _is_imprint(line.key):
        return True
    if line.words > _SHORT_WORDS:
        return line.words <= _MENU_WORDS and (_is_menu(line) or _PICTURE.match(line.key) is not None)
    bare = line.key.strip("-=>»›<«‹ ▼▲…")
    return (
        bare in phrases("boilerplate.txt", "exact")
        or _without_count(bare) in phrases("boilerplate.txt", "exact")
        or line.key.startswith(_prefixes())
        or any(form.match(line.key) for form in (_SYMBOLS, _FILE, _PICTURE))
        or _HASHTAGS.match(line.key) is not None
        or _is_menu(line)
    )


def _is_imprint(key: str) -> bool:
    """Whether a shadow begins like the imprint: "Giấy phép số 12/GP-BTTTT", but not "Giấy phép hoạt động của ..."."""
    begins = opening("boilerplate.txt", "imprint").match(key)
    return _COPYRIGHT.match(key) is not None or (begins is not None and _FIGURE_OR_COLON.search(key, 0, 60) is not None)


def is_edge_boilerplate(line: Line) -> bool:
    """Whether the line is boilerplate above or below the article: "Featured …", "Cổng thông tin điện tử …"."""
    return line.words <= _SHORT_WORDS and opening("boilerplate.txt", "edge").match(line.key) is not None


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(shadow(prefix) for prefix in entries("boilerplate.txt", "prefix"))


def _is_menu(line: Line) -> bool:
    """Whether most parts of a line with separators are names of sections: "Trang chủ > Thời sự"."""
    parts = [part.strip() for part in _CRUMBS.split(line.key) if part.strip()]
    known = sum(part in phrases("boilerplate.txt", "section") for part in parts)
    return len(parts) > 1 and known * 2 >= len(parts)
