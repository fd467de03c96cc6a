"""Near copies are found, whatever their number and order; copies fall out and point to what is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations, permutations
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.curation import (
    ArticleRow,
    Duplicate,
    PairRow,
    duplicate_articles,
    duplicate_pairs,
    near_copies,
    pair_priority,
)
from corpus.curation.shingles import numbers, shingle_set, similarity, words
from corpus.errors import UsageError

ONSETS = ("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "ph", "th", "tr", "v", "x")
RIMES = ("a", "á", "à", "ảo", "ê", "ơi", "ươn", "ông", "uy", "iếc")
SYLLABLES = [onset + rime for onset in ONSETS for rime in RIMES]
LONG_VI = "Sáng nay tại thành phố Hoà Bình lãnh đạo tỉnh đã dự lễ khởi công nhà máy thủy điện mở rộng trên sông Đà"
LONG_EN = (
    "This morning in Hoa Binh city leaders of the province attended the ceremony to start the expanded hydropower plant"
)
TOKENS = st.sampled_from(["má", "mà", "đi", "chợ", "bán", "cá", "5", "6"])
TEXTS = st.lists(st.lists(TOKENS, max_size=6).map(" ".join), max_size=8)


def sentences(seed: int, count: int, length: int = 15) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choices(SYLLABLES, k=length)) for _ in range(count)]


def seconds(call: Callable[[], Any]) -> float:
    start = process_time()
    call()
    return process_time() - start


def brute(texts: list[str], threshold: float) -> set[tuple[int, int]]:
    sets = [shingle_set(words(text)) for text in texts]
    return {(i, j) for i, j in combinations(range(len(sets)), 2) if similarity(sets[i], sets[j]) >= threshold}


def test_near_copies_are_those_of_comparing_all_with_all() -> None:
    draw = random.Random(3)
    texts = sentences(1, 300)
    for text in texts[:200]:
        changed = text.split()
        changed[draw.randrange(len(changed))] = "khác"
        texts.append(" ".join(changed))
    expected = brute(texts, 0.7)
    assert len(expected) >= 200
    assert {(i, j) for i, j, _ in near_copies(texts, 0.7)} == expected


@given(TEXTS)
def test_what_is_found_is_near(texts: list[str]) -> None:
    found = near_copies(texts, 0.5)
    assert found == sorted(found)
    sets = [shingle_set(words(text)) for text in texts]
    for i, j, value in found:
        assert i < j
        assert value == (similarity(sets[i], sets[j]) if sets[i] else 1.0)
        assert sets[i] or texts[i] == texts[j]


def test_short_and_empty_texts() -> None:
    texts = ["Má!", "má", "Mà", "", "", "...", "!!!", "…"]
    assert near_copies(texts, 0.5) == [(0, 1, 1.0), (3, 4, 1.0), (5, 7, 1.0)]


def test_masked_numbers_are_one() -> None:
    texts = ["Giá vàng hôm nay 55 triệu", "Giá vàng hôm nay 56 triệu"]
    assert near_copies(texts, 0.9) == []
    assert near_copies(texts, 0.9, masked=True) == [(0, 1, 1.0)]


@pytest.mark.parametrize("threshold", [0, -1, 1.5, float("nan")])
def test_a_threshold_that_cannot_be_is_refused(threshold: float) -> None:
    with pytest.raises(UsageError, match="threshold"):
        near_copies(["a"], threshold)


def test_each_of_many_near_copies_is_found() -> None:
    names = sentences(5, 500, 2)
    texts = [f"{LONG_VI} theo tin của phóng viên {name}" for name in names] + sentences(6, 500)
    found = near_copies(texts, 0.7)
    assert {j for _, j, _ in found} | {0} == set(range(500))


def test_time_grows_with_the_rows() -> None:
    def run(count: int) -> float:
        names = sentences(8, count, 2)
        texts = [*sentences(7, count), *[LONG_VI] * count, *(f"{LONG_VI} tin của {name}" for name in names)]
        return seconds(lambda: near_copies(texts, 0.7))

    run(100)
    # Eight times the rows: a linear search takes eight times as long, a quadratic one sixty-four times.
    assert run(4000) < 24 * run(500)


def test_a_copy_points_to_the_row_that_stays() -> None:
    rows = [
        PairRow("c", LONG_VI, LONG_EN, pair_priority(0.9, "2021-05-01")),
        PairRow("b", LONG_VI.upper(), LONG_EN, pair_priority(0.9, "2020-05-01")),
        PairRow("a", LONG_VI, LONG_EN, pair_priority(0.2, "2001-05-01")),
    ]
    for order in permutations(rows):
        assert duplicate_pairs(order) == {
            "a": Duplicate("dedup:exact", "b", 1.0),
            "c": Duplicate("dedup:exact", "b", 1.0),
        }


def test_both_sides_must_be_near_and_numbers_agree() -> None:
    rows = [
        PairRow("0", LONG_VI, LONG_EN),
        PairRow("near", LONG_VI.replace("Sáng", "Chiều"), LONG_EN + " today"),
        PairRow("other translation", LONG_VI, "The plant in Hoa Binh is being expanded, and the work has begun today."),
        PairRow("number", LONG_VI + " 5", LONG_EN + " 5"),
        PairRow("other number", LONG_VI + " 6", LONG_EN + " 6"),
    ]
    found = duplicate_pairs(rows)
    assert {id_: (one.reject, one.of) for id_, one in found.items()} == {"near": ("dedup:near", "0")}


def test_other_diacritics_make_another_short_sentence() -> None:
    texts = [
        ("Má đi chợ.", "Mum goes to market."),
        ("Mà đi chợ?", "But go to market?"),
        ("Ma đi chợ!", "A ghost shops!"),
    ]
    assert duplicate_pairs(PairRow(str(n), vi, en) for n, (vi, en) in enumerate(texts)) == {}


def test_rows_without_text_repeat_nothing() -> None:
    assert duplicate_pairs([PairRow("a", "", ""), PairRow("b", " ", "")]) == {}
    assert duplicate_articles([ArticleRow("a", "vi", ""), ArticleRow("b", "vi", "\n")]) == {}


PAIRS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["", " hôm qua", " 5"]), st.integers(0, 2)),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_laws_of_duplicates(drawn: list[tuple[int, int, str, int]], shuffle: random.Random) -> None:
    vi, en = sentences(10, 4, 20), sentences(11, 4, 20)
    rows = [PairRow(f"r{n}", vi[a] + tail, en[b], (rank,)) for n, (a, b, tail, rank) in enumerate(drawn)]
    found = duplicate_pairs(rows)
    by_id = {row.id: row for row in rows}
    for id_, duplicate in found.items():
        row, kept = by_id[id_], by_id[duplicate.of]
        assert kept.id not in found
        assert (kept.priority, kept.id) < (row.priority, row.id)
        assert numbers(words(kept.vi)) == numbers(words(row.vi))
        assert (duplicate.reject == "dedup:exact") == (kept[1:3] == row[1:3])
    kept_texts = [row[1:3] for row in rows if row.id not in found]
    assert len(kept_texts) == len(set(kept_texts))
    shuffle.shuffle(rows)
    assert duplicate_pairs(rows) == found


def article(seed: int, count: int = 20) -> list[str]:
    return sentences(seed, count)


def test_articles_keep_the_earliest_then_the_longest() -> None:
    body = article(20)
    rows = [
        ArticleRow("copy", "vi", "\n".join(body), "2021-01-02"),
        ArticleRow("first", "vi", "\n".join(body), "2021-01-01"),
        ArticleRow("edited", "vi", "\n".join([*body[:-1], "Một câu kết khác."]), "2021-01-03"),
        ArticleRow("translated", "en", "\n".join(body), "2020-01-01"),
        ArticleRow("excerpt", "vi", "\n".join(body[:4]), "2019-01-01"),
        ArticleRow("other", "vi", "\n".join(article(21)), None),
    ]
    found = duplicate_articles(rows)
    assert {id_: (one.reject, one.of) for id_, one in found.items()} == {
        "copy": ("dedup:exact", "first"),
        "edited": ("dedup:near", "first"),
    }
    undated = [ArticleRow("short", "vi", "\n".join(body)), ArticleRow("long", "vi", "\n".join([*body, "Hết chuyện."]))]
    assert set(duplicate_articles(undated)) == {"short"}


def test_an_imprecise_date_is_no_earlier_than_it_must_be() -> None:
    body = "\n".join(article(22))
    rows = [
        ArticleRow("year", "vi", body, "2020"),
        ArticleRow("day", "vi", body, "2020-06-01"),
        ArticleRow("none", "vi", body),
    ]
    assert {one.of for one in duplicate_articles(rows).values()} == {"day"}
