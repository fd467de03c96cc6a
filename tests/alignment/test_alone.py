"""Documents aligned together are aligned as each by itself, to the last bit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import Aligner
from corpus.alignment.alone import AloneAligner
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.shipped import shipped_lexicon
from tests.pairing.conftest import TOPICS

VI, EN = ([line for topic in TOPICS for line in topic[side].split("\n")] for side in (0, 1))
ODD = ["", "\x00", "x" * 500, "12345", "công an nhân dân", "Nhân dân, công an."]
sentences = st.lists(st.sampled_from([*VI, *EN, *ODD]), max_size=12)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


@pytest.fixture(scope="module")
def taught() -> Aligner:
    return Aligner("shipped").learn([(VI, EN)] * 20)


@pytest.fixture(scope="module")
def alone(taught: Aligner) -> AloneAligner:
    assert isinstance(taught.lexicon, Lexicon)
    return AloneAligner(taught.lexicon, taught.learnt)


documents = st.lists(st.tuples(sentences, sentences), max_size=6)


@given(documents)
@settings(max_examples=30, deadline=None)
def test_with_what_was_learnt(taught: Aligner, alone: AloneAligner, together: list[Any]) -> None:
    assert alone.align_all(together) == [taught.align(*document) for document in together]


@given(documents)
@settings(max_examples=15, deadline=None)
def test_with_the_lexicon_only(lexicon: Lexicon, together: list[Any]) -> None:
    plain = Aligner(lexicon)
    assert AloneAligner(lexicon).align_all(together) == [plain.align(*document) for document in together]


def test_what_comes_with_a_document_changes_nothing(alone: AloneAligner, monkeypatch: pytest.MonkeyPatch) -> None:
    together = [(VI[k : k + 9], EN[k : k + 9]) for k in range(0, len(VI), 3)]
    found = alone.align_all(together)
    assert alone.align_all(together[::-1]) == found[::-1]
    monkeypatch.setattr("corpus.alignment.alone.BLOCK", 20)
    assert alone.align_all(together) == found


def test_a_document_that_is_learnt_from_is_given_to_the_aligner_whole(lexicon: Lexicon) -> None:
    together = [(VI[:5], EN[:5]), (VI * 20, EN * 20), (VI[5:], EN[5:])]
    assert AloneAligner(lexicon).align_all(together) == [Aligner(lexicon).align(*document) for document in together]
