"""Lexicons: written, learnt, kept, joined; and files that are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.lexicon.lexicon import from_entries
from corpus.lexicon.merge import merge_lexicons
from corpus.lexicon.pairs import learn_from_pairs
from corpus.lexicon.phrases import find_phrases
from corpus.lexicon.read import Entry, parse_entries
from corpus.lexicon.shipped import hand_entries, read_lexicon, resolve_lexicon, shipped_lexicon
from corpus.lexicon.store import content_hash, load_lexicon, save_lexicon

ENTRIES = [Entry("công an", ("police", "public security")), Entry("mưa", ("rain",)), Entry("to", ("big", "heavy"))]
VIETNAMESE = st.sampled_from(["mưa", "gió to", "nhà", "a b c"])
ENGLISH = st.sampled_from(["rain", "big wind", "house"])


def test_hand_entries_are_well_formed_and_many() -> None:
    entries = hand_entries()
    assert len(entries) >= 3000
    folder = Path(__file__).parents[2] / "corpus" / "data" / "lexicon"
    for file in folder.glob("*.tsv"):
        assert not parse_entries(file.read_text("utf-8").split("\n"))[1], file.name


def test_more_translations_make_each_less_sure_and_a_phrase_surer_than_a_syllable() -> None:
    lexicon = from_entries([*ENTRIES, Entry("kho bạc", ("treasury",))])
    sure = {word: lexicon.translations(word)[0][1] for word in ("mưa", "to", "kho bạc")}
    assert sure["kho bạc"] > sure["mưa"] > sure["to"]


def test_both_directions_know_the_words_of_a_phrase() -> None:
    lexicon = from_entries(ENTRIES)
    row = lexicon.backward[lexicon.numbers_en["polic"]].toarray().ravel()
    assert {lexicon.vi[k] for k in np.flatnonzero(row)} == {"công", "an"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(VIETNAMESE, ENGLISH), min_size=1, max_size=6))
def test_a_stored_lexicon_comes_back(pairs: list[tuple[str, str]]) -> None:
    import io

    lexicon = from_entries([Entry(vi, (en,)) for vi, en in dict(pairs).items()])
    first, second = io.BytesIO(), io.BytesIO()
    save_lexicon(lexicon, first, ratio=1.05)
    save_lexicon(lexicon, second, ratio=1.05)
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    again, ratio = load_lexicon(first)
    assert (ratio, content_hash(again)) == (1.05, content_hash(lexicon))
    assert list(again.vi) == list(lexicon.vi)
    assert abs(again.forward - lexicon.forward).max() < 1e-4


def test_merging_is_independent_of_order_and_adds_nothing() -> None:
    left, right = from_entries(ENTRIES[:2]), from_entries(ENTRIES[1:])
    one, other = merge_lexicons([left, right]), merge_lexicons([right, left])
    for word in ("công an", "mưa", "to"):
        assert one.translations(word) == other.translations(word)
    assert one.translations("mưa") == left.translations("mưa")


def test_learning_finds_the_translation_and_drops_the_chance_neighbour() -> None:
    texts = [
        ("mưa to", "heavy rain"),
        ("mưa nhỏ", "light rain"),
        ("gió to", "heavy wind"),
        ("gió nhỏ", "light wind"),
    ] * 5
    lexicon = learn_from_pairs(texts)
    for vi, en in (("mưa", "rain"), ("gió", "wind"), ("to", "heavy"), ("nhỏ", "light")):
        assert lexicon.translations(vi)[0][0] == en
    assert learn_from_pairs([("mưa to gió lớn", "it was a dark night")]).forward.nnz <= 16


def test_learning_does_not_depend_on_the_order_of_pairs() -> None:
    texts = [("mưa to", "heavy rain"), ("mưa nhỏ", "light rain"), ("gió to", "heavy wind")] * 4
    for word in ("mưa", "to"):
        assert dict(learn_from_pairs(texts).translations(word)) == dict(
            learn_from_pairs(texts[::-1]).translations(word)
        )


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 3), max_size=12), st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4), max_size=5)
)
def test_phrases_are_found_where_a_plain_search_finds_them(text: list[int], phrases: list[list[int]]) -> None:
    numbers = {letter: k for k, letter in enumerate("abcd")}
    names = [" ".join("abcd"[k] for k in phrase) for phrase in phrases]
    rows, which, found = find_phrases(np.array(text, int), np.zeros(len(text), int), names, numbers)
    plain = sorted(
        name for name, phrase in dict(zip(names, phrases, strict=True)).items()
        for start in range(len(text)) if text[start : start + len(phrase)] == phrase
    )  # fmt: skip
    assert sorted(found[k] for k in which) == plain
    assert len(rows) == len(which)


def test_the_shipped_lexicon_is_small_and_answers() -> None:
    file = Path(__file__).parents[2] / "corpus" / "data" / "alignment" / "lexicon.npz"
    assert file.stat().st_size < 5_000_000
    assert "agricultur" in dict(shipped_lexicon().translations("nông nghiệp"))


def test_broken_lines_are_named_and_single_ones_passed_over(tmp_path: Path) -> None:
    good = tmp_path / "words.tsv"
    good.write_text("mưa\train\nno tab here\n\tempty\ngió\twind\nnhà\thouse|home\n", "utf-8")
    assert read_lexicon(good).translations("nhà")
    broken = parse_entries(good.read_text("utf-8").split("\n"))[1]
    assert [(line.number, line.problem) for line in broken] == [(2, "no tab"), (3, "an empty side")]


@pytest.mark.parametrize("content", [b"no tab\nnone here\n", b"", b"\xff\xfe\x00binary", b"PK\x03\x04 no archive"])
@pytest.mark.parametrize("suffix", [".tsv", ".npz"])
def test_a_file_that_is_no_lexicon_is_refused_with_the_next_step(tmp_path: Path, content: bytes, suffix: str) -> None:
    file = tmp_path / f"words{suffix}"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"songngu lexicon train|name a \.npz"):
        read_lexicon(file)


def test_a_missing_file_and_a_wrong_kind_are_refused() -> None:
    with pytest.raises(UsageError, match="cannot read the lexicon"):
        read_lexicon("nowhere.tsv")
    with pytest.raises(UsageError, match="give 'shipped'"):
        resolve_lexicon(5)
