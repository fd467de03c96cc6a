"""What texts are compared by: words with their diacritics, and runs of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.curation.packed import PackedSets, join_sets, pack_words
from corpus.curation.shingles import (
    ARTICLE,
    SENTENCE,
    is_generic,
    mask_numbers,
    numbers,
    shingle_set,
    similarity,
    words,
)
from corpus.curation.signatures import PERMUTATIONS, band_rows, signatures
from corpus.orthography import shadow

WORDS = st.lists(st.sampled_from(["má", "mà", "ma", "mã", "đi", "chợ", "bán", "cá", "ở", "Huế"]), max_size=12)
SETS = st.frozensets(st.integers(0, 2**64 - 1), max_size=40)


def test_diacritics_make_words() -> None:
    sets = [shingle_set(words(text)) for text in ("ma", "má", "mà")]
    assert all(one.isdisjoint(other) for one, other in pairwise([*sets, sets[0]]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà bình, thuỷ chung!", "hòa bình thủy chung"),
        ("“Nhà nước”", '"nhà nước"'),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("TP. HỒ CHÍ MINH", "tp hồ chí minh"),
    ],
)
def test_habits_of_typing_make_no_difference(one: str, other: str) -> None:
    assert shingle_set(words(one)) == shingle_set(words(other))


def test_numbers_keep_their_points_and_sign() -> None:
    assert numbers(words("Từ −5 đến 1.234,5 độ, 2019-2020, lúc 7:30")) == ("-5", "1.234,5", "2019", "2020", "7:30")
    assert mask_numbers(words("covid19 có 3 ca")) == ["covid19", "có", "0", "ca"]


@given(WORDS)
def test_every_text_with_a_word_has_a_shingle(of: list[str]) -> None:
    for orders in ((1, 2), ARTICLE):
        assert bool(shingle_set(of, orders)) == bool(of)


@given(WORDS)
def test_sentence_shingles_are_words_and_pairs_of_words(of: list[str]) -> None:
    assert len(shingle_set(of)) == len(set(of)) + len(set(pairwise(of)))


@given(st.text())
def test_words_are_those_of_the_shadow(text: str) -> None:
    assert words(text) == words(shadow(text))
    assert not any(character.isspace() for word in words(text) for character in word)


@given(SETS, SETS)
def test_similarity_is_symmetric_and_one_for_equals(a: frozenset[int], b: frozenset[int]) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) == bool(a)
    assert (similarity(a, b) == 1) == (a == b and bool(a))


def shortened(one: frozenset[int]) -> frozenset[int]:
    """A set of 64-bit hashes by the first 31 bits of each."""
    return frozenset(int(f"{value:064b}"[:31], 2) for value in one)


@given(st.lists(SETS), st.data())
def test_packed_sets_are_the_sets(sets: list[frozenset[int]], data: st.DataObject) -> None:
    packed = PackedSets.of(sets)
    assert list(packed) == list(map(shortened, sets))
    with pytest.raises(IndexError):
        packed[len(sets)]
    if sets:
        places = data.draw(st.lists(st.integers(0, len(sets) - 1), min_size=1, max_size=8))
        taken = packed.take(np.array(places))
        assert list(taken) == [packed[place] for place in places]
        assert list(join_sets([packed, taken])) == [*packed, *taken]


@given(st.lists(SETS, min_size=1, max_size=6))
def test_similarity_of_packed_sets_is_that_of_sets(sets: list[frozenset[int]]) -> None:
    packed = PackedSets.of([*sets, sets[0] | sets[-1]])
    one, other = (found.ravel() for found in np.indices((len(packed), len(packed))))
    expected = [similarity(packed[i], packed[j]) for i, j in zip(one, other, strict=True)]
    assert packed.similarity(one, other).tolist() == expected


@given(st.lists(WORDS, max_size=6), st.sampled_from([SENTENCE, ARTICLE]))
def test_texts_packed_together_have_the_shingles_of_each(texts: list[list[str]], orders: tuple[int, ...]) -> None:
    assert list(pack_words(texts, orders)) == [shortened(shingle_set(text, orders)) for text in texts]


def test_generic_texts_have_few_words_besides_numbers() -> None:
    assert is_generic(words("Điều 5, khoản 3, điểm 1, 2"))
    assert not is_generic(words("Điều 5, khoản 3, điểm 1 và 2"))


def library_signature(one: frozenset[int]) -> list[int]:
    from datasketch import MinHash

    sketch = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32", hashfunc=int)
    sketch.update_batch(sorted(one))
    return sketch.hashvalues.tolist()


@settings(deadline=None)  # the first signature loads the library
@given(st.lists(SETS, max_size=5))
def test_signatures_are_those_of_the_library(sets: list[frozenset[int]]) -> None:
    packed = PackedSets.of(sets)
    table = signatures(packed)
    assert table.tolist() == [library_signature(one) for one in packed]


def test_a_long_signature_is_the_least_of_its_parts() -> None:
    long = [k << 40 for k in range(40_000)]
    sets = [frozenset(long), frozenset(), *(frozenset(long[at : at + 10_000]) for at in range(0, 40_000, 10_000))]
    whole, empty, *parts = signatures(PackedSets.of(sets))
    assert (whole == np.minimum.reduce(parts)).all()
    assert (empty == 2**32 - 1).all()


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.85, 0.95, 1.0])
def test_bands_lose_one_pair_in_a_thousand_at_most(threshold: float) -> None:
    rows = band_rows(threshold)
    assert (1 - threshold**rows) ** (PERMUTATIONS // rows) <= 1e-3
