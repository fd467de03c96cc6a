"""`verify`, fourth step: the dataset holds the kept rows of the tables, in their order, each in its split.

Table and dataset are read side by side, some rows at a time, and compared as Arrow data. Where personal data is masked
in what is published, the columns that a mask may touch are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.engine.run import Run
from corpus.publishing.dataset import CONFIGS, Config
from corpus.publishing.masking import PLAIN
from corpus.verification.files import Finding
from corpus.verification.rows import DamagedError, read_batches, where

if TYPE_CHECKING:
    import pyarrow as pa

MASKED = {
    "articles": (*PLAIN["articles"], "text", "sentences"),
    "bitext": (*PLAIN["bitext"], "translation", "vi_words", "en_words"),
    "article_pairs": PLAIN["article_pairs"],
}


class Published(NamedTuple):
    """One split of a configuration, the table its rows come from, and the columns to compare."""

    config: Config
    split: str
    table: tuple[Path, ...]
    shards: tuple[Path, ...]
    leave_out: tuple[str, ...]


def published_splits(run: Run, options: Mapping[str, Any]) -> list[Published]:
    """Every split that the dataset can have, with rows or without."""
    found = []
    for config in CONFIGS:
        hidden = MASKED[config.table] if options["pii"] == "mask" else ()
        if options["rejected"] or not config.rejected:
            for split in config.splits:
                shards = sorted((run.dataset / config.name).glob(f"{split}-*.parquet"))
                found.append(Published(config, split, tuple(run.shards(config.table)), tuple(shards), hidden))
    return found


def check_published(task: Published) -> tuple[int, list[Finding]]:
    """The number of rows that agree, and where the first one does not (runs in any process)."""
    name = f"dataset/{task.config.name}, split {task.split}"
    rows = 0
    try:
        wanted = _Reader(_chosen(_read(task.table, task), task))
        found = _Reader(_read(task.shards, task))
        while True:
            size = min(wanted.fill(), found.fill())
            if not size:
                break
            ours, theirs = wanted.take(size), found.take(size)
            if not ours.equals(theirs):
                return rows, [_first_difference(name, task, ours, theirs)]
            rows += size
        if wanted.fill():
            return rows, [Finding(name, f"lacks {_shown(task, wanted.take(1))}, which is in the table; {AGAIN}")]
        if found.fill():
            return rows, [Finding(name, f"has {_shown(task, found.take(1))}, which is not in the table; {AGAIN}")]
    except DamagedError as error:
        return rows, [Finding(name, str(error))]
    return rows, []


AGAIN = "build the run again"


def _read(paths: Iterable[Path], task: Published) -> Iterator[pa.RecordBatch]:
    from corpus import schema

    columns = [column.name for column in schema.columns(task.config.table) if column.name not in task.leave_out]
    for path in paths:
        yield from read_batches(path, task.config.table, columns)


def _chosen(batches: Iterable[pa.RecordBatch], task: Published) -> Iterator[pa.RecordBatch]:
    """The rows of the table that belong into the split."""
    import pyarrow.compute as pc

    for batch in batches:
        kept = pc.is_null(batch.column("reject"))
        rows = batch.filter(pc.invert(kept) if task.config.rejected else kept)
        if len(task.config.splits) > 1:
            rows = rows.filter(pc.equal(pc.fill_null(rows.column("split"), "train"), task.split))
        yield rows


class _Reader:
    """Batches as one long table of which pieces are taken."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._held: Any = None

    def fill(self) -> int:
        """How many rows can be taken; 0 at the end."""
        while self._held is None or not self._held.num_rows:
            self._held = next(self._batches, None)
            if self._held is None:
                return 0
        return int(self._held.num_rows)

    def take(self, size: int) -> pa.RecordBatch:
        taken, self._held = self._held.slice(0, size), self._held.slice(size)
        return taken


def _first_difference(name: str, task: Published, ours: pa.RecordBatch, theirs: pa.RecordBatch) -> Finding:
    for mine, other in zip(ours.to_pylist(), theirs.to_pylist(), strict=True):
        if mine != other:
            table = task.config.table
            if where(table, mine) != where(table, other):
                return Finding(name, f"has {where(table, other)} where the table has {where(table, mine)}; {AGAIN}")
            columns = ", ".join(column for column in mine if mine[column] != other[column])
            return Finding(name, f"{where(table, other)} differs from the table in {columns}; {AGAIN}")
    return Finding(name, f"differs from the table in how its values are stored; {AGAIN}")


def _shown(task: Published, batch: pa.RecordBatch) -> str:
    return where(task.config.table, batch.to_pylist()[0])
