"""Cases from portals, newspapers and laws, each written by hand with what a reader would say."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.orthography import find_dates, find_numbers, fold, normalize, shadow, tone_key

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[Any]:
    rows = json.loads((GOLDEN / f"orthography_{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=f"{row.get('lang', name)}: {row['label']}") for row in rows]


@pytest.mark.parametrize("case", cases("dates"))
def test_dates_are_found(case: dict[str, Any]) -> None:
    assert [date.iso for date in find_dates(case["text"], case["lang"])] == case["expect"]


@pytest.mark.parametrize("case", cases("not_dates"))
def test_what_is_no_date_is_not_found(case: dict[str, Any]) -> None:
    assert find_dates(case["text"], case["lang"]) == []


@pytest.mark.parametrize("case", cases("numbers"))
def test_numbers_are_found(case: dict[str, Any]) -> None:
    assert [str(number.value) for number in find_numbers(case["text"], case["lang"])] == case["expect"]


@pytest.mark.parametrize("case", cases("not_numbers"))
def test_what_is_no_quantity_is_not_found(case: dict[str, Any]) -> None:
    assert find_numbers(case["text"], case["lang"]) == []


@pytest.mark.parametrize("case", cases("normal"))
def test_normalize(case: dict[str, Any]) -> None:
    assert normalize(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", cases("same"))
def test_keys(case: dict[str, Any]) -> None:
    key = {"tone": tone_key, "fold": fold, "shadow": shadow}[case["key"]]
    assert key(case["text"]) == case["expect"]


@pytest.mark.parametrize(
    ("text", "lang", "spans"),
    [
        ("ngày 04/8/2023,", "vi", ["04/8/2023"]),
        ("Ngày 10 tháng 10 năm 2017.", "vi", ["10 tháng 10 năm 2017"]),
        ("từ tháng 8/2023 đến năm 2024", "vi", ["tháng 8/2023", "2024"]),
        ("On January 16th, 2024, in 2025", "en", ["January 16th, 2024", "2025"]),
        ("the 16th of January", "en", ["16th of January"]),
        ("September 20-22, 2023", "en", ["September 20", "22, 2023"]),
    ],
)
def test_the_span_of_a_date_leaves_its_introduction_out(text: str, lang: str, spans: list[str]) -> None:
    assert [text[date.start : date.end] for date in find_dates(text, lang)] == spans


@pytest.mark.parametrize(
    ("text", "lang", "spans"),
    [
        ("trên 17 tỷ đồng", "vi", ["17 tỷ"]),
        ("$3.5 million;", "en", ["3.5 million"]),
        ("2 tỷ 500 triệu đồng", "vi", ["2 tỷ 500 triệu"]),
        ("hơn hai mươi lăm nghìn người", "vi", ["hai mươi lăm nghìn"]),
        ("tăng 10,4%.", "vi", ["10,4"]),
    ],
)
def test_the_span_of_a_number_takes_its_magnitude_in(text: str, lang: str, spans: list[str]) -> None:
    assert [text[number.start : number.end] for number in find_numbers(text, lang)] == spans


@pytest.mark.parametrize(
    ("text", "precision"),
    [("ngày 4/8/2023", "day"), ("tháng 8/2023", "month"), ("năm 2023", "year"), ("ngày 4/8", "month-day")],
)
def test_a_date_says_how_precise_it_is(text: str, precision: str) -> None:
    assert [date.precision for date in find_dates(text, "vi")] == [precision]
