"""Rows of pairs to a file, in the form its name asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from corpus.exporting.plain import json_text, one_line, without_surrogates
from corpus.exporting.target import PARQUET_MARK, Outputs
from corpus.exporting.tmx_file import HEAD, TAIL, unit
from corpus.pairfiles.lines import as_bytes
from corpus.pairfiles.reading import SCORE_NAMES, Pair

_ROWS_AT_ONCE = 2048


class Writer(Protocol):
    """Takes rows one by one; `finish` writes what is left."""

    def write(self, row: Pair) -> None: ...

    def finish(self) -> None: ...


class TsvWriter:
    """A header, then a row a line: vi, en, the scores, further columns; a quotation mark is an ordinary character."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        self._file, self._names = file, names
        file.write(as_bytes("\t".join(map(line_text, names)) + "\n"))

    def write(self, row: Pair) -> None:
        self._file.write(as_bytes("\t".join(line_text(row.get(name)) for name in self._names) + "\n"))

    def finish(self) -> None:
        self._file.flush()


class MosesWriter:
    """`name.en-vi.vi`, `.en`, and `.scores` with all other columns under a header."""

    def __init__(self, files: Sequence[BinaryIO], names: Sequence[str]) -> None:
        self._vi, self._en = files[0], files[1]
        self._scores = TsvWriter(files[2], [name for name in names if name not in ("vi", "en")])

    def write(self, row: Pair) -> None:
        self._vi.write(as_bytes(line_text(row["vi"]) + "\n"))
        self._en.write(as_bytes(line_text(row["en"]) + "\n"))
        self._scores.write(row)

    def finish(self) -> None:
        self._scores.finish()


class JsonlWriter:
    """An object a line; a row that came as a `translation` goes as one."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        self._file, self._names = file, names

    def write(self, row: Pair) -> None:
        left_out = ("vi", "en") if isinstance(row.get("translation"), Mapping) else ()
        known = {"translation", *self._names}
        kept = {name: value for name, value in row.items() if name in known and name not in left_out}
        self._file.write((json_text(kept) + "\n").encode())

    def finish(self) -> None:
        self._file.flush()


class TmxWriter:
    """A translation unit a row, its other columns properties."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        self._file, self._names = file, [name for name in names if name not in ("vi", "en", "id")]
        file.write(HEAD.encode())

    def write(self, row: Pair) -> None:
        properties = {name: None if row.get(name) == "" else row.get(name) for name in self._names}
        name = row.get("id")
        self._file.write(unit(None if name is None else str(name), row, properties).encode())

    def finish(self) -> None:
        self._file.write(TAIL.encode())


class ParquetWriter:
    """The columns of a Parquet input as they were; text for the columns of any other; the scores as 32-bit floats."""

    def __init__(self, file: BinaryIO, names: Sequence[str], arrow: Any = None) -> None:
        import pyarrow.parquet as pq

        self._schema, self._typed = _parquet_schema(names, arrow), arrow is not None
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Pair] = []

    def write(self, row: Pair) -> None:
        values = row if self._typed else {name: self._value(name, row.get(name)) for name in self._schema.names}
        self._rows.append(values)
        if len(self._rows) == _ROWS_AT_ONCE:
            self._flush()

    def finish(self) -> None:
        self._flush()
        self._writer.close()

    def _value(self, name: str, value: Any) -> Any:
        if name in SCORE_NAMES or value is None:
            return value
        return without_surrogates(value if isinstance(value, str) else json.dumps(value))

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _parquet_schema(names: Sequence[str], arrow: Any) -> Any:
    import pyarrow as pa

    fields = [] if arrow is None else [field for field in arrow if field.name not in (*SCORE_NAMES, "reject")]
    there = {field.name for field in fields}
    sides = {"vi", "en"} if "translation" in there else set()
    types = {name: pa.float32() if name in SCORE_NAMES else pa.string() for name in names}
    added = [pa.field(name, type_) for name, type_ in types.items() if name not in there | sides]
    return pa.schema([*fields, *added], {**((arrow and arrow.metadata) or {}), PARQUET_MARK: b"1"})


def line_text(value: Any) -> str:
    """A value as a cell of a line. Text that came from lines stays as it was, text with line breaks is put on one.

    >>> line_text("Mưa\\nto"), line_text(None), line_text(0.25), line_text(1e-07)
    ('Mưa to', '', '0.25', '1e-07')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if value == float(f"{value:g}") else repr(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return one_line(text) if "\n" in text or "\t" in text else text


def moses_files(prefix: Path) -> list[Path]:
    """The files that a Moses prefix stands for."""
    stem = prefix.name.removesuffix(".en-vi")
    return [prefix.with_name(f"{stem}.en-vi.{ending}") for ending in ("vi", "en", "scores")]


def open_writer(form: str, files: Sequence[BinaryIO], names: Sequence[str], arrow: Any = None) -> Writer:
    """The writer of a form; `files` are one, or the three of Moses."""
    if form == "moses":
        return MosesWriter(files, names)
    if form == "parquet":
        return ParquetWriter(files[0], names, arrow)
    writers: dict[str, Callable[[BinaryIO, Sequence[str]], Writer]]
    writers = {"tsv": TsvWriter, "jsonl": JsonlWriter, "tmx": TmxWriter}
    return writers[form](files[0], names)


def open_files(outputs: Outputs, form: str, path: Path) -> list[BinaryIO]:
    """The files to write, which get their names when all is done."""
    return [outputs.open(target) for target in (moses_files(path) if form == "moses" else [path])]
