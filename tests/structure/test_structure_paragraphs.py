"""Where paragraphs end: at every line end, but not where a program wrapped the lines."""

from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.structure import split_paragraphs

BODY = (
    "Ban chỉ huy phòng, chống thiên tai huyện đã họp khẩn, phân công từng thành viên xuống các xã vùng trũng để chỉ "
    "đạo việc di dời dân. Đến chiều cùng ngày, hơn hai trăm hộ đã được đưa đến nơi an toàn, được cấp lương thực và "
    "nước sạch."
)
MORE = (
    "The river rose by three metres during the night, and the bridge to the market was closed to all traffic. Soldiers "
    "carried old people and children to the school on the hill, where the villagers had already lit fires to cook rice."
)


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text)]


@given(st.integers(60, 100), st.lists(st.sampled_from([BODY, MORE, BODY + " " + MORE]), min_size=2, max_size=6))
@settings(deadline=None)
def test_wrapping_is_undone(width: int, original: list[str]) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in original)
    assert [" ".join(paragraph.split()) for paragraph in paragraphs(wrapped)] == original


def test_short_lines_of_a_wrapped_text_stay_lines() -> None:
    body = textwrap.fill(BODY + " " + MORE, 72)
    text = f"Nước lũ dâng cao\nHoài Thu\n\n{body}\n\n- Một tổ công tác\n- Hai xuồng máy\n"
    assert paragraphs(text) == ["Nước lũ dâng cao", "Hoài Thu", body, "- Một tổ công tác", "- Hai xuồng máy"]


def test_verse_is_not_wrapped_text() -> None:
    verse = "\n".join(["Gió đưa cành trúc la đà, tiếng chuông Trấn Vũ canh gà Thọ Xương"] * 4)
    assert len(paragraphs(f"{verse}\n\n{verse}")) == 8


def test_long_lines_are_paragraphs_without_blank_lines() -> None:
    assert paragraphs(f"{BODY}\n{MORE}\n{BODY}") == [BODY, MORE, BODY]


def test_nothing() -> None:
    assert paragraphs("") == paragraphs(" \n\t\n ") == []
