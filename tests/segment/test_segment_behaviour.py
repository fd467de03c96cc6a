"""What callers rely on: languages, line breaks, errors, and what must not be touched."""

from __future__ import annotations

import pytest

from corpus.errors import UsageError
from corpus.segment import sentence_spans, split_sentences, token_spans, tokenize, word_segment
from corpus.segment.tables import rules
from corpus.segment.vietnamese import model_spelling


def test_offsets_are_into_the_text_as_given() -> None:
    text = "  Trời mưa.  Họ về. \n"
    assert sentence_spans(text, "vi") == [(2, 11), (13, 19)]


def test_a_line_break_ends_a_sentence() -> None:
    assert split_sentences("Hội nghị Ban Chỉ đạo\nTrời mưa.") == ["Hội nghị Ban Chỉ đạo", "Trời mưa."]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028"])
def test_in_wrapped_text_only_an_empty_line_does(line_break: str) -> None:
    text = f"Hội nghị đã{line_break}kết thúc. Họ{line_break}ra về{line_break} {line_break}Tin mới"
    assert [" ".join(s.split()) for s in split_sentences(text, wrapped=True)] == [
        "Hội nghị đã kết thúc.",
        "Họ ra về",
        "Tin mới",
    ]


def test_mixed_text_is_judged_line_by_line() -> None:
    text = "Ông ở Q. 3. Bà ở P. Bến Nghé.\nHe left at 5 p.m. Monday. She stayed."
    assert split_sentences(text, "mixed") == [
        "Ông ở Q. 3.",
        "Bà ở P. Bến Nghé.",
        "He left at 5 p.m. Monday.",
        "She stayed.",
    ]


def test_words_of_another_language_are_tokens() -> None:
    assert tokenize("Bonjour, Paris !", "other") == ["Bonjour", ",", "Paris", "!"]


@pytest.mark.parametrize("function", [sentence_spans, token_spans, split_sentences, tokenize, word_segment])
def test_an_unknown_language_is_the_callers_mistake(function: object) -> None:
    assert callable(function)
    with pytest.raises(UsageError, match="no language 'fr'; there are: en"):
        function("Trời mưa.", "fr")


@pytest.mark.parametrize("empty", ["", " ", "\n\n", "\u00a0\t"])
def test_nothing_comes_of_nothing(empty: str) -> None:
    assert sentence_spans(empty, "vi") == sentence_spans(empty, "en", wrapped=True) == []
    assert token_spans(empty, "vi") == token_spans(empty, "en") == []
    assert word_segment(empty) == ""


def test_underthesea_is_left_as_it_was() -> None:
    from underthesea import word_tokenize
    from underthesea.pipeline.word_tokenize import regex_tokenize

    sentence = "Uỷ ban nhân dân ở TP.HCM vì hòa bình."
    before = word_tokenize(sentence), regex_tokenize.patterns
    tokenize("Nghị quyết 16-NQ/TW ở Bà Rịa-Vũng Tàu vì hòa bình.")
    assert (word_tokenize(sentence), regex_tokenize.patterns) == before


def test_sacremoses_is_left_as_it_was() -> None:
    from sacremoses import MosesTokenizer

    tokenize("The U.S. team left.", "en")
    assert MosesTokenizer("en").tokenize("R&D in the U.S.") == ["R", "&amp;", "D", "in", "the", "U.S."]


def test_a_long_sentence_is_segmented_like_a_short_one() -> None:
    clause = "tỉnh Sơn La tổ chức hội nghị tại thành phố, "
    words = tokenize(clause)
    assert tokenize(clause * 100) == words * 100


def test_a_surrogate_changes_nothing_beside_it() -> None:
    assert tokenize("Hà Nội \ud800 đẹp.") == ["Hà Nội", "\ud800", "đẹp", "."]


@pytest.mark.parametrize("text", ["HÒA BÌNH, Hòa, hòa, khỏe, thủy, Ủy ban", "quý, hoàn, ngoài, khuya, tuyết"])
def test_the_model_is_shown_the_same_letters(text: str) -> None:
    shown = model_spelling(text)
    assert len(shown) == len(text)
    assert all(a == b or not (a.isascii() and b.isascii()) for a, b in zip(text, shown, strict=True))
    assert model_spelling(shown) == shown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_tables_are_consistent(lang: str) -> None:
    table = rules(lang)
    kinds = {"name", "inside", "number", "opener", "capital", "time"}
    assert all(found and found <= kinds for found in table.abbreviations.values())
    assert not any(form.endswith(".") for form in table.abbreviations)
    for phrases in (table.openers, table.unfinished, table.after_time, table.before_letter, frozenset(table.headings)):
        assert all(phrase and phrase == phrase.lower().strip() for phrase in phrases)
