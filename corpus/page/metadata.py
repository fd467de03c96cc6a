"""What the head of a page claims: meta tags, links, and the names by which the site calls itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from corpus.page.linked import LinkedData, read_linked_data
from corpus.page.text import collapse, key
from corpus.page.tree import Element

# A mark is looked for where its spaces begin and nowhere inside them: a title may be a million spaces.
_TITLE_PARTS = re.compile(r"(?<!\s)\s+(?:[|–—»•:-]|::)\s+|(?<!\s)\s*\|\s*|\|\s*")
_LICENSE_LINK = re.compile(r"^https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/", re.I)
_SITE_WORDS = ("báo ", "tạp chí ", "cổng thông tin", "trang thông tin", "đài ")
_LONGEST_VALUE = 2000
_LONGEST_SITE = 40
_SITE_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "copyright",
    "dc.publisher",
    "source",
)


@dataclass(frozen=True)
class Metadata:
    """The claims of a page's head. `metas` maps a lower-case name, property or itemprop to its first value."""

    metas: dict[str, str]
    linked: LinkedData
    page_title: str
    canonical: str | None
    html_lang: str | None
    license_link: str | None

    def meta(self, *names: str) -> str | None:
        return next((self.metas[name] for name in names if name in self.metas), None)

    def headlines(self) -> list[str]:
        """What the head calls the article, the most telling first; site names may still hang on the end."""
        stated = self.linked.text("headline", "name")
        social = self.meta("og:title", "twitter:title", "dc.title", "title")
        return list(dict.fromkeys(filter(None, (stated, social, self.page_title))))


def read_metadata(root: Element) -> Metadata:
    """Read from anywhere in the page: real pages put meta tags in the body too."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        value = collapse((meta.get("content") or "")[:_LONGEST_VALUE])
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(attribute)
            if name and value:
                metas.setdefault(name.strip().lower(), value)
    title = next(root.iter("title"), None)
    return Metadata(
        metas,
        read_linked_data(root),
        collapse("".join(title.itertext())[:_LONGEST_VALUE]) if title is not None else "",
        _link(root, "canonical"),
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        _link(root, "license") or _creative_commons(root),
    )


def page_url(metadata: Metadata, given: str | None) -> str | None:
    """The page's own address: canonical link, og:url, JSON-LD, then the address it was fetched from.

    A claim that points at the front page while the page was fetched from elsewhere is a mistake of the site's template.
    """
    fetched = given if given and _is_web(given) else None
    stated = metadata.linked.text("mainEntityOfPage", "url")
    for claim in (metadata.canonical, metadata.meta("og:url", "twitter:url"), stated):
        address = _join(fetched or "", claim) if claim else ""
        if _is_web(address) and not (fetched and _is_front(address) and not _is_front(fetched)):
            return address
    return fetched


def page_lang(metadata: Metadata) -> str | None:
    """The language the page declares, as "vi", "en", …"""
    named = metadata.meta("inlanguage", "og:locale", "content-language", "language")
    for claim in (metadata.html_lang, metadata.linked.text("inLanguage"), named):
        primary = re.split(r"[-_,; ]", claim.strip().lower())[0] if claim else ""
        if re.fullmatch(r"[a-z]{2,3}", primary):
            return {"vie": "vi", "eng": "en", "vn": "vi"}.get(primary, primary)
    return None


def page_license(metadata: Metadata) -> str | None:
    """A licence for the text that the page states for machines. A press permit in the footer is none."""
    named = metadata.meta("dc.rights.license", "dcterms.license", "license")
    return metadata.linked.text("license") or metadata.license_link or named


def site_name(metadata: Metadata, url: str | None) -> str | None:
    """How the site calls itself, without a motto, else its host."""
    named = metadata.meta("og:site_name") or _publisher(metadata)
    if len(named) > _LONGEST_SITE:
        named = _TITLE_PARTS.split(named)[0]
    return named or (_host(url) if url else "") or None


def site_names(metadata: Metadata, url: str | None) -> frozenset[str]:
    """Keys of every name the site goes by: its titles, its publisher, its host with and without dots."""
    names = [metadata.meta(name) or "" for name in _SITE_METAS]
    names += [*metadata.linked.organisations, _publisher(metadata), *_title_tail(metadata)]
    host = _host(url) if url else ""
    names += [host, *(label for label in host.split(".") if len(label) > 3)]
    return frozenset(filter(None, map(key, names)))


def _publisher(metadata: Metadata) -> str:
    publisher = metadata.linked.article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return collapse(name) if isinstance(name, str) else ""


def _title_tail(metadata: Metadata) -> list[str]:
    """The parts of <title> that the headline does not have; without a headline the last one, when it is short."""
    headlines = "".join(map(key, metadata.headlines()[:-1]))
    parts = _TITLE_PARTS.split(metadata.page_title)[1:]
    if not headlines:
        return [part for part in parts[-1:] if len(part) <= _LONGEST_SITE]
    return [part for part in parts if key(part) not in headlines]


def without_site(title: str, sites: frozenset[str]) -> str:
    """A title without the site's name on its end or beginning.

    >>> without_site("Mưa lớn ở Sơn La - Báo Sơn La", frozenset({"baosonla"}))
    'Mưa lớn ở Sơn La'
    >>> without_site("Cầu Mỹ Thuận 2 - một năm nhìn lại", frozenset({"vnexpress"}))
    'Cầu Mỹ Thuận 2 - một năm nhìn lại'
    """
    marks = list(_TITLE_PARTS.finditer(title))
    while marks and _names_site(title[marks[-1].end() :], marks[-1].group(), sites):
        title = title[: marks.pop().start()]
    if marks and key(title[: marks[0].start()]) in sites:
        title = title[marks[0].end() :]
    return title.strip()


def _names_site(part: str, mark: str, sites: frozenset[str]) -> bool:
    return "|" in mark or key(part) in sites or part.lower().startswith(_SITE_WORDS)


def _link(root: Element, relation: str) -> str | None:
    for link in root.iter("link", "a"):
        if relation in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href")).strip()
    return None


def _creative_commons(root: Element) -> str | None:
    links = (anchor.get("href") or "" for anchor in root.iter("a"))
    return next((link.strip() for link in links if _LICENSE_LINK.match(link.strip())), None)


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_front(address: str) -> bool:
    """Only of addresses that `_is_web` takes, which can be split."""
    return urlsplit(address).path.strip("/").lower() in ("", "index.html", "index.htm", "home", "trang-chu")


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
