"""The dataset folder: configurations, splits, shards; and that `datasets` gives back what the tables hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import corpus
from corpus.engine import shards
from corpus.engine.ledger import Ledger
from corpus.engine.parts import write_part
from corpus.engine.run import Run
from corpus.engine.shards import write_shards
from corpus.publishing.card import RunFacts, write_card
from corpus.publishing.dataset import TABLE_OF, find_shards, write_dataset

Row = dict[str, Any]


def name(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:16]


def pair(number: int, **values: Any) -> Row:
    sides = {"vi": f"Câu thứ {number}.", "en": f"Sentence {number}."}
    return {"id": name(number), "translation": sides, "origin": "given", "extra": [], **values}


def parts_of(folder: Path, rows: Sequence[Row], table: str = "bitext", each: int = 100) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for start in range(0, max(len(rows), 1), each):
        paths.append(folder / f"{table}-{start}-{each}.parquet")
        write_part(paths[-1], list(rows[start : start + each]), table, Ledger(), "test:v1")
    return paths


def read(paths: Sequence[Path]) -> list[Row]:
    return [row for path in paths for row in pq.read_table(path, partitioning=None).to_pylist()]


def ids(paths: Sequence[Path]) -> list[str]:
    return [row["id"] for row in read(paths)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.create(tmp_path / "out")


def test_rows_go_to_their_split_and_rows_without_one_to_train(run: Run) -> None:
    splits = ["train", "test", None, "validation", "test"]
    rows = [pair(number, split=split) for number, split in enumerate(splits)]
    written = write_dataset(run, {"bitext": parts_of(run.path / "p", rows)})
    assert {split: ids(paths) for split, paths in written["bitext"].items()} == {
        "train": [name(0), name(2)], "validation": [name(3)], "test": [name(1), name(4)],
    }  # fmt: skip
    assert find_shards(run.dataset) == written


def test_a_split_or_configuration_without_rows_is_not_written_and_an_old_one_goes(run: Run) -> None:
    rows = [pair(0, split="train"), pair(1, split="test"), pair(2, reject="accept:copy")]
    write_dataset(run, {"bitext": parts_of(run.path / "p", rows)}, rejected=True)
    assert sorted(path.name for path in run.dataset.iterdir()) == ["bitext", "rejected"]
    written = write_dataset(run, {"bitext": parts_of(run.path / "q", rows[:1])}, rejected=True)
    assert sorted(path.name for path in run.dataset.iterdir()) == ["bitext"]
    assert sorted((run.dataset / "bitext").iterdir()) == written["bitext"]["train"]


def test_rejected_rows_are_published_on_request_only(run: Run) -> None:
    bitext = parts_of(run.path / "p", [pair(0), pair(1, reject="accept:numbers", split="test")])
    articles = parts_of(run.path / "p", [{"id": "a", "reject": "load:empty"}], "articles")
    parts = {"bitext": bitext, "articles": articles}
    assert write_dataset(run, parts).keys() == {"bitext"}
    written = write_dataset(run, parts, rejected=True)
    assert written.keys() == {"bitext", "rejected", "rejected_articles"}
    assert [row["reject"] for row in read(written["rejected"]["train"])] == ["accept:numbers"]


def test_nothing_kept_is_an_empty_folder_with_a_card(run: Run) -> None:
    written = write_dataset(run, {"bitext": parts_of(run.path / "p", [pair(0, reject="accept:copy")]), "articles": []})
    write_card(run.dataset, written, RunFacts())
    assert [path.name for path in run.dataset.iterdir()] == ["README.md"]


# ---- shards


def small_shards(folder: Path, rows: Sequence[Row], each: int, prefix: str = "train-") -> list[Path]:
    paths = parts_of(folder.with_name(f"{folder.name}-parts-{each}-{len(rows)}"), rows, each=each)
    return write_shards(paths, folder, prefix=prefix, rows_per_shard=50)


def test_shards_depend_on_the_rows_alone_not_on_the_parts_they_came_in(tmp_path: Path) -> None:
    rows = [pair(number) for number in range(700)]
    one, many = (small_shards(tmp_path / f"s{each}", rows, each) for each in (700, 33))
    assert [path.name for path in one] == [path.name for path in many]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in many]
    assert len(one) > 3
    assert read(one) == read(parts_of(tmp_path / "again", rows))


@pytest.mark.parametrize("place", [0, 350, 700])
def test_a_new_row_renews_one_shard_or_ends_one_and_the_others_stay_the_files_they_are(
    tmp_path: Path, place: int
) -> None:
    rows = [pair(number) for number in range(700)]
    before = {path.name[-24:]: path.stat().st_ino for path in small_shards(tmp_path / "s", rows, 100)}
    after = {
        path.name[-24:]: path.stat().st_ino
        for path in small_shards(tmp_path / "s", [*rows[:place], pair(7777), *rows[place:]], 100)
    }
    assert 1 <= len(after.keys() - before.keys()) <= 2
    assert len(before.keys() - after.keys()) <= 1
    assert all(after[key] == before[key] for key in after.keys() & before.keys())


def test_shards_of_one_split_leave_those_of_another_alone(tmp_path: Path) -> None:
    test = small_shards(tmp_path / "s", [pair(number) for number in range(60)], 60, prefix="test-")
    train = small_shards(tmp_path / "s", [pair(number) for number in range(100, 160)], 60)
    assert all(path.exists() for path in [*test, *train])


def test_a_shard_ends_where_no_row_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_marks", lambda table: [1] * table.num_rows)
    rows = [pair(number) for number in range(450)]
    assert [len(ids([path])) for path in small_shards(tmp_path / "s", rows, 64)] == [200, 200, 50]


def test_row_groups_are_bounded_in_rows_and_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [pair(number) for number in range(1100)]
    [path] = write_shards(parts_of(tmp_path / "p", rows), tmp_path / "s", rows_per_shard=10**9)
    footer = pq.read_metadata(path)
    assert [footer.row_group(index).num_rows for index in range(footer.num_row_groups)] == [512, 512, 76]
    monkeypatch.setattr(shards, "BYTES_PER_GROUP", 20_000)
    [path] = write_shards(parts_of(tmp_path / "p", rows), tmp_path / "s", rows_per_shard=10**9)
    footer = pq.read_metadata(path)
    assert footer.num_row_groups > 3
    assert ids([path]) == [row["id"] for row in rows]


def test_a_part_s_own_notes_do_not_reach_the_shards(tmp_path: Path) -> None:
    [path] = write_shards(parts_of(tmp_path / "p", [pair(0)]), tmp_path / "s")
    assert set(pq.read_schema(path).metadata) == {b"huggingface"}


# ---- what `datasets` gives back


def test_datasets_gives_the_rows_and_the_types_of_the_tables(run: Run, tmp_path: Path) -> None:
    from datasets import load_dataset
    from datasets.utils.logging import set_verbosity_error

    set_verbosity_error()
    bitext = [pair(0, split="train"), pair(1, split="test", quality=0.5), pair(2, reject="accept:copy")]
    parts = {
        "bitext": parts_of(run.path / "p", bitext),
        "articles": parts_of(run.path / "p", [{"id": "a"}, {"id": "b", "reject": "load:empty"}], "articles"),
        "article_pairs": parts_of(run.path / "p", [{"vi_id": "a", "en_id": "b"}], "article_pairs"),
    }
    written = write_dataset(run, parts, rejected=True)
    write_card(run.dataset, written, RunFacts())
    for config, splits in written.items():
        loaded = load_dataset(str(run.dataset), config, cache_dir=str(tmp_path / "cache"))
        assert {split: list(rows) for split, rows in loaded.items()} == {
            split: read(paths) for split, paths in splits.items()
        }
        assert all(rows.features == corpus.features(TABLE_OF[config]) for rows in loaded.values())
    assert load_dataset(str(run.dataset), cache_dir=str(tmp_path / "cache"))["test"].num_rows == 1
