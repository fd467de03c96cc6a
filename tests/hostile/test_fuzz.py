"""A short run of the fuzzer, and that it notices what it is there to notice."""

from __future__ import annotations

import sys
from pathlib import Path

import fuzz
import pytest
from mutations import mutation, seeds

SHORT = 400


def test_a_few_hundred_mutations() -> None:
    tally = fuzz.fuzz(0, SHORT, seed=1, deep=50)
    assert tally.mutations == SHORT and not tally.problems
    assert tally.records == tally.kept + tally.rejected.total() >= SHORT


def test_the_files_it_starts_from_are_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("mutations.CHANGES", (lambda data, random: data,))
    tally = fuzz.Tally()
    for told in fuzz.examined({number: mutation(0, number) for number in range(len(seeds()))}, tmp_path, deep=0):
        tally.add(told)
    assert tally.mutations == len(seeds()) and tally.kept > 2 * len(seeds()) and not tally.problems
    assert set(tally.rejected) <= {"load:empty", "load:no-text"}


def test_a_file_without_a_record_is_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("corpus.loaders.read", lambda folder: iter(()))
    (told,) = fuzz.examined({3: mutation(0, 3)}, tmp_path, deep=0)
    assert told["problems"] == [("lost", "3 d.txt: no record")]


def test_the_same_number_is_the_same_mutation() -> None:
    assert [mutation(3, number) for number in range(60)] == [mutation(3, number) for number in range(60)]
    assert mutation(3, 5) != mutation(4, 5)


@pytest.mark.parametrize(
    ("child", "kind"),
    [("import os; os.abort()", "crash"), ("import time; time.sleep(60)", "hang"), ("print('no json')", "crash")],
)
def test_a_child_that_dies_or_falls_silent_is_counted(monkeypatch: pytest.MonkeyPatch, child: str, kind: str) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 1.0)
    monkeypatch.setattr(fuzz, "CHILD", (sys.executable, "-c", child))
    tally = fuzz.fuzz(7, 9)
    assert [what.split()[0] for what in tally.problems[kind]] == ["7", "8"]


def test_a_row_that_breaks_a_promise_is_named() -> None:
    row = {
        "text": "Mưa to.",
        "reject": None,
        "sentences": [{"start": 0, "end": 9, "tokens": ["Mưa"]}],
        "title": "\ud800",
    }
    found = dict(fuzz.wrong([row], [{"in": 2, "kept": 1, "rejected": {}}]))
    assert found.keys() == {"lost", "invalid"}
    assert len(list(fuzz.wrong_spans(row))) == 2
    assert not list(fuzz.wrong([{"text": "a", "reject": None}], [{"in": 1, "kept": 1, "rejected": {}}]))
