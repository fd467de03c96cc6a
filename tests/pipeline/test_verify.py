"""`verify`: a sound run is found sound, and every kind of damage is found and named."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import corpus
from corpus.engine.parts import to_arrow, write_parquet
from corpus.engine.run import Run
from corpus.pipeline.manifest import hash_file


@pytest.fixture
def run(articles: Path, tmp_path: Path) -> Run:
    return corpus.build([articles], tmp_path / "out")


def findings(run: Run) -> list[str]:
    return [str(finding) for finding in corpus.verify(run.path)]


def rewrite(run: Run, change: object) -> None:
    """Change the rows of the articles table and give it a clean hash, as a bug would, not as a broken disk."""
    [shard] = run.shards("articles")
    changed = change(pq.read_table(shard, partitioning=None).to_pylist())  # type: ignore[operator]
    write_parquet(shard, [to_arrow(changed, "articles")])
    manifest = run.manifest
    manifest["files"][shard.relative_to(run.path).as_posix()] = hash_file(shard)
    run.write_json("manifest.json", manifest)


def test_a_sound_run_is_found_sound(run: Run) -> None:
    assert findings(run) == []


def test_a_flipped_bit_is_found(run: Run) -> None:
    [shard] = run.shards("articles")
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    [finding] = findings(run)
    assert shard.name in finding and "SHA-256 differs" in finding


def test_a_missing_and_a_foreign_table_are_found(run: Run) -> None:
    [shard] = run.shards("articles")
    shard.rename(shard.with_name("00009-0123456789abcdef.parquet"))
    found = findings(run)
    assert any("is missing" in finding for finding in found)
    assert any("was not written by the build" in finding for finding in found)


def test_a_changed_a_new_and_a_removed_source_are_found(run: Run, articles: Path) -> None:
    (articles / "vi" / "le-hoi.txt").write_text("Hội làng khai mạc sáng nay.")
    (articles / "new.txt").write_text("Another article came in today.")
    (articles / "french.txt").unlink()
    assert sorted(findings(run)) == [
        "articles/french.txt: is in the run but not in the inputs any more; build again to remove it",
        "articles/new.txt: is in the inputs but not in the run; build again to add it",
        "articles/vi/le-hoi.txt: has changed since the build; build again",
    ]


def test_a_wrong_offset_is_found(run: Run) -> None:
    def shift(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        row = next(row for row in rows if row["sentences"])
        row["sentences"][0]["end"] += 1  # type: ignore[index]
        return rows

    rewrite(run, shift)
    assert any("do not spell it" in finding or "blank edges" in finding for finding in findings(run))


def test_a_removed_row_is_found(run: Run) -> None:
    rewrite(run, lambda rows: rows[1:])
    found = findings(run)
    assert any("stage load does not agree" in finding for finding in found)
    assert any("is in the inputs but not in the run" in finding for finding in found)


def test_an_empty_string_is_found(run: Run) -> None:
    rewrite(run, lambda rows: [{**row, "place": ""} for row in rows])
    assert any("place is an empty string" in finding for finding in findings(run))


def test_moved_sources_are_asked_for(run: Run, articles: Path, tmp_path: Path) -> None:
    articles.rename(tmp_path / "moved")
    with pytest.raises(corpus.UsageError, match="--inputs"):
        corpus.verify(run.path)
