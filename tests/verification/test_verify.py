"""`verify`: a sound run is found sound, and every kind of damage is found and named."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.engine.run import Run
from corpus.engine.sealing import seal
from corpus.verification.files import check_files, check_manifest
from corpus.verification.verifying import inspect_run
from tests.conftest import ARTICLES
from tests.verification.forging import Change, Rows, forge, relative, rename, reseal, rewrite_json

PAIRS = (
    ("Trời hôm nay đẹp.", "The weather is fine today."),
    ("Trời hôm nay đẹp.", "The weather is fine today."),
    ("Hội nghị khai mạc sáng thứ hai tại Hà Nội.", "The conference opened on Monday morning in Hanoi."),
    ("Năm 2020 tỉnh có 12.000 học sinh.", "In 2020 the province had 12,000 students."),
    ("Giá gạo tăng trong tháng này.", "The price of rice rose this month."),
    ("Không có gì.", "xyz"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run with a copy among its articles and one among its bitext, a pair of articles, and rows that fell out."""
    folder = tmp_path_factory.mktemp("verify")
    pairs = "".join(f"{vi}\t{en}\texample.vn\n" for vi, en in PAIRS)
    inputs = {**ARTICLES, "again/le-hoi.txt": ARTICLES["vi/le-hoi.txt"], "pairs.tsv": f"vi\ten\tsite\n{pairs}"}
    for name, text in inputs.items():
        (folder / "articles" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    return corpus.build([folder / "articles"], folder / "out")


@pytest.fixture
def run(built: Run, tmp_path: Path) -> Run:
    """A copy to damage, beside a copy of its inputs."""
    shutil.copytree(built.path.parent, tmp_path / "copy")
    run = Run(tmp_path / "copy" / "out")
    inputs = [{**entry, "named": str(tmp_path / "copy" / "articles")} for entry in run.manifest["inputs"]]
    reseal(run, {**run.manifest, "inputs": inputs})
    return run


@pytest.fixture
def articles(run: Run) -> Path:
    return run.path.parent / "articles"


def findings(run: Run) -> list[str]:
    return [str(finding) for finding in corpus.verify(run.path)]


def change_first(where: Any, **values: Any) -> Change:
    """The rows with other values in the first one that `where` chooses."""

    def change(rows: Rows) -> Rows:
        next(row for row in rows if where(row)).update(values)
        return rows

    return change


def kept(row: dict[str, Any]) -> bool:
    return row["reject"] is None


def aligned(row: dict[str, Any]) -> bool:
    return row["origin"] != "given" and kept(row)


def test_a_sound_run_is_found_sound_and_counted(run: Run) -> None:
    inspection = inspect_run(run.path)
    assert inspection.findings == []
    tables = {table: sum(pq.read_metadata(shard).num_rows for shard in run.shards(table)) for table in
              ("articles", "article_pairs", "bitext")}  # fmt: skip
    published = sum(pq.read_metadata(shard).num_rows for shard in run.dataset.rglob("*.parquet"))
    assert inspection.checked == {
        **tables, "published": published, "sources": len(ARTICLES) + len(PAIRS), "files": len(run.manifest["files"]) + 1
    }  # fmt: skip
    assert inspect_run(run.path, num_proc=2) == inspection


# Files


def hashed_files(run: Run) -> list[str]:
    return ["manifest.json", *run.manifest["files"]]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_bit_flipped_in_any_file_is_found_and_named(built: Run, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(hashed_files(built)))
    path = built.path / name
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) * 8 - 1))
    damaged = bytearray(whole)
    damaged[place // 8] ^= 1 << place % 8
    try:
        path.write_bytes(damaged)
        found = list(check_manifest(built)) if name == "manifest.json" else []
        found = found or list(check_files(built, built.manifest["files"]))
    finally:
        path.write_bytes(whole)
    assert [finding.where for finding in found] == [name]


@pytest.mark.parametrize("place", [4, -6, 0.5])
def test_a_damaged_table_is_named_and_not_read(run: Run, place: float) -> None:
    [shard] = run.shards("articles")
    data = bytearray(shard.read_bytes())
    data[int(place * len(data)) if isinstance(place, float) else place] ^= 255
    shard.write_bytes(data)
    inspection = inspect_run(run.path)
    [finding] = inspection.findings
    assert finding.where == relative(run, shard) and "SHA-256 differs" in finding.what
    assert "articles" not in inspection.checked


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8, -6, 0])
def test_a_table_that_was_damaged_before_it_was_hashed_is_a_finding(run: Run, place: float) -> None:
    [shard] = run.shards("articles")
    data = bytearray(shard.read_bytes())
    start = int(place * len(data)) if isinstance(place, float) else place % len(data)
    data[start : start + 40] = bytes(40)
    shard.write_bytes(data[: len(shard.read_bytes())])
    rename(run, shard)
    assert any("articles" in finding for finding in findings(run))


