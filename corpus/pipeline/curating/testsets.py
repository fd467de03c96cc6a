"""Test sets as a user names them: files of pairs in any form, or files of plain lines in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from corpus.errors import UsageError
from corpus.loaders.containers import without_compression
from corpus.loaders.fields import language_code
from corpus.pairfiles.forms import find_source, form_of
from corpus.pairfiles.lines import open_bytes, text_lines
from corpus.pairfiles.reading import open_source

Sides = tuple["str | None", "str | None"]
_FOR_LANGUAGE = 200
"""Lines by which the language of a file of plain lines is told."""


def check_test_sets(files: Sequence[str]) -> None:
    """Raises UsageError for a test set that is not there."""
    for file in files:
        if not Path(file).is_file():
            raise UsageError(f"there is no test set {file}; name a file with --against")


def read_test_sets(files: Sequence[str]) -> list[tuple[str, Iterator[Sides]]]:
    """Each test set by its file's name, with its sentences; None for a side it does not have."""
    check_test_sets(files)
    return [(Path(file).name, _sentences(file)) for file in files]


def hash_test_sets(files: Sequence[str]) -> str:
    """What the test sets hold, in 16 digits; empty without any."""
    if not files:
        return ""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{Path(file).name}\0".encode())
        digest.update(hashlib.sha256(Path(file).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _sentences(file: str) -> Iterator[Sides]:
    """The pairs or lines of a file; `.vi` and `.en` hold one language, other plain lines the one they are in."""
    lang = language_code(without_compression(Path(file).name).rpartition(".")[2])
    if lang:
        return _of_language(text_lines(open_bytes(file)), lang)
    rows = open_source(find_source((file,), form_of(file) or "tsv")).rows
    first = list(islice(rows(), _FOR_LANGUAGE))
    if not any(row["en"] for row in first):
        return _of_language((row["vi"] for row in rows()), _language([row["vi"] for row in first]))
    return ((row["vi"] or None, row["en"] or None) for row in rows())


def _of_language(lines: Iterator[str], lang: str) -> Iterator[Sides]:
    return map(partial(_side, lang=lang), lines)


def _side(line: str, lang: str) -> Sides:
    return (line or None, None) if lang == "vi" else (None, line or None)


def _language(lines: Sequence[str]) -> str:
    from corpus.language import detect

    return "en" if detect(" ".join(lines)).label == "en" else "vi"
