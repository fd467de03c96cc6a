"""Markdown (.md): the blocks a reader sees, with role hints, and the metadata of the YAML front matter.

Only the syntax is read: nothing is rendered, no link is followed, and YAML is read as plain strings, so that a date
stays as it was typed and no object is ever made from a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.loaders.fields import Columns

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Block = tuple[str, str | None]
"""A paragraph on one line and what it is: title, heading, caption, boilerplate (code), or None."""

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_SIMPLE_FIELD = re.compile(r"([^\W\d][\w -]{0,60}):[ \t]+(\S[^\n]*)")
_LONGEST_FRONT = 1 << 16
_LONGEST_PARSED = 1 << 18
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n")
_SPACES = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s{0,9}>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK_TAG = re.compile(r"</?(?:br|p|div|li|tr|td|h[1-6]|figcaption)\b[^<>]{0,1000}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!?][^<>]{0,1000}>", re.IGNORECASE)


def read_markdown(text: str) -> tuple[list[Block], dict[str, str]]:
    """The blocks of a text and the fields of its front matter.

    >>> read_markdown("---\\ntitle: Mưa lớn\\n---\\n# Mưa lớn\\n\\nSáng nay, *mưa* lớn.\\n")
    ([('Mưa lớn', 'title'), ('Sáng nay, mưa lớn.', None)], {'title': 'Mưa lớn'})
    """
    fields, body = front_matter(text)
    return markdown_blocks(body), fields


def front_matter(text: str, columns: Columns | None = None) -> tuple[dict[str, str], str]:
    """The metadata in the YAML between two `---` at the start of a text, and the text behind it.

    Keys map to fields as the columns of a table do. Without front matter: no fields, and the text as it is.

    >>> front_matter("---\\ntags: [mưa, gió]\\ntác giả: Thu Hà\\n---\\nChào.")
    ({'author': 'Thu Hà', 'tags': 'mưa; gió'}, 'Chào.')
    """
    found = _FRONT.match(text[:_LONGEST_FRONT])
    values = _yaml(found.group(1) or "") if found else None
    if found is None or values is None:
        return {}, text
    return (columns or Columns.choose()).map(values).fields, text[found.end() :]


def _yaml(source: str) -> dict[str, object] | None:
    """A mapping of strings and lists of strings; None where the source is none."""
    import yaml

    try:
        values = yaml.load(source, Loader=yaml.BaseLoader)  # makes nothing but strings, lists and dicts
    except (yaml.YAMLError, RecursionError):
        return _simple_fields(source)
    return {str(name): value for name, value in values.items()} if isinstance(values, dict) else None


def _simple_fields(source: str) -> dict[str, object] | None:
    """`key: value` lines that are no YAML, such as `title: Tin nóng: mưa lớn`."""
    fields = [_SIMPLE_FIELD.match(line) for line in source.split("\n")]
    return {match[1]: match[2].strip().strip("\"'") for match in fields if match} or None


def markdown_blocks(text: str) -> list[Block]:
    """The paragraphs of a Markdown text as a reader sees them, without marks, links and addresses of pictures.

    The first heading of level 1 is the title. Code is `boilerplate`: it stands in the text but holds no sentences.
    A numbered item keeps its number, which Vietnamese writers type as part of the heading.

    >>> markdown_blocks("![Chợ](a.jpg)\\n*Ảnh: Hoài Thu*\\n\\n## 1. Mục tiêu\\n\\n1. Giảm nghèo [tới](b) **2025**")
    [('Ảnh: Hoài Thu', 'caption'), ('1. Mục tiêu', 'heading'), ('1. Giảm nghèo tới 2025', None)]
    """
    if len(text) > _LONGEST_PARSED:  # data rather than an article: not worth what the parser would need for it
        return [(block, None) for block in map(_one_line, _PARAGRAPH_END.split(text)) if block]
    return [(line, role) for block, role in _blocks(_parser().parse(text)) if (line := _one_line(block))]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # An indented paragraph is an indented paragraph far more often than code.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    role, marker, had_title, after_picture = None, "", False, False
    for token in tokens:
        if token.type == "heading_open":
            role = "heading" if had_title or token.tag != "h1" else "title"
            had_title = had_title or role == "title"
        elif token.type == "heading_close":
            role = None
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline":
            children = token.children or []
            shown = _shown(children)
            caption = _starts_with_picture(children) or (after_picture and _is_emphasised(children))
            after_picture = _starts_with_picture(children) and not "".join(shown).strip()
            yield from ((marker * (not number) + line, role or ("caption" if caption else None))
                        for number, line in enumerate(shown) if line.strip())  # fmt: skip
            marker = ""
        elif token.type in ("fence", "code_block"):
            yield token.content, "boilerplate"
        elif token.type == "html_block":
            yield from ((line, None) for line in _without_tags(token.content))


def _shown(children: Sequence[Token]) -> list[str]:
    """The lines that the reader of a paragraph sees: a hard break ends one, a soft break is a space."""
    parts: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _LINE_BREAK.fullmatch(child.content)):
            parts.append("\n")
    return "".join(parts).split("\n")


def _starts_with_picture(children: Sequence[Token]) -> bool:
    first = next((child for child in _seen(children) if child.type != "link_open"), None)
    return first is not None and first.type == "image"


def _is_emphasised(children: Sequence[Token]) -> bool:
    kinds = [child.type for child in _seen(children)]
    return bool(kinds) and kinds[0] in ("em_open", "strong_open") and kinds[-1] in ("em_close", "strong_close")


def _seen(children: Sequence[Token]) -> Iterator[Token]:
    return (child for child in children if child.type != "text" or child.content.strip())


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _without_tags(source: str) -> list[str]:
    """The lines of text in a piece of HTML."""
    visible = _TAG.sub("", _BLOCK_TAG.sub("\n", _HIDDEN.sub("", source)))
    return html.unescape(visible).split("\n")
