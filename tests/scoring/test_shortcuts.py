"""What is skipped or remembered for speed changes no score."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon.shipped import shipped_lexicon
from corpus.orthography import find_names, find_numbers
from corpus.scoring.coverage import Matcher
from corpus.scoring.figures import read_numbers
from corpus.scoring.names import compare_names
from corpus.scoring.surface import _MARKUP, copied, markup_share, repeated, without_markup, words

SIGNS = [*"<>&;:/.`${}[]()\\@_-09aA", "https", "www", "br", "amp", "Sơn ", "LA ", "mười ", "twenty ", "\n"]
texts = st.lists(st.sampled_from(SIGNS), max_size=24).map("".join)
sentences = st.lists(st.sampled_from(["đoàn", "Sơn", "La", "ĐẾN", "a", "Ở", "2020", "the"]), max_size=12).map(" ".join)


@given(texts)
def test_markup_is_never_overlooked(text: str) -> None:
    assert without_markup(text) == _MARKUP.sub(" ", text)
    assert (markup_share(text) or 0.0) > 0 or not _MARKUP.search(text)


@given(sentences | texts)
def test_names_are_never_overlooked(text: str) -> None:
    assert compare_names(text, "").vi == len(find_names(text))


@given(texts)
def test_numbers_in_words_are_read_without_figures_too(text: str) -> None:
    bare = "".join(letter for letter in text if not letter.isdigit())
    assert read_numbers(bare, "vi").spelt == [number.value for number in find_numbers(bare, "vi")]


@given(sentences, sentences)
def test_a_copy_is_counted_as_often_as_both_sides_have_it(vi: str, en: str) -> None:
    left, right = (Counter(word for word in words(text) if not word.isdigit()) for text in (vi, en))
    least = min(sum(left.values()), sum(right.values()))
    assert copied(vi, en) == (sum((left & right).values()) / least if least else None)


@given(sentences)
def test_what_is_said_once_is_no_repetition(text: str) -> None:
    found = words(text)
    phrases = [tuple(found[at : at + 3]) for at in range(len(found) - 2)]
    again = len(set(phrases)) < len(phrases) or any(len(set(phrase)) == 1 for phrase in phrases)
    assert repeated(text) is None if not found else (repeated(text) != 0.0) == again


def test_a_matcher_forgets_nothing_that_it_would_find_afresh() -> None:
    used = Matcher(shipped_lexicon())
    pairs = [("Đại biểu tham dự hội nghị ở Hà Nội.", "Delegates attended a conference in Hanoi."), ("Hà Nội", "Hanoi")]
    for pair in pairs:
        used.cover(*pair)
    assert [used.cover(*pair) for pair in pairs] == [Matcher(shipped_lexicon()).cover(*pair) for pair in pairs]
