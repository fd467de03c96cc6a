"""Laws of normalising and of the keys for comparing."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.orthography import fold, has_vietnamese_letters, normalize, shadow, tone_key
from corpus.orthography.letters import LETTERS, TONE_MARKS, with_tone

ANYTHING = st.text(st.characters(exclude_categories=()))
# Where the rules meet: eth, marks in the wrong order, invisible characters, line ends, halves of surrogate pairs.
AWKWARD = st.text(
    st.sampled_from("ÐðĐƉaAoáòôuyqQgi /Nn\u0302\u0306\u0300\u0301\u0323\u031b\u200b\u00ad\r\n\x0c\u00a0\ud83d\ude00")
)
VIETNAMESE = st.text(st.sampled_from(LETTERS + "fjwz .,;:!?“”‘’–-…()/0123456789\n\t"))
TONE = st.sampled_from(TONE_MARKS)
OPEN_FINAL = st.sampled_from(["oa", "oe", "uy"])
ONSET = st.sampled_from(["", "h", "t", "th", "kh", "l", "ng", "x", "H", "TH"])
CASE = st.sampled_from([str, str.upper, str.title])


@given(st.one_of(ANYTHING, AWKWARD))
@example("Ðang HÐND")
@example("\r\u200b\n")
@example("\ud83d\u200b\ude00")
def test_normalize_twice_is_normalize_once(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.one_of(ANYTHING, AWKWARD))
def test_nothing_odd_is_left(text: str) -> None:
    for character in normalize(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") or character in "\t\n"
        assert unicodedata.category(character) != "Zs" or character == " "


@given(VIETNAMESE)
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert normalize(text) == text
    assert normalize(unicodedata.normalize("NFD", text)) == text


@given(ONSET, OPEN_FINAL, TONE, CASE)
def test_both_placements_have_one_key(onset: str, final: str, mark: str, case: type[str]) -> None:
    first = case(onset + with_tone(final[0], mark) + final[1])
    second = case(onset + final[0] + with_tone(final[1], mark))
    assert tone_key(first) == tone_key(second) == first


@given(ONSET, OPEN_FINAL, TONE, st.sampled_from(["n", "ng", "nh", "t", "c", "i", "p"]))
def test_closed_syllables_keep_their_mark(onset: str, final: str, mark: str, coda: str) -> None:
    word = onset + final[0] + with_tone(final[1], mark) + coda
    assert tone_key(word) == word


@given(st.one_of(ANYTHING, AWKWARD).map(normalize))
def test_tone_key_keeps_length_and_is_stable(text: str) -> None:
    key = tone_key(text)
    assert len(key) == len(text)
    assert tone_key(key) == key
    assert fold(key) == fold(text)


@given(VIETNAMESE)
def test_fold_leaves_ascii_letters_one_for_one(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(character.isascii() for character in folded if character.isalpha())
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert not has_vietnamese_letters(folded)


@given(st.one_of(ANYTHING, AWKWARD))
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(ANYTHING, AWKWARD))
def test_shadow_twice_is_shadow_once(text: str) -> None:
    once = shadow(text)
    assert shadow(once) == once


@given(VIETNAMESE)
def test_habits_cast_no_shadow(text: str) -> None:
    """Form of composition, capitals and white space are gone."""
    assert shadow(unicodedata.normalize("NFD", text)) == shadow(text)
    assert shadow(text.upper()) == shadow(text)
    assert shadow("\n " + text.replace(" ", "\u00a0\u00a0") + "\t") == shadow(text)


def test_eth_of_other_languages_stays() -> None:
    assert normalize("Hafnarfjörður, Seyðisfjörður, GUÐRÚN") == "Hafnarfjörður, Seyðisfjörður, GUÐRÚN"
