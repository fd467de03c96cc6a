"""Cases written by hand: one for each thing that the guard protects, and for each unit that words must keep whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.segment import split_sentences, tokenize

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[Any]:
    rows = json.loads((GOLDEN / f"segment_{name}.json").read_text("utf-8"))
    return [pytest.param(row["text"], row["expect"], id=row["label"]) for row in rows]


@pytest.mark.parametrize(("text", "expect"), cases("sentences_vi"))
def test_vietnamese_sentences(text: str, expect: list[str]) -> None:
    assert split_sentences(text, "vi") == expect


@pytest.mark.parametrize(("text", "expect"), cases("sentences_en"))
def test_english_sentences(text: str, expect: list[str]) -> None:
    assert split_sentences(text, "en") == expect


@pytest.mark.parametrize(("text", "expect"), cases("words_vi"))
def test_vietnamese_words(text: str, expect: list[str]) -> None:
    assert tokenize(text, "vi") == expect


@pytest.mark.parametrize(("text", "expect"), cases("words_en"))
def test_english_tokens(text: str, expect: list[str]) -> None:
    assert tokenize(text, "en") == expect


@pytest.mark.parametrize(("text", "expect"), cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(text: str, expect: list[str]) -> None:
    assert split_sentences(text, "vi" if not text.isascii() else "en") == expect
