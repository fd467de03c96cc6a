"""Spelling: what is a Vietnamese syllable, an English word, a word to go by at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.english import english_word
from corpus.language.evidence import word_evidence
from corpus.language.letters import letter_log_probs
from corpus.language.line import IMPOSSIBLE, add_up
from corpus.language.tables import function_words, labels, read_sections, vietnamese_words
from corpus.language.tokens import MAX_LENGTH, find_tokens
from corpus.orthography.syllable import bare, is_bare_syllable, is_syllable, split_tone, syllables

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def test_syllables() -> None:
    words = "nghiêng khuỷu quốc giếng gì quyển yêu thuở xoong hoà hòa thúy thuý kỹ kĩ ưỡn oằn ếch ngoằn rượu đắk"
    assert [word for word in words.split() if not is_syllable(word)] == []
    assert [word for word in words.split() if not is_bare_syllable(bare(word))] == []


def test_no_syllables() -> None:
    words = "ngiêng kà cế ghà gế viềt mảc bốl čaj forêt naïve tốồn thầyy fở zậy wê"
    assert [word for word in words.split() if is_syllable(word)] == []


@given(st.sampled_from(sorted(syllables())), st.sampled_from(TONES))
def test_a_tone_mark_fits_every_open_syllable_and_two_fit_a_stopped_one(syllable: str, tone: str) -> None:
    vowel = max(index for index, letter in enumerate(syllable) if bare(letter) in "aeiouy")
    toned = unicodedata.normalize("NFC", syllable[: vowel + 1] + tone + syllable[vowel + 1 :])
    assert split_tone(toned)[0] == syllable
    stopped = syllable.endswith(("c", "ch", "p", "t", "k"))
    allowed = not stopped or tone in ("\u0301", "\u0323") or (not tone and syllable.isascii())
    assert is_syllable(toned) == allowed
    assert is_bare_syllable(bare(toned))


def test_every_listed_syllable_is_well_formed() -> None:
    everyday = read_sections("vietnamese_words.txt")["everyday"]
    assert [word for word in everyday if not is_syllable(word)] == []


def test_every_table_word_can_be_met_in_a_text() -> None:
    for name in ("english_words.txt", "vietnamese_words.txt"):
        for words in read_sections(name).values():
            assert [word for word in words if find_tokens(word) != [word]] == []


def test_labels_are_not_shared() -> None:
    assert labels("english").isdisjoint(labels("vietnamese"))


def test_commoner_words_are_likelier() -> None:
    table = vietnamese_words()
    assert table["của"] > table["cua"]
    assert table["những"] > table["ngoăn"]


@pytest.mark.parametrize(
    ("word", "base"),
    [("stopped", "stop"), ("cities", "city"), ("making", "make"), ("happiest", "happy"), ("quickly", "quick"),
     ("president's", "president"), ("boxes", "box"), ("unhappy", "happy"), ("rebuilding", "building")],
)  # fmt: skip
def test_inflections(word: str, base: str) -> None:
    assert english_word(word) is not None
    assert english_word(word) <= english_word(base)


@pytest.mark.parametrize("word", ["straße", "kamperen", "nguyễn", "xyzzyx", "garçonnière"])
def test_not_english(word: str) -> None:
    assert english_word(word) is None


def test_letters_tell_unlisted_words_apart() -> None:
    for word in ("thoughtlessness", "whispering", "outstretched"):
        english, other = letter_log_probs(word)
        assert english > other
    for word in ("wszystkich", "mahdollisuus", "ngokuthi", "ayuntamiento"):
        english, other = letter_log_probs(word)
        assert english < other


def test_function_words_make_poor_guests() -> None:
    assert {"the", "của"} <= function_words()
    the, house = word_evidence("the"), word_evidence("house")
    assert the.en - the.vi_guest > house.en - house.vi_guest


def test_a_line_of_guests_has_no_host() -> None:
    totals = add_up(["Kaluuya", "Szczesny"])
    assert totals.mixed == IMPOSSIBLE
    assert max(totals) in (totals.en, totals.other)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Theo www.sonla.gov.vn và a.b@gmail.com hôm qua", ["Theo", "và", "hôm", "qua"]),
        ("giá $20 và $30 một chiếc", ["giá", "và", "một", "chiếc"]),
        ("gọi `np.dot(a, b)` rồi load_data_ch3", ["gọi", "rồi"]),
        ("x $a_i = 1$ là số", ["x", "là", "số"]),
        ("Nó chạy. Rồi dừng.", ["Nó", "chạy", "Rồi", "dừng"]),
        ("don’t d'Artagnan 'quoted'", ["don’t", "d'Artagnan", "quoted"]),
        ("182/NQ-CP, 5km", ["NQ", "CP", "km"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert find_tokens(text) == tokens


@given(st.text(max_size=200))
def test_tokens_are_letters(text: str) -> None:
    for token in find_tokens(text):
        assert len(token) <= MAX_LENGTH
        assert all(letter.isalpha() or letter in "'’" for letter in token)
