"""The quick way to underthesea's words: the same features, the same words, and none where the package is another."""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.segment import word_model
from corpus.segment.word_model import Words, describe, quick_words

KNOWN = "".join(filter(word_model.KNOWN.fullmatch, map(chr, range(0x2300))))
SYLLABLES = (
    "Hà", "Nội", "là", "thủ", "đô", "nước", "Việt", "Nam", "hoà", "bình", "UBND", "TP.HCM", "12.000", "9786041123456",
    "3,5%", "(", ")", ",", ".", "!", "-", "/",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(SYLLABLES), max_size=12).map(" ".join)


@cache
def ask() -> Words:
    from underthesea import word_tokenize

    return partial(word_tokenize, use_token_normalize=False)


@cache
def quick() -> Words:
    words = quick_words(ask())
    assert words is not None, "this underthesea is not the one the quick way was made for"
    return words


def own_features(tokens: list[str]) -> Any:
    quick()
    model = import_module("underthesea.pipeline.word_tokenize").word_tokenize_model
    return model.featurizer.process([[[token] for token in tokens]])[0]


def without_dictionary(rows: Any) -> list[list[str]]:
    return [[feature for feature in row if "dict" not in feature] for row in rows]


def test_every_known_character_is_described_as_the_package_describes_it() -> None:
    tokens = [f"{lead}{char}{tail}" for char in KNOWN if not char.isspace() for lead, tail in (("", ""), ("a", "B"))]
    assert without_dictionary(describe(tokens, frozenset())) == without_dictionary(own_features(tokens))


@given(SENTENCES | st.text(KNOWN, max_size=40) | st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_the_words_are_the_packages_own(text: str) -> None:
    assert quick()(text) == ask()(text)


@pytest.mark.parametrize("size", range(1, 5))
def test_short_sentences_meet_both_edges(size: int) -> None:
    tokens = ["Ủy", "ban", "nhân", "dân"][:size]
    assert without_dictionary(describe(tokens, frozenset())) == without_dictionary(own_features(tokens))


def test_there_is_no_quick_way_where_the_features_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_model, "FEATURES", word_model.FEATURES[:-1])
    assert quick_words(ask()) is None


def test_there_is_no_quick_way_where_a_part_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    quick()
    monkeypatch.delattr(import_module("underthesea.pipeline.word_tokenize"), "word_tokenize_model")
    assert quick_words(lambda text: [text]) is None


def test_there_is_no_quick_way_where_the_words_are_others() -> None:
    assert quick_words(lambda text: [*ask()(text), "x"]) is None
