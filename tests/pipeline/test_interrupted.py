"""A build that is killed, interrupted, or runs out of disk: the same command again ends with the same bytes."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus.engine.parts import is_temporary
from tests.conftest import ARTICLES, ROOT
from tests.engine.test_local import gone

SHORT, LONG = 4, 40
"""Kills in the default run of the tests, and in the long one."""
NAMED = 14
"""Files that get their name in the parent of a small build, at least."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small collection, several times over in other words, so that there are several pieces."""
    folder = tmp_path_factory.mktemp("input") / "articles"
    for copy in range(12):
        for name, text in ARTICLES.items():
            path = folder / str(copy) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("12.000", f"{copy + 2}2.000").replace("12,000", f"{copy + 2}2,000"))
    return folder


@pytest.fixture(scope="module")
def whole(source: Path) -> dict[str, bytes]:
    """Every file of a build that nothing disturbed."""
    assert build(source, source.parent / "whole").wait() == 0
    return files(source.parent / "whole")


@pytest.fixture
def out(source: Path, tmp_path: Path) -> Path:
    """A folder beside the whole build, so that the way from it to the input is the same."""
    return source.parent / tmp_path.name


def build(source: Path, out: Path, *words: str, moment: str | None = None) -> subprocess.Popen[str]:
    module = ["corpus"] if moment is None else ["tests.pipeline.killing", moment]
    return subprocess.Popen(
        [sys.executable, "-m", *module, "build", source.name, "-o", str(out), "-q", *words],
        cwd=source.parent, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def files(run: Path) -> dict[str, bytes]:
    """All that lies in a run folder, but for the process number in its marker."""
    return {
        path.relative_to(run).as_posix(): path.read_bytes()
        for path in sorted(run.rglob("*")) if path.is_file() and path.name != ".songngu-run"
    }  # fmt: skip


def finish(source: Path, out: Path, *words: str) -> dict[str, bytes]:
    process = build(source, out, *words)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return files(out)


def kill_often(source: Path, out: Path, times: int, seed: int, *words: str) -> None:
    """Builds in one folder, each killed at a random moment; what one finished the next finds."""
    chance, longest = random.Random(seed), 4.0
    for _ in range(times):
        process = build(source, out, *words)
        try:
            process.wait(chance.uniform(0.2, longest))
            longest = max(1.0, longest * 0.8)  # it came to its end: kill earlier
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.mark.parametrize("num_proc", ["1", "2"])
@pytest.mark.parametrize("times", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)])
def test_killed_at_any_moment(source: Path, whole: dict[str, bytes], out: Path, num_proc: str, times: int) -> None:
    kill_often(source, out, times, times + int(num_proc), "--num-proc", num_proc)
    assert finish(source, out, "--num-proc", num_proc) == whole


MOMENTS = [f"{when}-{number}" for number in range(1, NAMED + 1) for when in ("before", "after")]


@pytest.mark.parametrize(
    "moment", ["before-1", "after-3", *(pytest.param(name, marks=pytest.mark.slow) for name in MOMENTS)]
)
def test_killed_as_a_file_gets_its_name(source: Path, whole: dict[str, bytes], out: Path, moment: str) -> None:
    assert build(source, out, moment=moment).wait() == -signal.SIGKILL
    assert finish(source, out) == whole


def test_a_killed_build_does_again_what_was_in_work_and_no_more(source: Path, out: Path) -> None:
    process = build(source, out)
    while len(list(out.glob("parts/articles/[0-9a-f]*.parquet"))) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in out.glob("parts/articles/[0-9a-f]*.parquet")}
    finish(source, out)
    assert len(before) >= 2
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("num_proc", ["1", "2"])
def test_an_interrupt_leaves_a_clean_state_and_says_how_to_go_on(
    source: Path, whole: dict[str, bytes], out: Path, num_proc: str
) -> None:
    process = build(source, out, "--num-proc", num_proc)
    while not list(out.glob("parts/articles/*.parquet")):
        assert process.poll() is None
        time.sleep(0.01)
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "give the same command again" in errors and "Traceback" not in errors
    assert workers and gone(workers)
    assert not [name for name in files(out) if is_temporary(Path(name).name)]
    assert finish(source, out) == whole


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("size", ["2000", pytest.param("20000", marks=pytest.mark.slow)])
def test_a_full_disk_is_an_error_with_a_next_step(source: Path, whole: dict[str, bytes], out: Path, size: str) -> None:
    process = build(source, out, moment=f"full-{size}")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert re.search(r"songngu: .*takes no more: .*free some space and give the same command again", errors), errors
    assert "Traceback" not in errors
    for name in files(out):
        assert not is_temporary(Path(name).name)
        if name.endswith(".parquet"):
            pq.read_table(out / name, partitioning=None)
    assert finish(source, out) == whole
