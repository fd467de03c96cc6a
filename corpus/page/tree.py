"""From the characters of a page to an element tree: nothing fetched, nothing expanded, nothing executed."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from corpus.page.text import word_set

Element: TypeAlias = Any  # lxml elements; lxml is not imported with the package

INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr"
)
_NAMING = word_set("class id itemprop data-role data-component-type type")
_DOCUMENT = "html|head|title|meta|link|base|script|style|body"
_KEPT = (f"{_DOCUMENT}|article|main|p|br|li|h[1-6]|img|figure|figcaption|time|a", f"{_DOCUMENT}|p|br|img")
_NO_CHARACTER = re.compile("[\u0000\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"^\ufeff?\s{0,100}<\?xml[^>]{0,200}\?>")
# The parser stops at 10 million bytes of text without a tag, and at as many bytes that it is given at once; it takes
# quadratic time over the attributes of one element.
_CHUNK = 5_000_000
_LONG_RUN = re.compile(r"[^<>]{1000000}")
_PARAGRAPHS = re.compile(r"(?:<p>\s{0,9}){2,}")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{20000,}>")


def parse(html: str) -> Element | None:
    """The root element, or None when there is no element at all.

    Comments and processing instructions are left out, entities are decoded once, declarations of document types and
    entities are ignored. A page nested deeper than the parser's guard allows loses its generic containers and keeps
    its text.

    >>> parse("<?xml version='1.0' encoding='latin-1'?><p>Hà&nbsp;Nội").findtext(".//p")
    'Hà\\xa0Nội'
    >>> parse("  ") is None
    True
    """
    text = _XML_DECLARATION.sub("", _NO_CHARACTER.sub("\ufffd", html), count=1)
    text = _LONG_TAG.sub(r"<\1>", _LONG_RUN.sub(r"\g<0><wbr>", text))
    root, cut_off = _parse(text)
    for kept in _KEPT:
        if cut_off:
            root, cut_off = _parse(_without_tags(text, kept))
    return root


def _parse(text: str) -> tuple[Element | None, bool]:
    """The tree, and whether the parser gave up on depth and dropped what follows."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
        recover=True,
    )
    data = text.encode("utf-8")
    try:
        if len(data) <= _CHUNK:
            root, last = etree.fromstring(data, parser), parser.error_log.last_error
        else:
            for start in range(0, len(data), _CHUNK):
                parser.feed(data[start : start + _CHUNK])
            root, last = parser.close(), parser.feed_error_log.last_error
    except etree.XMLSyntaxError:  # no element in the whole document
        return None, False
    return root, last is not None and "Excessive depth" in last.message


def _without_tags(text: str, kept: str) -> str:
    """Only the tags named in `kept`; other blocks become paragraphs, other inline tags nothing."""
    tag = re.compile(rf"</?(?!(?:{kept})[\s/>])([a-zA-Z][a-zA-Z0-9:-]{{0,30}})(?=[\s/>])[^<>]{{0,2000}}>", re.I)
    levelled = tag.sub(lambda match: "" if match.group(1).lower() in INLINE else "<p>", text)
    return _PARAGRAPHS.sub("<p>", levelled)


def purpose(given: list[tuple[str, str]]) -> str:
    """Of an element's attributes those that say what it is for, in one string."""
    return " ".join([value for name, value in given if name in _NAMING])


def ancestors(element: Element) -> list[Element]:
    """The element and everything above it, innermost first."""
    return [element, *element.iterancestors()]
