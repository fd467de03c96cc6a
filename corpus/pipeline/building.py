"""`build`: records to parts, parts to tables, tables to a dataset.

One pass over the input cuts it into pieces; a piece whose part exists under its name is done. What the run folder holds
afterwards depends on the inputs and the options alone, not on how often it was built or with how many processes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.engine.ledger import Ledger
from corpus.engine.local import run_local
from corpus.engine.parts import part_name, read_ledger, write_part
from corpus.engine.piece import Cutter, Piece
from corpus.engine.run import Run
from corpus.engine.shards import write_shards
from corpus.engine.stage import run_stages, signature
from corpus.errors import NothingUsableError, UsageError, unknown
from corpus.loaders.limits import Limits
from corpus.loaders.record import Record
from corpus.pipeline.aligning import align_articles
from corpus.pipeline.manifest import InputList, write_manifest
from corpus.pipeline.reading import start_row
from corpus.pipeline.stages import ARTICLE_STAGES, GIVEN_STAGES
from corpus.progress import Progress
from corpus.publishing.dataset import write_dataset

PHASES = ("articles", "article_pairs", "bitext", "dataset")
STAGES = {"articles": ARTICLE_STAGES, "bitext": GIVEN_STAGES}


@dataclass(frozen=True)
class Task:
    """A piece, the table its rows go to, and where its part is to lie."""

    table: str
    part: Path
    records: tuple[Record, ...]


def build(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    num_proc: int = 1,
    until: str = "dataset",
    fields: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    relearn: bool = False,
    quiet: bool = True,
) -> Run:
    """Build a run folder from files, folders, globs or Hub ids, and return it.

    `num_proc` processes annotate; the tables are the same bytes with any number. `until` stops after a phase:
    articles, article_pairs, bitext, dataset. `fields` maps a field to the input's column, `{"text": "body"}`. A second
    build in the same folder does only what is new and aligns with what the first one learnt, unless `relearn`. Raises
    UsageError before any work where the call cannot be carried out, NothingUsableError where no row was kept.
    """
    from corpus.loaders import check_inputs, read

    if until not in PHASES:
        raise unknown("phase", until, PHASES)
    if num_proc < 1:
        raise UsageError(f"num_proc is {num_proc}; give a number of processes of 1 or more")
    limits = limits or Limits()
    check_inputs(inputs, fields=fields)
    run = Run.create(out)
    with run.lock():
        skipped: list[dict[str, str]] = []
        with Progress("records", quiet=quiet) as progress, InputList(run) as listed:
            records = listed.watch(progress.watch(read(inputs, fields=fields, limits=limits, skipped=skipped)))
            parts = _make_parts(run, records, num_proc)
        phases = PHASES[: PHASES.index(until) + 1]
        if "article_pairs" in phases:
            pairs, bitext = align_articles(run, parts["articles"], relearn=relearn)
            parts = {**parts, "article_pairs": [pairs], "bitext": [bitext, *parts["bitext"]]}
            _remove_others(run, parts)
        _write_phases(run, phases, parts)
        ledger = _ledger(parts, skipped)
        run.write_json("ledger.json", ledger)
        options = {"until": until, "fields": dict(fields or {}), "limits": asdict(limits)}
        write_manifest(run, inputs, options, {table: signature(STAGES[table]) for table in STAGES})
    _refuse_empty(run, ledger)
    return run


def _make_parts(run: Run, records: Iterable[Record], num_proc: int) -> dict[str, list[Path]]:
    """The parts of every table, in the order of the records; those that exist are not made again."""
    parts: dict[str, list[Path]] = {table: [] for table in STAGES}

    def missing() -> Iterator[Task]:
        for table, piece in _cut(records):
            part = run.parts(table) / part_name(piece.key, signature(STAGES[table]))
            parts[table].append(part)
            if not part.exists():
                yield Task(table, part, piece.items)

    for _ in run_local(make_part, missing(), num_proc=num_proc):
        pass
    return parts


def make_part(task: Task) -> None:
    """Take one piece through all its stages and write its part (runs in any process)."""
    stages = STAGES[task.table]
    rows, ledger = run_stages(map(start_row, task.records), stages)
    write_part(task.part, rows, task.table, ledger, signature(stages))


def _cut(records: Iterable[Record]) -> Iterator[tuple[str, Piece[Record]]]:
    """Pieces of articles and pieces of aligned input, each stream cut by itself, in one pass."""
    cutters = {table: Cutter(_digest, _size) for table in STAGES}
    for record in records:
        table = "bitext" if record.given is not None else "articles"
        for piece in cutters[table].push(record):
            yield table, piece
    for table, cutter in cutters.items():
        for piece in cutter.flush():
            yield table, piece


def _digest(record: Record) -> bytes:
    """The hash of all that the stages see of a record."""
    seen = (
        record.source, record.source_sha256, record.sha256, record.format, record.markup, record.declared,
        record.encoding, record.encoding_confidence, record.repair, record.reject, sorted(record.fields.items()),
    )  # fmt: skip
    return hashlib.sha256(json.dumps(seen).encode()).digest()


def _size(record: Record) -> int:
    return len(record.data or b"") + len(record.text or "")


def _remove_others(run: Run, parts: Mapping[str, Sequence[Path]]) -> None:
    """Parts that no record stands behind any more, or that an older recipe made, are of no further use."""
    for table, wanted in parts.items():
        names = {part.name for part in wanted}
        for path in run.parts(table).iterdir():
            if path.name not in names:
                path.unlink()


def _write_phases(run: Run, phases: Sequence[str], parts: Mapping[str, Sequence[Path]]) -> None:
    """The finished tables of these phases. What an earlier build made of a later phase is out of date and goes."""
    for phase in PHASES:
        if phase not in phases:
            shutil.rmtree(run.path / phase, ignore_errors=True)
        elif phase == "dataset":
            write_dataset(run.dataset, parts)
        else:
            write_shards(parts[phase], run.table(phase))


def _ledger(parts: Mapping[str, Sequence[Path]], skipped: list[dict[str, str]]) -> dict[str, Any]:
    total = Ledger()
    for stage in ARTICLE_STAGES:
        # Names every stage in the order an article walks, whichever part is read first.
        total.count(stage.name, None, 0)
    for part in (part for table in ("articles", "article_pairs", "bitext") for part in parts.get(table, ())):
        total.add(read_ledger(part))
    return {"stages": total.stages(), "skipped": skipped}


def _refuse_empty(run: Run, ledger: Mapping[str, Any]) -> None:
    """Raises NothingUsableError where every record fell out, or there was none."""
    first, last = ledger["stages"][0], ledger["stages"][len(ARTICLE_STAGES) - 1]
    if not first["in"]:
        raise NothingUsableError(f"the inputs hold no article; see what was skipped with: songngu ledger {run.path}")
    if not last["kept"]:
        raise NothingUsableError(f"no article could be used; see the reasons with: songngu ledger {run.path}")
