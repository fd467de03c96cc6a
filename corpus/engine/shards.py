"""Shards: the finished tables, a few Parquet files each, gathered from many parts.

Which rows share a shard is decided by the rows' own ids, and a shard is named by the hash of its bytes: a new article
renews one shard, whichever parts the rows come in, and a push after it sends one file. A file that lies there under
that hash already is kept as it is.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import schema
from corpus.engine.parts import write_parquet
from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS_PER_SHARD = 8192
MOST_TIMES = 4  # where no row ends a shard, it ends at so many times its usual rows
ROWS_PER_GROUP = 512
BYTES_PER_GROUP = 64 << 20
ROWS_AT_ONCE = 512
ROWS_IN_MEMORY = 64
"""Rows as dicts take far more room than in a column."""
HASH_DIGITS = 16
KEYS = ("id", "vi_id", "en_id")
UNFINISHED = ".next"

Select = Callable[["pa.Table"], "pa.Table"]


def write_shards(
    parts: Sequence[Path],
    folder: Path,
    *,
    select: Select | None = None,
    prefix: str = "",
    rows_per_shard: int = ROWS_PER_SHARD,
) -> list[Path]:
    """Gather `parts`, in order, into shards `<prefix>NNNNN-<hash>.parquet` under `folder`; the shards' paths.

    `select` may keep some of the rows, or write something else into them. Other shards of that prefix are removed, and
    those of other prefixes left alone (see `remove_others`). No row, no shard.
    """
    folder.mkdir(parents=True, exist_ok=True)
    existing = {path.stem[-HASH_DIGITS:]: path for path in sorted(folder.glob(f"{prefix}[0-9]*.parquet"))}
    shards: list[Path] = []
    pieces = _cut(_selected(parts, select), rows_per_shard)
    for piece in pieces:
        write_parquet(folder / UNFINISHED, _row_groups(_one_shard(piece, pieces)))
        digest = hash_file(folder / UNFINISHED)[:HASH_DIGITS]
        shards.append(folder / f"{prefix}{len(shards):05d}-{digest}.parquet")
        _settle(folder / UNFINISHED, shards[-1], existing.pop(digest, None))
    for path in folder.glob(f"{prefix}[0-9]*.parquet"):
        if path not in shards:
            path.unlink()
    return shards


def remove_others(folder: Path, wanted: Iterable[Path]) -> None:
    """Remove every file of a folder of shards that is not `wanted`."""
    keep = set(wanted)
    for path in folder.iterdir():
        if path not in keep:
            path.unlink()


def _settle(written: Path, path: Path, same: Path | None) -> None:
    """Give a shard its name; the file of an earlier build with the same bytes takes its place."""
    if same is None:
        written.replace(path)
    else:
        written.unlink()
        same.rename(path)


def _selected(parts: Iterable[Path], select: Select | None) -> Iterator[pa.Table]:
    """The rows of all parts, some at a time, without the ledger and the recipe that only belong to one part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for part in parts:
        with pq.ParquetFile(part) as file:
            notes = file.schema_arrow.metadata or {}
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
                table = pa.Table.from_batches([batch])
                table = table.replace_schema_metadata({key: notes[key] for key in notes if key == b"huggingface"})
                yield select(table) if select else table


def _cut(tables: Iterable[pa.Table], average: int) -> Iterator[tuple[pa.Table, bool]]:
    """The rows in pieces, each with whether its last row ends a shard; a row's own id says so, as in piece.py."""
    rows = 0
    for table in tables:
        start = 0
        for end, mark in enumerate(_marks(table), 1):
            rows += 1
            if mark % average == 0 or rows == average * MOST_TIMES:
                yield table.slice(start, end - start), True
                start, rows = end, 0
        if start < table.num_rows:
            yield table.slice(start), False


def _marks(table: pa.Table) -> Iterator[int]:
    keys = [table.column(name).to_pylist() for name in KEYS if name in table.column_names]
    for key in zip(*keys, strict=True):
        yield zlib.crc32("|".join(map(str, key)).encode())


def _one_shard(first: tuple[pa.Table, bool], rest: Iterator[tuple[pa.Table, bool]]) -> Iterator[pa.Table]:
    table, ends = first
    yield table
    while not ends:
        table, ends = next(rest, (None, True))
        if table is not None:
            yield table


def _row_groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows in groups of a size the Hub's viewer can page through; cut by counting, however they came."""
    import pyarrow as pa

    held: pa.Table | None = None
    for table in tables:
        held = table if held is None else pa.concat_tables([held, table])
        while held.num_rows >= ROWS_PER_GROUP:
            yield from _halves(held.slice(0, ROWS_PER_GROUP).combine_chunks())
            held = held.slice(ROWS_PER_GROUP)
    if held is not None and held.num_rows:
        yield from _halves(held.combine_chunks())


def _halves(group: pa.Table) -> Iterator[pa.Table]:
    """A group, halved until it is no heavier than `BYTES_PER_GROUP`."""
    if group.nbytes <= BYTES_PER_GROUP or group.num_rows == 1:
        yield group
        return
    middle = group.num_rows // 2
    yield from _halves(group.slice(0, middle))
    yield from _halves(group.slice(middle))


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def table_rows(
    run: Run, table: str, columns: Iterable[str] | None = None, *, leave_out: Collection[str] = ()
) -> Iterator[Row]:
    """The rows of a finished table, or some columns of them, a few in memory at a time.

    `leave_out` names fields inside the columns that are not read. Raises UsageError where another version wrote the
    table, or a shard is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for shard in run.shards(table):
        try:
            with pq.ParquetFile(shard) as file:
                if not file.schema_arrow.equals(schema.arrow_schema(table)):
                    raise UsageError(f"{shard} has other columns than this version writes; build the run again")
                for batch in file.iter_batches(ROWS_IN_MEMORY, columns=_leaves(file, columns, leave_out)):
                    yield from batch.to_pylist()
        except (pa.ArrowInvalid, OSError) as error:
            raise UsageError(f"{shard} cannot be read ({error}); build the run again") from error


def _leaves(file: pq.ParquetFile, columns: Iterable[str] | None, leave_out: Collection[str]) -> list[str] | None:
    """The paths of the leaves under some columns, as this file spells them; None for all there are."""
    if columns is None and not leave_out:
        return None
    wanted = set(file.schema_arrow.names if columns is None else columns)
    paths = [file.schema.column(k).path for k in range(len(file.schema))]
    return [path for path in paths if path.split(".")[0] in wanted and not set(path.split(".")) & set(leave_out)]
