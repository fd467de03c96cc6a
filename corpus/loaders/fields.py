"""Columns to fields: which column holds the text, the title, the date, and which two hold a translation.

Names are compared without case, diacritics and punctuation, so `noi_dung`, `Nội dung` and `noiDung` are one.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.errors import unknown
from corpus.orthography.fold import fold

# The names each field is known by, the surest first.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "articlebody", "noidung", "maintext", "fulltext", "plaintext"),
    "title": ("title", "headline", "tieude"),
    "published": ("published", "pubdate", "publishdate", "publisheddate", "datepublished", "publicationdate",
                  "publishedat", "ngaydang", "ngayxuatban", "date"),
    "url": ("url", "link", "canonical", "canonicalurl", "pageurl", "permalink"),
    "author": ("author", "byline", "authors", "tacgia"),
    "lang": ("lang", "language", "ngonngu"),
    "site": ("site", "sitename", "source", "publisher", "domain", "nguon"),
    "license": ("license", "licence", "giayphep"),
    "id": ("id", "docid", "articleid", "guid"),
    "place": ("place", "location", "dateline", "diadiem"),
    "pair": ("pair", "pairid"),
    "vi": ("vi", "vielatn", "vie", "vivn", "textvi", "vitext", "sentencevi", "visentence", "vietnamese", "tiengviet"),
    "en": ("en", "englatn", "eng", "enus", "texten", "entext", "sentenceen", "ensentence", "english", "tienganh"),
}  # fmt: skip
LANGUAGES = ("vi", "en")
_TARGETS = {name: target for target, names in NAMES.items() for name in names}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}
_LONGEST_EXTRA = 2000
"""Characters: a longer value of an unknown column is no metadata but another text, and is left in the source."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = r"</?(?:p|div|br|h[1-6]|article|section|span|table|ul|ol|li|a|img|figure|strong|em|b|i)\b[^<>]{0,500}>"
_STARTS_AS_MARKUP = re.compile(rf"\s{{0,1000}}(?:<!doctype\s+html|<html\b|<body\b|<!--|{_TAG})", re.IGNORECASE)
_BLOCK_MARKUP = re.compile(r"</(?:p|div|h[1-6]|article|section|ul|ol|table|body|figure)>|<br\s{0,3}/?>", re.IGNORECASE)
_ENOUGH_MARKUP = 3


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A column name as it is compared.

    >>> key("Nội dung"), key("publish_date"), key("pubDate")
    ('noidung', 'publishdate', 'pubdate')
    """
    return "".join(filter(str.isalnum, fold(name).casefold()))


def language_code(tag: str) -> str:
    """The code of this project for a language tag; "" for another language.

    >>> [language_code(tag) for tag in ("vi-VN", "vie_Latn", "EN", "eng", "fr")]
    ['vi', 'vi', 'en', 'en', '']
    """
    base = re.split(r"[-_]", tag, maxsplit=1)[0].lower()
    return {"vi": "vi", "vie": "vi", "en": "en", "eng": "en"}.get(base, "")


class Mapped(NamedTuple):
    """What the values of one record mean."""

    text: str | None
    fields: dict[str, str]
    given: dict[str, str] | None
    markup: str | None
    reject: str | None


@dataclass(frozen=True)
class Columns:
    """Which column holds which field; `chosen` maps a field to the column the user named for it.

    >>> Columns.choose({"text": "bai_viet"}).map({"bai_viet": "Chào.", "Tiêu đề": "Tin"}).fields
    {'title': 'Tin'}
    """

    chosen: Mapping[str, str]

    @classmethod
    def choose(cls, fields: Mapping[str, str] | None = None) -> Columns:
        """Raises UsageError for a field that there is not."""
        for target in fields or {}:
            if target not in NAMES:
                raise unknown("field", target, NAMES)
        return cls(dict(fields or {}))

    def targets(self, columns: Iterable[str]) -> dict[str, str]:
        """The field of each column that has one, a field never twice: the user's choice first, then the surest name."""
        ranked = sorted((self._rank(column), index, column) for index, column in enumerate(columns))
        found: dict[str, str] = {}
        for rank, _, column in ranked:
            target = self._target(column)
            if rank >= 0 and target and target not in found.values():
                found[column] = target
        return found

    def map(self, values: Mapping[str, object]) -> Mapped:
        """Text, metadata or a translation out of one record's values, and why it cannot be used if it cannot."""
        values = _with_translation(values)
        targets = self.targets(values)
        by_target = {target: values[column] for column, target in targets.items()}
        sides = {lang: as_text(by_target.pop(lang)) for lang in LANGUAGES if lang in by_target}
        body = by_target.pop("text", None)
        text = as_text(body)
        extra = {whole(name): plain(value, _LONGEST_EXTRA) for name, value in values.items() if name not in targets}
        fields = extra | {target: plain(value) for target, value in by_target.items()}
        kept = {name: value for name, value in sorted(fields.items()) if value}
        if len(sides) == len(LANGUAGES):
            return _aligned(sides, kept)
        if text is None and sides:
            ((lang, text),) = sides.items()
            kept.setdefault("lang", lang)
        if text is None:
            empty = "text" in targets.values() and plain(body) is None
            return Mapped(None, kept, None, None, "load:empty" if empty else "load:no-text")
        return Mapped(text, kept, None, markup(text), None if text.strip() else "load:empty")

    def _target(self, column: str) -> str | None:
        chosen = (target for target, name in self.chosen.items() if name == column)
        return next(chosen, _TARGETS.get(key(column)))

    def _rank(self, column: str) -> int:
        if column in self.chosen.values():
            return 0
        target = _TARGETS.get(key(column))
        return -1 if target is None or target in self.chosen else 1 + _RANK[key(column)]


