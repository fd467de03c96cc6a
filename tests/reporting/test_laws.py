"""Laws of the sample, the histogram and the marks."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from corpus.reporting.histogram import BINS, Histogram
from corpus.reporting.matching import find_matches, utf16
from corpus.reporting.sample import Sample
from corpus.reporting.words import embed

STRATA = st.lists(st.sampled_from("aaaaabbc"), max_size=300)


@given(STRATA, st.integers(1, 60))
def test_a_sample_keeps_to_its_room_and_shows_every_stratum(strata: list[str], room: int) -> None:
    sample: Sample[str, int] = Sample(room)
    for k, stratum in enumerate(strata):
        sample.offer(stratum, str(k), k)
    assert set(sample.held) == set(strata)
    assert sample.held.total() <= max(room, len(set(strata)))
    assert sample.whole == (len(strata) <= max(room, len(set(strata))))
    assert sample.offered == Counter(strata)


@given(STRATA, st.integers(4, 60))
def test_large_strata_are_cut_to_one_level(strata: list[str], room: int) -> None:
    sample: Sample[str, int] = Sample(room)
    for k, stratum in enumerate(strata):
        sample.offer(stratum, str(k), k)
    cut = [n for stratum, n in sample.held.items() if n < sample.offered[stratum]]
    assert not cut or max(sample.held.values()) - min(cut) <= 1


@given(st.permutations(range(60)))
def test_the_order_of_the_stream_does_not_change_a_sample(order: list[int]) -> None:
    def drawn(numbers: list[int]) -> set[int]:
        sample: Sample[None, int] = Sample(20)
        for number in numbers:
            sample.offer(None, str(number), number)
        return set(sample.items())

    assert drawn(order) == drawn(list(range(60)))


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(allow_nan=True)), st.booleans())))
def test_a_histogram_counts_every_value_once(values: list[tuple[float | None, bool]]) -> None:
    histogram = Histogram()
    for value, kept in values:
        histogram.add(value, kept=kept)
    assert sum(histogram.kept) + sum(histogram.rejected) + histogram.nulls == len(values)
    assert len(histogram.kept) == BINS


@given(st.text(), st.text())
def test_marks_are_in_order_apart_and_inside(vi: str, en: str) -> None:
    for sentence, [marks] in zip((vi, en), find_matches([vi], [en]), strict=True):
        spans = [marks[k : k + 2] for k in range(0, len(marks), 3)]
        flat = [0, *(place for span in spans for place in span), utf16(sentence)]
        assert flat == sorted(flat)


@given(st.text(alphabet=st.sampled_from('<>&/scriptSCRIPT!-\u2028\u2029"\\')))
def test_no_text_ends_the_block_of_data(text: str) -> None:
    assert not set(embed({"text": text})) & set("<>&\u2028\u2029")


def test_both_sides_of_a_match_are_marked_and_what_differs_is_not() -> None:
    vi = ["Ngày 5/8/2023, ông Hà mua 17 tấn gạo và 3 con trâu."]
    en = ["On August 5, 2023 Mr Ha bought 17 tonnes of rice and 4 buffaloes."]
    shown = [
        [side[0][marks[0][k] : marks[0][k + 1]] for k in range(0, len(marks[0]), 3)]
        for side, marks in zip((vi, en), find_matches(vi, en), strict=True)
    ]
    assert shown == [["5/8/2023", "Hà", "17"], ["August 5, 2023", "Ha", "17"]]
