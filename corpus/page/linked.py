"""JSON-LD as news sites really write it: escaped twice, with trailing commas, in comments, quoted inside quotes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.page.text import collapse, word_set
from corpus.page.tree import Element

Node = dict[str, Any]

_LONGEST = 2_000_000
_LONGEST_VALUE = 2000
_LEAST_BODY = 200
_DEEPEST = 12
_MOST_NODES = 4000
_WRAPPERS = ("//", "/*", "*/", "<![CDATA[", "]]>", "<!--", "-->", ";")
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[\]}])")
_ARTICLES = word_set(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "reviewnewsarticle backgroundnewsarticle askpublicnewsarticle liveblogposting socialmediaposting report"
)
_ORGANISATIONS = word_set("organization newsmediaorganization website")
_LISTS = word_set("itemlist collectionpage searchresultspage")
_INSIDE_LISTS = word_set("itemlistelement haspart blogpost mentions relatedlink ispartof")
_SALVAGE = {
    "datePublished": re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([^"]{8,60})"'),
    "dateModified": re.compile(r'"dateModified"\s{0,20}:\s{0,20}"([^"]{8,60})"'),
    "author": re.compile(
        r'"author"\s{0,20}:\s{0,20}[\[{\s]{0,20}(?:[^{}]{0,200}?"name"\s{0,20}:\s{0,20})?"([^"]{1,120})"'
    ),
    "@type": re.compile(r'"@type"\s{0,20}:\s{0,20}"(\w{0,10}Article)"'),
}


@dataclass(frozen=True)
class LinkedData:
    """What the JSON-LD of a page says: its one article, the organisations it names, and whether it is a list."""

    article: Node = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    is_list: bool = False
    articles: int = 0
    by_id: dict[str, Node] = field(default_factory=dict)

    def text(self, *names: str) -> str | None:
        """The first of these properties of the article that is plain text."""
        for name in names:
            value = self.article.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url") or value.get("name")
            if isinstance(value, str) and (text := _plain(value)):
                return text
        return None

    def states_body(self) -> bool:
        """Whether the JSON-LD of the page's one article holds its text."""
        return self.articles == 1 and len(str(self.article.get("articleBody") or "")) >= _LEAST_BODY

    def people(self) -> list[str]:
        """The names of the article's authors, as written, organisations with them."""
        names: list[str] = []
        waiting: list[Any] = [self.article.get("author") or self.article.get("creator")]
        while waiting and len(names) < 20:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting = value[:20] + waiting
            elif isinstance(value, dict):
                known = self.by_id.get(str(value.get("@id")), {})
                waiting.insert(0, value.get("name") or known.get("name"))
            elif isinstance(value, str) and (name := _plain(value)):
                names.append(name)
        return list(dict.fromkeys(names))


def read_linked_data(root: Element) -> LinkedData:
    """All JSON-LD of a page as one."""
    nodes: list[tuple[Node, bool]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes += _nodes(loads_leniently(script.text[:_LONGEST]))
    articles = [node for node, listed in nodes if not listed and _types(node) & _ARTICLES]
    organisations = [
        _plain(node["name"]) for node, _ in nodes if isinstance(node.get("name"), str) and _types(node) & _ORGANISATIONS
    ]
    return LinkedData(
        max(articles, key=_fullness) if articles else {},
        tuple(dict.fromkeys(filter(None, organisations))),
        any(_types(node) & _LISTS for node, _ in nodes),
        len({_plain(str(node.get("headline") or node.get("name") or "")) for node in articles}),
        {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str) and "name" in node},
    )


def loads_leniently(text: str) -> Any:
    """JSON, mended where it is broken in one of the usual ways; {} where nothing can be read.

    >>> loads_leniently('{&quot;headline&quot;: &quot;Mưa lớn&quot;,}')
    {'headline': 'Mưa lớn'}
    >>> loads_leniently('{"@type": "NewsArticle", "headline": "Ông nói "không"", "datePublished": "2025-11-15"}')
    {'datePublished': '2025-11-15', '@type': 'NewsArticle'}
    """
    text = _unwrap(text)
    unescaped = html.unescape(text)
    mended = (_TRAILING_COMMA.sub("", text), _TRAILING_COMMA.sub("", unescaped), text.replace('\\"', '"'))
    for attempt in (text, unescaped, *mended):
        value = _loads(attempt)
        if isinstance(value, str):
            value = _loads(html.unescape(value))
        if isinstance(value, (dict, list)):
            return value
    found = {name: pattern.search(unescaped) for name, pattern in _SALVAGE.items()}
    return {name: match.group(1) for name, match in found.items() if match}


def _unwrap(text: str) -> str:
    """Without the comment and CDATA marks that once hid scripts from old browsers."""
    for _ in range(6):
        text = text.strip()
        for mark in _WRAPPERS:
            text = text.removeprefix(mark).removesuffix(mark)
    return text.strip()


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[tuple[Node, bool]]:
    """Every typed node, and whether it stands inside a list of other things."""
    waiting: list[tuple[Any, bool, int]] = [(value, False, 0)]
    count = 0
    while waiting and count < _MOST_NODES:
        current, listed, depth = waiting.pop(0)
        count += 1
        if depth > _DEEPEST:
            continue
        if isinstance(current, list):
            waiting += [(item, listed, depth + 1) for item in current[:500]]
        elif isinstance(current, dict):
            if _types(current):
                yield current, listed
            waiting += [
                (item, listed or name.lower() in _INSIDE_LISTS, depth + 1)
                for name, item in current.items()
                if isinstance(item, (dict, list))
            ]


def _types(node: Node) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {item.rsplit("/", 1)[-1].lower() for item in values if isinstance(item, str)}


def _fullness(node: Node) -> int:
    return sum(name in node for name in ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage"))


def _plain(text: str) -> str:
    """JSON strings are often escaped for HTML, now and then twice."""
    return collapse(html.unescape(html.unescape(text[:_LONGEST_VALUE])))
