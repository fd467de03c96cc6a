"""Golden cases for columns and for Markdown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UsageError
from corpus.loaders.fields import Columns
from corpus.loaders.markdown import read_markdown

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[Any]:
    content = json.loads((GOLDEN / f"loaders_{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case["text"], case["expect"], id=case["label"]) for case in content]


@pytest.mark.parametrize(("values", "expect"), cases("fields"))
def test_columns(values: dict[str, Any], expect: dict[str, Any]) -> None:
    nothing = {"given": None, "markup": None, "reject": None}
    assert Columns.choose().map(values)._asdict() == {**nothing, **expect}


@pytest.mark.parametrize(("text", "expect"), cases("markdown"))
def test_markdown(text: str, expect: dict[str, Any]) -> None:
    blocks, fields = read_markdown(text)
    assert fields == expect["fields"]
    assert [list(block) for block in blocks] == expect["blocks"]


def test_a_column_that_the_user_names_comes_first() -> None:
    columns = Columns.choose({"text": "tóm tắt", "title": "text"})
    mapped = columns.map({"text": "Tin", "tóm tắt": "Mưa.", "title": "Khác"})
    assert (mapped.text, mapped.fields) == ("Mưa.", {"title": "Tin"})


def test_an_unknown_field_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"no field 'titel'.*Did you mean 'title'"):
        Columns.choose({"titel": "x"})
