"""The index finds what comparing all with all would find, reads no more than it may, and margins mean what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpus.alignment.beads import Bead
from corpus.pairing import judge
from corpus.pairing.features import ArticleFeatures, Features, Rows
from corpus.pairing.frequencies import Frequencies, add_anchors, count_anchors, count_words, key_ranges
from corpus.pairing.index import Block, Near, best_of, join_near, keep_rarest, make_block, nearest, similarities
from corpus.pairing.links import match_links
from corpus.pairing.margin import link_greedily, margins
from corpus.pairing.vectors import document_frequency, rarity


def random_features(rng: np.random.Generator, articles: int, anchors: int, words: int) -> Features:
    """Articles with some of so many anchors and words each."""
    rows = []
    for _ in range(articles):
        keys = np.flatnonzero(rng.integers(0, 2, anchors)).astype(np.uint64)
        units = np.flatnonzero(rng.integers(0, 2, words)).astype(np.int32)
        strengths = rng.random(len(units)).astype(np.float32)
        links = np.zeros(0, np.uint64)
        rows.append(ArticleFeatures(keys, rng.integers(1, 4, len(keys)), [], units, strengths, links, 0))
    return Features.of(rows)


def frequencies_of(vi: Features, en: Features, words: int) -> Frequencies:
    anchors = add_anchors([count_anchors(vi, "vi"), count_anchors(en, "en")])
    return Frequencies((len(vi), len(en)), anchors, (count_words(vi.words, words), count_words(en.words, words)))


def part(features: Features, first: int, last: int) -> Features:
    """Some consecutive articles."""

    def cut(rows: Rows) -> Rows:
        at = slice(int(rows.starts[first]), int(rows.starts[last]))
        return Rows(rows.starts[first : last + 1] - rows.starts[first], rows.keys[at], rows.values[at])

    cut_rows = (cut(rows) for rows in (features.anchors, features.words))
    return Features(*cut_rows, features.links, features.days[first:last])


def as_set(near: Near) -> set[tuple[int, int]]:
    return set(zip(near.row.tolist(), near.other.tolist(), strict=True))


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 9), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_enough_postings_find_what_all_pairs_would(seed: int, vi: int, en: int, keep: int) -> None:
    rng = np.random.default_rng(seed)
    sides = random_features(rng, vi, 7, 5), random_features(rng, en, 7, 5)
    frequencies = frequencies_of(*sides, 5)
    blocks = [make_block(side, frequencies, lang, 10**6) for side, lang in zip(sides, ("vi", "en"), strict=True)]
    near = sum((one @ other.T).toarray() for one, other in zip(blocks[0].views, blocks[1].views, strict=True))
    found = nearest(*blocks, keep)
    for i in range(vi):
        best = {(i, int(j)) for j in np.argsort(-near[i], kind="stable")[:keep] if near[i, j] > 0}
        assert {pair for pair in as_set(found[0]) if pair[0] == i} == best
    for j in range(en):
        best = {(j, int(i)) for i in np.argsort(-near[:, j], kind="stable")[:keep] if near[i, j] > 0}
        assert {pair for pair in as_set(found[1]) if pair[0] == j} == best
    pairs = np.array([[i, j] for i in range(vi) for j in range(en)])
    assert np.allclose(similarities(*blocks, pairs).sum(axis=1), near.ravel(), atol=1e-5)


@given(st.integers(0, 2**32 - 1), st.integers(0, 9), st.integers(0, 9), st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_how_a_collection_is_cut_changes_nothing(seed: int, cut_vi: int, cut_en: int, postings: int) -> None:
    rng = np.random.default_rng(seed)
    vi, en = random_features(rng, 9, 12, 6), random_features(rng, 9, 12, 6)
    frequencies = frequencies_of(vi, en, 6)
    whole = nearest(make_block(vi, frequencies, "vi", postings), make_block(en, frequencies, "en", postings), 3)
    pieces = []
    for first, last in ((0, cut_vi), (cut_vi, 9)):
        for start, stop in ((0, cut_en), (cut_en, 9)):
            block_vi = make_block(part(vi, first, last), frequencies, "vi", postings)
            block_en = make_block(part(en, start, stop), frequencies, "en", postings)
            near = nearest(block_vi, block_en, 3)
            pieces.append([
                Near(near[0].row + first, near[0].other + start, near[0].value),
                Near(near[1].row + start, near[1].other + first, near[1].value),
            ])  # fmt: skip
    for way in (0, 1):
        joined = best_of(join_near([piece[way] for piece in pieces]), 3)
        expected = best_of(whole[way], 3)
        assert [column.tolist() for column in joined] == [column.tolist() for column in expected]


def test_a_block_is_read_back_as_it_was(tmp_path: Path) -> None:
    features = random_features(np.random.default_rng(0), 5, 8, 4)
    block = make_block(features, frequencies_of(features, features, 4), "vi", 9)
    block.save(tmp_path / "block.npz")
    again = Block.load(tmp_path / "block.npz")
    for one, other in zip((*block.views, *block.read), (*again.views, *again.read), strict=True):
        assert (one != other).nnz == 0 and one.shape == other.shape


@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_no_article_reads_more_than_it_may(seed: int, postings: int) -> None:
    rng = np.random.default_rng(seed)
    rows, other = (csr_matrix(rng.integers(0, 2, (count, 9)).astype(np.float32)) for count in (6, 30))
    frequency = document_frequency(other)
    kept = keep_rarest(rows, frequency, postings)
    for row in range(kept.shape[0]):
        read = kept.indices[kept.indptr[row] : kept.indptr[row + 1]]
        left = set(rows.indices[rows.indptr[row] : rows.indptr[row + 1]]) - set(read)
        assert frequency[read].sum() <= postings
        assert all(frequency[other] >= frequency[read].max(initial=0) for other in left)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_anchors_counted_a_range_at_a_time_are_counted_alike(seed: int, shards: int) -> None:
    rng = np.random.default_rng(seed)
    counts = []
    for lang in ("vi", "en", "vi"):
        features = random_features(rng, 4, 10, 2)
        keys = features.anchors.keys * np.uint64(1_700_000_000_000_000_000)
        features = Features(features.anchors._replace(keys=keys), features.words, features.links, features.days)
        counts.append(count_anchors(features, lang))
    whole = add_anchors(counts)
    ranges = [add_anchors([one.between(*bounds) for one in counts]) for bounds in key_ranges(shards)]
    for column, pieces in zip(whole, zip(*ranges, strict=True), strict=True):
        assert column.tolist() == np.concatenate(pieces).tolist()
    assert ((whole.vi + whole.en) > 1).all()


def test_links_need_a_key_that_nobody_else_has() -> None:
    keys = [np.array(numbers, np.uint64) << np.uint64(3) for numbers in ([7, 8, 9, 9], [9, 7, 8, 8])]
    found = match_links((keys[0], np.arange(4)), (keys[1], np.arange(4)))
    assert [column.tolist() for column in found] == [[0], [1], [0]]


def test_equal_articles_have_no_margin() -> None:
    pairs = np.array([[i, j] for i in range(5) for j in range(5)])
    assert np.allclose(margins(pairs, np.full(25, 0.7), (5, 5), neighbours=4, far=0.1), 1.0)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0, 3)), unique_by=lambda t: t[:2]))
def test_greedy_links_leave_no_better_pair_free(triples: list[tuple[int, int, float]]) -> None:
    pairs = np.array([triple[:2] for triple in triples], np.int64).reshape(-1, 2)
    scores = np.array([triple[2] for triple in triples])
    linked = link_greedily(pairs, scores).tolist()
    for side in (0, 1):
        assert len({int(pairs[k, side]) for k in linked}) == len(linked)
    for k in set(range(len(triples))) - set(linked):
        rivals = [other for other in linked if (pairs[other] == pairs[k]).any()]
        assert rivals and max(scores[rivals]) >= scores[k]


def test_rarer_weighs_more() -> None:
    weights = rarity(np.arange(1, 50), 50)
    assert (np.diff(weights) < 0).all()


CASES = [
    ("all of both", [((0,), (0,), 0.99), ((1,), (1,), 0.99)], "parallel", 1.0),
    ("improbable beads", [((0,), (0,), 0.4), ((1,), (1,), 0.3)], "comparable", 0.0),
    ("half of the Vietnamese, all of the English", [((0,), (0, 1), 0.99), ((1,), (), 0.9)], "partial", 0.75),
    ("nothing but lone sentences", [((0, 1), (), 0.9), ((), (0, 1), 0.9)], "comparable", 0.0),
]


@pytest.mark.parametrize(("name", "beads", "relation", "coverage"), CASES, ids=[case[0] for case in CASES])
def test_judgement(name: str, beads: list[Any], relation: str, coverage: float) -> None:
    found = judge([Bead(*bead) for bead in beads], ["a" * 50, "b" * 50], ["c" * 50, "d" * 50])
    assert (found.relation, found.coverage) == (relation, coverage)


def test_empty_articles_are_not_parallel() -> None:
    assert judge([], [], []).relation == "comparable"
