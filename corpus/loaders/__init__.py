"""Inputs to records: whatever the user names becomes a stream of articles and aligned pairs.

    inputs.py      what was named: a file, a folder, a glob, `-`, a Hub id
    walk.py        folders in order, links, what is skipped
    containers.py  .gz .bz2 .xz .zst        zipped.py, archive.py   .zip
    sniff.py       what the bytes are       formats.py              which loader takes them
    decoding.py    bytes to characters      fields.py               columns to fields
    one file per format: jsonl.py json_values.py table.py columnar.py tmx.py moses.py markdown.py hub.py
    reader.py      puts it together; every failure is a record with a reason

Memory does not grow with the number or the size of the files: records are yielded one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from corpus.loaders.fields import Columns
from corpus.loaders.formats import FORMATS, Format
from corpus.loaders.hub import open_dataset
from corpus.loaders.inputs import find_inputs
from corpus.loaders.limits import Limits
from corpus.loaders.options import Options
from corpus.loaders.reader import Reader
from corpus.loaders.record import REASONS, SKIPPED, Record, Row

__all__ = ["FORMATS", "REASONS", "SKIPPED", "Format", "Limits", "Options", "Record", "Row", "check_inputs", "read"]


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    skipped: list[dict[str, str]] | None = None,
    formats: Sequence[Format] = FORMATS,
) -> Iterator[Record]:
    """The records of everything that `paths` names, one at a time, in an order that the input alone decides.

    fields: the column that holds a field, `{"text": "body"}`
    stdin: what `-` reads; the process's own standard input if None
    skipped: a list that takes what gives no record, as `{"source": …, "reason": …}` (reasons in SKIPPED)
    formats: the table of formats, for a loader of one's own

    Bad data never raises: it is a record whose `reject` is one of REASONS. Raises UsageError, before anything is
    read, for an input that does not exist, two inputs whose records would have one source, or an unknown field.

    >>> import io
    >>> [record.text for record in read("-", stdin=io.BytesIO('{"text": "Chào."}'.encode()))]
    ['Chào.']
    """
    options = Options(limits or Limits(), Columns.choose(fields))
    inputs = find_inputs(paths)
    reader = Reader(options, formats, stdin, [] if skipped is None else skipped)
    return reader.records(inputs)


def check_inputs(paths: str | Path | Sequence[str | Path], *, fields: Mapping[str, str] | None = None) -> None:
    """Raise the UsageError that `read` would raise, and for a Hub dataset that cannot be opened; read nothing."""
    Columns.choose(fields)
    for found in find_inputs(paths):
        if found.hub is not None:
            open_dataset(found.hub)
