"""What this room gives back: plain records, every offset a code point of the article's text, half-open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.orthography import Date

ROLES = (
    "title", "byline", "dateline", "lead", "body", "heading", "caption", "credit", "source_line", "boilerplate",
)  # fmt: skip
SENTENCE_ROLES = frozenset({"title", "lead", "body", "heading", "caption"})


class Paragraph(NamedTuple):
    """One paragraph and the part it plays; `role` is one of `ROLES`."""

    role: str
    lang: str
    start: int
    end: int


class Caption(NamedTuple):
    """What a caption says of its picture, without the credit and its brackets; `credit` is None if nobody is named."""

    start: int
    end: int
    lang: str
    credit: str | None


class Reference(NamedTuple):
    """A legal document that the article names.

    `kind` and `issuer` are canonical English words (`decree`, `prime_minister`), `number` is spelled as in the
    article, `date` is ISO 8601. What the article does not say is None.
    """

    kind: str
    number: str | None
    issuer: str | None
    date: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Structure:
    """The parts of one article and what is known about it; a field that nothing proves is None."""

    paragraphs: list[Paragraph]
    title: str | None = None
    author: str | None = None
    published: str | None = None
    published_precision: str | None = None
    site: str | None = None
    url: str | None = None
    place: str | None = None
    license: str | None = None
    captions: list[Caption] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)


def sentence_regions(structure: Structure) -> list[tuple[int, int, int]]:
    """The stretches that sentences are made of, as (index of the paragraph, start, end), in order.

    Title, lead, body and heading count whole, a caption without its credit; the other roles hold no sentences.
    """
    regions = []
    captions = iter(structure.captions)
    for index, paragraph in enumerate(structure.paragraphs):
        if paragraph.role == "caption":
            caption = next(captions)
            regions.append((index, caption.start, caption.end))
        elif paragraph.role in SENTENCE_ROLES:
            regions.append((index, paragraph.start, paragraph.end))
    return regions
