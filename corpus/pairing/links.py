"""Links: what says outright, or by its name, that two articles belong together.

A pair id and an `hreflang` address are said outright and believed. A number or slug that two addresses or file names
share may be chance (`vi0004.txt`, `en0004.txt`), so such links are believed only where they mostly agree with what the
articles say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from corpus.orthography import fold
from corpus.pairing.model import Document

_NOT_TELLING = frozenset(
    ("vi", "vn", "vie", "vietnamese", "tiengviet", "en", "eng", "english", "tienganh", "html", "htm")
)
_PARTS = re.compile(r"[A-Za-z]+|[0-9]+")
_SHORTEST_NUMBER = 4
_SHORTEST_SLUG = 2
PAIR_ID, HREFLANG, URL_NUMBER, URL_SLUG, FILE_NAME = "pair-id", "hreflang", "url-number", "url-slug", "file-name"
EXPLICIT = (PAIR_ID, HREFLANG)


class Link(NamedTuple):
    """Row of the Vietnamese and of the English article, and the kind of the link."""

    vi: int
    en: int
    kind: str


def find_links(vi: Sequence[Document], en: Sequence[Document]) -> list[Link]:
    """All links between two collections, sorted; a key that several articles of one side share links none of them.

    >>> vi = [Document("1", "", url="https://a.vn/tin/bien-gioi-48213.html", name="x.vi.txt")]
    >>> en = [Document("2", "", url="https://a.vn/en/news/border-48213.html", name="x.en.txt")]
    >>> [link.kind for link in find_links(vi, en)]
    ['file-name', 'url-number']
    """
    keys: dict[str, tuple[Callable[[Document], Iterable[str]], Callable[[Document], Iterable[str]]]] = {
        PAIR_ID: (_pair_id, _pair_id),
        URL_NUMBER: (_url_numbers, _url_numbers),
        URL_SLUG: (_url_slug, _url_slug),
        FILE_NAME: (_file_name, _file_name),
    }
    found = {
        Link(i, j, kind) for kind, (of_vi, of_en) in keys.items() for i, j in _unique_matches(vi, of_vi, en, of_en)
    }
    found.update(Link(i, j, HREFLANG) for i, j in _unique_matches(vi, _alternates, en, _address))
    found.update(Link(i, j, HREFLANG) for i, j in _unique_matches(vi, _address, en, _alternates))
    return sorted(found)


def _unique_matches(
    vi: Sequence[Document], of_vi: Callable[[Document], Iterable[str]],
    en: Sequence[Document], of_en: Callable[[Document], Iterable[str]],
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Rows that have a key in common which nobody else has."""
    rows: tuple[dict[str, set[int]], dict[str, set[int]]] = (defaultdict(set), defaultdict(set))
    for side, documents, keys_of in ((rows[0], vi, of_vi), (rows[1], en, of_en)):
        for row, document in enumerate(documents):
            for key in keys_of(document):
                side[key].add(row)
    for key, own in rows[0].items():
        others = rows[1].get(key, set())
        if len(own) == len(others) == 1:
            yield next(iter(own)), next(iter(others))


def _pair_id(document: Document) -> Iterable[str]:
    return [document.pair.strip()] if document.pair and document.pair.strip() else []


def _normal_address(url: str) -> str:
    """An address as it is compared: without scheme, `www.`, fragment and final slash.

    >>> _normal_address("https://www.A.vn/en/x/#top")
    'a.vn/en/x'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + unquote(parts.path).rstrip("/") + query


def _address(document: Document) -> Iterable[str]:
    return [key for key in (_normal_address(document.url or ""),) if key]


def _alternates(document: Document) -> Iterable[str]:
    own = set(_address(document))
    return [key for key in map(_normal_address, document.alternates) if key and key not in own]


def _last_segment(document: Document) -> tuple[str, str]:
    """The host and the last part of the path with the query, where addresses keep their numbers and slugs."""
    path, _, query = _normal_address(document.url or "").partition("?")
    host, _, rest = path.partition("/")
    return host, rest.rsplit("/", 1)[-1] + query


def _url_numbers(document: Document) -> Iterable[str]:
    host, segment = _last_segment(document)
    site = ".".join(part for part in host.split(".") if part not in _NOT_TELLING)
    numbers = (part for part in _PARTS.findall(segment) if part.isdigit())
    return {f"{site} {number}" for number in numbers if len(number) >= _SHORTEST_NUMBER}


def _url_slug(document: Document) -> Iterable[str]:
    slug = _slug(_last_segment(document)[1])
    return [slug] if slug.count("-") + 1 >= _SHORTEST_SLUG else []


def _file_name(document: Document) -> Iterable[str]:
    slug = _slug((document.name or "").replace("\\", "/").rsplit("/", 1)[-1].partition(".")[0] or document.name or "")
    return [slug] if slug else []


def _slug(name: str) -> str:
    """The words and numbers of a name that do not name a language, joined by hyphens.

    >>> _slug("hoi-nghi_bien-gioi.vi"), _slug("en0004")
    ('hoi-nghi-bien-gioi', '0004')
    """
    return "-".join(part for part in _PARTS.findall(fold(name).lower()) if part not in _NOT_TELLING)


def believed_kinds(links: Iterable[Link], partners: dict[int, int]) -> frozenset[str]:
    """The kinds of link worth believing, given the partners that the contents alone leave no doubt about.

    >>> links = [Link(0, 0, FILE_NAME), Link(1, 1, FILE_NAME), Link(0, 5, URL_NUMBER)]
    >>> sorted(believed_kinds(links, {0: 5, 1: 4}))
    ['hreflang', 'pair-id', 'url-number']
    """
    agree: dict[str, int] = defaultdict(int)
    taken = {en: vi for vi, en in partners.items()}
    for link in links:
        if link.vi in partners or link.en in taken:
            agree[link.kind] += 1 if partners.get(link.vi) == link.en else -1
    return frozenset(EXPLICIT) | {kind for kind, balance in agree.items() if balance > 0}
