"""`load`: records decoded and normalised, as plain rows, before anything is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.engine.stage import run_stages
from corpus.loaders.limits import Limits
from corpus.pipeline.reading import start_row
from corpus.pipeline.stages import ARTICLE_STAGES, GIVEN_STAGES


def load(
    paths: str | Path | Sequence[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Iterator[dict[str, Any]]:
    """Every record of `paths` (files, folders, globs, `-`, or a Hub id) as a dict, one at a time.

    An article has `source`, `source_sha256`, `format`, `encoding`, `text`, `paragraphs` (role hints and spans), and the
    fields its input gives (title, author, published, url …); aligned input has `translation` instead of `text`. What
    cannot be used has the reason in `reject`. `fields` maps a field to the input's column: `{"text": "body"}`.
    Raises UsageError for a path that does not exist.
    """
    from corpus.loaders import read

    named = [paths] if isinstance(paths, (str, Path)) else paths
    for record in read(named, fields=fields, limits=limits or Limits()):
        stages = ARTICLE_STAGES if record.given is None else GIVEN_STAGES
        rows, _ = run_stages([start_row(record)], stages[:1])
        yield from ({key: value for key, value in row.items() if not key.startswith("_")} for row in rows)
