"""Stages: rows are labelled, never lost, and the ledger counts each of them."""

from collections.abc import Iterator

import pytest

from corpus.engine.ledger import Ledger
from corpus.engine.stage import Row, Stage, run_stages, signature


def keep_short(row: Row, most: int = 5) -> Iterator[Row]:
    yield {**row, "reject": "short:long" if len(row["text"]) > most else None}


def fail_on_x(row: Row) -> Iterator[Row]:
    if row["text"] == "x":
        raise ValueError("no x")
    yield row


STAGES = (Stage("short", 1, keep_short), Stage("nox", 2, fail_on_x))


def test_rejected_rows_stay_and_the_ledger_adds_up() -> None:
    rows, ledger = run_stages([{"text": "ngắn"}, {"text": "quá là dài"}, {"text": "x"}], STAGES)
    assert [row.get("reject") for row in rows] == [None, "short:long", "nox:failed"]
    assert ledger.stages() == [
        {"stage": "short", "in": 3, "kept": 2, "rejected": {"short:long": 1}},
        {"stage": "nox", "in": 2, "kept": 1, "rejected": {"nox:failed": 1}},
    ]


def test_an_unforeseen_error_is_logged_with_its_source(caplog: pytest.LogCaptureFixture) -> None:
    run_stages([{"text": "x", "source": "a.txt"}], STAGES)
    assert "stage nox failed on a.txt: ValueError: no x" in caplog.text


def test_ledgers_add_up_to_what_their_stages_say() -> None:
    first, second = Ledger(), Ledger()
    first.count("load", None, 3)
    second.count("load", "load:empty", 2)
    first.add(second)
    assert first.stages() == [{"stage": "load", "in": 5, "kept": 3, "rejected": {"load:empty": 2}}]
    assert Ledger(first.stages()).stages() == first.stages()


def test_the_signature_changes_with_version_and_options() -> None:
    plain = signature(STAGES)
    assert plain == "short:v1|nox:v2"
    assert Stage("short", 1, keep_short, {"most": 9}).signature == "short:v1(most=9)"


def test_a_stage_maps_over_a_dataset() -> None:
    from datasets import Dataset

    stage = Stage("short", 1, keep_short)
    mapped = Dataset.from_dict({"text": ["ngắn", "quá là dài"]}).map(stage, batched=True, load_from_cache_file=False)
    assert mapped["reject"] == [None, "short:long"]
