"""What a build tells of itself while it runs, and at its end what it found done already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from corpus.engine.local import Engine
from corpus.engine.rescue import Rescue
from corpus.engine.run import Run, Work
from corpus.loaders.record import Record
from corpus.progress import Steps

Task = TypeVar("Task")
Result = TypeVar("Result")

READ = "annotate"
STEPS = {
    "corpus.pipeline.article_pairs.align": "align",
    "corpus.pipeline.article_pairs": "pair",
    "corpus.pipeline.bitext": "score",
    "corpus.pipeline.curating": "curate",
}
"""The step that the tasks of a module belong to, the narrower name first. Records are told as they are read."""
KINDS = {"annotated": ("articles", "bitext"), "aligned": ("aligned",), "scored": ("scored",)}
"""The folders of parts that hold what costs time."""


class ToldEngine:
    """An engine whose finished tasks are told; the step is known by the function's module."""

    def __init__(self, engine: Engine, progress: Steps) -> None:
        self._engine, self._progress = engine, progress

    def __enter__(self) -> ToldEngine:
        self._engine.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.__exit__(kind, error, trace)

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], rescue: Rescue[Task] | None = None
    ) -> Iterator[Result]:
        results = self._engine.map(function, tasks, rescue)
        module = f"{function.__module__}."
        step = next((step for name, step in STEPS.items() if module.startswith(f"{name}.")), None)
        if step is None:
            return results
        return self._progress.watch(results, step, len(tasks) if isinstance(tasks, Sized) else None)


def watch_records(records: Iterable[Record], inputs: Sequence[str | Path], progress: Steps) -> Iterator[Record]:
    """The same records, told by their size beside that of the files, so that the time left can be guessed."""
    total = input_bytes(inputs) if progress.is_shown else None
    done = 0
    for record in records:
        yield record
        done += len(record.data or b"") + len(record.text or "") + sum(map(len, (record.given or {}).values()))
        progress.tell(READ, min(done, total) if total else done, total)


def input_bytes(inputs: Sequence[str | Path]) -> int | None:
    """The bytes of all files the inputs name; None where some of them cannot be known before they are read."""
    from corpus.loaders.inputs import find_files, find_inputs
    from corpus.loaders.walk import Found

    total = 0
    for found in find_files(find_inputs(list(inputs)), lambda source, reason: None):
        if not isinstance(found, Found):
            return None
        try:
            total += os.path.getsize(found.path)
        except OSError:
            continue  # the reader makes a row of it
    return total


Stored = dict[str, dict[str, int]]


def stored_parts(run: Run) -> Stored:
    """The parts that lie in a run, by kind, each with when it was written."""
    return {
        kind: {
            f"{folder}/{entry.name}": entry.stat().st_mtime_ns
            for folder in folders if (run.path / "parts" / folder).is_dir()
            for entry in os.scandir(run.path / "parts" / folder) if entry.name.endswith(".parquet")
        }
        for kind, folders in KINDS.items()
    }  # fmt: skip


def work_done(before: Stored, after: Stored) -> dict[str, Work]:
    """What was done between two looks at the parts, by kind."""
    work = {}
    for kind, parts in after.items():
        reused = sum(before[kind].get(name) == written for name, written in parts.items())
        work[kind] = Work(len(parts) - reused, reused)
    return work


def work_lines(work: dict[str, Work]) -> list[str]:
    """For people: `annotated: 3 pieces, and 120 from an earlier build`."""
    lines = []
    for kind, (new, reused) in work.items():
        if new or reused:
            line = f"{kind}: {new:,} piece{'' if new == 1 else 's'}"
            lines.append(line + (f", and {reused:,} reused from an earlier build" if reused else ""))
    return lines
