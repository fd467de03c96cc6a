"""What is known before the room looks: role hints are trusted, known fields win, credits reach their captions."""

from __future__ import annotations

import pytest

from corpus.errors import UsageError
from corpus.structure import analyse, split_paragraphs

TEXT = """Hội thi rung chuông vàng
Minh Tâm
05/08/2023
Sáng nay, hơn 300 học sinh đã tham gia hội thi rung chuông vàng do trường tổ chức.
Học sinh trả lời câu hỏi
Các em đã mang đến không khí sôi nổi, nhiều em vượt qua đến câu hỏi thứ hai mươi.
"""
SPANS = split_paragraphs(TEXT)
LANGS = ["vi"] * len(SPANS)


def test_without_anything_known() -> None:
    found = analyse(TEXT, "vi", SPANS, LANGS)
    assert [p.role for p in found.paragraphs] == ["title", "byline", "dateline", "lead", "heading", "body"]
    assert (found.title, found.author, found.published) == ("Hội thi rung chuông vàng", "Minh Tâm", "2023-08-05")


def test_hints_are_trusted() -> None:
    hints: list[str | None] = [None, None, None, "body", "caption", None]
    found = analyse(TEXT, "vi", SPANS, LANGS, hints)
    assert [p.role for p in found.paragraphs] == ["title", "byline", "dateline", "body", "caption", "body"]


def test_a_hinted_title_leaves_no_other() -> None:
    hints: list[str | None] = [None, None, None, None, "title", None]
    found = analyse(TEXT, "vi", SPANS, LANGS, hints)
    assert found.title == "Học sinh trả lời câu hỏi"
    assert [p.role for p in found.paragraphs].count("title") == 1


def test_credits_that_stood_apart() -> None:
    hints: list[str | None] = [None, None, None, None, "caption", None]
    found = analyse(TEXT, "vi", SPANS, LANGS, hints, credits=[None, None, None, None, "Hoài Thu", None])
    assert [(TEXT[c.start : c.end], c.credit) for c in found.captions] == [("Học sinh trả lời câu hỏi", "Hoài Thu")]


def test_known_fields_win() -> None:
    known = {"title": "Một tên khác", "author": "Lan Anh", "published": "2020-01", "site": "example.vn"}
    found = analyse(TEXT, "vi", SPANS, LANGS, known=known)
    assert (found.title, found.author, found.site) == ("Một tên khác", "Lan Anh", "example.vn")
    assert (found.published, found.published_precision) == ("2020-01", "month")


def test_a_known_title_is_found_in_the_text_and_its_repetition_is_boilerplate() -> None:
    text = TEXT + "Hội thi rung chuông vàng\n"
    spans = split_paragraphs(text)
    known = {"title": "Hội thi Rung chuông vàng"}
    found = analyse(text, "vi", spans, ["vi"] * len(spans), known=known)
    assert [p.role for p in found.paragraphs][::6] == ["title", "boilerplate"]
    assert found.title == "Hội thi Rung chuông vàng"


def test_a_known_author_marks_a_byline_that_is_no_name() -> None:
    text = TEXT + "Sao Mai Online Team\n"
    spans = split_paragraphs(text)
    found = analyse(text, "vi", spans, ["vi"] * len(spans), known={"author": "Sao Mai Online Team"})
    assert found.paragraphs[-1].role == "byline"
    assert found.author == "Sao Mai Online Team"


def test_nothing_gives_nothing() -> None:
    found = analyse("", "und", [], [])
    assert found.paragraphs == [] and found.title is None and found.references == []


def test_lists_of_different_length_are_the_caller_s_mistake() -> None:
    with pytest.raises(UsageError, match="one of each for every paragraph"):
        analyse(TEXT, "vi", SPANS, ["vi"])
