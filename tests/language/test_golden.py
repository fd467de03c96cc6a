"""Cases written by hand, by kind: lines, other languages, articles, and what is known to fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.language import detect, detect_lines, detect_parts

GOLDEN = Path(__file__).parents[1] / "golden"


def cases(name: str) -> list[Any]:
    rows = json.loads((GOLDEN / f"language_{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["expect"], id=row["label"]) for row in rows]


@pytest.mark.parametrize(("text", "expect"), cases("lines"))
def test_lines(text: str, expect: dict[str, Any]) -> None:
    found = detect(text)
    assert {"label": found.label, "unaccented": found.unaccented} == expect


@pytest.mark.parametrize(("text", "expect"), cases("world"))
def test_other_languages(text: str, expect: dict[str, Any]) -> None:
    assert detect(text).label == expect["label"]


@pytest.mark.parametrize(("text", "expect"), cases("articles"))
def test_articles(text: list[str], expect: dict[str, Any]) -> None:
    article, parts = detect_parts(text)
    assert {"label": article.label, "parts": [part.label for part in parts]} == expect


@pytest.mark.parametrize(("text", "expect"), cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="evidence of the words alone does not settle these")
def test_known_failures(text: str, expect: dict[str, Any]) -> None:
    assert detect_lines([text])[0].label == expect["label"]


def test_article_without_its_paragraphs_is_judged_by_its_lines() -> None:
    text = "The road was opened to traffic.\n\nẢnh: Minh Tâm\nIt shortens the way to the border gate by half.\n"
    assert detect(text).label == "en"


def test_unaccented_article_says_so() -> None:
    article, _ = detect_parts(["Hom nay troi dep nen ca nha di cho.", "Chieu nay me nau com va kho ca."])
    assert (article.label, article.unaccented) == ("vi", True)
