"""One article, from text to row: the stages of a build without the build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.engine.stage import run_stages
from corpus.loaders.record import Record
from corpus.pipeline.reading import start_row
from corpus.pipeline.stages import ARTICLE_STAGES
from corpus.schema import columns


def annotate(text: str, *, format: str = "text", source: str = "text", **fields: str) -> dict[str, Any]:
    """The `articles` row of one text: language, roles, metadata, sentences and words.

    `format` is "text", "markdown" or "html"; `fields` are what is known of it (title, url, published …).
    A text that is no article keeps its row, with the reason in `reject`.

    >>> row = annotate("(Sonla.gov.vn) Hội nghị diễn ra ngày 04/8/2023 tại thành phố Sơn La. Dự có 30 đại biểu.")
    >>> row["lang"], row["site"], [date["iso"] for date in row["dates"]]
    ('vi', 'Sonla.gov.vn', ['2023-08-04'])
    >>> [row["text"][s["start"]:s["end"]] for s in row["sentences"]][1]
    'Dự có 30 đại biểu.'
    """
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return _annotated(
        Record(source=source, source_sha256=digest, sha256=digest, format=format, text=text, fields=fields)
    )


def annotate_inputs(paths: Sequence[str | Path]) -> Iterator[dict[str, Any]]:
    """The `articles` rows of all articles in `paths`, one at a time. Aligned input is passed over."""
    from corpus.loaders import read

    yield from (_annotated(record) for record in read(paths) if record.given is None)


def _annotated(record: Record) -> dict[str, Any]:
    rows, _ = run_stages([start_row(record)], ARTICLE_STAGES)
    return {column.name: rows[0].get(column.name) for column in columns("articles")}