def test_a_misnamed_a_missing_and_a_foreign_file_are_found(run: Run) -> None:
    [shard] = run.shards("articles")
    shard.rename(shard.with_name("00009-0123456789abcdef.parquet"))
    (run.path / "learnt" / "splits.json").unlink()
    (run.dataset / "bitext" / "more.jsonl").write_text("{}")
    found = findings(run)
    assert sum("is missing" in finding for finding in found) == 2
    assert sum("was not written by the build" in finding for finding in found) == 2
    assert all("build the run again" in finding or "remove it" in finding for finding in found)


def test_a_shard_with_another_name_than_its_hash_is_found(run: Run) -> None:
    [shard] = run.shards("bitext")
    named = shard.with_name("00000-0123456789abcdef.parquet")
    files = {name: sha256 for name, sha256 in run.manifest["files"].items() if name != relative(run, shard)}
    shard.rename(named)
    reseal(run, {**run.manifest, "files": {**files, relative(run, named): run.manifest["files"][relative(run, shard)]}})
    assert any("a name that is not the hash" in finding for finding in findings(run))


def test_what_people_write_on_the_card_is_theirs(run: Run) -> None:
    card = run.dataset / "README.md"
    card.write_text(card.read_text(encoding="utf-8") + "\nThanks to all.\n", encoding="utf-8")
    assert findings(run) == []


def test_a_manifest_without_seal_or_with_other_options_is_found(run: Run) -> None:
    whole = run.manifest
    run.write_json("manifest.json", {name: value for name, value in whole.items() if name != "sha256"})
    assert findings(run) == [
        "manifest.json: is not what the build wrote (the SHA-256 in it differs); build the run again"
    ]
    reseal(run, {**whole, "options": {**whole["options"], "until": "articles"}})
    assert any("recipes for other tables" in finding for finding in findings(run))
    assert seal(whole) == whole


# Rows


def test_a_wrong_offset_is_found(run: Run) -> None:
    def shift(rows: Rows) -> Rows:
        next(row for row in rows if row["sentences"])["sentences"][0]["end"] += 1
        return rows

    forge(run, "articles", shift)
    assert any("do not spell it" in finding or "blank edges" in finding for finding in findings(run))


def test_a_removed_an_added_and_a_repeated_row_are_found(run: Run) -> None:
    forge(run, "articles", lambda rows: rows[1:])
    found = findings(run)
    assert any("articles, stage load: does not agree" in finding for finding in found)
    assert any("is in the inputs but not in the run" in finding for finding in found)
    assert any("inputs.jsonl: lists" in finding for finding in found)
    forge(run, "articles", lambda rows: [*rows, rows[0]])
    assert any("is the id of more than one row" in finding for finding in findings(run))


def test_swapped_rows_are_found(run: Run) -> None:
    forge(run, "articles", lambda rows: rows[::-1])
    assert any("dataset/articles, split train: has " in finding for finding in findings(run))


