"""Shards: the finished tables, a few Parquet files each, gathered from many parts.

Which parts share a shard is decided by the parts' own names, so that a new article renews one shard and a push after it
sends one file. A shard that exists under its hash is never written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.engine.parts import write_parquet
from corpus.engine.piece import cut_pieces

if TYPE_CHECKING:
    import pyarrow as pa

PARTS_PER_SHARD = 64
MOST_PARTS = 512
ROWS_PER_GROUP = 256
HASH_DIGITS = 16


def write_shards(
    parts: Sequence[Path],
    folder: Path,
    *,
    select: Callable[[pa.Table], pa.Table] | None = None,
    prefix: str = "",
    recipe: str = "",
) -> list[Path]:
    """Gather `parts`, in order, into shards under `folder` and remove what else lies there; the shards' paths.

    `select` may keep some of the rows (its name and version belong into `recipe`); a shard without rows is not written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    existing = {_hash_of(path): path for path in folder.glob(f"{prefix}*.parquet")}
    shards = list(_group_parts(parts, recipe))
    wanted: list[Path] = []
    for key, group in shards:
        path = folder / f"{prefix}{len(wanted):05d}-{key}.parquet"
        if key in existing:
            existing.pop(key).rename(path)
        elif not _write_shard(path, group, select):
            continue
        wanted.append(path)
    for path in folder.iterdir():
        if path not in wanted:
            path.unlink()
    return wanted


def _group_parts(parts: Sequence[Path], recipe: str) -> Iterator[tuple[str, tuple[Path, ...]]]:
    def digest(part: Path) -> bytes:
        return hashlib.sha256(part.name.encode()).digest()

    for piece in cut_pieces(parts, digest, average=PARTS_PER_SHARD, most=MOST_PARTS):
        yield hashlib.sha256(f"{piece.key}|{recipe}".encode()).hexdigest()[:HASH_DIGITS], piece.items


def _hash_of(shard: Path) -> str:
    return shard.stem[-HASH_DIGITS:]


def _write_shard(path: Path, parts: Iterable[Path], select: Callable[[pa.Table], pa.Table] | None) -> bool:
    groups = _row_groups(parts, select)
    first = next(groups, None)
    if first is None:
        return False
    write_parquet(path, _chain(first, groups))
    return True


def _chain(first: pa.Table, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    yield first
    yield from rest


def _row_groups(parts: Iterable[Path], select: Callable[[pa.Table], pa.Table] | None) -> Iterator[pa.Table]:
    """The rows of all parts in groups of a size the Hub's viewer can page through; one group is in memory at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held: list[pa.Table] = []
    for part in parts:
        table = pq.read_table(part, partitioning=None)
        table = _without_notes(select(table) if select else table)
        held.append(table)
        if sum(each.num_rows for each in held) >= ROWS_PER_GROUP:
            yield pa.concat_tables(held).combine_chunks()
            held = []
    if any(table.num_rows for table in held):
        yield pa.concat_tables(held).combine_chunks()


def _without_notes(table: pa.Table) -> pa.Table:
    """A part's own ledger and recipe do not belong into a table of many parts."""
    metadata = table.schema.metadata or {}
    return table.replace_schema_metadata({key: value for key, value in metadata.items() if key == b"huggingface"})
