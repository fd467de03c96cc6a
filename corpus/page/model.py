"""What a page is made of once it has been read: blocks in reading order, and the metadata the page claims."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """One paragraph of a page.

    `role` is a hint: one of title, byline, dateline, lead, body, heading, caption, credit, source_line, boilerplate.
    `credit` names the photographer of a caption when the page says so; `text` keeps the words it was read from.
    """

    text: str
    role: str | None
    credit: str | None = None


@dataclass(frozen=True)
class Page:
    """An article as its page shows it; what the page does not say is None.

    `published` is an ISO 8601 date in the page's own time zone, `published_precision` "day" whenever it is set;
    `author` joins several people with "; "; `reject` is None for an article, else "structure:list" (a list or front
    page) or "structure:empty" (nothing to read).
    """

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    published: str | None = None
    published_precision: str | None = None
    site: str | None = None
    url: str | None = None
    license: str | None = None
    lang: str | None = None
    reject: str | None = None
