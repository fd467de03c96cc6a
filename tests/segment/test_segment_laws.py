"""Laws: nothing but white space is lost, offsets are in order and trimmed, whatever string comes in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.segment import sentence_spans, split_sentences, token_spans, tokenize, word_segment

LANGUAGES = st.sampled_from(("vi", "en", "mixed", "other", "und"))
PIECES = st.sampled_from((
    "Hà Nội ", "hoà bình ", "nghành ", "qui định ", "Ðà Nẵng", "TP.HCM ", "PGS.TS. ", "v.v. ", "U.S. ", "Mr. ",
    "p.m. ", "16-NQ/TW", "10/10/2017 ", "18:30", "95%", "5.000đ ", "a@b.vn", "http://", "https://x.vn/a.html", "www.",
    "abc.com/", ".", "...", "…", "?", "!", "?!", ",", ":", ";", "-", " - ", "/", "'", '"', "“", "”", "(", ")", "[1]",
    "1. ", "a) ", "Điều 5. ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\u00a0", "\u2028", "\x85", "\x1c", "\0",
    "\ud800", "\ufffd", "a\u0302\u0301", "\u0301", "\u1112\u1161\u11ab", "👨\u200d👩", "👍🏽", "。", "DOTMULTI", "_",
    "THISISPROTECTED000", "x",
))  # fmt: skip
TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=16).map("".join))


def bare(text: str) -> str:
    return "".join(text.split())


def assert_spans_cover(text: str, spans: list[tuple[int, int]]) -> None:
    parts = [text[start:end] for start, end in spans]
    assert "".join(map(bare, parts)) == bare(text)
    assert all(part and part == part.strip() for part in parts)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(TEXT, LANGUAGES, st.booleans())
@settings(deadline=None)
def test_every_character_lies_in_one_sentence(text: str, lang: str, wrapped: bool) -> None:
    assert_spans_cover(text, sentence_spans(text, lang, wrapped=wrapped))


@given(TEXT, LANGUAGES)
@settings(deadline=None)
def test_the_tokens_spell_the_sentence(text: str, lang: str) -> None:
    assert_spans_cover(text, token_spans(text, lang))


@given(TEXT, LANGUAGES)
@settings(deadline=None)
def test_a_sentence_holds_no_line_break(text: str, lang: str) -> None:
    breaks = set("\n\r\v\f\x85\u2028\u2029")
    assert not any(breaks & set(sentence) for sentence in split_sentences(text, lang))


@given(TEXT, LANGUAGES)
@settings(deadline=None)
def test_sentences_of_a_line_do_not_depend_on_its_neighbours(text: str, lang: str) -> None:
    alone = split_sentences(text, lang)
    assert split_sentences(f"Trời mưa\n{text}\nHọ về", lang) == ["Trời mưa", *alone, "Họ về"]


@given(TEXT)
@settings(deadline=None)
def test_segmented_words_are_the_tokens(text: str) -> None:
    segmented = word_segment(text)
    assert segmented.split(" ") == ["_".join(token.split()) for token in tokenize(text)] or segmented == ""


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "unit",
    [
        "a", "a.", ".", '."', " ", '" ', "A. ", "1. ", "!? ", "http://", "www.", "abc.com/", "a@", "a@b.", "a-",
        "1,", "1/", "1-NQ/", "Điều 5. ", "U.S. ", "\0", "\ud800 ", "\u0301", "😀", "👨\u200d", "hòa bình ", "\n",
        ".\t", "[1].", "…a",
    ],
)  # fmt: skip
def test_time_grows_with_the_text(unit: str, lang: str) -> None:
    """60,000 characters of any one thing; quadratic work would take minutes."""
    text = unit * (60_000 // len(unit))
    assert_spans_cover(text, sentence_spans(text, lang))
    assert_spans_cover(text[:20_000], token_spans(text[:20_000], lang))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("text", ["x" * 200_000, "ạ" * 200_000, "http://" + "." * 200_000, "1" * 200_000 + "%"])
def test_a_word_of_200_000_characters(text: str, lang: str) -> None:
    assert_spans_cover(f"Từ {text} này.", token_spans(f"Từ {text} này.", lang))
