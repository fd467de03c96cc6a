"""The first stage, `load`: from a record as it lies in its file to a row with text, paragraphs and given fields.

Bytes are decoded, mojibake is repaired, HTML and Markdown become blocks, and the text is normalised block by block, so
that the paragraph spans and the text are made in one go and cannot disagree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.engine.stage import Row
from corpus.loaders.record import Record
from corpus.orthography import find_dates, normalize

BLOCK_SEPARATOR = "\n\n"
Block = tuple[str, str | None, str | None]
PARTIAL_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
"""A date known by its year, or year and month, as ISO 8601 writes it."""
KNOWN_FIELDS = ("title", "author", "site", "url", "place", "license", "pair")


@dataclass
class Content:
    """What a record says, before any of it is judged: text with paragraph spans, role hints, metadata."""

    text: str
    spans: list[tuple[int, int]]
    hints: Sequence[str | None]
    given: Mapping[str, str]
    credits: Sequence[str | None] | None = None
    reject: str | None = None


def start_row(record: Record) -> Row:
    """The row a record starts as: its identity and nothing read yet."""
    identity = hashlib.sha256(f"{record.source}\0{record.sha256}".encode()).hexdigest()[:16]
    return {
        "id": identity,
        "source": record.source,
        "source_sha256": record.source_sha256,
        "format": record.format,
        "_record": record,
    }


def read_article(row: Row) -> Iterator[Row]:
    """Stage `load` for an article: characters, text, paragraphs, and the fields its input gives."""
    record: Record = row.pop("_record")
    text, decision, reject = _characters(record)
    row.update(decision, reject=record.reject or reject)
    if row["reject"]:
        yield row
        return
    content = _content(record, text)
    row.update(text=content.text or None, paragraphs=[
        {"role": hint, "lang": None, "start": start, "end": end}
        for (start, end), hint in zip(content.spans, content.hints, strict=True)
    ])  # fmt: skip
    row.update(_fields(content.given), _credits=content.credits)
    verdict = None if content.reject == "structure:empty" else content.reject
    row.update(reject=None if content.spans or verdict else "load:empty", _verdict=verdict)
    yield row


def read_given(row: Row) -> Iterator[Row]:
    """Stage `load` for a record that came aligned: both sides normalised, with the fields its input gives."""
    record: Record = row.pop("_record")
    sides = {lang: _repaired(text)[0] for lang, text in (record.given or {}).items()}
    translation = {lang: normalize(sides.get(lang) or "").strip() for lang in ("vi", "en")}
    row.update(translation=translation, origin="given", **_fields(record.fields))
    row["reject"] = record.reject or (None if all(translation.values()) else "load:empty")
    yield row


def _characters(record: Record) -> tuple[str, dict[str, Any], str | None]:
    """A record's text, the columns that say how its bytes were read and what was mended, and why it cannot be read."""
    from corpus.encoding import decode

    if record.data is None:
        text, repair = _repaired(record.text or "")
        encoding, confidence = record.encoding, record.encoding_confidence
        repair = "+".join(filter(None, (record.repair, repair)))
        reject = None if text.strip() else "load:empty"
    else:
        decoded = decode(record.data, record.declared)
        text, encoding, confidence = decoded.text, decoded.encoding, decoded.confidence
        repair, reject = decoded.repair, decoded.reject
    columns = {"encoding": encoding or None, "encoding_confidence": confidence if encoding else None}
    return text, {**columns, "repair": repair or None}, reject


def _repaired(text: str) -> tuple[str, str | None]:
    from corpus.encoding import repair

    repaired = repair(text)
    return repaired.text, repaired.repair


def _content(record: Record, text: str) -> Content:
    markup = record.markup or record.format
    if markup == "html":
        return _page_content(record, text)
    if markup == "markdown":
        from corpus.loaders.markdown import read_markdown

        blocks, front = read_markdown(text)
        return _join([(block, role, None) for block, role in blocks], {**front, **record.fields})
    return _plain_content(record, text)


def _plain_content(record: Record, text: str) -> Content:
    from corpus.structure import split_paragraphs

    text, title = normalize(text), normalize(record.fields.get("title") or "").strip()
    if title and title not in text[: 2 * len(title) + 200]:
        # A record keeps its title in a column of its own; `text` holds the whole article, title first.
        text = title + BLOCK_SEPARATOR + text
    spans = split_paragraphs(text)
    hints = ["title" if title and text[start:end] == title and start == 0 else None for start, end in spans]
    return Content(text, spans, hints, record.fields)


def _page_content(record: Record, text: str) -> Content:
    from corpus.page import extract

    page = extract(text, record.fields.get("url"))
    names = ("title", "author", "published", "site", "url", "license")
    found = {name: value for name in names if (value := getattr(page, name))}
    blocks = [(block.text, block.role, block.credit) for block in page.blocks]
    return replace(_join(blocks, {**found, **record.fields}), reject=page.reject)


def _join(blocks: Sequence[Block], given: Mapping[str, str]) -> Content:
    """Blocks in reading order (text, role hint, credit) as one text, a blank line between two."""
    kept = [(piece, hint, credit) for block, hint, credit in blocks if (piece := normalize(block).strip())]
    spans, position = [], 0
    for piece, _, _ in kept:
        spans.append((position, position + len(piece)))
        position += len(piece) + len(BLOCK_SEPARATOR)
    text = BLOCK_SEPARATOR.join(piece for piece, _, _ in kept)
    return Content(text, spans, [hint for _, hint, _ in kept], given, [credit for _, _, credit in kept])


def _fields(given: Mapping[str, str]) -> dict[str, Any]:
    """The columns that fields of the input fill; a blank value fills none, and what no column takes is `extra`.

    A date is read day first and kept as ISO with its precision.
    """
    cleaned = {name: normalize(value).strip() for name, value in given.items()}
    fields: dict[str, Any] = {name: cleaned[name] for name in KNOWN_FIELDS if cleaned.get(name)}
    fields.update(_published(cleaned.get("published", "")))
    others = sorted(name for name in cleaned if name not in (*KNOWN_FIELDS, "published") and cleaned[name])
    return {**fields, "extra": [{"key": name, "value": cleaned[name]} for name in others]}


def _published(text: str) -> dict[str, str]:
    """The date of publication that an input gives, and how precise it is.

    >>> _published("05/8/2023"), _published("hôm qua")
    ({'published': '2023-08-05', 'published_precision': 'day'}, {})
    >>> _published("2020-12")
    {'published': '2020-12', 'published_precision': 'month'}
    """
    if PARTIAL_DATE.fullmatch(text):
        return {"published": text, "published_precision": "year" if len(text) == 4 else "month"}
    dates = find_dates(text, "vi")
    if not dates or dates[0].precision not in ("day", "month", "year"):
        return {}
    return {"published": dates[0].iso, "published_precision": dates[0].precision}
