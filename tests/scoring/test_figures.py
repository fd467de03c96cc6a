"""Numbers, dates, names and documents on both sides."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.scoring.figures import date_agreement, number_agreement
from corpus.scoring.names import legal_agreement, name_agreement

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[Any]:
    found = json.loads((GOLDEN / f"scoring_{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["label"]) for case in found]


@pytest.mark.parametrize("case", cases("figures"))
def test_numbers_agree(case: dict[str, Any]) -> None:
    assert number_agreement(case["vi"], case["en"]) == case["expect"]


@pytest.mark.parametrize("case", cases("names"))
def test_names_agree(case: dict[str, Any]) -> None:
    assert name_agreement(case["vi"], case["en"]) == case["expect"]


def grouped(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


@given(st.integers(10_000, 10**12))
def test_separators_of_thousands_do_not_matter(value: int) -> None:
    assert number_agreement(f"Có {grouped(value, '.')} người.", f"There are {grouped(value, ',')} people.") == 1.0


@given(st.integers(2, 999), st.sampled_from([("nghìn", "thousand"), ("triệu", "million"), ("tỷ", "billion")]))
def test_magnitudes_translate(value: int, scale: tuple[str, str]) -> None:
    assert number_agreement(f"Chi {value} {scale[0]} đồng", f"VND {value} {scale[1]} was spent") == 1.0


@given(st.integers(100, 899), st.integers(1, 100))
def test_another_number_is_found_out(value: int, more: int) -> None:
    assert number_agreement(f"Có {value} hộ.", f"There are {value + more} households.") == 0.0


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1950, 2030))
def test_a_date_agrees_with_itself_in_any_form(day: int, month: int, year: int) -> None:
    name = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")[month - 1]  # fmt: skip
    vi = f"Ngày {day} tháng {month} năm {year}, đoàn đến Sơn La."
    assert date_agreement(vi, f"On {name} {day}, {year}, the delegation came.") == 1.0
    assert date_agreement(vi, f"On {name} {day}, the delegation came.") == 1.0


def test_another_day_is_found_out() -> None:
    assert date_agreement("Ngày 4 tháng 8 năm 2023", "On September 17, 2022") == 0.0
    assert date_agreement("trời mưa", "it rains") is None


def test_documents_are_compared_by_their_figures() -> None:
    assert legal_agreement("Quyết định số 1234/QĐ-UBND", "Decision No. 1234/QD-UBND") == 1.0
    assert legal_agreement("Nghị định số 15/2020/NĐ-CP", "Decree No. 91/2021/ND-CP") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_shares_are_shares(vi: str, en: str) -> None:
    for share in (number_agreement(vi, en), date_agreement(vi, en), name_agreement(vi, en), legal_agreement(vi, en)):
        assert share is None or 0 <= share <= 1


@given(st.decimals(min_value=Decimal("1.01"), max_value=Decimal("99.99"), places=2))
def test_decimals_change_their_comma(value: Decimal) -> None:
    assert number_agreement(f"Tăng {str(value).replace('.', ',')} lần", f"It grew {value} times") == 1.0
