"""The whole room in one call: the roles of the paragraphs, then what the lines of each role say.

What is known already, from columns or from HTML, wins over everything that is read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.errors import UsageError
from corpus.orthography import Date, find_dates
from corpus.structure.captions import make_caption
from corpus.structure.credits import find_credit
from corpus.structure.lines import Line, read_lines
from corpus.structure.metadata import (
    find_author,
    find_license,
    find_place,
    find_published,
    find_sources,
    make_article,
    precision_of,
)
from corpus.structure.records import Caption, Paragraph, Structure
from corpus.structure.references import find_references
from corpus.structure.roles import assign_roles


def analyse(
    text: str,
    lang: str,
    spans: Sequence[tuple[int, int]],
    langs: Sequence[str],
    hints: Sequence[str | None] | None = None,
    known: Mapping[str, str] | None = None,
    credits: Sequence[str | None] | None = None,
) -> Structure:
    """Roles, metadata, captions, references and dates of one article.

    `spans` are its paragraphs as `split_paragraphs` gives them, `langs` their languages and `lang` the article's.
    `hints` are roles that HTML or Markdown proved, None where it proved none; they are trusted. `known` holds fields
    that are known already (title, author, published, published_precision, site, url, place, license); they win.
    `credits` are credits of pictures that stood apart from their captions. Linear in `text`.

    Raises UsageError if the sequences differ in length.

    >>> text = "Sơn La: Khai mạc hội nghị\\nQuốc Tuấn - 18/12/2020 18:12\\nSáng 18/12, tỉnh Sơn La khai mạc hội nghị."
    >>> spans = [(0, 25), (26, 54), (55, 99)]
    >>> found = analyse(text, "vi", spans, ["vi"] * 3)
    >>> [paragraph.role for paragraph in found.paragraphs], found.author, found.published, found.place
    (['title', 'byline', 'lead'], 'Quốc Tuấn', '2020-12-18', 'Sơn La')
    """
    hints = hints if hints is not None else [None] * len(spans)
    credits = credits if credits is not None else [None] * len(spans)
    if not len(spans) == len(langs) == len(hints) == len(credits):
        raise UsageError(
            f"{len(spans)} paragraphs, {len(langs)} languages, {len(hints)} hints, {len(credits)} credits;"
            " give one of each for every paragraph"
        )
    lines = read_lines(text, spans, langs, hints)
    roles = assign_roles(lines, lang, known or {})
    dates = [date for line in lines for date in _dates_of(line, lang)]
    return Structure(
        paragraphs=[Paragraph(role, line.lang, line.start, line.end) for line, role in zip(lines, roles, strict=True)],
        captions=_captions(lines, roles, credits),
        references=find_references(text, dates),
        dates=dates,
        **_fields(lines, roles, known or {}),
    )


def _dates_of(line: Line, lang: str) -> list[Date]:
    """The dates of one paragraph, read in its own language if that is one of the two, else in the article's."""
    spoken = line.lang if line.lang in ("vi", "en") else lang
    return [
        date._replace(start=date.start + line.start, end=date.end + line.start)
        for date in find_dates(line.text, spoken)
    ]


def _captions(lines: Sequence[Line], roles: Sequence[str], credits: Sequence[str | None]) -> list[Caption]:
    """A caption for each paragraph of that role; a credit on a line of its own right below belongs to it."""
    captions = []
    for line, role, credit in zip(lines, roles, credits, strict=True):
        if role != "caption":
            continue
        if credit is None and line.index + 1 < len(lines) and roles[line.index + 1] == "credit":
            below = find_credit(lines[line.index + 1].text)
            credit = below.name if below else None
        captions.append(make_caption(line, credit))
    return captions


def _fields(lines: Sequence[Line], roles: Sequence[str], known: Mapping[str, str]) -> dict[str, str | None]:
    """The fields that are known, and for the others what the lines prove."""
    article = make_article(lines, roles)
    title = next((line.text for line in article.of("title")), None)
    published, precision = find_published(article)
    if known.get("published"):
        published = known["published"]
        precision = known.get("published_precision") or precision_of(published)
    source = find_sources(article)
    found = {
        "title": title,
        "author": find_author(article),
        "site": source.site,
        "url": source.url,
        "place": find_place(article),
        "license": find_license(article),
    }
    fields = {name: known.get(name) or value for name, value in found.items()}
    return {**fields, "published": published, "published_precision": precision}
