"""Records that kill or hang the process they are in: a row that says so, and the build goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.engine.run import Run
from corpus.pipeline import building
from tests.conftest import ROOT, rows, table_bytes
from tests.engine.culprits import CULPRITS
from tests.pipeline import spoiled


def article(number: int, words: str = "") -> dict[str, str]:
    return {"text": f"Sáng nay trời mưa to ở thành phố Sơn La, ngày {number}. Học sinh được nghỉ học {words}."}


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds have a stage `spoil` that dies or hangs on some words."""
    monkeypatch.setattr(building, "make_part", spoiled.make_part)
    monkeypatch.setattr(building, "RESCUE", spoiled.BUILD_RESCUE)


@pytest.mark.usefixtures("spoil")
@pytest.mark.parametrize("num_proc", [1, 2])
def test_every_culprit_is_a_row_with_its_reason(tmp_path: Path, num_proc: int) -> None:
    words = list(CULPRITS)
    records = [article(n, words[n // 3] if n % 3 == 1 and n // 3 < len(words) else "") for n in range(20)]
    source = write(tmp_path / "news.jsonl", records)
    run = corpus.build([source], tmp_path / "out", num_proc=num_proc, max_seconds=1.0, until="articles")
    rejects = {row["source"]: row["reject"] for row in rows(run, "articles") if row["reject"]}
    assert rejects == {f"news.jsonl#{3 * k + 2}": f"spoil:{reason}" for k, reason in enumerate(CULPRITS.values())}
    assert sum(row["reject"] is None for row in rows(run, "articles")) == 20 - len(words)
    assert {row["title"] for row in rows(run, "articles")} == {None}  # work that was half done has left no trace
    [entry] = [entry for entry in run.ledger["stages"] if entry["stage"] == "segment"]
    assert entry["in"] == 20 - len(words)


@pytest.mark.usefixtures("spoil")
def test_a_culprit_costs_no_other_row_a_byte(tmp_path: Path) -> None:
    """The parts that a piece makes with and without rescue are the same, but for the row."""
    source, word = tmp_path / "a.jsonl", next(iter(CULPRITS))
    hurt = corpus.build([write(source, [article(1), article(2, word)])], tmp_path / "hurt", until="articles")
    healed = corpus.build([write(source, [article(1)])], tmp_path / "healed", until="articles")
    first, only = rows(hurt, "articles")[0], rows(healed, "articles")[0]
    assert first == only | {"source_sha256": first["source_sha256"]}


@pytest.mark.usefixtures("spoil")
def test_pairs_that_came_aligned_too(tmp_path: Path) -> None:
    word = next(iter(CULPRITS))
    records = [{"vi": f"Trời đẹp {n} {word if n == 1 else ''}.", "en": f"Fine weather {n}."} for n in range(3)]
    run = corpus.build([write(tmp_path / "pairs.jsonl", records)], tmp_path / "out")
    assert [row["reject"] for row in rows(run, "bitext")][1] == "spoil:crashed"


SCRIPT = """
import sys
import corpus
run = corpus.build(sys.argv[1], sys.argv[2], num_proc=2, until="articles")
print(len(run.shards("articles")))
"""


def test_a_script_needs_no_guard_round_its_main_part(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT.replace("sys.argv[1]", "[sys.argv[1]]"))
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py"), str(articles), str(tmp_path / "out")],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_what_was_reused_is_told(articles: Path, tmp_path: Path) -> None:
    first = corpus.build([articles], tmp_path / "out")
    assert first.work["annotated"].new == len(list((tmp_path / "out/parts/articles").glob("*.parquet"))) + 1
    assert first.work["annotated"].reused == 0 and first.work["scored"].new > 0
    again = corpus.build([articles], tmp_path / "out")
    assert {kind: (work.new, work.reused) for kind, work in again.work.items()} == {
        kind: (0, work.new) for kind, work in first.work.items()
    }
    assert Run.open(tmp_path / "out").work == {}
    assert table_bytes(first) == table_bytes(again)
