"""Where the published rows come from: the site an article names, else the host of its address, else its folder."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_HOST = re.compile(r"[a-z][a-z0-9+.-]{1,20}://(?:[^/?#@]{0,200}@)?(?P<host>[^/?#:@]{1,253})", re.I)
_RECORD = re.compile(r"#[0-9]+$")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


@dataclass
class Source:
    """One site or folder: its articles by language, the aligned rows it gave, its dates and its licences."""

    langs: Counter[str] = field(default_factory=Counter)
    licences: Counter[str | None] = field(default_factory=Counter)
    pairs: int = 0
    first: str | None = None
    last: str | None = None

    @property
    def rows(self) -> int:
        return self.langs.total() + self.pairs

    def add_date(self, published: str | None) -> None:
        """Widen the range of dates; what is no ISO date is left out."""
        if published and _DATE.fullmatch(published):
            self.first = min(self.first or published, published)
            self.last = max(self.last or published, published)


class Sources:
    """All sources, by name, and whether the name is a site's."""

    def __init__(self) -> None:
        self.by_name: dict[tuple[str, bool], Source] = {}

    def add(self, batch: pa.RecordBatch, config: str, *, everything: bool) -> None:
        """Count articles, and of bitext the rows no article stands behind (or `everything`, without articles)."""
        columns = ["source", "site", "url", "published", "license", "lang" if config == "articles" else "origin"]
        for source, site, url, published, licence, kind in zip(
            *(batch.column(name).to_pylist() for name in columns), strict=True
        ):
            if config == "bitext" and kind != "given" and not everything:
                continue
            found = self.by_name.setdefault(source_name(site, url, source), Source())
            found.licences[licence] += 1
            found.add_date(published)
            if config == "articles":
                found.langs[kind] += 1
            else:
                found.pairs += 1

    def largest(self) -> list[tuple[str, Source]]:
        """By size, the largest first; those of one size by name."""
        ordered = sorted(self.by_name.items(), key=lambda item: (-item[1].rows, item[0]))
        return [(name, source) for (name, _), source in ordered]

    @property
    def sites(self) -> int:
        return sum(is_site for _, is_site in self.by_name)

    @property
    def dates(self) -> tuple[str, str] | None:
        """The first and the last date of publication."""
        total = Source()
        for source in self.by_name.values():
            total.add_date(source.first)
            total.add_date(source.last)
        return (total.first, total.last) if total.first and total.last else None


def source_name(site: str | None, url: str | None, source: str | None) -> tuple[str, bool]:
    """What a row's origin is called, and whether that is a site.

    >>> source_name(None, "https://www.baosonla.vn/1.html", "thu/1.html"), source_name(None, None, "thu/vi/1.txt")
    (('baosonla.vn', True), ('thu/vi', False))
    >>> source_name(None, None, "bao.jsonl#3"), source_name(None, None, None)
    (('bao.jsonl', False), ('no source named', False))
    """
    if site:
        return site, True
    host = _HOST.match(url or "")
    if host:
        return host["host"].lower().removeprefix("www."), True
    if not source:
        return "no source named", False
    file = _RECORD.sub("", source)
    return (file if file != source else file.rpartition("/")[0] or file), False
