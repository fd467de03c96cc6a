"""The tables of a run, some of their columns at a time, a few rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from corpus import schema
from corpus.engine.run import Run
from corpus.errors import UsageError

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ROWS_AT_ONCE = 512
UNUSED_LEAVES = ("tokens",)
"""Inside `sentences`: half of the bytes of the articles, and nothing here reads them."""


def stream_rows(run: Run, table: str, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a finished table, with the columns `names`. Raises UsageError on a table of another version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = set(names)
    for shard in run.shards(table):
        try:
            with pq.ParquetFile(shard) as file:
                if not file.schema_arrow.equals(schema.arrow_schema(table)):
                    raise UsageError(f"{shard} has other columns than this version reads; build the run again")
                for batch in file.iter_batches(ROWS_AT_ONCE, columns=_leaves(file, wanted)):
                    yield from batch.to_pylist()
        except (pa.ArrowInvalid, OSError) as error:
            raise UsageError(f"{shard} cannot be read ({error}); build the run again") from error


def _leaves(file: pq.ParquetFile, wanted: set[str]) -> list[str]:
    """The paths of the leaf columns under `wanted`, as this file spells them."""
    paths = [file.schema.column(k).path for k in range(len(file.schema))]
    return [path for path in paths if path.split(".")[0] in wanted and not set(path.split(".")) & set(UNUSED_LEAVES)]
