"""JSON Lines (.jsonl, .ndjson): a record a line. A broken line is one row, and the lines around it are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from corpus.loaders.decoding import lines
from corpus.loaders.exported import is_extra, spread
from corpus.loaders.options import Options
from corpus.loaders.record import Row


def rows(pieces: Iterable[str], options: Options) -> Iterator[Row]:
    """One row a line that is not blank.

    >>> [row.values or row.reject for row in rows(['{"text": "Chào."}\\n', '{"text": \\n"Tin"'], Options())]
    [{'text': 'Chào.'}, 'load:malformed', {'text': 'Tin'}]
    """
    for line in lines(pieces, options.limits.record_bytes):
        if line.reject:
            yield Row(reject=line.reject, raw=line.text)
        elif line.text and not line.text.isspace():
            yield parsed(line.text)


def parsed(text: str) -> Row:
    """One JSON value as a row."""
    try:
        return as_row(json.loads(text))
    except (ValueError, RecursionError):
        return Row(reject="load:malformed", raw=text)


def as_row(value: object) -> Row:
    """A parsed value as a row: an object's members are its columns, a string is a text; nothing else is a record.

    A column `extra` as the tables have it is spread out: its fields become columns.
    """
    if isinstance(value, dict):
        if value.get("extra") and is_extra(value["extra"]):
            return Row(spread({name: member for name, member in value.items() if name != "extra"}, value["extra"]))
        return Row(value)
    if isinstance(value, str):
        return Row({"text": value})
    return Row(reject="load:no-text", raw=repr(value)[:1000])
