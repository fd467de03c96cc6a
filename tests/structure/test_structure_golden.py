"""Golden articles and golden references, by provenance, each with what a careful reader would say of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.orthography import find_dates
from corpus.structure import Structure, analyse, split_paragraphs
from corpus.structure.references import find_references

GOLDEN = Path(__file__).parents[1] / "golden"
FIELDS = ("title", "author", "published", "published_precision", "site", "url", "place", "license")


def cases(name: str) -> list[Any]:
    loaded = json.loads((GOLDEN / f"structure_{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=f"{name}: {case['label']}") for case in loaded]


ARTICLES = [
    case for name in ("portal_vi", "portal_en", "newspaper", "copies", "border", "wild") for case in cases(name)
]


def read(case: dict[str, Any]) -> Structure:
    """`lang` is the article's language, `langs` those of the paragraphs that differ from it."""
    spans = split_paragraphs(case["text"])
    langs = [case.get("langs", {}).get(str(index), case["lang"]) for index in range(len(spans))]
    return analyse(case["text"], case["lang"], spans, langs)


@pytest.mark.parametrize("case", ARTICLES)
def test_roles(case: dict[str, Any]) -> None:
    found = read(case)
    assert [(p.role, case["text"][p.start : p.end]) for p in found.paragraphs] == [
        (role, case["text"][p.start : p.end]) for role, p in zip(case["expect"]["roles"], found.paragraphs, strict=True)
    ]


@pytest.mark.parametrize("case", ARTICLES)
def test_fields(case: dict[str, Any]) -> None:
    found = read(case)
    assert {name: getattr(found, name) for name in FIELDS} == {name: case["expect"][name] for name in FIELDS}


@pytest.mark.parametrize("case", ARTICLES)
def test_captions(case: dict[str, Any]) -> None:
    found = [[case["text"][caption.start : caption.end], caption.credit] for caption in read(case).captions]
    assert found == case["expect"]["captions"]


@pytest.mark.parametrize("case", [case for case in ARTICLES if "dates" in case.values[0]["expect"]])
def test_dates(case: dict[str, Any]) -> None:
    assert [date.iso for date in read(case).dates] == case["expect"]["dates"]


@pytest.mark.parametrize("case", [case for case in ARTICLES if "references" in case.values[0]["expect"]])
def test_references_of_articles(case: dict[str, Any]) -> None:
    found = [[r.kind, r.number, r.date] for r in read(case).references if r.number]
    assert found == case["expect"]["references"]


@pytest.mark.parametrize("case", cases("references"))
def test_references(case: dict[str, Any]) -> None:
    found = find_references(case["text"], find_dates(case["text"], "mixed"))
    assert [{"kind": r.kind, "number": r.number, "issuer": r.issuer, "date": r.date} for r in found] == case["expect"]
