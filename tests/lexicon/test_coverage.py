"""The share of running words that a lexicon knows, equal to counting by hand."""

from __future__ import annotations

import pytest

from benchmarks.lexicon import english_coverage, known_places, seed_lines, vietnamese_coverage
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.read import Entry
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return from_entries([Entry("hội nghị", ("conference",)), Entry("mưa", ("rain", "heavy rain"))])


def test_words_are_counted_each_time_and_numbers_never(lexicon: Lexicon) -> None:
    # Known: mưa, mưa, hội nghị (two syllables). Unknown: to, nghị by itself. 17 does not count.
    assert vietnamese_coverage(["Mưa to, mưa 17.", "Hội nghị. Nghị"], lexicon) == 4 / 6
    # Known: rain, conferences, heavy (in the phrase). Unknown: the, in. 17 does not count.
    assert english_coverage(["Heavy rain in the 17 conferences"], lexicon) == 3 / 5


def test_a_phrase_is_known_only_as_a_whole() -> None:
    known = frozenset({"công an", "an ninh"})
    assert known_places(["công", "an", "ninh", "an"], known, 2) == {0, 1, 2}
    assert known_places([], known, 2) == set()


def test_nothing_is_known_of_no_text_and_by_no_lexicon(lexicon: Lexicon) -> None:
    assert vietnamese_coverage([], lexicon) == 0
    assert vietnamese_coverage(["Mưa to"], from_entries([])) == 0


def test_the_lines_of_the_seeds_are_told_apart() -> None:
    vi, en = seed_lines(SEEDS)
    assert any(line.startswith("Các đại biểu tham dự hội nghị.") for line in vi)
    assert any(line.startswith("Delegates attending the conference.") for line in en)
    assert not set(vi) & set(en)
