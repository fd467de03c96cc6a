"""Parts: one Parquet file a piece, named by what went in and by the recipe, so that a part that exists is done."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import schema
from corpus.engine.ledger import Ledger
from corpus.engine.stage import Row

if TYPE_CHECKING:
    import pyarrow as pa

LEDGER_KEY = b"songngu.ledger"
RECIPE_KEY = b"songngu.recipe"
UNFINISHED = (".tmp", ".next")
"""How the name of an unfinished file or folder ends; it starts with a dot."""


def part_name(key: str, recipe: str) -> str:
    """The file name of the part that `recipe` makes of the piece with hash `key`."""
    return f"{key[:32]}-{hashlib.sha256(recipe.encode()).hexdigest()[:16]}.parquet"


def to_arrow(rows: Iterable[Row], table: str) -> pa.Table:
    """Rows as an Arrow table with the declared columns; keys that are no column are left behind."""
    import pyarrow as pa

    arrow = schema.arrow_schema(table)
    kept = [{name: row.get(name) for name in arrow.names} for row in rows]
    return pa.Table.from_pylist(kept, schema=arrow)


def write_part(path: Path, rows: Sequence[Row], table: str, ledger: Ledger, recipe: str) -> None:
    """Write a part under a temporary name, sync it, and give it its name: it is there whole or not at all."""
    notes = {LEDGER_KEY: json.dumps(ledger.stages()).encode(), RECIPE_KEY: recipe.encode()}
    arrow = to_arrow(rows, table)
    write_parquet(path, [arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **notes})])


def write_parquet(path: Path, tables: Iterable[pa.Table], metadata: Mapping[bytes, bytes] | None = None) -> None:
    """Write tables of one schema, a row group each, to `path`: whole or not at all, the same bytes every time."""
    import pyarrow.parquet as pq

    temporary = temporary_for(path)
    stream = iter(tables)
    first = next(stream)
    arrow = first.schema.with_metadata({**(first.schema.metadata or {}), **(metadata or {})})
    try:
        with open(temporary, "wb") as file:
            with pq.ParquetWriter(
                file, arrow, compression="zstd", write_page_index=True, use_content_defined_chunking=True
            ) as writer:
                for table in (first, *stream):
                    writer.write_table(table.replace_schema_metadata(arrow.metadata))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def temporary_for(path: Path) -> Path:
    """A name beside `path` that no other process writes to, on this machine or another that shares the folder."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def is_temporary(name: str) -> bool:
    """Whether a file or folder of this name was never finished."""
    return name.startswith(".") and name.endswith(UNFINISHED)


def read_ledger(path: Path) -> Ledger:
    """The ledger that a part carries in its own metadata."""
    import pyarrow.parquet as pq

    metadata: dict[bytes, Any] = pq.read_schema(path).metadata or {}
    return Ledger(json.loads(metadata[LEDGER_KEY]))
