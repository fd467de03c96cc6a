"""Article pairs and bitext in a build: what the seeds hold, what a pair of articles yields, and the laws they keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.engine.run import Run
from tests.conftest import SEEDS, rows, table_bytes
from tests.verification.forging import forge


@pytest.fixture
def run(articles: Path, tmp_path: Path) -> Run:
    return corpus.build([articles], tmp_path / "out")


def test_the_seeds_hold_two_bilingual_captions_and_no_translation(tmp_path: Path) -> None:
    run = corpus.build([SEEDS], tmp_path / "out")
    bitext = rows(run, "bitext")
    assert [(row["translation"]["vi"], row["translation"]["en"]) for row in bitext] == [
        ("Các đại biểu tham dự hội nghị.", "Delegates attending the conference."),
        (
            "Đồng chí Nguyễn Văn Thông phát biểu tại hội nghị.",
            "Comrade Nguyen Van Thong speaks at the conference.",
        ),
    ]
    assert {row["origin"] for row in bitext} == {"within-article"}
    assert {row["relation"] for row in rows(run, "article_pairs")} <= {"comparable"}
    assert all(row["reject"] for row in rows(run, "article_pairs"))


def test_an_article_and_its_translation_are_paired(run: Run) -> None:
    ids = {row["id"]: row["source"] for row in rows(run, "articles")}
    kept = [row for row in rows(run, "article_pairs") if row["reject"] is None]
    assert [(ids[row["vi_id"]], ids[row["en_id"]]) for row in kept] == [
        ("articles/vi/le-hoi.txt", "articles/en/festival.txt")
    ]
    assert kept[0]["relation"] == "parallel" and "date:2021-03-13" in kept[0]["evidence"]


def test_beads_cover_every_sentence_once_in_order(run: Run) -> None:
    articles = {row["id"]: row for row in rows(run, "articles")}
    for pair in rows(run, "article_pairs"):
        for side in ("vi", "en"):
            covered = [k for bead in pair["beads"] for k in bead[side]]
            assert not pair["beads"] or covered == list(range(len(articles[pair[f"{side}_id"]]["sentences"])))


def test_both_sides_of_a_row_stand_in_their_articles(run: Run) -> None:
    articles = {row["id"]: row for row in rows(run, "articles")}
    aligned = [row for row in rows(run, "bitext") if row["origin"] == "articles"]
    assert len(aligned) >= 3
    for row in aligned:
        for lang in ("vi", "en"):
            text = articles[row[f"{lang}_id"]]["text"]
            assert text[row[f"{lang}_start"] : row[f"{lang}_end"]] == row["translation"][lang]
            assert "".join(row[f"{lang}_words"].replace("_", "").split()) == "".join(row["translation"][lang].split())
    festival = next(row for row in aligned if "12.000" in row["translation"]["vi"])
    assert "12,000" in festival["translation"]["en"] and festival["align_prob"] > 0.5


def test_adding_articles_gives_the_bytes_of_a_fresh_build_with_the_same_learnt_file(
    articles: Path, run: Run, tmp_path: Path
) -> None:
    (articles / "vi" / "mua.txt").write_text("Mưa lớn kéo dài\n\nSáng 5/8/2023, nhiều tuyến đường bị ngập.\n")
    grown = corpus.build([articles], run.path)
    assert table_bytes(grown) == table_bytes(corpus.build([articles], tmp_path / "fresh"))


def test_a_moved_offset_is_found_by_verify(run: Run) -> None:
    def moved(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "vi_start": row["vi_start"] + 1} if k == 0 else row for k, row in enumerate(rows)]

    forge(run, "bitext", moved)
    assert any("is not what stands in articles/" in str(finding) for finding in corpus.verify(run.path))
