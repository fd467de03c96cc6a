"""`verify`: re-read sources and tables and prove what a run promises; say what is wrong and where.

    files     every file is the one the build wrote
    tables    every row by itself, and bitext in its articles        (rows, spans)
    joins     ids, copies, clusters, pairs, and the ledger
    dataset   what is published is what was kept
    sources   every source against its row

Shards are the tasks, in any number of processes. What is held of a row is a few numbers, so memory does not grow with
the texts. A file that has changed is named and not read.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.engine.local import LocalEngine
from corpus.engine.run import Run
from corpus.verification.dataset import check_published, published_splits
from corpus.verification.files import Finding, check_files, check_manifest, tables_of
from corpus.verification.joins import (
    check_copies,
    check_ledger,
    check_names,
    check_pairs,
    check_places,
    check_stages,
)
from corpus.verification.rows import Checked
from corpus.verification.sources import Source, check_list, check_sources, find_input, read_again
from corpus.verification.tables import Spread, check_table, shards_of, write_index

if TYPE_CHECKING:
    from corpus.progress import Tell

__all__ = ["Finding", "Inspection", "inspect_run", "verify"]

MOST_FINDINGS = 1000


@dataclass
class Inspection:
    """What was found wrong (at most `MOST_FINDINGS`), and how much of what was looked at."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)


def verify(out: str | Path, *, inputs: Sequence[str | Path] | None = None, num_proc: int = 1) -> list[Finding]:
    """What is wrong with the run in `out`; an empty list if nothing is (at most `MOST_FINDINGS` are named).

    Sources are looked for where the build found them, or at `inputs`. `num_proc` processes read the tables. Raises
    UsageError where `out` is no finished run, or where the sources are not to be found.
    """
    return inspect_run(out, inputs=inputs, num_proc=num_proc).findings


def inspect_run(
    out: str | Path,
    *,
    inputs: Sequence[str | Path] | None = None,
    num_proc: int = 1,
    tell: Tell = lambda step, done, total: None,
) -> Inspection:
    """As `verify`, with how much was looked at; `tell(step, done, total)` is called as the work goes on."""
    run, inspection = Run.open(out), Inspection()
    with LocalEngine(num_proc) as engine, tempfile.TemporaryDirectory() as notes:
        spread = engine.map if num_proc > 1 else map
        steps = _Steps(run, inputs, inspection.checked, spread, tell, Path(notes))
        inspection.findings.extend(islice(steps.findings(), MOST_FINDINGS))
    return inspection


@dataclass
class _Steps:
    """One inspection: the steps in their order. `map_` is an engine's, `notes` a folder to work in."""

    run: Run
    inputs: Sequence[str | Path] | None
    checked: Counter[str]
    map_: Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
    tell: Tell
    notes: Path

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong. Behind a file that is not the build's own nothing more is read."""
        damaged = False
        for finding in self._files():
            damaged = True
            yield finding
        if damaged:
            return
        manifest = self.run.manifest
        inputs = self.inputs or [find_input(self.run, entry) for entry in manifest["inputs"]]
        tables = tables_of(manifest)
        found = self._check_tables(tables)
        for table in tables:
            yield from found[table].findings
        yield from self._joins(found)
        rows = {table: found[table].rows for table in tables}
        yield from check_stages(rows)
        yield from check_ledger(self.run.ledger, rows, tables)
        if manifest["options"]["until"] == "dataset":
            yield from self._dataset(manifest["options"])
        yield from self._sources(found, inputs, manifest["options"])

    def _files(self) -> Iterator[Finding]:
        """Damage to files; where the manifest is damaged it says nothing of the others."""
        manifest = list(check_manifest(self.run))
        if manifest:
            yield from manifest
            return
        hashes = self.run.manifest["files"]
        self.checked["files"] = len(hashes) + 1
        yield from check_files(self.run, hashes, self._spread("files"))

    def _spread(self, step: str) -> Spread:
        """The engine's `map`, which tells of every task that is done."""

        def spread(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
            todo = list(tasks)
            for done, result in enumerate(self.map_(function, todo), 1):
                self.tell(step, done, len(todo))
                yield result

        return spread

    def _check_tables(self, tables: Sequence[str]) -> dict[str, Checked]:
        """The tables row by row; bitext before the articles that it is cut from."""
        shards = {table: shards_of(table, self.run.shards(table), self.notes) for table in tables}
        write_index(shards["articles"], self.notes, self._spread("index"))
        found = {}
        for table in reversed(tables):
            found[table] = check_table(shards[table], self._spread(table))
            self.checked[table] = found[table].rows.total()
        return found

    def _joins(self, found: Mapping[str, Checked]) -> Iterator[Finding]:
        for table in (table for table in ("articles", "bitext") if table in found):
            names = np.sort(found[table].numbers["names"], order="id")
            yield from check_names(table, names)
            yield from check_copies(table, names, found[table].numbers["copies"])
        if "bitext" in found:
            numbers = found["bitext"].numbers
            yield from check_places(numbers["places"])
            yield from check_pairs(found["article_pairs"].numbers["pairs"], numbers["pairs"])

    def _dataset(self, options: Mapping[str, Any]) -> Iterator[Finding]:
        for rows, findings in self._spread("dataset")(check_published, published_splits(self.run, options)):
            self.checked["published"] += rows
            yield from findings

    def _sources(
        self, found: Mapping[str, Checked], inputs: Sequence[str | Path], options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        """The sources of the rows. What came aligned has no row yet where a build stopped before bitext."""
        rows = np.sort(np.concatenate([each.numbers["sources"] for each in found.values()]), order="source")
        if "bitext" in found:
            yield from check_list(self.run, len(rows))

        def count(sources: Iterable[Source]) -> Iterator[Source]:
            for done, source in enumerate(sources, 1):
                self.checked["sources"] = done
                self.tell("sources", done, len(rows))
                if "bitext" in found or not source.given:
                    yield source

        yield from check_sources(self.run, rows, count(read_again(inputs, options)))
