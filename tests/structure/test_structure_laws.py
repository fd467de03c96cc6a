"""Laws that hold for any text: spans, roles, captions and references that point into it, time that grows with it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.structure import ROLES, Structure, analyse, sentence_regions, split_paragraphs

PIECES = st.sampled_from(
    [
        "Hội nghị tổng kết công tác biên giới", "Quốc Tuấn", "(Sonla.gov.vn) ", "Ảnh: Hoài Thu", "Photo: Hoai Thu",
        "Thứ sáu, 18/12/2020, 18:12", "Nguồn: https://ttdn.vn/abc", "Latest", "x", "Tin liên quan", "Theo TTXVN",
        "Nghị quyết số 16-NQ/TW ngày 10/10/2017", "Luật Đất đai 2024", "Delegates attend the conference.", "Điều 5.",
        "Đồng chí Chủ tịch phát biểu.", "của Bộ Chính trị", "By John Smith", "CC BY 4.0", "- ", "\n", "\n\n", " ", ". ",
        "Tỉnh đã triển khai nhiều giải pháp phát triển kinh tế vùng biên, nâng cao đời sống nhân dân các dân tộc.",
        "\u0000", "\ud800", "\u2028", "“", "(", ")", "…", "©",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join)
LANGS = st.sampled_from(["vi", "en", "mixed", "other", "und"])


def structure_of(text: str, lang: str = "vi") -> Structure:
    spans = split_paragraphs(text)
    return analyse(text, lang, spans, [lang] * len(spans))


@given(TEXTS)
def test_paragraphs_hold_everything_but_white_space(text: str) -> None:
    spans = split_paragraphs(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_an_unwrapped_paragraph_is_a_line(text: str) -> None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = [text[start:end] for start, end in split_paragraphs(text)]
    assert found == lines or any("\n" in paragraph for paragraph in found)


@given(TEXTS, LANGS)
@settings(deadline=None)
def test_everything_points_into_the_text(text: str, lang: str) -> None:
    found = structure_of(text, lang)
    spans = split_paragraphs(text)
    assert [(p.start, p.end) for p in found.paragraphs] == spans
    assert {p.role for p in found.paragraphs} <= set(ROLES)
    for record in [*found.captions, *found.references, *found.dates]:
        assert 0 <= record.start < record.end <= len(text)
        assert any(start <= record.start and record.end <= end for start, end in spans) or record in found.references
    for name in ("title", "author", "published", "site", "url", "place", "license"):
        assert getattr(found, name) != ""
    assert (found.published is None) == (found.published_precision is None)


@given(TEXTS, LANGS)
@settings(deadline=None)
def test_regions_are_the_sentence_roles(text: str, lang: str) -> None:
    found = structure_of(text, lang)
    regions = {index: (start, end) for index, start, end in sentence_regions(found)}
    for index, paragraph in enumerate(found.paragraphs):
        speaks = paragraph.role in ("title", "lead", "body", "heading", "caption")
        assert (index in regions) == speaks
        if speaks:
            start, end = regions[index]
            assert paragraph.start <= start < end <= paragraph.end
            assert paragraph.role == "caption" or (start, end) == (paragraph.start, paragraph.end)
    assert len(found.captions) == sum(paragraph.role == "caption" for paragraph in found.paragraphs)


@given(TEXTS)
@settings(deadline=None)
def test_the_same_text_gives_the_same_structure(text: str) -> None:
    assert structure_of(text) == structure_of(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a", "Luật Phòng chống ", "Nghị quyết số ", "1/", "12/NQ-", "16-NQ/TW, ", "( ", "Photo: ", "Law on The ", "A-",
        "of the Government ", "Aa and ", "CC BY-", "https://a.vn/", "ngày 1/1/2020 ", "\u0000", "\ud800",
    ],
)  # fmt: skip
def test_one_long_line_costs_no_more_than_its_length(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    started = time.process_time()
    structure_of(line)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "line",
    [
        "x", "Hoài Thu", "Một dòng không có dấu chấm", "Đại biểu dự. Ảnh: Hoài Thu", "Ảnh: Hoài Thu", "Latest",
        "Hội nghị diễn ra tốt đẹp trong ngày.", "Hoài Thu\nLatest\nx", "Đồng chí A phát biểu.", "18/12/2020 18:12",
        "TIN MỚI ĐÂY RỒI", "Điều 5. Phạm vi", "Có gì không?", "Nguồn: https://a.vn/b",
    ],
)  # fmt: skip
def test_many_lines_cost_no_more_than_their_number(line: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        structure_of("\n".join([line] * count))
        return time.process_time() - started

    # A busy machine slows single runs down: what grows faster than linearly does so every time.
    assert any(seconds(4_000) < 4 * 4 * max(seconds(1_000), 0.02) for _ in range(4))
