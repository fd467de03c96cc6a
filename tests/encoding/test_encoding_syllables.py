"""What the orthography lets a syllable be, and what it never writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoding.syllables import grade, rimes

WELL_FORMED = (
    "nghiêng", "nguyễn", "khuỷu", "quỳnh", "quốc", "quở", "gì", "giếng", "giữ", "gìn", "ghế", "kỹ",
    "lý", "mỹ", "uống", "yêu", "ý", "ơi", "ủy", "uỷ", "hòa", "hoà", "khoẻ", "thuý", "xoong", "chuếnh",
    "choáng", "huơ", "thuở", "quạnh", "quẽ", "rượu", "bưởi", "Đắk", "tuýp", "buýt", "voan", "ngoằn",
    "ngoèo", "ÁNH", "Ước", "đẵn",
)  # fmt: skip
IMPOSSIBLE = (
    "cé", "gê", "nge", "kan", "gha", "ngha", "cac", "lờng", "nhưc", "bơng", "aắ", "ăả", "tèt", "mặc̀",
    "quuơ", "été", "für", "thé́", "vøng", "weôn", "zà", "jê", "fẩm", "boái", "moả", "phuế", "vuỳ",
    "chốcn", "ngươ", "ấâ", "tịch̃",
)  # fmt: skip


@pytest.mark.parametrize("word", WELL_FORMED)
def test_well_formed(word: str) -> None:
    assert grade(word) == grade(word.upper()) == 1


@pytest.mark.parametrize("word", IMPOSSIBLE)
def test_impossible(word: str) -> None:
    assert grade(word) == -1


@pytest.mark.parametrize("word", ["họach", "tòan", "qủa", "nghiã", "QĐ", "CĐKT", "đ"])
def test_irregular(word: str) -> None:
    assert grade(word) == 0


@pytest.mark.parametrize("word", ["lỔ", "viỆt", "xÃ"])
def test_a_capital_after_a_small_letter_is_no_spelling(word: str) -> None:
    assert grade(word) == -1


def test_every_rime_has_a_seat_for_the_tone() -> None:
    assert all(known.seats and max(known.seats) < len(rime) for rime, known in rimes().items())


@given(st.text(max_size=12))
def test_any_text_has_a_grade(text: str) -> None:
    assert grade(text) in (-1, 0, 1)