def test_a_swapped_text_is_found(run: Run) -> None:
    def swap(rows: Rows) -> Rows:
        first, second = [row for row in rows if kept(row)][:2]
        first["source"], second["source"] = second["source"], first["source"]
        first["source_sha256"], second["source_sha256"] = second["source_sha256"], first["source_sha256"]
        return rows

    forge(run, "articles", swap)
    forge(run, "dataset/articles", swap)
    assert sum("is another record than its row was made of" in finding for finding in findings(run)) == 2


def test_an_empty_string_is_found(run: Run) -> None:
    forge(run, "articles", lambda rows: [{**row, "place": ""} for row in rows])
    assert any("place is an empty string" in finding for finding in findings(run))


@pytest.mark.parametrize("column", ["quality", "cluster", "split"])
def test_a_kept_row_without_what_it_must_have_is_found(run: Run, column: str) -> None:
    forge(run, "bitext", change_first(kept, **{column: None}))
    assert any(f"is kept without {column}" in finding for finding in findings(run))


def test_a_split_that_there_is_not_is_found(run: Run) -> None:
    forge(run, "bitext", change_first(kept, split="dev"))
    assert any("is in no split that there is" in finding for finding in findings(run))


def test_a_sentence_left_out_is_found(run: Run) -> None:
    def leave_out(rows: Rows) -> Rows:
        next(row for row in rows if row["sentences"])["sentences"].pop()
        return rows

    forge(run, "articles", leave_out)
    assert any("do not cover it" in finding for finding in findings(run))


# Rows and other rows


@pytest.mark.parametrize("table", ["articles", "bitext"])
def test_copies_of_nothing_and_of_rejected_rows_are_found(run: Run, table: str) -> None:
    rows = pq.read_table(run.shards(table)[0], partitioning=None).to_pylist()
    rejected = next(row["id"] for row in rows if not kept(row) and row["duplicate_of"] is None)
    for original, what in (("0" * 15 + "1", "is not in the table"), (rejected, "is rejected itself")):
        forge(run, table, change_first(lambda row: row["duplicate_of"], duplicate_of=original))
        assert any(f"duplicate_of is {original}, which {what}" in finding for finding in findings(run))
    forge(run, table, change_first(lambda row: row["duplicate_of"], duplicate_of=None))
    assert any("but duplicate_of is None" in finding for finding in findings(run))


@pytest.mark.parametrize("reject", [None, "dedup:exact", "accept:quality"])
def test_a_changed_label_is_found(run: Run, reject: str | None) -> None:
    forge(run, "bitext", change_first(lambda row: (row["reject"] is None) != (reject is None), reject=reject))
    assert any("ledger.json: bitext, stage" in finding for finding in findings(run))


def test_a_label_of_no_stage_is_found(run: Run) -> None:
    forge(run, "bitext", change_first(kept, reject="magic:spell"))
    assert any("rows labelled magic:spell" in finding for finding in findings(run))


def test_a_moved_split_is_found(run: Run) -> None:
    moved = change_first(aligned, split="test")
    forge(run, "bitext", moved)
    found = findings(run)
    assert any("torn apart by the splits train, test" in finding for finding in found)
    assert any("dataset/bitext, split t" in finding for finding in found)


@pytest.mark.parametrize("side", ["vi_start", "vi_end", "en_start", "en_end"])
def test_a_moved_side_is_found(run: Run, side: str) -> None:
    def move(rows: Rows) -> Rows:
        next(row for row in rows if aligned(row))[side] += 1
        return rows

    forge(run, "bitext", move)
    assert any("is not what stands in articles/" in finding for finding in findings(run))


def test_bitext_of_no_article_and_of_a_rejected_one_is_found(run: Run) -> None:
    forge(run, "bitext", change_first(aligned, vi_id="0" * 16))
    assert any("comes from article 0000000000000000, which is not in the run" in finding for finding in findings(run))
    rows = pq.read_table(run.shards("articles")[0], partitioning=None).to_pylist()
    rejected = next(row["id"] for row in rows if row["reject"])
    forge(run, "bitext", change_first(lambda row: row["vi_id"] == "0" * 16, vi_id=rejected))
    assert any(f"comes from article {rejected}, which was rejected" in finding for finding in findings(run))


