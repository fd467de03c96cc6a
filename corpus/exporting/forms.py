"""`export`: a run in another form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from corpus import schema
from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.errors import UsageError, unknown
from corpus.exporting.bead_files import write_bead_files
from corpus.exporting.flat_files import write_csv, write_jsonl
from corpus.exporting.moses_files import moses_paths, write_moses
from corpus.exporting.selection import Counted, selected
from corpus.exporting.target import Outputs, check_file, check_folder, whole_folder
from corpus.exporting.tmx_file import write_tmx

ONE_FILE: dict[str, Callable[[BinaryIO, Iterable[Row]], None]] = {
    "tmx": write_tmx, "jsonl": write_jsonl, "csv": write_csv,
}  # fmt: skip
FORMATS = ("tmx", "moses", "jsonl", "csv", "beads", "ladder")


class Exported(NamedTuple):
    """What was written: the files (for beads and ladder the folder), and how many rows of the table they hold."""

    paths: tuple[Path, ...]
    rows: int


def export(
    out: str | Path,
    format: str,
    to: str | Path,
    *,
    table: str | None = None,
    split: str | None = None,
    rejected: bool = False,
    force: bool = False,
) -> Exported:
    """Write the kept rows of the run in `out` to `to`, in one of FORMATS.

    `table` is bitext unless said otherwise (articles and article_pairs go as jsonl; beads and ladder are made of
    article_pairs). `split` is train, validation or test; `rejected` adds the rows that fell out, with their reason.
    A file that stands at `to` is replaced if this package wrote it, any other only with `force`.

    Raises UsageError where the call cannot be carried out, NothingUsableError where there is no row. Whatever happens,
    a target is there whole or as it was.
    """
    if format not in FORMATS:
        raise unknown("format", format, FORMATS)
    table = _table(format, table, rejected)
    run, target = Run.open(out), Path(to)
    if os.fspath(to).endswith(os.sep) and format not in ("beads", "ladder") and not target.is_dir():
        raise UsageError(f"there is no folder {to}; make it first: mkdir -p {to}")
    rows = Counted(selected(run, table, split=split, rejected=rejected))
    if format in ("beads", "ladder"):
        check_folder(target)
        return _export_beads(run, rows, target, format, rejected)
    paths = moses_paths(target, run.path.resolve().name) if format == "moses" else [target]
    for path in paths:
        check_file(path, force=force)
    with Outputs() as outputs:
        if format == "moses":
            write_moses(outputs, paths, rows)
        else:
            ONE_FILE[format](outputs.open(target), rows)
    return Exported(outputs.paths, rows.count)


def _table(format: str, table: str | None, rejected: bool) -> str:
    """The table that a format is made of. Raises UsageError where it cannot hold what is asked for."""
    natural = "article_pairs" if format in ("beads", "ladder") else "bitext"
    table = table or natural
    if table not in schema.TABLES:
        raise unknown("table", table, schema.TABLES)
    if table != natural and format != "jsonl":
        raise UsageError(f"{format} is made of the table {natural}; use --format jsonl for {table}")
    if rejected and format == "moses":
        raise UsageError("moses has no place for the reason a row fell out; use --format tmx, jsonl or csv")
    return table


def _export_beads(run: Run, rows: Iterable[Row], target: Path, style: str, rejected: bool) -> Exported:
    again = Counted(selected(run, "article_pairs", rejected=rejected))
    with whole_folder(target) as folder:
        write_bead_files(folder, run, rows, again, style)
    return Exported((target,), again.count)