def _with_translation(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values with the two sides of a `translation` feature beside them."""
    for name, value in values.items():
        if isinstance(value, Mapping) and key(name) == "translation":
            sides = {_TARGETS.get(key(str(lang))): text for lang, text in value.items()}
            rest = {other: kept for other, kept in values.items() if other != name}
            return {**rest, **{lang: sides[lang] for lang in LANGUAGES if lang in sides}}
    return values


def _aligned(sides: Mapping[str, str | None], fields: dict[str, str]) -> Mapped:
    given = {lang: sides[lang] or "" for lang in LANGUAGES}
    filled = sum(bool(text.strip()) for text in given.values())
    reject = (None, "load:unpaired", "load:empty")[len(LANGUAGES) - filled]
    return Mapped(None, fields, given, None, reject)


def markup(text: str) -> str | None:
    """`html` where a text is itself markup rather than speaks about it.

    >>> markup("<p>Sáng nay, mưa lớn.</p>"), markup("Thẻ <p> mở một đoạn.")
    ('html', None)
    """
    blocks = 0
    for blocks, _ in enumerate(_BLOCK_MARKUP.finditer(text), 1):
        if blocks == _ENOUGH_MARKUP:
            break
    starts = _STARTS_AS_MARKUP.match(text) is not None
    return "html" if (starts and blocks) or blocks >= _ENOUGH_MARKUP else None


def as_text(value: object) -> str | None:
    """A text column's value: a list of paragraphs is joined by line breaks; None where there is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and any(isinstance(part, str) for part in value):
        return "\n".join(part for part in value if isinstance(part, str))
    return None


def plain(value: object, longest: int | None = None) -> str | None:
    """A metadata value as a string; None for what is missing, empty, no metadata, or longer than `longest`.

    >>> plain(["Thu Hà", {"name": "Lan Anh"}]), plain(2020), plain(float("nan")), plain("  ")
    ('Thu Hà; Lan Anh', '2020', None, None)
    """
    text = _plain(value)
    if text is None or not text.strip() or (longest is not None and len(text) > longest):
        return None
    return whole(text)


def whole(text: str) -> str:
    """A string that every file can hold: half a surrogate pair becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _plain(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else None
    if isinstance(value, int):
        return str(value) if value.bit_length() < 1000 else None
    if isinstance(value, (datetime.date, datetime.time)):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        name = value.get("name")
        return name if isinstance(name, str) else None
    if isinstance(value, (list, tuple)):
        return "; ".join(filter(None, (_plain(part) for part in value if not isinstance(part, (list, tuple)))))
    return None
