"""A build with a stage that kills or hangs on some words. Imported by workers, so nothing here is a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.engine.rescue import Rescue
from corpus.engine.stage import Row, Stage, run_stages
from corpus.pipeline import building
from tests.engine.culprits import misbehave


def spoil(row: Row) -> Iterator[Row]:
    """The stage before `segment`: it writes something into the row first, as half-done work would."""
    row["title"] = "half done"
    misbehave(row["text"] if "text" in row else row["translation"]["vi"])
    row.pop("title")
    yield row


def pass_on(row: Row) -> Iterator[Row]:
    yield {**row, "lang": "vi"}


def spoiled_stages() -> dict[str, tuple[Stage, ...]]:
    """Without models, which take longer to load than these tests let a row take."""
    rest = (Stage("spoil", 1, spoil), Stage("segment", 1, pass_on))
    return {table: (stages[0], *rest) for table, stages in building.STAGES.items()}


def annotate(task: building.Task) -> Any:
    stages = spoiled_stages()[task.table]
    rows = map(building.start_row, task.records)
    done, ledger = run_stages(rows, stages, max_seconds=task.max_seconds, verdict=task.verdict)
    return done, ledger.stages()


def make_part(task: building.Task) -> None:
    building.write_piece((task, [annotate(task)]))


BUILD_RESCUE = Rescue(building.split_piece, annotate, building.label_piece, building.write_piece)
