"""Names: found by their capitals, compared without diacritics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.orthography import find_names, fold


def keys(text: str) -> list[str]:
    return [name.key for name in find_names(text)]


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Đồng chí Hoàng Quốc Khánh phát biểu.", "Comrade Hoang Quoc Khanh spoke."),
        ("Tại Hà Nội, mưa to.", "In Hanoi, it rained."),
        ("Ông Nguyễn Văn Thông nói vậy.", "Mr Nguyen Van Thong said so."),
        ("Mưa ở Sốp Cộp, Đắk Lắk và NATO", "Rain in Sop Cop, Dak Lak and NATO"),
    ],
)
def test_names_meet_across_languages(vi: str, en: str) -> None:
    assert keys(vi) == keys(en) != []


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp tục kiểm soát. Duy trì công tác.",
        "Rain fell. However, it stopped.",
        "HỘI NGHỊ BAN CHỈ ĐẠO BIÊN GIỚI",
        "ma, an, to, in",
        "Ông nói: “Được”.",
        "Họ hô “Tiến lên”.",
    ],
)
def test_a_capital_alone_makes_no_name(text: str) -> None:
    assert find_names(text) == []


def test_names_that_look_like_small_words_are_kept_whole() -> None:
    assert keys("To Lam and Song Ma. An Giang too.") == ["tolam", "songma", "angiang"]


@given(st.text())
def test_names_are_slices_of_the_text_in_order(text: str) -> None:
    end = 0
    for name in find_names(text):
        assert end <= name.start < name.end <= len(text)
        assert fold(text[name.start : name.end]).casefold().replace(" ", "").replace("-", "") == name.key
        end = name.end
