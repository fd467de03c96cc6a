"""No held-out row has a copy in another split; no row moves; the order of the rows does not matter."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.curation import Known, Placement, SplitPlan, SplitRow, assign_splits, check_sizes, from_history, to_history
from corpus.curation.clusters import LARGEST
from corpus.curation.shingles import shingle_set, similarity
from corpus.curation.sides import NEAR, STOCK, leak_key
from corpus.errors import UsageError

ONSETS = ("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "ph", "th", "tr", "v", "x")
RIMES = ("a", "á", "à", "ảo", "ê", "ơi", "ươn", "ông", "uy", "iếc")
SYLLABLES = [onset + rime for onset in ONSETS for rime in RIMES]
STOCK_VI = "Bản quyền thuộc về báo điện tử của chúng tôi, cấm sao chép dưới mọi hình thức."


def sentence(draw: random.Random, length: int = 12) -> str:
    return " ".join(draw.choices(SYLLABLES, k=length))


def collection(seed: int, articles: int, length: int = 5) -> list[SplitRow]:
    """Articles with sentences of their own, every article dated by its number."""
    draw = random.Random(seed)
    return [
        SplitRow(
            f"{seed}.{n}.{k}", (f"vi{seed}.{n}", f"en{seed}.{n}"), sentence(draw), sentence(draw), f"20{n % 90 + 10}"
        )
        for n in range(articles)
        for k in range(length)
    ]


@cache
def compared_by(text: str) -> tuple[str, frozenset[int]]:
    """What a text leaks by, written a second time: its words, and its shingles if it has four words or more."""
    key = leak_key(text)
    enough = sum(not word[-1].isdigit() for word in key.split()) >= 4
    return key, shingle_set(key.split()) if enough else frozenset()


def near(one: str, other: str) -> bool:
    (a, ours), (b, theirs) = compared_by(one), compared_by(other)
    return bool(a) and (a == b or (not ours.isdisjoint(theirs) and similarity(ours, theirs) >= NEAR))


def leaks(rows: Iterable[SplitRow], plan: SplitPlan) -> list[tuple[str, str]]:
    kept = [row for row in rows if plan.placements[row.id].reject is None]
    return [
        (one.id, other.id)
        for one, other in combinations(kept, 2)
        if plan.placements[one.id].split != plan.placements[other.id].split
        and (near(one.vi, other.vi) or near(one.en, other.en) or set(one.units) & set(other.units))
    ]


def units_of(rows: Iterable[SplitRow], plan: SplitPlan, split: str) -> list[SplitRow]:
    return [row for row in rows if plan.placements[row.id].split == split]


def test_clusters_stay_whole_and_sizes_are_reached() -> None:
    rows = collection(1, 400)
    plan = assign_splits(rows, validation=0.1, test=0.2)
    splits = defaultdict(set)
    for row in rows:
        splits[row.units].add(plan.placements[row.id][:2])
    assert all(len(found) == 1 for found in splits.values())
    assert plan.rows["train"] + plan.rows["validation"] + plan.rows["test"] == len(rows)
    assert plan.bridges == 0
    # Four standard deviations of 400 throws: 0.08 for test, 0.06 for validation.
    assert abs(plan.rows["test"] / len(rows) - 0.2) < 0.08
    assert abs(plan.rows["validation"] / len(rows) - 0.1) < 0.06
    assert sum(plan.clusters.values()) == 400
    assert all(len(placement.cluster or "") == 16 for placement in plan.placements.values())


def test_numbers_of_rows_become_shares() -> None:
    rows = collection(2, 200)
    assert assign_splits(rows, test=200).placements == assign_splits(rows, test=0.2).placements


@pytest.mark.parametrize("rows", [[], collection(3, 19, 20), collection(3, 24, 4)])
def test_a_small_collection_goes_to_train(rows: list[SplitRow]) -> None:
    plan = assign_splits(rows, validation=0.3, test=0.3)
    assert plan.rows == {"test": 0, "validation": 0, "train": len(rows)}


@pytest.mark.parametrize("sizes", [(-0.1, 0), (0, float("nan")), (0.5, 0.5), (2.5, 0), (0, float("inf"))])
def test_impossible_sizes_are_refused(sizes: tuple[float, float]) -> None:
    with pytest.raises(UsageError):
        check_sizes(*sizes)


def test_an_id_may_not_come_twice() -> None:
    with pytest.raises(UsageError, match="id"):
        assign_splits([SplitRow("a", ("x",), "", ""), SplitRow("a", ("y",), "", "")])


def test_planted_copies_do_not_leak() -> None:
    draw = random.Random(4)
    rows = collection(4, 120)
    sources = draw.sample(rows, 60)
    for n, row in enumerate(sources):
        vi, en = row.vi.split(), sentence(draw)
        if n % 3 == 1:
            vi[draw.randrange(len(vi))] = "khác"
        if n % 3 == 2:
            vi, en = sentence(draw).split(), row.en.upper() + " 55"
        unit = f"copy{n}"
        rows.append(SplitRow(unit, (unit,), " ".join(vi), en, "2001"))
    for n in range(60):
        rows.append(SplitRow(f"thanks{n}", (f"thanks{n}",), "Xin cảm ơn.", sentence(draw)))
        rows.append(SplitRow(f"stock{n}", (f"stock{n}",), STOCK_VI, sentence(draw)))
    plan = assign_splits(rows, validation=0.15, test=0.15)
    assert min(plan.rows.values()) > 20
    assert leaks(rows, plan) == []
    # A stock phrase costs the held-out rows that have it, and not those in train.
    lost = [row.id for row in rows if plan.placements[row.id].reject]
    assert len(lost) < 60
    together = [(plan.placements[row.id].cluster, plan.placements[f"copy{n}"].cluster) for n, row in enumerate(sources)]
    assert sum(one == other for one, other in together) > 50


def test_stock_phrases_do_not_join_everything() -> None:
    rows = collection(5, 100)
    rows += [
        SplitRow(f"s{n}", (f"vi5.{n}", f"en5.{n}"), STOCK_VI, f"All rights {n} reserved by the paper")
        for n in range(100)
    ]
    plan = assign_splits(rows, test=0.2)
    assert sum(plan.clusters.values()) == 100
    assert leaks(rows, plan) == []


def test_a_chain_of_copies_is_cut() -> None:
    draw = random.Random(6)
    rows = collection(6, 150, 3) + collection(16, 60, 1)
    for n in range(149):
        shared = sentence(draw)
        rows += [
            SplitRow(f"a{n}", (f"vi6.{n}",), shared, sentence(draw)),
            SplitRow(f"b{n}", (f"vi6.{n + 1}",), shared, sentence(draw)),
        ]
    plan = assign_splits(rows, validation=0.2, test=0.2)
    sizes: dict[str | None, int] = defaultdict(int)
    for placement in plan.placements.values():
        sizes[placement.cluster] += placement.cluster is not None
    assert max(sizes.values()) <= LARGEST
    assert 60 < len(sizes) < 120
    assert leaks(rows, plan) == []
    assert min(plan.rows.values()) > 0


def test_related_articles_are_one_cluster() -> None:
    rows = collection(7, 60)
    related = [(f"vi7.{n}", f"vi7.{n + 1}") for n in range(0, 60, 2)] + [("vi7.0", "unknown")]
    plan = assign_splits(rows, test=0.3, related=related)
    assert sum(plan.clusters.values()) == 30
    for n in range(0, 60, 2):
        assert plan.placements[f"7.{n}.0"] == plan.placements[f"7.{n + 1}.0"]


def first_build() -> tuple[list[SplitRow], SplitPlan]:
    rows = collection(8, 120)
    return rows, assign_splits(rows, validation=0.2, test=0.2)


def test_nothing_moves_when_rows_are_added() -> None:
    rows, before = first_build()
    draw = random.Random(9)
    copies = [
        SplitRow(f"new{n}", (f"new{n}",), f"{row.vi} mới" if n % 2 else row.vi, sentence(draw), "1999")
        for n, row in enumerate(draw.sample(rows, 200))
    ]
    added = collection(9, 60) + copies + [SplitRow(f"n{n}", (f"n{n}",), STOCK_VI, "", None) for n in range(40)]
    after = assign_splits(rows + added, validation=0.1, test=30, history=from_history(to_history(before.history)))
    assert {row.id: after.placements[row.id] for row in rows} == before.placements
    assert leaks(rows + added, after) == []
    third = assign_splits(rows + added + collection(10, 30), test=0.3, history=after.history)
    assert {row.id: third.placements[row.id] for row in rows + added} == after.placements


def test_nothing_moves_without_history_when_strangers_are_added() -> None:
    rows, before = first_build()
    after = assign_splits(rows + collection(11, 80), validation=0.2, test=0.2)
    assert {row.id: after.placements[row.id] for row in rows} == before.placements


def test_what_a_small_build_put_into_train_stays_there() -> None:
    rows = collection(12, 10)
    history = assign_splits(rows, test=0.3).history
    plan = assign_splits(rows + collection(13, 100), test=0.3, history=history)
    assert {plan.placements[row.id].split for row in rows} == {"train"}
    assert plan.rows["test"] > 0


def test_a_new_pair_between_two_splits_is_a_bridge() -> None:
    rows, before = first_build()
    in_test, in_train = units_of(rows, before, "test")[0], units_of(rows, before, "train")[0]
    bridge = SplitRow(
        "bridge", (in_test.units[0], in_train.units[1]), "Câu mới của một cặp mới.", "A new sentence of a new pair."
    )
    after = assign_splits([*rows, bridge], validation=0.2, test=0.2, history=before.history)
    assert after.placements["bridge"] == Placement(None, None, "split:bridge")
    assert {row.id: after.placements[row.id] for row in rows} == before.placements


def test_of_two_copies_the_new_one_goes_else_the_one_in_train() -> None:
    rows, before = first_build()
    in_test, in_train = units_of(rows, before, "test")[0], units_of(rows, before, "train")[0]
    # A new article that belongs to a known one in test repeats a sentence that is in train.
    young = SplitRow("young", in_test.units, in_train.vi, "Something new was said of this.")
    known_pair = {**before.history}
    known_pair.pop("\x1f".join(sorted(in_test.units)))
    later = SplitRow("later", (in_test.units[0],), in_train.vi, "Something new was said of this.")
    fresh = {**known_pair}
    fresh.pop(in_test.units[0])
    assert assign_splits([*rows, young], history=before.history).placements[in_train.id].reject == "split:bridge"
    plan = assign_splits([*rows, later._replace(units=(in_test.units[0], "new unit"))], history=before.history)
    assert plan.placements["later"].reject == "split:bridge"
    assert plan.placements[in_train.id].reject is None


def test_a_held_out_row_gives_way_to_many() -> None:
    rows, before = first_build()
    held, train = units_of(rows, before, "test")[0], units_of(rows, before, "train")
    for copies, expected in ((STOCK, None), (STOCK + 1, "split:bridge")):
        echo = [
            SplitRow(f"echo{n}", row.units, held.vi, f"Another translation {sentence(random.Random(n))}")
            for n, row in enumerate(train[: copies * 5 : 5])
        ]
        plan = assign_splits(rows + echo, history=before.history)
        assert plan.placements[held.id].reject == expected
        assert {plan.placements[row.id].reject for row in echo} == {None if expected else "split:bridge"}


def test_history_survives_as_plain_strings() -> None:
    _, plan = first_build()
    kept = to_history(plan.history)
    assert from_history(kept) == plan.history
    assert list(kept) == sorted(kept)
    assert all(isinstance(value, str) for value in kept.values())


@pytest.mark.parametrize("value", ["", "test", "dev 00 1", "test 00 x", "test  1", None, 3])
def test_a_damaged_history_is_refused(value: Any) -> None:
    with pytest.raises(UsageError, match="history"):
        from_history({"unit": value})


POOL = ["má đi chợ bán cá ở Huế", "má đi chợ bán cá ở Vinh", "má đi chợ bán 5 con cá", "má đi chợ bán 6 con cá",
        "má ơi", "…", "",
        "hôm nay trời rất đẹp", "hôm nay trời rất xấu", "a b c d e f g h i j", "a b c d e f g h i k"]  # fmt: skip
ROWS = st.lists(
    st.tuples(st.lists(st.integers(0, 30), min_size=0, max_size=2), st.sampled_from(POOL), st.sampled_from(POOL)),
    max_size=25,
)
PAST = st.dictionaries(st.integers(0, 30), st.sampled_from(["train", "test", "validation"]), max_size=20)


@settings(max_examples=15, deadline=None)
@given(ROWS, PAST, st.randoms(use_true_random=False))
def test_laws_of_splits(drawn: list[tuple[list[int], str, str]], past: dict[int, str], shuffle: random.Random) -> None:
    rows = [SplitRow(f"r{n}", tuple(f"u{unit}" for unit in own), vi, en) for n, (own, vi, en) in enumerate(drawn)]
    rows += collection(14, 25, 4)
    history = {f"u{unit}": Known(split, f"cluster of {split} {unit % 3}", 1) for unit, split in past.items()}
    plan = assign_splits(rows, validation=0.3, test=0.3, history=history)
    assert leaks(rows, plan) == []
    assert sum(plan.rows.values()) + plan.bridges == len(rows) == len(plan.placements)
    assert all(plan.history[unit] == known for unit, known in history.items())
    for row in rows:
        placement = plan.placements[row.id]
        assert (placement.split is None) == (placement.cluster is None) == (placement.reject is not None)
        assert placement.split in {None, *(history[unit].split for unit in row.units if unit in history)} or not set(
            row.units
        ) & set(history)
    again = rows[:]
    shuffle.shuffle(again)
    assert assign_splits(again, validation=0.3, test=0.3, history=history) == plan
    after = assign_splits(rows, validation=0.1, test=0.5, history=plan.history)
    assert after.placements == plan.placements


def seconds(call: Callable[[], Any]) -> float:
    start = process_time()
    call()
    return process_time() - start


def test_time_grows_with_the_rows() -> None:
    def run(articles: int) -> float:
        draw = random.Random(articles)
        rows = collection(15, articles, 4)
        rows += [
            SplitRow(f"{n}", (f"vi15.{n}", f"en15.{n}"), f"{STOCK_VI} Tin của {sentence(draw, 2)}", STOCK_VI)
            for n in range(articles)
        ]
        return seconds(lambda: assign_splits(rows, validation=0.1, test=0.1))

    run(30)
    # Eight times the rows: linear eight times as long, quadratic sixty-four times.
    assert run(560) < 24 * run(70)
