"""What is seen without understanding: lengths, copies, debris, repetition, markup, endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.scoring.endings import read_ending
from corpus.scoring.surface import copied, debris, length_ratio, markup_share, repeated, usual_ratio, without_markup

VIETNAMESE = "Hội nghị tổng kết công tác phòng chống ma túy của các tỉnh biên giới năm 2020"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "—", "2020", "a" * 300, "ă" * 300, "$" * 301, "<a" * 200])
def test_odd_text_is_measured_or_null(text: str) -> None:
    for share in (debris(text), repeated(text), markup_share(text), copied(text, "mưa"), copied("rain", text)):
        assert share is None or 0 <= share <= 1
    assert isinstance(without_markup(text), str)


@given(st.text(max_size=80))
def test_shares_are_shares(text: str) -> None:
    for share in (debris(text), repeated(text), markup_share(text), copied(text, text)):
        assert share is None or 0 <= share <= 1


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=10))
def test_a_copy_is_a_copy(word: str) -> None:
    share = copied(f"xin chào {word}", f"xin chào {word}")
    assert share == 1.0


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip), st.floats(0.5, 2.0))
def test_usual_ratio_scales_the_ratio(vi: str, en: str, usual: float) -> None:
    plain, scaled = length_ratio(vi, en), length_ratio(vi, en, usual)
    assert plain is not None and scaled is not None
    assert scaled == pytest.approx(plain / usual)


def test_usual_ratio_is_the_middle_one() -> None:
    pairs = [("mưa", "rainy!")] * 20 + [("mưa", "rain")] * 5 + [("mưa", "rain" * 10)] * 15
    assert usual_ratio(pairs) == 2.0
    assert usual_ratio([]) == 1.0


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_utf8_read_wrongly_is_debris(codec: str) -> None:
    wrong = VIETNAMESE.encode().decode(codec, "replace")
    share = debris(wrong)
    assert share is not None and share > 0.4


@pytest.mark.parametrize("text", [VIETNAMESE, "À la crème brûlée, façade, Dvořák, señor", "Price: 5 €, 20 °C, m×n, ½"])
def test_clean_text_is_no_debris(text: str) -> None:
    assert debris(text) == 0.0


def test_saying_it_twice_is_repetition() -> None:
    once = "Đoàn công tác đã đến thăm xã Chiềng Ban"
    assert repeated(once) == 0.0
    assert repeated(f"{once} {once}") == 0.5
    assert repeated("ha " * 50) == pytest.approx(1.0, abs=0.05)


def test_markup_is_taken_out() -> None:
    assert markup_share("<p>&nbsp;</p>") == 1.0
    assert markup_share(VIETNAMESE) == 0.0
    assert "sonla" not in without_markup("Xem https://sonla.gov.vn/tin?id=1 nhé")


@pytest.mark.parametrize("text, lang, full, dangling", [
    ("Đoàn đã đến.", "vi", True, False), ('He said: "Go."', "en", True, False), ("Tin mới", "vi", False, False),
    ("Chủ tịch của", "vi", False, True), ("the head of the", "en", False, True), ("", "vi", False, False),
])  # fmt: skip
def test_endings(text: str, lang: str, full: bool, dangling: bool) -> None:
    ending = read_ending(text, lang)
    assert (ending.full, ending.dangling) == (full, dangling)
