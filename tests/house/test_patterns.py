"""No regular expression of the package grows faster than the text that it reads.

Each is fed the texts that hurt it most (see `worst.py`), in two sizes. A pattern that is only ever matched at the start
of a text is matched; every other one is searched for through the whole text.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.house.worst import worst_texts

SMALL, LARGE = 1 << 13, 1 << 15
FLOOR = 0.015
"""Seconds of the processor below which the smaller size is no matter: a quadratic pattern takes many times that."""
MOST = 9.0
"""Four times the text takes a linear pattern four times as long, a quadratic one sixteen times."""
FAR_TOO_LONG, CAP = 0.25, 1.0
"""Seconds for the smaller size that no linear pattern takes, and when a pass is given up."""
READS_OWN_FILES = ("corpus.reporting.svg",)
"""Modules whose patterns see nothing but what this package has drawn itself."""


@pytest.fixture(scope="module")
def patterns() -> list[dict[str, Any]]:
    """All patterns of the package, found in a process that has compiled none yet."""
    found = subprocess.run([sys.executable, "-m", "tests.house.patterns"], cwd=ROOT, capture_output=True, check=True)
    return [entry for entry in json.loads(found.stdout) if not entry["where"].startswith(READS_OWN_FILES)]


def test_the_patterns_of_the_package_are_found(patterns: list[dict[str, Any]]) -> None:
    places = " ".join(entry["where"] for entry in patterns)
    for place in (
        "corpus.page.rules",
        "corpus.structure.bylines",
        "corpus/loaders/fields.py (inside",
        "corpus.page.tree",
    ):
        assert place in places
    assert len(patterns) > 300


def test_no_pattern_is_super_linear(patterns: list[dict[str, Any]]) -> None:
    slow = [why for entry in patterns if (why := growth(entry))]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize(
    ("pattern", "grows"),
    [(r"\s+$", True), (r"(\w+\s?)+\.", True), (r"(?<!\s)\s{1,9}$", False),
     (r"\d{1,4}(?:\.\d{3}){0,4}", False)],
)  # fmt: skip
def test_the_measure_tells_the_two_kinds_apart(pattern: str, grows: bool) -> None:
    entry = {"pattern": pattern, "flags": 0, "bytes": False, "where": "here", "anchored": False}
    assert bool(growth(entry)) is grows


def growth(entry: dict[str, Any]) -> str | None:
    """Why a pattern is too slow, if it is."""
    is_bytes, scan = entry["bytes"], not entry["anchored"]
    pattern = entry["pattern"].encode("latin-1") if is_bytes else entry["pattern"]
    compiled = re.compile(pattern, entry["flags"])
    pairs = zip(*(worst_texts(entry["pattern"], entry["flags"], size) for size in (SMALL, LARGE)), strict=True)
    for small, large in pairs:
        first, second = ((text.encode("latin-1", "replace") if is_bytes else text) for text in (small, large))
        if seconds(compiled, first, scan) < FLOOR:
            continue
        base = min(seconds(compiled, first, scan) for _ in range(3))
        if base > FAR_TOO_LONG or (
            base >= FLOOR and min(seconds(compiled, second, scan) for _ in range(2)) > MOST * base
        ):
            return f"{entry['where']}: {entry['pattern'][:150]} on {small[:40]!r}… ({base:.2f} s for {SMALL})"
    return None


def seconds(compiled: re.Pattern[Any], text: Any, scan: bool) -> float:
    """Processor time of one pass over a text, at most CAP."""
    started = process_time()
    with capped():
        if scan:
            for _ in compiled.finditer(text):
                pass
        else:
            compiled.match(text)
    return process_time() - started


class TimeUp(Exception):
    """The pass has had its time."""


@contextmanager
def capped() -> Iterator[None]:
    """End the block after CAP seconds of the processor: exponential patterns would otherwise never."""
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, CAP)
        yield
    except TimeUp:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(number: int, frame: object) -> None:
    raise TimeUp
