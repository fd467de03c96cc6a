"""The dataset folder: kept rows only, a configuration a table, and a card that declares them.

    OUT/dataset/README.md
    OUT/dataset/articles/train-00000-….parquet
    OUT/dataset/bitext/train-00000-….parquet

A configuration without rows is neither written nor named on the card: `load_dataset` fails on one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.engine.shards import write_shards
from corpus.publishing.card import write_card

if TYPE_CHECKING:
    import pyarrow as pa

RECIPE = "kept:v1"


def write_dataset(folder: Path, parts: Mapping[str, Sequence[Path]]) -> None:
    """Write or bring up to date the dataset `folder` from the parts of each table."""
    folder.mkdir(parents=True, exist_ok=True)
    shards = {}
    for table, paths in parts.items():
        written = write_shards(paths, folder / table, select=kept_rows, prefix="train-", recipe=RECIPE)
        if written:
            shards[table] = written
        else:
            shutil.rmtree(folder / table)
    write_card(folder / "README.md", shards)


def kept_rows(table: pa.Table) -> pa.Table:
    """The rows that were not rejected."""
    import pyarrow.compute as pc

    return table.filter(pc.is_null(table.column("reject")))
