"""Links: what says outright, or by its name, that two articles belong together.

A pair id and an `hreflang` address are said outright and believed. A number or slug that two addresses or file names
share may be chance (`vi0004.txt`, `en0004.txt`), so such links are believed only where they mostly agree with what the
articles say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import numpy as np

from corpus.orthography import fold
from corpus.pairing.model import Document

Array = Any
_NOT_TELLING = frozenset(
    ("vi", "vn", "vie", "vietnamese", "tiengviet", "en", "eng", "english", "tienganh", "html", "htm")
)
_PARTS = re.compile(r"[A-Za-z]+|[0-9]+")
_SHORTEST_NUMBER = 4
_SHORTEST_SLUG = 2
PAIR_ID, HREFLANG, URL_NUMBER, URL_SLUG, FILE_NAME = "pair-id", "hreflang", "url-number", "url-slug", "file-name"
KINDS = (PAIR_ID, URL_NUMBER, URL_SLUG, FILE_NAME, HREFLANG, HREFLANG)
"""`hreflang` twice: a Vietnamese article names an English address, and the other way round."""
EXPLICIT = (PAIR_ID, HREFLANG)
EXPLICIT_BITS = sum(1 << k for k, kind in enumerate(KINDS) if kind in EXPLICIT)
_KIND = 7


class Links(NamedTuple):
    """Rows of the Vietnamese and of the English articles, and the kinds of the links (numbers of KINDS)."""

    vi: Array
    en: Array
    kind: Array


def link_keys(document: Document, lang: str) -> Iterator[int]:
    """Whatever may link an article to one other: 64 bits each, the last three of them the number of the kind.

    Two articles are linked by a key that both have and nobody else.
    """
    own, alternates = _address(document), _alternates(document)
    given = (
        _pair_id(document), _url_numbers(document), _url_slug(document), _file_name(document),
        *((alternates, own) if lang == "vi" else (own, alternates)),
    )  # fmt: skip
    for kind, keys in enumerate(given):
        for key in keys:
            digest = hashlib.blake2b(f"{kind} {key}".encode("utf-8", "replace"), digest_size=8).digest()
            yield int.from_bytes(digest, "little") & ~_KIND | kind


def match_links(vi: tuple[Array, Array], en: tuple[Array, Array]) -> Links:
    """All links between two collections, sorted, given the keys of both sides with their rows. A key that several
    articles of one side have links none of them.

    >>> vi = [Document("1", "", url="https://a.vn/tin/bien-gioi-48213.html", name="x.vi.txt")]
    >>> en = [Document("2", "", url="https://a.vn/en/news/border-48213.html", name="x.en.txt")]
    >>> sides = [np.array(sorted(link_keys(*one)), np.uint64) for one in ((vi[0], "vi"), (en[0], "en"))]
    >>> [KINDS[k] for k in match_links(*((keys, np.zeros(len(keys), int)) for keys in sides)).kind]
    ['url-number', 'file-name']
    """
    (keys_vi, rows_vi), (keys_en, rows_en) = (_only_once(*side) for side in (vi, en))
    shared, at_vi, at_en = np.intersect1d(keys_vi, keys_en, assume_unique=True, return_indices=True)
    found = np.stack([rows_vi[at_vi], rows_en[at_en], (shared & np.uint64(_KIND)).astype(np.int64)], axis=1)
    return Links(*np.unique(found, axis=0).T)


def _only_once(keys: Array, rows: Array) -> tuple[Array, Array]:
    found, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return found[counts == 1], rows[first[counts == 1]]


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


def believed_kinds(links: Links, partner: Array, sizes: tuple[int, int]) -> Array:
    """For each of KINDS whether its links are worth believing, given the pairs (k x 2) that the contents alone leave no
    doubt about.

    >>> links = Links(np.array([0, 1, 0]), np.array([0, 1, 5]), np.array([3, 3, 1]))
    >>> believed = believed_kinds(links, np.array([[0, 5], [1, 4]]), (2, 6))
    >>> [kind for kind, yes in zip(KINDS, believed) if yes]
    ['pair-id', 'url-number', 'hreflang', 'hreflang']
    """
    of_vi, of_en = np.full(sizes[0], -1), np.full(sizes[1], -1)
    of_vi[partner[:, 0]], of_en[partner[:, 1]] = partner[:, 1], partner[:, 0]
    known = (of_vi[links.vi] >= 0) | (of_en[links.en] >= 0)
    agree = np.where(of_vi[links.vi] == links.en, 1.0, -1.0)
    balance = np.bincount(links.kind[known], agree[known], minlength=len(KINDS))
    return (balance > 0) | np.isin(KINDS, EXPLICIT)


def kind_names(mask: int) -> list[str]:
    """The kinds whose bits are set, each named once.

    >>> kind_names(0b011001)
    ['file-name', 'hreflang', 'pair-id']
    """
    return sorted({kind for k, kind in enumerate(KINDS) if mask >> k & 1})
