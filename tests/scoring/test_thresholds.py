"""Presets, files of one's own, and mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.schema import SCORES
from corpus.scoring.thresholds import PRESETS, Bound, load_thresholds, parse_thresholds

SHARE = st.floats(0, 1)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_load_and_have_reasons_of_their_own(name: str) -> None:
    thresholds = load_thresholds(name)
    assert thresholds.bounds and thresholds.signature.startswith(f"{name}@")
    assert thresholds.reject({"quality": 0.0, "lang_vi": 1.0, "lang_en": 1.0}) == "accept:quality"


@given(st.fixed_dictionaries({column.name: st.none() | SHARE for column in SCORES}))
def test_what_is_let_pass_strictly_is_let_pass_loosely(scores: dict[str, float | None]) -> None:
    strict, default, loose = (load_thresholds(name).reject(scores) for name in ("strict", "default", "loose"))
    assert strict is not None or default is None
    assert default is not None or loose is None


def test_a_null_score_rejects_only_if_the_file_says_so() -> None:
    assert parse_thresholds("numbers: {min: 0.5}", "f").reject({"numbers": None}) is None
    assert parse_thresholds("numbers: {min: 0.5, null: reject}", "f").reject({"numbers": None}) == "accept:numbers"
    assert parse_thresholds("numbers: {min: 0.5, null: reject}", "f").reject({}) == "accept:numbers"


def test_the_first_broken_bound_is_named() -> None:
    thresholds = parse_thresholds("copy: {max: 0.8}\nquality: {min: 0.3}", "f")
    assert thresholds.reject({"copy": 0.9, "quality": 0.1}) == "accept:copy"
    assert thresholds.reject({"copy": 0.8, "quality": 0.1}) == "accept:quality"
    assert thresholds.reject({"copy": 0.8, "quality": 0.3}) is None


@given(SHARE, SHARE, SHARE)
def test_bounds_are_included(a: float, b: float, value: float) -> None:
    low, high = sorted((a, b))
    assert Bound("copy", low, high).broken_by(value) == (value < low or value > high)


def test_signature_follows_the_bounds(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("copy: {max: 0.8}", "utf-8")
    two.write_text("# the same\ncopy:\n  max: 0.8\n", "utf-8")
    assert load_thresholds(one).signature == load_thresholds(str(two)).signature
    two.write_text("copy: {max: 0.7}", "utf-8")
    assert load_thresholds(one).signature != load_thresholds(two).signature


@pytest.mark.parametrize("text, message", [
    ("qualty: {min: 0.5}", "Did you mean 'quality'"), ("copy: {mx: 0.5}", "Did you mean 'max'"),
    ("copy: 0.5", "no bounds"), ("copy: {min: high}", "'high'"), ("copy: {min: true}", "a number belongs"),
    ("copy: {min: 0.9, max: 0.1}", "swap"), ("- copy", "one a line"), ("copy: {", "is no YAML"),
    ("copy: {null: maybe}", "keep or reject"), ("copy: {min: .nan}", "a number belongs"),
])  # fmt: skip
def test_mistakes_are_told(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_thresholds(text, "mine.yaml")


def test_unknown_presets_and_files(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Did you mean 'strict'"):
        load_thresholds("strickt")
    with pytest.raises(UsageError, match="cannot read"):
        load_thresholds(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="cannot read"):
        load_thresholds(tmp_path)


def test_an_empty_file_rejects_nothing() -> None:
    assert parse_thresholds("# nothing", "f").reject({"quality": 0.0}) is None
