"""`build`: records to parts, parts to tables, tables to a dataset; `curate`: the last of it again with other options.

One pass over the input cuts it into pieces; a piece whose part exists under its name is done. What the run folder holds
afterwards depends on the inputs, the options and what the folder has learnt (word translations, the history of splits),
not on how often it was built or with how many processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any

from corpus.engine.choosing import check_engine, choose_engine
from corpus.engine.guard import MAX_SECONDS
from corpus.engine.ledger import Ledger
from corpus.engine.local import Engine, LocalEngine
from corpus.engine.parts import part_name, write_part
from corpus.engine.piece import Cutter, Piece
from corpus.engine.rescue import Rescue
from corpus.engine.run import MANIFEST, Run
from corpus.engine.stage import Row, run_stages, signature
from corpus.errors import UsageError, unknown
from corpus.loaders.limits import Limits
from corpus.loaders.record import Record
from corpus.pipeline.curating import Curation
from corpus.pipeline.finishing import PHASES, Order, finish
from corpus.pipeline.manifest import InputList, describe_inputs
from corpus.pipeline.reading import start_row
from corpus.pipeline.stages import STAGES
from corpus.pipeline.watching import ToldEngine, stored_parts, watch_records, work_done
from corpus.progress import Steps, choose_mode


@dataclass(frozen=True)
class Task:
    """A piece, the table its rows go to, and where its part is to lie."""

    table: str
    part: Path
    records: tuple[Record, ...]
    max_seconds: float | None = None
    verdict: str | None = None


Annotated = tuple[list[Row], list[dict[str, Any]]]
"""Rows, and the entries of their ledger."""


def build(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    num_proc: int = 1,
    engine: str = "local",
    ray_address: str | None = None,
    until: str = "dataset",
    fields: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    relearn: bool = False,
    curation: Curation | None = None,
    max_seconds: float | None = MAX_SECONDS,
    quiet: bool = True,
    log_json: bool = False,
) -> Run:
    """Build a run folder from files, folders, globs or Hub ids, and return it.

    The work is done by `num_proc` processes of this machine, or with `engine="ray"` by a Ray cluster: the one at
    `ray_address` or RAY_ADDRESS, else a Ray of `num_proc` processors on this machine. The tables are the same bytes
    with any of them. A record that kills its process, or takes a stage longer than `max_seconds` (None: no limit), is
    a row with the reject reason `<stage>:crashed` or `<stage>:timeout`. `until` stops after a phase: articles,
    article_pairs, bitext, dataset. `fields` maps a field to the input's column, `{"text": "body"}`.
    `curation` says which rows are accepted, what they are searched for, and how they are split; without one, that of
    the last build in this folder. A second build there does only what is new and aligns with what the first one
    learnt, unless `relearn`; `run.work` tells what was new. Unless `quiet`, progress goes to standard error, with
    `log_json` as JSON lines. Raises UsageError before any work where the call cannot be carried out,
    NothingUsableError where no row was kept.
    """
    from corpus.loaders import check_inputs, read

    if until not in PHASES:
        raise unknown("phase", until, PHASES)
    check_engine(engine, num_proc, ray_address)
    limits, curation = limits or Limits(), curation or last_curation(out)
    check_inputs(inputs, fields=fields)
    curation.check()
    run = Run.create(Path(out).absolute() if engine == "ray" else out)
    chosen = choose_engine(engine, num_proc=num_proc, ray_address=ray_address, folder=run.path)
    with run.lock(), Steps(choose_mode(quiet=quiet, log_json=log_json)) as progress, \
            ToldEngine(chosen, progress) as workers:  # fmt: skip
        before, skipped = stored_parts(run), list[dict[str, str]]()
        with InputList(run) as listed:
            records = read(inputs, fields=fields, limits=limits, skipped=skipped)
            told = watch_records(listed.watch(records), inputs, progress)
            parts = _make_parts(run, told, workers, max_seconds)
        options = {"until": until, "fields": dict(fields or {}), "limits": asdict(limits)}
        order = Order(parts["articles"], parts["bitext"], skipped, describe_inputs(run, inputs), options, curation)
        run.write_json("parts/order.json", order.to_plain(run))
        finish(run, order, workers, relearn=relearn)
        run.work.update(work_done(before, stored_parts(run)))
    return run


def curate(out: str | Path, curation: Curation | None = None, *, num_proc: int = 1) -> Run:
    """Apply other thresholds, searches or splits to a finished run, and return it.

    Nothing is read, aligned or scored again: what `build` stored is judged anew. Without a `curation`
    that of the last time applies. Raises UsageError where `out` is no finished run, or its parts are gone.
    """
    run = Run.open(out)
    curation = curation or last_curation(out)
    curation.check()
    with run.lock(), LocalEngine(num_proc) as engine:
        try:
            order = Order.from_plain(run, run.read_json("parts/order.json"), curation)
        except UsageError:
            raise UsageError(f"{run.path} has no stored parts; give its `songngu build` command again") from None
        finish(run, order, engine)
    return run


def last_curation(out: str | Path) -> Curation:
    """How the run in `out` was curated the last time; the defaults where there is none."""
    if not (Path(out) / MANIFEST).exists():
        return Curation()
    options = Run(Path(out)).manifest.get("options", {})
    known = {each.name: options[each.name] for each in fields_of(Curation) if each.name in options}
    return Curation(**{**known, "against": tuple(known.get("against", ()))})


def _make_parts(
    run: Run, records: Iterable[Record], engine: Engine, max_seconds: float | None
) -> dict[str, list[Path]]:
    """The parts of every table, in the order of the records; those that exist are not made again."""
    parts: dict[str, list[Path]] = {table: [] for table in STAGES}

    def missing() -> Iterator[Task]:
        for table, piece in _cut(records):
            part = run.parts(table) / part_name(piece.key, signature(STAGES[table]))
            parts[table].append(part)
            if not part.exists():
                yield Task(table, part, piece.items, max_seconds)

    for _ in engine.map(make_part, missing(), RESCUE):
        pass
    return parts


def make_part(task: Task) -> None:
    """Take one piece through all its stages and write its part (runs in any process)."""
    write_piece((task, [annotate_piece(task)]))


# A piece, record by record


def annotate_piece(task: Task) -> Annotated:
    """The rows of a piece and what its stages counted."""
    rows, ledger = run_stages(
        map(start_row, task.records), STAGES[task.table], max_seconds=task.max_seconds, verdict=task.verdict
    )
    return rows, ledger.stages()


def write_piece(finished: tuple[Task, list[Annotated]]) -> None:
    """Write the part of a piece from the rows of its records."""
    task, annotated = finished
    ledger = Ledger(entry for _, stages in annotated for entry in stages)
    rows = [row for some, _ in annotated for row in some]
    write_part(task.part, rows, task.table, ledger, signature(STAGES[task.table]))


def split_piece(task: Task) -> list[Task]:
    """A piece as pieces of one record each."""
    return [replace(task, records=(record,)) for record in task.records]


def label_piece(task: Task, stage: str, reason: str) -> Task:
    """The piece with its record rejected for `reason` when it comes to `stage`."""
    return replace(task, verdict=f"{stage}:{reason}")


RESCUE = Rescue(split_piece, annotate_piece, label_piece, write_piece)
"""A record that kills its worker, or outstays its time there, becomes a row that says so."""


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
