"""Test sets are found in rows: equal, nearly equal, on one side, inside a longer row; generic phrases are not."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.curation import AgainstIndex, Hit, find_against, joining
from corpus.curation.joining import JoinIndex
from corpus.curation.lookup import CopyIndex, Match
from corpus.curation.packed import PackedSets
from corpus.curation.shingles import similarity
from corpus.errors import UsageError

VI = "Chiều 5/8, mực nước sông Hồng tại Hà Nội lên mức 9,5 m và còn tiếp tục lên."
EN = "On the afternoon of August 5 the Red River in Hanoi rose to 9.5 m and is still rising."
OTHER_VI = "Các em nhỏ vùng cao tới trường bằng những cây cầu treo mới xây."
OTHER_EN = "Children in the highlands go to school over newly built suspension bridges."
INDEX = AgainstIndex(
    [
        ("phomt.test", [(OTHER_VI, OTHER_EN), (VI, EN), ("Xin cảm ơn.", "Thank you.")]),
        ("flores.vi", [("Bà nói thêm rằng chưa có ca nào tử vong vì dịch trong tuần này.", None)]),
        ("flores.en", [(None, "He did not say when the talks would start again.")]),
    ]
)


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        (VI, EN, ("exact", "phomt.test#2")),
        (VI.upper(), "Something else altogether.", ("exact", "phomt.test#2")),
        ("Chuyện khác hẳn.", EN + "!!", ("exact", "phomt.test#2")),
        ("Chuyện khác hẳn.", EN.replace("9.5", "9 5"), ("near", "phomt.test#2")),
        (VI.replace("9,5", "8,75").replace("5/8", "6/8"), "Other.", ("near", "phomt.test#2")),
        (VI.replace("lên mức", "đạt mức"), "Other.", ("near", "phomt.test#2")),
        (f"{OTHER_VI.replace('mới', 'vừa')} Một câu dài không liên quan gì. {VI} Và thêm nữa.", "Other.",
         ("near", "phomt.test#2")),
        ("Xin cảm ơn!", "Thank you!", ("exact", "phomt.test#3")),
        ("Xin cảm ơn!", "Thanks a lot.", None),
        ("Bà nói thêm rằng chưa có ca nào tử vong vì dịch trong tuần này", "x", ("exact", "flores.vi#1")),
        ("x", "He did not say when the talks would start again, however.", ("near", "flores.en#1")),
        (OTHER_VI.replace("cầu", "cau").replace("trường", "truong").replace("nhỏ", "nho"), "x", None),
        ("", "", None),
        ("...", "!", None),
    ],
)  # fmt: skip
def test_hits(vi: str, en: str, expected: tuple[str, str] | None) -> None:
    hit = INDEX.find(vi, en)
    assert (hit and (hit.kind, hit.where)) == expected


def test_rows_keep_their_order() -> None:
    rows = [("Không có gì ở đây cả.", "Nothing."), (VI, EN), ("Lại không có gì.", "Nothing again.")]
    found = list(find_against(rows, [("t", [(VI, EN)])]))
    assert found == [None, Hit("exact", "t#1", 1.0), None]


def test_a_short_test_sentence_inside_a_longer_row_is_no_hit() -> None:
    index = AgainstIndex([("t", [("Ông không nói gì thêm.", None)])])
    assert index.find("Khi được hỏi về việc đó thì, ông không nói gì thêm.", "") is None
    assert index.find("Ông không nói gì thêm!", "") == Hit("exact", "t#1", 1.0)


def test_no_test_sets_no_hits() -> None:
    assert AgainstIndex([]).find(VI, EN) is None
    assert AgainstIndex([("empty", [(None, None), ("", "")])]).find("", "") is None


def test_a_threshold_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="threshold"):
        AgainstIndex([], threshold=0)


SETS = st.lists(st.frozensets(st.integers(0, 14), max_size=12), max_size=12)
THRESHOLDS = st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0])


@given(SETS, SETS, THRESHOLDS)
def test_the_index_finds_what_comparing_all_finds(
    entries: list[frozenset[int]], queries: list[frozenset[int]], threshold: float
) -> None:
    index = CopyIndex(entries, threshold)
    for query in queries:
        values = [similarity(entry, query) for entry in entries]
        assert index.find(query) == [Match(n, value, False) for n, value in enumerate(values) if value >= threshold]


@given(SETS, st.frozensets(st.integers(0, 14), min_size=1))
def test_containment_is_found_like_comparing_all(entries: list[frozenset[int]], query: frozenset[int]) -> None:
    found = {match.entry for match in CopyIndex(entries, 0.7, containment=0.6).find(query)}
    assert found == {
        n
        for n, entry in enumerate(entries)
        if entry and (similarity(entry, query) >= 0.7 or len(entry & query) >= 0.6 * len(entry))
    }


def packed(sets: list[frozenset[int]]) -> PackedSets:
    return PackedSets.of([frozenset(value << 40 for value in one) for one in sets])


def joined(index: JoinIndex, queries: list[frozenset[int]]) -> list[tuple[int, int]]:
    blocks = index.find(packed(queries))
    return [pair for near in blocks for pair in zip(near.sets.tolist(), near.entries.tolist(), strict=True)]


@given(SETS.map(lambda sets: [one for one in sets if one]), SETS, THRESHOLDS, st.integers(1, 40))
def test_a_join_finds_what_comparing_all_finds(
    entries: list[frozenset[int]], queries: list[frozenset[int]], threshold: float, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "_CANDIDATES", block)
        found = joined(JoinIndex(packed(entries), threshold), queries)
    assert len(found) == len(set(found))
    assert set(found) == {
        (q, e)
        for q, query in enumerate(queries)
        for e, entry in enumerate(entries)
        if similarity(entry, query) >= threshold
    }


@given(SETS.map(lambda sets: [one for one in sets if one]), st.randoms(use_true_random=False))
def test_a_dropped_entry_is_found_no_more(entries: list[frozenset[int]], draw: random.Random) -> None:
    index = JoinIndex(packed(entries), 0.5)
    left = set(range(len(entries)))
    for place in draw.sample(sorted(left), len(left)):
        index.drop(np.array([place]))
        left.discard(place)
        found = set(joined(index, entries))
        pairs = ((q, e) for q in range(len(entries)) for e in left)
        assert found == {(q, e) for q, e in pairs if similarity(entries[q], entries[e]) >= 0.5}
