"""Labels that a table step decides, written into the parts they belong to.

A table step sees every row and decides about some of them; the parts are then written again with those labels, each by
itself, in any process. A labelled part is named by the part it comes from and by the labels, so what a new article does
not touch keeps its name, and a part without any label is used as it is. Rows are told by their number in the part, so
a part that stays as it is is not even opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.engine.ledger import Ledger
from corpus.engine.local import Engine
from corpus.engine.parts import LEDGER_KEY, part_name, read_ledger, write_parquet
from corpus.engine.run import Run
from corpus.pipeline.store import read_part

if TYPE_CHECKING:
    import pyarrow as pa


class Label(NamedTuple):
    """What a table step decided about one row; None leaves a column as it is."""

    reject: str | None = None
    duplicate_of: str | None = None
    against: str | None = None
    cluster: str | None = None
    split: str | None = None


Labels = Mapping[int, Label]
"""The labels of a part by the number of the row."""


class LabelTask(NamedTuple):
    """A part, where its labelled form goes, and its labels."""

    source: Path
    part: Path
    labels: Labels
    stages: tuple[str, ...]


def label_parts(
    run: Run, table: str, parts: Sequence[Path], labels: Iterable[Labels], engine: Engine,
    *, stages: tuple[str, ...],
) -> list[Path]:  # fmt: skip
    """The parts with their labels, which come part by part. `stages` are the names that may stand before the colon of
    a label's `reject`, in the order a row meets them."""
    named: list[Path] = []

    def missing() -> Iterator[LabelTask]:
        for part, own in zip(parts, labels, strict=True):
            task = _task(run, table, part, own, stages)
            named.append(task.part)
            if task.part != part and not task.part.exists():
                yield task

    for _ in engine.map(label_part, missing()):
        pass
    return named


def _task(run: Run, table: str, source: Path, own: Labels, stages: tuple[str, ...]) -> LabelTask:
    if not own:
        return LabelTask(source, source, {}, stages)
    key = hashlib.sha256(source.name.encode()).hexdigest()
    recipe = json.dumps([own, stages])
    return LabelTask(source, run.parts(f"{table}_labelled") / part_name(key, recipe), own, stages)


def label_part(task: LabelTask) -> None:
    """Write one labelled part (runs in any process)."""
    table = read_part(task.source)
    labels = [task.labels.get(row, Label()) for row in range(table.num_rows)]
    before = table["reject"].to_pylist()
    for column in Label._fields:
        if column in table.column_names:
            old = before if column == "reject" else table[column].to_pylist()
            new = [getattr(label, column) or value for label, value in zip(labels, old, strict=True)]
            table = _replace(table, column, new)
    ledger = read_ledger(task.source)
    count_labels(ledger, before, labels, task.stages)
    notes = {**(table.schema.metadata or {}), LEDGER_KEY: json.dumps(ledger.stages()).encode()}
    write_parquet(task.part, [table.replace_schema_metadata(notes)])


def _replace(table: pa.Table, column: str, values: list[Any]) -> pa.Table:
    import pyarrow as pa

    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    return table.set_column(at, field, pa.array(values, field.type))


def count_labels(ledger: Ledger, before: Sequence[str | None], labels: Sequence[Label], stages: Sequence[str]) -> None:
    """Count, for rows that had not fallen out before, where they do now: a row meets the stages until one rejects."""
    for reject, label in zip(before, labels, strict=True):
        if reject is not None:
            continue
        for stage in stages:
            falls = label.reject is not None and label.reject.partition(":")[0] == stage
            ledger.count(stage, label.reject if falls else None)
            if falls:
                break
