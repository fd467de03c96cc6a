"""Personal data: the cases, and the laws of finding and masking."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.curation.pii import KINDS, Personal, find_personal, mask_personal, mask_spans
from corpus.curation.pii_numbers import luhn
from corpus.curation.pii_tables import card_lengths, phone_plan, provinces

CASES = json.loads((Path(__file__).parent.parent / "golden" / "pii.json").read_text(encoding="utf-8"))

PIECES = [
    "0912345678", "0912 345 678", "+84 24 3825 1234", "(0204) 3 856 789", "024090012345", "123456789", "CMND số ",
    "4111 1111 1111 1111", "a.b@x.vn", "a [at] b.vn", "Mật khẩu: ", "Abc@2023", "hf_AbCdEfGhIjKlMnOpQrStUv1", "ĐT: ",
    "-----BEGIN ", "PRIVATE KEY-----", "-----END ", " đồng", "1.200.000", "MST ", "https://", "://u:", "đ", "é",
    "e\u0301", "\ud800", "\0", "０９", "٠", " ", "-", ".", "/", "(", ")", "+", "\n", "x", "0", "84", "is", "=",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join)
)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[found.kind, text[found.start : found.end]] for found in find_personal(text)] == case["expect"]


@given(TEXTS)
def test_spans_are_ordered_apart_and_of_a_known_kind(text: str) -> None:
    position = 0
    for kind, start, end in find_personal(text):
        assert kind in KINDS
        assert position <= start < end <= len(text)
        position = end


@given(TEXTS)
def test_a_mask_keeps_every_offset(text: str) -> None:
    masked = mask_personal(text)
    assert len(masked) == len(text)
    hidden = {place for _, start, end in find_personal(text) for place in range(start, end)}
    for place, (before, after) in enumerate(zip(text, masked, strict=True)):
        if place not in hidden or unicodedata.category(before)[0] not in "LMN":
            assert before == after
        else:
            assert after in ("x", "0") or after == before


@given(TEXTS)
def test_a_masked_text_holds_nothing_personal(text: str) -> None:
    masked = mask_personal(text)
    assert find_personal(masked) == []
    assert mask_personal(masked) == masked


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_any_spans_can_be_masked(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Personal("id", min(pair), max(pair)) for pair in ends]
    masked = mask_spans(text, spans)
    assert len(masked) == len(text)
    assert mask_spans(masked, spans) == masked


@given(st.text("0123456789", min_size=1, max_size=18))
def test_one_check_digit_in_ten_is_right(digits: str) -> None:
    assert sum(luhn(f"{digits}{check}") for check in range(10)) == 1


@given(st.sampled_from(sorted(phone_plan().mobile)), st.integers(0, 10**7 - 1), st.sampled_from(["0", "+84", "0084"]))
def test_every_mobile_number_is_found(prefix: str, rest: int, head: str) -> None:
    number = f"{head}{prefix}{rest:07d}"
    assert find_personal(f"Gọi {number} nhé") == [("phone", 4, 4 + len(number))]


@given(st.integers(10**6, 10**13), st.sampled_from([".", ",", " "]), st.sampled_from(["", "Giá ", "khoảng ", "+"]))
def test_an_amount_with_thousands_is_never_personal(value: int, mark: str, before: str) -> None:
    amount = f"{value:,}".replace(",", mark)
    assert find_personal(f"{before}{amount} đồng") == []
    assert find_personal(f"{before}{amount}.") == []


def test_the_tables_say_what_the_plans_say() -> None:
    plan = phone_plan()
    assert len(provinces()) == 63  # one a province when the numbers were introduced
    assert len(plan.area) == 63
    assert set(plan.area.values()) == {10}
    assert {length for prefix, length in plan.mobile.items() if prefix[0] != "1"} == {9}
    assert set(card_lengths()) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    "unit",
    [
        "0", "9", "a", ".", " ", "(", "+", "-", "0-", "0 ", "0912 ", "+84", "+1 ", "(0", "a.", "a@", "a@b.", "@", "eyJ",
        "sk-", "eyJaaaaaaaa.", "://a:", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "mật khẩu: ",
        "mật khẩu", "token=", "bearer ", "CMND ", "https://", "www.", "9704 ", "4111 1111 1111 1112 ", "0912345678/",
        "hộ chiếu A", "a [at] ", "AKIA", "zalo.me/", "0912345678 ", "a@b.vn ", "024090012345 ", "password:a1b2 ",
    ],
)  # fmt: skip
def test_a_hostile_line_takes_linear_time(unit: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        mask_personal(text)
        return time.process_time() - start

    def seconds(size: int) -> float:
        # The least of three: whatever else the machine does can only add to it.
        return min(once(unit * (size // len(unit))) for _ in range(3))

    whole = seconds(160_000)
    assert whole < 0.3 or whole < 8 * seconds(40_000)
