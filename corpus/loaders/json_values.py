"""JSON (.json): one article, a list of records, or an object that holds one list of them; also objects in a row.

A file may be larger than memory, so records are cut out one by one. A value that fits in `record_bytes` is parsed
whole; an object that does not is entered, and its lists are read element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.loaders.fields import LANGUAGES, Columns
from corpus.loaders.json_buffer import JsonBuffer
from corpus.loaders.jsonl import as_row
from corpus.loaders.options import Options
from corpus.loaders.record import Row

_KEY = re.compile(r'"(?:[^"\\]|\\.){0,300}"\s{0,100}:', re.DOTALL)
_LONGEST_KEY = 3000


def rows(pieces: Iterable[str], options: Options) -> Iterator[Row]:
    """One row a record.

    >>> [row.values for row in rows(['[{"text": "Ch', 'ào."}, {"text": "Tin."}]'], Options())]
    [{'text': 'Chào.'}, {'text': 'Tin.'}]
    >>> [row.values for row in rows(['{"count": 1, "articles": [{"text": "Tin."}]}'], Options())]
    [{'text': 'Tin.'}]
    """
    buffer = JsonBuffer(pieces, options.limits.record_bytes)
    while first := buffer.peek():
        if first == "[":
            yield from _elements(buffer)
        elif first in "]}":
            buffer.take()  # left behind by a broken value
        elif first in '{"':
            yield from _top_value(buffer, options.columns)
        else:
            yield Row(reject="load:malformed", raw=buffer.value().raw)  # no JSON: prose is not read on word by word
            return


def _elements(buffer: JsonBuffer) -> Iterator[Row]:
    """The elements of the list that starts here."""
    buffer.take()
    while first := buffer.peek():
        if first == "]":
            buffer.take()
            return
        value, reject, raw = buffer.value()
        yield Row(reject=reject, raw=raw) if reject else as_row(value)
    yield Row(reject="load:truncated")


def _top_value(buffer: JsonBuffer, columns: Columns) -> Iterator[Row]:
    is_object = buffer.peek() == "{"
    value, reject, raw = buffer.value(skip=not is_object)
    if reject == "load:too-large" and is_object:
        yield from _entered(buffer)
    elif reject:
        yield Row(reject=reject, raw=raw)
    elif isinstance(value, dict):
        yield from map(as_row, _records_in(value, columns))
    else:
        yield as_row(value)


def _records_in(value: dict[str, object], columns: Columns) -> list[object]:
    """The object itself if it has a text, else the elements of its only list of objects."""
    targets = columns.targets(value).values()
    if "text" in targets or any(lang in targets for lang in LANGUAGES) or "translation" in value:
        return [value]
    lists = [member for member in value.values() if isinstance(member, list) and _holds_objects(member)]
    return lists[0] if len(lists) == 1 else [value]


def _holds_objects(value: list[object]) -> bool:
    return bool(value) and all(isinstance(element, dict) for element in value)


def _entered(buffer: JsonBuffer) -> Iterator[Row]:
    """The elements of the lists in an object too large to be parsed whole."""
    buffer.take()
    found = False
    while buffer.peek() not in ("", "}"):
        if not buffer.take_match(_KEY, _LONGEST_KEY):
            yield Row(reject="load:malformed")
            return
        if buffer.peek() == "[" and buffer.peek_second() == "{":
            found = True
            yield from _elements(buffer)
        else:
            buffer.value()
    closed = buffer.take()
    if not found:
        yield Row(reject="load:too-large")
    elif not closed:
        yield Row(reject="load:truncated")
