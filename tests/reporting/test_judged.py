"""What the page says of `align_prob` with and without a person's verdicts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from corpus.curation.audit import read_audit, write_sheet
from corpus.engine.run import Run
from corpus.reporting import report
from tests.reporting.made import given, make_run

ROWS = 120


def judged_run(folder: Path) -> Path:
    """A run in which every row above a probability of a half was found good and every other one bad."""
    rows = [
        given(k, f"Câu thứ {k}.", f"Sentence {k}.", align_prob=k / ROWS, quality=0.3 + k / 200, split="train")
        for k in range(ROWS)
    ]
    run = Run.open(make_run(folder, bitext=rows))
    sheet, _ = write_sheet(run, n=ROWS)
    lines = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"), newline="")))
    probability = {row["id"]: row["align_prob"] for row in rows}
    with open(sheet, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        for line in lines:
            verdict = "good" if probability[line["id"].removeprefix("_")] > 0.5 else "bad"
            writer.writerow({**line, "verdict": verdict})
    return folder


def test_verdicts_become_a_reliability_plot(tmp_path: Path) -> None:
    run = judged_run(tmp_path / "run")
    read_audit(Run.open(run), run / "audit.csv")
    page = report(run).read_text(encoding="utf-8")
    assert "120 judged rows in 5 levels" in page and "A person judged 120 rows" in page
    assert "Share found good at each level of align_prob" in page
    assert "49.2 %" in page


def test_without_verdicts_nothing_is_called_calibration(tmp_path: Path) -> None:
    run = judged_run(tmp_path / "run")
    (run / "audit.csv").unlink()
    page = report(run).read_text(encoding="utf-8")
    assert "not calibration" in page and "Share found good" not in page and "draw a sheet" in page


def test_an_audit_of_an_earlier_build_is_not_used(tmp_path: Path) -> None:
    run = judged_run(tmp_path / "run")
    read_audit(Run.open(run), run / "audit.csv")
    manifest = Run.open(run).manifest
    Run.open(run).write_json("manifest.json", {**manifest, "files": {"bitext/x.parquet": "00"}})
    page = report(run).read_text(encoding="utf-8")
    assert "of an earlier build" in page and "from an earlier build" in page and "Share found good" not in page


def test_a_sheet_that_cannot_be_read_is_said_and_the_report_is_written(tmp_path: Path) -> None:
    run = judged_run(tmp_path / "run")
    (run / "audit.csv").write_text("<b>no</b> sheet\n", encoding="utf-8")
    page = report(run).read_text(encoding="utf-8")
    assert "audit.csv could not be read" in page and "not calibration" in page
