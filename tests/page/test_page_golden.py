"""Cases written by hand, by provenance: bylines, dates and JSON-LD as sites write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.page.linked import read_linked_data
from corpus.page.names import people
from corpus.page.published import read_day
from corpus.page.text import key
from corpus.page.tree import parse

GOLDEN = Path(__file__).parents[1] / "golden"
SITES = frozenset(map(key, ("Tuổi Trẻ Online", "Báo Nghệ An", "thanhnien.vn", "bnews.vn")))


def cases(name: str) -> list[Any]:
    rows = json.loads((GOLDEN / f"page_{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["expect"], id=row["label"]) for row in rows]


@pytest.mark.parametrize(("text", "expect"), cases("bylines"))
def test_people_of_a_byline(text: str, expect: list[str]) -> None:
    assert people(text, SITES) == expect


@pytest.mark.parametrize(("text", "expect"), cases("dates"))
def test_day_of_a_date_line(text: str, expect: str | None) -> None:
    assert read_day(text) == expect


@pytest.mark.parametrize(("text", "expect"), cases("jsonld"))
def test_json_ld(text: str, expect: dict[str, Any]) -> None:
    linked = read_linked_data(parse(f'<script type="application/ld+json">{text}</script>'))
    assert {"people": linked.people(), "published": linked.text("datePublished")} == expect
