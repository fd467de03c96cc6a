"""Parquet (.parquet) and Arrow (.arrow, .feather): row by row, a few rows in memory at a time.

Columns that can hold neither text nor metadata (pictures, vectors, tables in cells) are never decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from corpus.loaders.fields import Columns, key
from corpus.loaders.inputfile import InputFile
from corpus.loaders.limits import MIB, Limits
from corpus.loaders.options import Options
from corpus.loaders.record import Damaged, Row

_BATCH_BYTES = 4 * MIB
_MOST_ROWS = 512
_PARQUET_MARK, _ARROW_MARK = b"PAR1", b"ARROW1"
_TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_PYTHON_SECONDS = (-62_135_596_800, 253_402_300_799)
"""The first second of the year 1 and the last one of 9999, counted from 1970."""


def parquet_rows(file: InputFile, options: Options) -> Iterator[Row]:
    """One row a row of a Parquet file, read page by page."""
    import pyarrow.parquet as pq

    with file.seekable() as handle, _arrow_errors():
        if not _ends_with(handle, _PARQUET_MARK):
            raise Damaged("load:truncated")
        table = pq.ParquetFile(handle, pre_buffer=False, buffer_size=MIB)
        columns = _readable(table.schema_arrow, options.columns)
        for number in range(table.num_row_groups):
            size = _batch_size(table.metadata.row_group(number), options.limits)
            for batch in table.iter_batches(size, row_groups=[number], columns=columns, use_threads=False):
                yield from _rows(batch, options.limits.record_bytes)


def arrow_rows(file: InputFile, options: Options) -> Iterator[Row]:
    """One row a row of an Arrow file, in the file format (Feather is one) or the stream format."""
    with file.seekable() as handle, _arrow_errors():
        for batch in _arrow_batches(handle, file.path):
            chosen = batch.select(_readable(batch.schema, options.columns))
            chosen.validate(full=True)
            step = max(1, min(_MOST_ROWS, _BATCH_BYTES * chosen.num_rows // max(1, chosen.nbytes)))
            for start in range(0, chosen.num_rows, step):
                yield from _rows(chosen.slice(start, step), options.limits.record_bytes)


def _arrow_batches(handle: BinaryIO, path: str | None) -> Iterator[Any]:
    """The record batches. A file that lost its end is read as the stream behind its mark, as far as it goes."""
    import pyarrow as pa

    is_file = handle.read(len(_ARROW_MARK)) == _ARROW_MARK
    whole = _ends_with(handle, _ARROW_MARK)
    source = pa.OSFile(path, "rb") if path else pa.PythonFile(handle, "r")
    if is_file and whole:
        reader = pa.ipc.open_file(source)
        yield from (reader.get_batch(number) for number in range(reader.num_record_batches))
        return
    source.seek(8 if is_file else 0)
    try:
        yield from pa.ipc.open_stream(source)
    except (pa.ArrowException, OSError):
        raise Damaged("load:truncated" if source.tell() >= source.size() else "load:malformed") from None
    if is_file:
        raise Damaged("load:truncated")


def _ends_with(handle: BinaryIO, mark: bytes) -> bool:
    size = handle.seek(0, 2)
    handle.seek(max(0, size - len(mark)))
    end = handle.read(len(mark))
    handle.seek(0)
    return end == mark


@contextmanager
def _arrow_errors() -> Iterator[None]:
    """What pyarrow says of a broken file, as damage."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise Damaged("load:malformed") from None


def _batch_size(group: Any, limits: Limits) -> int:
    """How many rows of a row group make about 4 MiB; Damaged where the group unpacks to absurdly much."""
    chunks = [group.column(number) for number in range(group.num_columns)]
    packed: int = sum(chunk.total_compressed_size for chunk in chunks)
    unpacked: int = sum(chunk.total_uncompressed_size for chunk in chunks)
    if unpacked > limits.ratio_floor and unpacked > limits.ratio * packed:
        raise Damaged("load:bomb")
    return max(1, min(_MOST_ROWS, _BATCH_BYTES * int(group.num_rows) // max(1, unpacked)))


def _readable(schema: Any, columns: Columns) -> list[str]:
    """The columns worth decoding, a name once."""
    names = [field.name for field in schema if _is_plain(field.type, _may_be_text(field.name, columns))]
    return [name for name in dict.fromkeys(names) if schema.get_field_index(name) >= 0]


def _may_be_text(name: str, columns: Columns) -> bool:
    return bool(columns.targets([name])) or key(name) == "translation"


def _is_plain(type_: Any, wanted: bool) -> bool:
    """Whether a type is a plain value; bytes and nested values count where the column's name says what they are."""
    from pyarrow import types

    if types.is_dictionary(type_):
        return _is_plain(type_.value_type, wanted)
    if types.is_nested(type_) or types.is_binary(type_) or types.is_large_binary(type_):
        return wanted
    return not types.is_fixed_size_binary(type_)


def _rows(batch: Any, limit: int) -> Iterator[Row]:
    try:
        table = batch.to_pylist()
    except (UnicodeDecodeError, ValueError, OverflowError):
        table = _with_safe_types(batch).to_pylist()
    for values in table:
        row = {name: _decoded(value) if isinstance(value, bytes) else value for name, value in values.items()}
        size = sum(len(value) for value in row.values() if isinstance(value, str))
        yield Row(row) if size <= limit else Row(reject="load:too-large", raw=repr(row)[:1000])


def _with_safe_types(batch: Any) -> Any:
    """The same rows where Python cannot take them as they are: strings that are no UTF-8, nanoseconds, and times
    outside the years 1 to 9999, which become null."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        if pa.types.is_timestamp(column.type):
            column = _within_years(column).cast(pa.timestamp("us", column.type.tz), safe=False)
        elif pa.types.is_string(column.type):
            column = column.view(pa.binary())
        elif pa.types.is_large_string(column.type):
            column = column.view(pa.large_binary())
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _within_years(column: Any) -> Any:
    """A column of times, null where Python knows no such year."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ticks, per_second = column.view(pa.int64()), _TICKS[column.type.unit]
    first, last = (min(max(second * per_second, -(2**63)), 2**63 - 1) for second in _PYTHON_SECONDS)
    known = pc.and_(pc.greater_equal(ticks, first), pc.less_equal(ticks, last))
    return pc.if_else(known, column, pa.scalar(None, column.type))


def _decoded(value: bytes) -> str | None:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        from corpus.encoding import decode

        decoded = decode(value)
        return None if decoded.reject else decoded.text
