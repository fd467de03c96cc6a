"""`report`: from a run folder to one HTML file."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.engine.run import Run
from corpus.errors import UsageError
from corpus.reporting import sections
from corpus.reporting.counting import Counts, count_run
from corpus.reporting.explorer import alignment_section, page_data, rows_section
from corpus.reporting.funnel import count_files, funnel, published_rows
from corpus.reporting.judged import Judgement, probability, read_judgement
from corpus.reporting.page import write_page
from corpus.schema import SCHEMA_VERSION

FILE = "report.html"


def report(out: str | Path, to: str | Path | None = None) -> Path:
    """Write a report of the run in `out` to `to` (else `OUT/report.html`) and return its path.

    One file that needs no network: numbers, plots, and rows and alignments to look through; of a large run a sample.
    The same run gives the same bytes. Raises UsageError where `out` is no finished run, holds nothing, or was built by
    another version, and where `to` cannot be written; no half-written file is left.
    """
    run = Run.open(out)
    path = _target(run, to)
    manifest = run.manifest
    if manifest.get("schema") != SCHEMA_VERSION:
        raise UsageError(
            f"{out} was built by another version (schema {manifest.get('schema')}, this one reads {SCHEMA_VERSION}); "
            "build it again with the same songngu build command"
        )
    if any("table" not in stage for stage in run.ledger["stages"]):
        raise UsageError(f"{run.path / 'ledger.json'} is of another version; build the run again")
    files = count_files(run)
    judgement = read_judgement(run)
    counts = count_run(run, judgement.verdicts.keys())
    if not counts.articles.total and not counts.rows.total:
        raise UsageError(f"{out} holds no article and no row; see why with: songngu ledger {out}")
    page = write_page(f"{run.path.resolve().name}", _sections(run, counts, judgement, files), page_data(counts))
    _write_whole(path, page)
    return path


def _target(run: Run, to: str | Path | None) -> Path:
    path = Path(to) if to is not None else run.path / FILE
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file, for example -o {path / FILE}")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} is not there; make it, or name another file with -o")
    return path


def _sections(run: Run, counts: Counts, judgement: Judgement, files: int) -> list[str]:
    return [
        sections.overview(counts, files),
        funnel(run.ledger, files, published_rows(run)),
        alignment_section(counts),
        rows_section(counts),
        sections.scores(counts),
        probability(counts, judgement),
        sections.lengths(counts),
        sections.languages(counts),
        sections.dates(counts),
        sections.coverage(counts),
        sections.sources(counts),
        sections.recipe(run.manifest),
    ]


def _write_whole(path: Path, page: str) -> None:
    """Write under a temporary name, then give it its name: the file is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(
            f"cannot write {path} ({error.strerror}); free some space or name another file with -o"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