def test_beads_that_repeat_or_leave_out_a_sentence_are_found(run: Run) -> None:
    def leave_out(rows: Rows) -> Rows:
        rows[0]["beads"].pop(0)
        return rows

    def repeat(rows: Rows) -> Rows:
        rows[0]["beads"].append(rows[0]["beads"][0])
        return rows

    forge(run, "article_pairs", leave_out)
    found = findings(run)
    assert any("its beads cover" in finding for finding in found)
    assert any("two-sided beads" in finding for finding in found)
    forge(run, "article_pairs", repeat)
    assert any("twice or out of order" in finding for finding in findings(run))


@pytest.mark.parametrize("entry", range(13))
def test_every_entry_of_the_ledger_counts(run: Run, entry: int) -> None:
    ledger = run.ledger
    ledger["stages"][entry]["kept"] += 1
    rewrite_json(run, "ledger.json", ledger)
    found = findings(run)
    assert any("does not agree with the table" in finding for finding in found)
    assert any("in is not kept + rejected" in finding for finding in found)


def test_a_stage_left_out_of_the_ledger_is_found(run: Run) -> None:
    rewrite_json(run, "ledger.json", {**run.ledger, "stages": run.ledger["stages"][1:]})
    assert findings(run) == ["ledger.json: articles, stage load: is missing; build the run again"]


# The dataset


@pytest.mark.parametrize("config", ["articles", "bitext", "article_pairs"])
def test_published_rows_that_are_not_the_kept_ones_are_found(run: Run, config: str) -> None:
    forge(run, f"dataset/{config}", lambda rows: [*rows, rows[0]])
    assert any(f"dataset/{config}, split train: has" in finding for finding in findings(run))
    forge(run, f"dataset/{config}", lambda rows: rows[:0])
    assert any(f"dataset/{config}, split train: lacks" in finding for finding in findings(run))


def test_a_published_row_that_differs_is_found_with_its_column(run: Run) -> None:
    forge(run, "dataset/bitext", change_first(kept, title="Tên khác"))
    [finding] = findings(run)
    assert "differs from the table in title" in finding


def test_a_masked_dataset_is_sound(articles: Path, tmp_path: Path) -> None:
    (articles / "vi" / "lien-he.txt").write_text(
        "Liên hệ công tác\n\nMọi thắc mắc gửi về lan.anh@example.vn hoặc gọi 0912 345 678 trong giờ làm việc.\n",
        encoding="utf-8",
    )
    run = corpus.build([articles], tmp_path / "masked", curation=corpus.Curation(pii="mask", rejected=True))
    published = [row["text"] for row in pq.read_table(run.dataset / "articles", partitioning=None).to_pylist()]
    assert not any("lan.anh@example.vn" in text for text in published)
    assert findings(run) == []


def test_a_run_that_stops_early_is_sound(articles: Path, tmp_path: Path) -> None:
    for until in ("articles", "article_pairs", "bitext"):
        assert findings(corpus.build([articles], tmp_path / "out", until=until)) == []


# Sources


def test_a_changed_a_new_and_a_removed_source_are_found(run: Run, articles: Path) -> None:
    (articles / "vi" / "le-hoi.txt").write_text("Hội làng khai mạc sáng nay.")
    (articles / "new.txt").write_text("Another article came in today.")
    (articles / "french.txt").unlink()
    assert sorted(findings(run)) == [
        "articles/french.txt: is in the run but not in the inputs any more; build again to remove it",
        "articles/new.txt: is in the inputs but not in the run; build again to add it",
        "articles/vi/le-hoi.txt: has changed since the build; build again",
    ]


def test_moved_sources_are_asked_for_and_can_be_named(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    articles.rename(tmp_path / "moved" / "articles")
    with pytest.raises(corpus.UsageError, match="--inputs"):
        corpus.verify(run.path)
    assert corpus.verify(run.path, inputs=[tmp_path / "moved" / "articles"]) == []
