"""Cases written by hand, by kind of accident, and clean text of many languages that must stay as it is."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from corpus.encoding import decode, repair

GOLDEN = Path(__file__).parents[1] / "golden"


def cases(*names: str) -> list[Any]:
    files = [(GOLDEN / f"encoding_{name}.json").read_text(encoding="utf-8") for name in names]
    rows = [row for file in files for row in json.loads(file)]
    return [pytest.param(row["text"], row["expect"], id=row["label"]) for row in rows]


@pytest.mark.parametrize(("text", "expect"), cases("tcvn3", "vni", "other"))
def test_mojibake_is_read(text: str, expect: dict[str, str]) -> None:
    repaired = repair(text)
    assert repaired._asdict() | {"confidence": None} == {**expect, "confidence": None}
    assert 0.5 < repaired.confidence < 1.0


@pytest.mark.parametrize(("text", "expect"), cases("tcvn3", "vni", "other"))
def test_what_was_read_is_clean(text: str, expect: dict[str, str]) -> None:
    assert repair(expect["text"]).repair is None


@pytest.mark.parametrize(("text", "expect"), cases("clean"))
def test_clean_text_stays(text: str, expect: None) -> None:
    assert repair(text) == (unicodedata.normalize("NFC", text), expect, 1.0)


@pytest.mark.parametrize(("text", "expect"), cases("clean"))
def test_each_clean_word_alone_stays(text: str, expect: None) -> None:
    for word in text.split():
        assert repair(word).repair is expect


@pytest.mark.parametrize(("text", "expect"), cases("bytes"))
def test_bytes(text: str, expect: dict[str, Any]) -> None:
    decoded = decode(bytes.fromhex(text), expect.get("declared"))._asdict()
    assert {**expect, **decoded, "confidence": None} == {**decoded, **expect, "confidence": None}
