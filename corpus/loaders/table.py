"""CSV and TSV: a header row that names the columns, then a record a row; the delimiter is found out.

A cell may be a whole article with line breaks, so the csv module reads rows from lines of bounded length. A row that
breaks the rules (RFC 4180) is one row of the output, and reading goes on at the line behind the one it starts in.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from corpus.loaders.decoding import Line, lines
from corpus.loaders.exported import EXTRA, unguarded_row
from corpus.loaders.fields import LANGUAGES, Columns
from corpus.loaders.options import Options
from corpus.loaders.record import Row

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_SAMPLE_LENGTH = 1 << 16
_LONGEST_NAME = 100


class Dialect(NamedTuple):
    """How a table is written: what stands between cells, and whether quotation marks enclose them."""

    delimiter: str
    quoted: bool = True

    def reader(self, source: Iterable[str]) -> Any:
        """A csv reader that reports what breaks the rules instead of guessing."""
        if self.quoted:
            return csv.reader(source, delimiter=self.delimiter, strict=True)
        return csv.reader(source, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)


def rows(pieces: Iterable[str], options: Options) -> Iterator[Row]:
    """One row a record.

    >>> [row.values for row in rows(['text;title\\n"Mưa; gió";Tin\\n'], Options())]
    [{'text': 'Mưa; gió', 'title': 'Tin'}]
    """
    source = _Lines(_with_newlines(pieces), options.limits.record_bytes)
    dialect = find_dialect(source.sample())
    records = _records(source, dialect)
    header = next((row for row in records if row), None)
    if not isinstance(header, list):
        yield header or Row(reject="load:empty")
        return
    names = [name.strip() for name in header]
    if not _is_header(names, options.columns):
        yield Row(reject="load:no-header", raw=dialect.delimiter.join(header))
        return
    for row in records:
        if isinstance(row, Row):
            yield row
        elif row:
            yield _named(names, row, dialect)


def _is_header(names: list[str], columns: Columns) -> bool:
    """Whether a row names columns: a language alone beside a text is a label, and no name is a sentence long."""
    fields = set(columns.targets(names).values())
    if len(names) > 1 and len(fields) == 1 and fields < set(LANGUAGES):
        return False
    return bool(fields) and max(map(len, names)) <= _LONGEST_NAME


def _named(names: list[str], cells: list[str], dialect: Dialect) -> Row:
    if len(names) == 1:  # nobody quotes a comma where there is nothing to separate
        return Row({names[0]: dialect.delimiter.join(cells)})
    if len(cells) != len(names):
        return Row(reject="load:malformed", raw=dialect.delimiter.join(cells))
    values = dict(zip(names, cells, strict=True))
    return Row(unguarded_row(values) if EXTRA in values else values)


def find_dialect(sample: str) -> Dialect:
    """The dialect in which the first lines of a table fit together best.

    >>> find_dialect('text\\ttitle\\n"Mưa", ông nói\\tTin\\n'), find_dialect("vi|en\\nMưa|Rain\\n").delimiter
    (Dialect(delimiter='\\t', quoted=False), '|')
    """
    delimiter = max(DELIMITERS, key=lambda mark: _fit(sample, Dialect(mark)))
    quoted, bare = Dialect(delimiter), Dialect(delimiter, quoted=False)
    # TSV files often enclose nothing, and a cell may then start with a quotation mark of its own; not so in the header.
    may_be_bare = delimiter == "\t" and not sample.startswith('"') and _has_bare_quote(sample)
    return bare if may_be_bare and _fit(sample, bare) >= _fit(sample, quoted) else quoted


def _fit(sample: str, dialect: Dialect) -> tuple[float, int]:
    """The share of rows with as many cells as the header, and that number; nothing for a single column."""
    widths = []
    reader = dialect.reader(line + "\n" for line in sample.split("\n"))
    while True:
        try:
            row = _next(reader, len(sample))
        except StopIteration:
            break
        except csv.Error:
            row = [""]
        widths.append(len(row))
    widths = [width for width in widths if width]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _has_bare_quote(sample: str) -> bool:
    """Whether a quotation mark opens or closes a cell of a TSV file without its partner."""
    cells = chain.from_iterable(line.split("\t") for line in sample.split("\n"))
    return any(cell.startswith('"') != cell.endswith('"') for cell in cells)


def _records(source: _Lines, dialect: Dialect) -> Iterator[list[str] | Row]:
    """The cells of each row, or a reject for the line where a row that cannot be read starts."""
    reader = dialect.reader(source)
    while True:
        source.start_row()
        try:
            yield _next(reader, source.limit)
        except StopIteration:
            return
        except csv.Error:
            line = source.give_back()
            # TSV that encloses nothing, found out only here: a cell starts with a quotation mark of its own.
            yield line.split("\t") if dialect.delimiter == "\t" else Row(reject="load:malformed", raw=line)
        except _TooLong:
            yield Row(reject="load:too-large", raw=source.give_back())


def _next(reader: Any, limit: int) -> list[str]:
    # The limit on a cell is a setting of the whole module: it is ours for one row and then what it was.
    before = csv.field_size_limit(limit)
    try:
        row: list[str] = next(reader)
        return row
    finally:
        csv.field_size_limit(before)


def _with_newlines(pieces: Iterable[str]) -> Iterator[str]:
    """The text, with `\\n` for the line ends of a file that has only `\\r`."""
    rest = iter(pieces)
    first = next(rest, "")
    if "\r" in first and "\n" not in first:
        return (piece.replace("\r", "\n") for piece in chain([first], rest))
    return chain([first], rest)


class _TooLong(Exception):
    """The row has more characters than the limit."""


class _Lines:
    """Lines for a csv reader, which remembers those of the row being read and can take them back."""

    def __init__(self, pieces: Iterable[str], limit: int) -> None:
        self.limit = limit
        self._lines = lines(pieces, limit)
        self._given_back: deque[Line] = deque()
        self._row: list[Line] = []
        self._size = 0

    def sample(self) -> str:
        """The first lines, which will be read again."""
        seen: list[Line] = []
        size = 0
        for line in islice(self._lines, _SAMPLE_LINES):
            seen.append(line)
            size += len(line.text)
            if size > _SAMPLE_LENGTH:
                break
        self._given_back.extend(seen)
        return "\n".join(line.text for line in seen)[: 2 * _SAMPLE_LENGTH]

    def start_row(self) -> None:
        """What is read from here on belongs to a new row."""
        self._row, self._size = [], 0

    def give_back(self) -> str:
        """The first line of a row that cannot be read; the lines behind it will be read again."""
        first, *others = self._row
        self._given_back.extendleft(reversed(others))
        return first.text

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else next(self._lines)
        self._row.append(line)
        self._size += len(line.text)
        if line.reject or self._size > self.limit:
            raise _TooLong
        # The csv module of Python 3.10 refuses NUL, and takes a lone \r outside of quotes for the end of the row.
        return line.text.replace("\0", "").replace("\r", " ") + "\n"
