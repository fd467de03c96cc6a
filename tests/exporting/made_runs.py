"""Runs made by hand: rows of the bitext as a test wants them, in a folder that looks like a finished build."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import schema
from corpus.engine.parts import to_arrow, write_parquet
from corpus.engine.run import MANIFEST, Run

SCORES = [column.name for column in schema.SCORES]


def bitext_row(number: int = 0, vi: str = "Trời mưa.", en: str = "It rains.", **columns: Any) -> dict[str, Any]:
    """A kept row with every column of the table, most of them null."""
    row: dict[str, Any] = dict.fromkeys(column.name for column in schema.BITEXT)
    row.update(id=f"{number:016x}", translation={"en": en, "vi": vi}, origin="articles", extra=[], pii=[])
    return {**row, **columns}


def make_run(folder: Path, **tables: Sequence[dict[str, Any]]) -> Run:
    """A run with these tables; a table that is not named has no folder, one without rows an empty folder."""
    run = Run.create(folder)
    for table, rows in tables.items():
        run.table(table).mkdir()
        if rows:
            write_parquet(run.table(table) / "0000.parquet", [to_arrow(rows, table)])
    run.write_json(MANIFEST, json.loads("{}"))
    return run
