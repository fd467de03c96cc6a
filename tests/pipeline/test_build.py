"""Builds: what a run folder holds, and the laws it keeps."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import corpus
from corpus.engine.run import Run
from tests.conftest import SEEDS, rows, table_bytes


@pytest.fixture
def run(articles: Path, tmp_path: Path) -> Run:
    return corpus.build([articles], tmp_path / "out")


def test_every_record_is_a_row_with_its_reason(run: Run) -> None:
    rejects = {row["source"]: row["reject"] for row in rows(run, "articles")}
    assert rejects == {
        "articles/empty.txt": "load:empty",
        "articles/en/festival.txt": None,
        "articles/en/road.md": None,
        "articles/french.txt": "detect:other",
        "articles/table.csv#1": None,
        "articles/vi/le-hoi.txt": None,
    }


def test_the_ledger_adds_up_at_every_stage(run: Run) -> None:
    stages = run.ledger["stages"]
    assert [(stage["table"], stage["stage"]) for stage in stages] == [
        *(("articles", stage) for stage in ("load", "detect", "structure", "segment", "dedup")),
        ("article_pairs", "pair"),
        *(("bitext", stage) for stage in ("load", "segment", "align", "accept", "dedup", "against", "split")),
    ]
    for stage in stages:
        assert stage["in"] == stage["kept"] + sum(stage["rejected"].values())
    assert stages[0]["in"] == 6 and stages[0]["rejected"] == {"load:empty": 1}
    assert stages[1]["rejected"] == {"detect:other": 1}
    assert stages[-1]["in"] == sum(row["reject"] is None for row in rows(run, "bitext"))


def test_spans_are_what_they_say(run: Run) -> None:
    for row in rows(run, "articles"):
        if row["reject"]:
            continue
        text = row["text"]
        for sentence in row["sentences"]:
            words = text[sentence["start"] : sentence["end"]]
            assert words == words.strip() != ""
            assert "".join("".join(sentence["tokens"]).split()) == "".join(words.split())


def test_fields_of_the_input_are_kept(run: Run) -> None:
    by_source = {row["source"]: row for row in rows(run, "articles")}
    record = by_source["articles/table.csv#1"]
    assert (record["title"], record["published"], record["published_precision"]) == ("Mưa lớn", "2023-08-05", "day")
    assert record["text"].startswith("Mưa lớn")
    assert by_source["articles/en/road.md"]["author"] == "Minh Duc"


def test_aligned_input_goes_to_bitext(run: Run) -> None:
    [pair] = [row for row in rows(run, "bitext") if row["origin"] == "given"]
    assert pair["translation"] == {"vi": "Trời hôm nay đẹp.", "en": "The weather is fine today."}
    assert (pair["origin"], pair["site"], pair["source"]) == ("given", "example.vn", "articles/pairs.tsv#1")
    assert pair["vi_words"] == "Trời hôm_nay đẹp ."
    assert pair["reject"] is None


def test_two_processes_write_the_same_bytes(articles: Path, run: Run, tmp_path: Path) -> None:
    again = corpus.build([articles], tmp_path / "out2", num_proc=2)
    assert table_bytes(again) == table_bytes(run)


def test_a_second_build_does_only_what_is_new(articles: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.engine import local

    monkeypatch.setattr(local, "Worker", lambda: pytest.fail("a worker was started for what is finished"))
    before = table_bytes(run)
    assert table_bytes(corpus.build([articles], run.path)) == before


def test_growing_gives_the_bytes_of_a_fresh_build(articles: Path, run: Run, tmp_path: Path) -> None:
    (articles / "vi" / "moi.txt").write_text("Sáng nay trời mưa to ở thành phố Sơn La. Học sinh được nghỉ học.\n")
    (articles / "french.txt").unlink()
    grown = corpus.build([articles], run.path)
    assert table_bytes(grown) == table_bytes(corpus.build([articles], tmp_path / "fresh"))


def test_until_stops_after_a_phase(articles: Path, tmp_path: Path) -> None:
    run = corpus.build([articles], tmp_path / "out", until="articles")
    assert run.shards("articles") and not run.table("bitext").exists() and not run.dataset.exists()


def test_the_dataset_opens_with_kept_rows_only(run: Run, tmp_path: Path) -> None:
    from datasets import load_dataset

    articles = load_dataset(str(run.dataset), "articles", split="train", cache_dir=str(tmp_path / "cache"))
    assert articles["source"] == [row["source"] for row in rows(run, "articles") if row["reject"] is None]
    assert articles.features == corpus.features("articles")
    bitext = load_dataset(str(run.dataset), split="train", cache_dir=str(tmp_path / "cache"))
    assert {"vi": "Trời hôm nay đẹp.", "en": "The weather is fine today."} in list(bitext["translation"])


def test_nothing_is_said_of_where_the_machine_keeps_things(articles: Path, run: Run) -> None:
    shutil.rmtree(run.path / "parts")
    for path in run.path.rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            assert str(articles.parent).encode() not in path.read_bytes(), path


def test_the_seed_manifest_is_skipped_and_listed(tmp_path: Path) -> None:
    run = corpus.build([SEEDS], tmp_path / "out")
    assert {"source": "seeds/MANIFEST.json", "reason": "manifest"} in run.ledger["skipped"]
    assert [row["lang"] for row in rows(run, "articles")] == ["en", "en", "en", "vi", "en"]


def test_no_article_is_an_error_that_names_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leer.txt").write_text("  \n")
    with pytest.raises(corpus.NothingUsableError, match="songngu ledger"):
        corpus.build([tmp_path / "in"], tmp_path / "out")
    assert json.loads((tmp_path / "out" / "ledger.json").read_text())["stages"][0]["rejected"] == {"load:empty": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"until": "articels"}, "Did you mean 'articles'"),
        ({"num_proc": 0}, "1 or more"),
        ({"engine": "rya"}, "Did you mean 'ray'"),
        ({"ray_address": "127.0.0.1:6379"}, "--engine ray"),
        ({"fields": {"txet": "body"}}, "Did you mean 'text'"),
    ],
)
def test_a_wrong_option_is_refused_before_any_work(
    articles: Path, tmp_path: Path, options: dict[str, object], message: str
) -> None:
    with pytest.raises(corpus.UsageError, match=message):
        corpus.build([articles], tmp_path / "out", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_missing_input_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(corpus.UsageError, match="nowhere"):
        corpus.build([tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_list_page_is_labelled_as_one(tmp_path: Path) -> None:
    pages = Path(__file__).parent.parent / "page" / "pages"
    (tmp_path / "list_pages").mkdir()
    for page in pages.glob("list_*.html"):
        shutil.copy(page, tmp_path / "list_pages")
    with pytest.raises(corpus.NothingUsableError):
        corpus.build([tmp_path / "list_pages"], tmp_path / "out")
    rejects = {row["source"]: row["reject"] for row in rows(Run.open(tmp_path / "out"), "articles")}
    assert len(rejects) > 10 and set(rejects.values()) == {"structure:list"}


def test_a_run_below_its_own_input_is_not_read_again(articles: Path) -> None:
    first = table_bytes(corpus.build([articles], articles / "out"))
    again = corpus.build([articles], articles / "out")
    assert {"source": "articles/out", "reason": "run-folder"} in again.ledger["skipped"]
    del first["ledger.json"]
    assert first.items() <= table_bytes(again).items()
