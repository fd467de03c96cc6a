"""The hostile folder is built like any other: nothing crashes, nothing is lost, nothing leaves the box."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.engine.run import Run
from corpus.loaders import REASONS, SKIPPED
from corpus.loaders.names import printable
from tests.conftest import ROOT, rows
from tests.hostile.make_hostile import make_hostile
from tests.hostile.watch import seen, watched

SIZE = 20_000
SECONDS = 300
MEMORY_KIB = 2_000_000
BUILD = """
import json, resource, sys
import corpus
run = corpus.build([sys.argv[1]], sys.argv[2])
findings = [str(finding) for finding in corpus.verify(run.path)]
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({"findings": findings, "most": most}))
"""
VERBS = (("ledger",), ("verify",), ("show",))


@dataclass(frozen=True)
class Built:
    """The hostile files, their run, what the build said, and what the interpreter saw of it."""

    names: list[str]
    run: Run
    told: dict[str, Any]
    log: Path
    before: set[str]
    after: set[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    box = tmp_path_factory.mktemp("box")
    names = make_hostile(box / "hostile", size=SIZE)
    environment, log = watched(box / "watch", box / "tmp")
    before = listing(box)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(box / "hostile"), str(box / "out")],
        cwd=ROOT, env={**environment, "PYTHONPATH": f"{environment['PYTHONPATH']}:{ROOT}"}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    yield Built(names, Run.open(box / "out"), told, log, before, listing(box))
    os.chmod(box / "hostile" / "places" / "locked", 0o700)  # so that it can be cleared away


def listing(box: Path) -> set[str]:
    """Everything in the box but the run: paths, kinds and sizes."""
    found = set()
    for folder, folders, files in os.walk(box):
        if Path(folder) == box:
            folders[:] = [name for name in folders if name not in ("out", "watch")]
        for name in (*folders, *files):
            status = os.lstat(os.path.join(folder, name))
            found.add(f"{os.path.join(folder, name)} {status.st_mode} {status.st_size * (name not in folders)}")
    return found


def all_rows(built: Built) -> list[dict[str, Any]]:
    return [row for table in ("articles", "bitext") for row in rows(built.run, table) if row["source"]]


def test_the_run_proves_itself(built: Built) -> None:
    assert built.told["findings"] == []


def test_memory_stays_bounded(built: Built) -> None:
    assert built.told["most"] < MEMORY_KIB


def test_every_file_is_a_row_or_is_listed_as_skipped(built: Built) -> None:
    sources = {row["source"] for row in all_rows(built)}
    skipped = {entry["source"] for entry in built.run.ledger["skipped"]}
    known = {prefix for source in sources | skipped for prefix in prefixes(source)}
    missing = []
    for name in built.names:
        parts = ["hostile", *map(printable, Path(name).parts)]
        above = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
        if "/".join(parts) not in known and not above & skipped:
            missing.append(name)
    assert not missing


def prefixes(source: str) -> Iterator[str]:
    """A source, and the file or folder that it is a record or a member of."""
    yield source
    yield source.rpartition("#")[0]
    yield from (source[:end] for end, mark in enumerate(source) if mark in "!/")


def test_every_reason_is_one_that_is_documented(built: Built) -> None:
    rejects = {row["reject"] for row in all_rows(built) if row["reject"]}
    assert {reason for reason in rejects if reason.startswith("load:")} <= REASONS.keys()
    assert {entry["reason"] for entry in built.run.ledger["skipped"]} <= SKIPPED.keys()


def unforeseen(built: Built) -> set[str]:
    """The sources of rows that a stage or a loader was not made for."""
    ends = (":failed", ":crashed", ":timeout")
    return {row["source"] for row in all_rows(built) if (row["reject"] or "").endswith(ends)}


def test_no_row_is_unforeseen(built: Built) -> None:
    assert not unforeseen(built)


def test_what_every_stage_took_in_it_kept_or_rejected(built: Built) -> None:
    for stages in (flow for flow in built.run.ledger.values() if isinstance(flow, list)):
        for entry in stages:
            if "in" in entry:
                assert entry["in"] == entry["kept"] + sum(entry["rejected"].values()), entry


def test_nothing_is_written_outside_of_the_run(built: Built) -> None:
    assert built.after == built.before
    box = built.run.path.parent
    allowed = (str(built.run.path), str(box / "tmp"), "/dev/null", "/dev/shm", "/proc/self/")
    assert not [path for path in seen(built.log, "write") if not path.startswith(allowed)]


def test_the_network_is_never_asked_for(built: Built) -> None:
    assert not seen(built.log, "network")


def test_nothing_is_started_but_this_interpreter(built: Built) -> None:
    assert seen(built.log, "start") <= {sys.executable}


def test_secrets_outside_of_the_folder_are_not_read(built: Built) -> None:
    texts = " ".join(row.get("text") or "" for row in all_rows(built))
    assert "root:" not in texts


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_terminal_is_never_given_an_escape(built: Built, verb: tuple[str, ...]) -> None:
    shown = songngu(*verb, str(built.run.path))
    assert shown and not controls(shown)


@pytest.mark.parametrize("part", ["escapes", "names", "csv/escapes.tsv", "pages/names.html"])
def test_records_are_shown_without_escapes(built: Built, part: str) -> None:
    path = str(built.run.path.parent / "hostile" / part)
    assert not controls(songngu("load", path))
    if not part.endswith("tsv"):
        assert not controls(songngu("show", path))


def songngu(*arguments: str) -> str:
    """What a verb prints, errors too."""
    done = subprocess.run(
        [sys.executable, "-m", "corpus", *arguments], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL
    )
    return (done.stdout + done.stderr).decode("utf-8")


def controls(shown: str) -> set[str]:
    """The characters in it that a terminal obeys."""
    odd = {char for char in shown if char < " " or "\x7f" <= char <= "\x9f" or char in "\u202e\u2066"}
    return odd - {"\n", "\t"}
