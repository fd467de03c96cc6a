"""JSON and JSON Lines: every record of a good file, one row for each broken one, in flat memory."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loaders import Limits, json_buffer, json_values, jsonl, read
from corpus.loaders.options import Options
from corpus.loaders.record import Row

KEYS = st.text(st.sampled_from('ab"\\{}[],: \nế😀'), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=3)


def cut(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def results(
    loader: Callable[[Iterable[str], Options], Iterator[Row]], text: str, size: int = 5, limit: int = 1000
) -> list[Any]:
    """The values of the rows, or their reasons."""
    with patch.object(json_buffer, "_LEAST_READ", size):
        found = list(loader(cut(text, size), Options(Limits(record_bytes=limit))))
    return [row.reject or row.values for row in found]


@given(st.lists(OBJECTS, max_size=6), st.integers(1, 7), st.booleans(), st.sampled_from([None, 2]))
def test_a_list_gives_its_objects_however_the_text_is_cut(
    objects: list[dict[str, Any]], size: int, ascii_: bool, indent: int | None
) -> None:
    text = json.dumps(objects, ensure_ascii=ascii_, indent=indent)
    assert results(json_values.rows, text, size) == objects


@given(objects=st.lists(OBJECTS.filter(bool), max_size=5), size=st.integers(1, 9))
def test_lines_give_their_objects_however_the_text_is_cut(objects: list[dict[str, Any]], size: int) -> None:
    text = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in objects)
    assert results(jsonl.rows, text, size) == objects


@given(st.text(st.sampled_from('ab"\\{}[],: \n1-tN'), max_size=60), st.integers(1, 7), st.integers(3, 30))
def test_no_text_raises(text: str, size: int, limit: int) -> None:
    for loader in (json_values.rows, jsonl.rows):
        assert all(isinstance(result, (dict, str)) for result in results(loader, text, size, limit))


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ('{"title": "Mưa", "text": "Mưa lớn."}', [{"title": "Mưa", "text": "Mưa lớn."}]),
        ('{"total": 2, "items": [{"text": "a"}, {"text": "b"}]}', [{"text": "a"}, {"text": "b"}]),
        ('{"text": "a", "comments": [{"text": "b"}]}', [{"text": "a", "comments": [{"text": "b"}]}]),
        ('{"text": "a"}\n{"text": "b"}', [{"text": "a"}, {"text": "b"}]),
        ('["Mưa.", "Gió."]', [{"text": "Mưa."}, {"text": "Gió."}]),
        ('[{"text": "a"}, 7, {"text": "b"}]', [{"text": "a"}, "load:no-text", {"text": "b"}]),
        ("[]", []),
    ],
)
def test_what_a_file_may_hold(text: str, expect: list[Any]) -> None:
    assert results(json_values.rows, text) == expect


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ('[{"text": "a"}, {"text": b}, {"text": "c"}]', [{"text": "a"}, "load:malformed", {"text": "c"}]),
        ('[{"text": "a"}, {"text": "b', [{"text": "a"}, "load:truncated", "load:truncated"]),
        ('[{"text": "a"}, ', [{"text": "a"}, "load:truncated"]),
        ('[{"text": "' + "b" * 2000 + '"}, {"text": "c"}]', ["load:too-large", {"text": "c"}]),
        ("Đây là một bài báo, không phải JSON.", ["load:malformed"]),
        ('{"text": "' + "b" * 2000 + '"}', ["load:too-large"]),
    ],
)
def test_a_broken_record_is_one_row_among_good_ones(text: str, expect: list[Any]) -> None:
    assert results(json_values.rows, text) == expect


def test_a_broken_line_is_one_row_among_good_ones() -> None:
    text = '{"text": "a"}\n{"text": \n\n{"text": "' + "b" * 2000 + '"}\n{"text": "c"}'
    assert results(jsonl.rows, text) == [{"text": "a"}, "load:malformed", "load:too-large", {"text": "c"}]


def test_an_object_larger_than_a_record_gives_the_elements_of_its_lists() -> None:
    items = [{"text": f"Bài {number}. " * 5} for number in range(60)]
    text = json.dumps({"source": "x", "tags": ["a"] * 400, "articles": items, "end": {"n": 1}}, ensure_ascii=False)
    assert results(json_values.rows, text, 50) == items


@pytest.mark.parametrize("loader", [json_values.rows, jsonl.rows])
def test_values_that_json_should_not_hold(loader: Callable[[Iterable[str], Options], Iterator[Row]]) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    (bottomless,) = loader([f'{{"text": {deep}}}'], Options())
    assert bottomless.reject == "load:malformed"
    (nan,) = loader(['{"text": "a", "score": NaN, "text": "b"}'], Options())
    assert nan.values["text"] == "b"
    (digits,) = loader(['{"text": ' + "9" * 10_000 + "}"], Options())
    assert digits.reject == "load:malformed" or digits.values


def test_a_value_without_an_end_is_looked_at_once() -> None:
    started = time.perf_counter()
    text = '[{"text": "' + 'a\\"' * 1_500_000
    found = list(json_values.rows(cut(text, 1 << 16), Options(Limits(record_bytes=1 << 24))))
    assert found[0].reject == "load:truncated"
    assert time.perf_counter() - started < 8


def test_lone_surrogates_and_nul_reach_the_record_harmless(tmp_path: Path) -> None:
    line = '{"text": "a\\ud800\\u0000b", "tác giả": "\\udc80x", "\\ud800": "y"}\n'
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    (record,) = read(tmp_path / "a.jsonl")
    assert record.text == "a\ud800\0b"
    assert record.fields == {"author": "\ufffdx", "\ufffd": "y"}
    assert len(record.sha256) == 64


def test_a_record_has_one_hash_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Tin", "text": "Mưa."}\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text("text,title\nMưa.,Tin\n", encoding="utf-8")
    (tmp_path / "c.json").write_text('[{"text": "Mưa.", "title": "Tin"}]', encoding="utf-8")
    (tmp_path / "d.jsonl").write_text('{"title": "Tin", "text": "Mưa!"}\n', encoding="utf-8")
    first, second, third, other = (record.sha256 for record in read(tmp_path))
    assert first == second == third != other
