"""Audits: the draw, the sheet's way through a spreadsheet and back, and the estimate."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.cli.audit import command
from corpus.curation.audit import audit_result, is_current, read_audit, write_sheet
from corpus.curation.audit_precision import Judged, precision, wilson
from corpus.curation.audit_sample import allot, band_edges, dataset_hash, draw_sample
from corpus.curation.audit_sheet import guard_cell, plain_cell, read_sheet, sheet_text
from corpus.engine.parts import to_arrow, write_parquet
from corpus.engine.run import Run
from corpus.errors import NothingUsableError, UsageError

WEATHER = [
    ("Trời mưa to", "It rains hard"),
    ("Gió thổi mạnh", "The wind is strong"),
    ("Đường bị ngập", "The road is flooded"),
]


def make_run(folder: Path, rows: list[dict[str, Any]], build: str = "1") -> Run:
    """A finished run that holds these rows of bitext and nothing else."""
    run = Run.create(folder)
    (run.path / "bitext").mkdir(exist_ok=True)
    write_parquet(run.path / "bitext" / "00000.parquet", [to_arrow(rows, "bitext")])
    run.write_json("manifest.json", {"files": {"bitext/00000.parquet": build, "articles/x.parquet": "y"}})
    return run


def bitext_row(number: int, **columns: Any) -> dict[str, Any]:
    sides = {"vi": f"Câu thứ {number} nói về trời mưa.", "en": f"Sentence {number} is about rain."}
    return {"id": f"{number:016x}", "translation": sides, "origin": "articles", "extra": [], "pii": [], **columns}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """100 scored rows, 30 unscored given ones, 20 rejected."""
    rows = [bitext_row(i, quality=i / 100, align_prob=0.5) for i in range(100)]
    rows += [bitext_row(i, origin="given", source=f"a.tsv#{i}") for i in range(100, 130)]
    rows += [bitext_row(i, reject="align:improbable") for i in range(130, 150)]
    return make_run(tmp_path / "run", rows)


def fill(path: Path, verdict: Any, delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """Fill in a sheet as a person would: `verdict(row)` goes into the first column."""
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**row, "verdict": verdict(row)} for row in rows)
    path.write_bytes(stream.getvalue().encode(encoding))


# -- the draw


def test_the_sample_is_stratified_and_holds_kept_rows_only(run: Run) -> None:
    sample = draw_sample(run, 65)
    assert sorted(sample.strata.values()) == [20, 20, 20, 20, 20, 30]
    shown = Counter(row["stratum"] for row in sample.rows)
    assert sum(shown.values()) == len({row["id"] for row in sample.rows}) == 65
    assert all(abs(shown[name] - size / 2) <= 1 for name, size in sample.strata.items())
    assert all(row["reject"] is None for row in sample.rows)
    assert sum(row["weight"] for row in sample.rows) == pytest.approx(130)
    given_rows = [row for row in sample.rows if row["origin"] == "given"]
    assert {row["stratum"] for row in given_rows} == {"given: no quality"}
    assert all(row["vi_from"] == row["source"] for row in given_rows)


def test_the_draw_follows_from_rows_and_seed_alone(run: Run, tmp_path: Path) -> None:
    text = sheet_text(draw_sample(run, 40, seed=3))
    assert sheet_text(draw_sample(run, 40, seed=3)) == text
    assert sheet_text(draw_sample(run, 40, seed=4)) != text
    import pyarrow.parquet as pq

    backwards = pq.read_table(run.shards("bitext")[0], partitioning=None).to_pylist()[::-1]
    assert sheet_text(draw_sample(make_run(tmp_path / "other", backwards), 40, seed=3)) == text


def test_a_larger_sample_holds_the_smaller_one(run: Run) -> None:
    small, large = ({row["id"] for row in draw_sample(run, n).rows} for n in (30, 90))
    assert small < large


def test_more_than_there_is_gives_all(run: Run) -> None:
    assert len(draw_sample(run, 1000).rows) == 130


def test_rows_without_quality_are_banded_by_probability(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", [bitext_row(i, align_prob=0.5 + i / 200) for i in range(50)])
    assert [name.split(",")[0] for name in draw_sample(run, 50).strata] == ["articles: align_prob"] * 5


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1, max_size=8), st.integers(8, 900))
def test_an_allotment_uses_all_and_no_more_than_there_is(sizes: dict[str, int], n: int) -> None:
    given_rows = allot(sizes, n)
    assert sum(given_rows.values()) == min(n, sum(sizes.values()))
    assert all(1 <= given_rows[name] <= size for name, size in sizes.items())


@given(st.lists(st.floats(0, 1, width=32), min_size=1), st.integers(1, 5))
def test_bands_are_fewer_than_asked_only_for_equal_scores(scores: list[float], bands: int) -> None:
    edges = band_edges(scores, bands)
    assert edges == sorted(set(edges)) and set(edges) <= set(scores)
    assert all(edge < max(scores) for edge in edges)
    if len(set(scores)) == len(scores) >= bands:
        assert len(edges) == bands - 1


# -- the sheet


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_no_cell_runs_and_every_cell_comes_back(text: str) -> None:
    cell = guard_cell(text)
    assert plain_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_sheet_opens_in_a_spreadsheet(run: Run) -> None:
    path, _ = write_sheet(run, 20)
    assert path == run.path / "audit.csv"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfverdict,vi,en,note,id,stratum,weight,title,")
    assert "trời mưa" in data.decode("utf-8-sig")
    assert [line.verdict for line in read_sheet(data)] == [None] * 20


def test_a_formula_in_a_text_survives_the_sheet_without_running(tmp_path: Path) -> None:
    sides = {"vi": '=HYPERLINK("http://x.vn";"bấm")', "en": "5/8"}
    run = make_run(tmp_path / "run", [{**bitext_row(1), "translation": sides, "title": "+84"}])
    path, _ = write_sheet(run, 5)
    [row] = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    assert (row["vi"][0], row["en"], row["title"]) == ("'", "'5/8", "'+84")
    fill(path, lambda row: "good")
    assert read_audit(run, path)["good"] == 1


def test_a_sheet_is_never_written_over(run: Run) -> None:
    path, _ = write_sheet(run, 20)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="with -o"):
        write_sheet(run, 30)
    assert path.read_bytes() == before
    assert not [other for other in run.path.iterdir() if other.suffix == ".tmp"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-8")]
)
def test_sheets_come_back_as_spreadsheets_save_them(run: Run, delimiter: str, encoding: str) -> None:
    path, _ = write_sheet(run, 20)
    fill(path, lambda row: "Đúng", delimiter, encoding)
    assert read_audit(run, path)["good"] == 20


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("good", "good"), ("GOOD ", "good"), ("đúng", "good"), ("ĐÚNG", "good"), ("Đúng", "good"), ("y", "good"),
     ("sai", "bad"), ("Bad", "bad"), ("n", "bad"), ("không chắc", "unsure"), ("Unsure", "unsure"), ("?", "unsure"),
     ("", None), ("  ", None)],
)  # fmt: skip
def test_words_of_verdicts(word: str, verdict: str | None) -> None:
    [line] = read_sheet(f"verdict,vi,en,id,draw\n{word},a,b,_c,d\n".encode())
    assert line.verdict == verdict


# -- reading


def test_an_audit_is_weighted_by_its_strata(run: Run) -> None:
    path, _ = write_sheet(run, 130)
    fill(path, lambda row: "bad" if row["stratum"].startswith("given") else "good")
    result = read_audit(run, path)
    assert (result["good"], result["bad"], result["unsure"], result["judged"], result["sampled"]) == (
        100,
        30,
        0,
        130,
        130,
    )
    assert result["precision"] == pytest.approx(100 / 130, abs=1e-6)
    assert result["low"] < result["precision"] < result["high"]
    assert json.loads((run.path / "audit.json").read_text(encoding="utf-8")) == result
    assert is_current(run, result)


def test_rows_left_out_are_not_judged(run: Run) -> None:
    path, _ = write_sheet(run, 60)
    fill(path, lambda row: "unsure" if row["stratum"].startswith("given") else "good")
    result = read_audit(run, path)
    assert result["precision"] == 1.0 and result["unsure"] > 0 and result["judged"] == 60
    [part] = [part for part in result["strata"] if part["stratum"].startswith("given")]
    assert part["precision"] is None and part["good"] == part["bad"] == 0
    # The 30 rows that nobody could judge may all be bad.
    assert result["low"] < 1 - 30 / 130


def test_a_sheet_may_be_sorted_and_shortened(run: Run) -> None:
    path, _ = write_sheet(run, 40)
    fill(path, lambda row: "good")
    head, *lines = path.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    path.write_text(head + "".join(sorted(lines)[:25]), encoding="utf-8")
    assert read_audit(run, path)["judged"] == 25


def test_an_audit_of_another_build_is_known(run: Run) -> None:
    path, _ = write_sheet(run, 20)
    fill(path, lambda row: "good")
    result = read_audit(run, path)
    run.write_json("manifest.json", {"files": {"bitext/00000.parquet": "2"}})
    assert not is_current(run, result)
    with pytest.raises(UsageError, match="another build"):
        read_audit(run, path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("\n,", "\nmaybe,", 1), "write good, bad or unsure"),
        (lambda text: text.replace("verdict,", "", 1), "no column verdict"),
        (lambda text: text.replace(",draw", ",x", 1), "no column draw"),
        (lambda text: text.replace(",_0", ",_f", 1), "no row of this sample"),
        (lambda text: text.replace("is about rain", "is about snow", 1), "en text is not the one"),
        (lambda text: text.replace("nói", "n?i", 1), "vi text is not the one"),
        (lambda text: text.replace("seed=0", "seed=1", 1), "column draw"),
        (lambda text: text.replace("seed=0", "seed=x"), "column draw"),
        (lambda text: text + text.splitlines(keepends=True)[1], "stands twice"),
        (lambda text: text.splitlines(keepends=True)[0], "no row; draw a new sheet"),
        (lambda text: "", "no column verdict"),
        (lambda text: "verdict\x00,\"\n", "no column verdict|cannot be read"),
    ],
)  # fmt: skip
def test_a_spoilt_sheet_is_refused_with_the_next_step(run: Run, change: Any, message: str) -> None:
    path, _ = write_sheet(run, 20)
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_audit(run, path)
    assert not (run.path / "audit.json").exists()


def test_a_sheet_in_a_code_page_is_refused(run: Run) -> None:
    path, _ = write_sheet(run, 20)
    path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("cp1258", "replace") + b"\xf0\xdd")
    with pytest.raises(UsageError, match="CSV UTF-8"):
        read_audit(run, path)


def test_a_sheet_without_a_verdict_says_what_to_do(run: Run) -> None:
    path, _ = write_sheet(run, 20)
    with pytest.raises(NothingUsableError, match="first column"):
        read_audit(run, path)


def test_runs_that_cannot_be_audited(run: Run, tmp_path: Path) -> None:
    empty = make_run(tmp_path / "empty", [bitext_row(1, reject="align:improbable")])
    with pytest.raises(NothingUsableError, match="songngu ledger"):
        draw_sample(empty, 10)
    with pytest.raises(UsageError, match="-n"):
        draw_sample(run, 0)
    with pytest.raises(UsageError, match="strata"):
        draw_sample(run, 1)
    with pytest.raises(UsageError, match="cannot read"):
        read_audit(run, tmp_path / "none.csv")
    with pytest.raises(UsageError, match="cannot write"):
        write_sheet(run, 10, path=tmp_path / "nowhere" / "sheet.csv")


def test_a_run_of_an_older_schema_is_refused(run: Run) -> None:
    import pyarrow as pa

    write_parquet(run.path / "bitext" / "00000.parquet", [pa.table({"id": ["1"], "translation": ["x"]})])
    with pytest.raises(UsageError, match="build the run again"):
        draw_sample(run, 10)


# -- the estimate


COUNTS = st.builds(
    lambda good, bad, unsure, more: Judged("s", good + bad + unsure + more, good, bad, unsure),
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 5), st.integers(1, 1000),
)  # fmt: skip


@given(st.integers(0, 300), st.integers(0, 300))
def test_wilson_limits_enclose_the_share(good: int, bad: int) -> None:
    low, high = wilson(good, good + bad)
    assert 0 <= low <= high <= 1
    if good + bad:
        assert low <= good / (good + bad) <= high
        assert 1 - high == pytest.approx(wilson(bad, good + bad)[0])


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_an_estimate_lies_in_its_interval(strata: list[Judged]) -> None:
    estimate = precision(strata)
    if estimate is None:
        assert not any(part.good + part.bad for part in strata)
    else:
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
        assert estimate.high > estimate.low
        assert precision(strata[::-1]) == pytest.approx(estimate)


@pytest.mark.parametrize(
    "shares", [[0.94] * 5, [0.99] * 5, [0.7, 0.9, 0.97, 0.99, 0.995], [0.5] * 5, [0.95] * 10, [0.8, 1, 1, 1, 1]]
)
def test_the_interval_holds_what_it_promises(shares: list[float]) -> None:
    """Samples of 200 from a collection of known precision: some 95 in 100 intervals hold it, 93 at the least."""
    chance = random.Random(1)
    truth = sum(shares) / len(shares)
    held = 0
    for _ in range(600):
        good = [sum(chance.random() < share for _ in range(200 // len(shares))) for share in shares]
        estimate = precision([Judged("s", 100, found, 200 // len(shares) - found) for found in good])
        assert estimate is not None
        held += estimate.low <= truth <= estimate.high
    assert held >= 558


def test_an_estimate_is_the_same_however_the_strata_are_cut() -> None:
    whole = precision([Judged("all", 1000, 180, 20)])
    cut = precision([Judged("a", 500, 90, 10), Judged("b", 500, 90, 10)])
    assert whole is not None and cut == pytest.approx(whole)


# -- the command


def audit(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_command_on_a_run_that_was_built(tmp_path: Path) -> None:
    lines = [f"{vi} {day}.\t{en} {day}.\n" for vi, en in WEATHER for day in range(1, 8)]
    (tmp_path / "pairs.tsv").write_text("vi\ten\n" + "".join(lines), encoding="utf-8")
    run = corpus.build([tmp_path / "pairs.tsv"], tmp_path / "out")
    drawn = audit(run.path, "-n", "10", "--seed", "5", "-o", tmp_path / "sheet.csv")
    assert drawn.exit_code == 0 and f"--read {tmp_path / 'sheet.csv'}" in drawn.output
    fill(tmp_path / "sheet.csv", lambda row: "sai" if "Gió" in row["vi"] else "đúng", ";")
    read = audit(run.path, "--read", tmp_path / "sheet.csv")
    assert read.exit_code == 0 and "all rows" in read.output
    result = json.loads((run.path / "audit.json").read_text(encoding="utf-8"))
    assert (result["seed"], result["n"], result["judged"]) == (5, 10, 10)
    assert result["dataset"] == dataset_hash(run)
    judged = [part for part in result["strata"] if part["good"] + part["bad"]]
    shares = [(part["rows"], part["good"] / (part["good"] + part["bad"])) for part in judged]
    expected = sum(rows * share for rows, share in shares) / sum(rows for rows, _ in shares)
    assert result["precision"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--read", "x.csv", "-n", "5"], "leave -n"), (["--read", "x.csv"], "cannot read"), (["-n", "-3"], "-n 100")],
)
def test_the_command_refuses(run: Run, arguments: list[str], message: str) -> None:
    result = audit(run.path, *arguments)
    assert isinstance(result.exception, UsageError) and message in str(result.exception)


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    assert "is not a Song Ngữ run" in str(audit(tmp_path).exception)


def test_a_result_without_verdicts_is_null(run: Run) -> None:
    result = audit_result(draw_sample(run, 20), {})
    assert (result["precision"], result["low"], result["high"], result["judged"]) == (None, None, None, 0)
