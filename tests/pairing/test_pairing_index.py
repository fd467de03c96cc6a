"""The index finds what comparing all with all would find, reads no more than it may, and margins mean what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpus.alignment.beads import Bead
from corpus.pairing import judge
from corpus.pairing.index import keep_rarest, near_pairs
from corpus.pairing.margin import link_greedily, margins
from corpus.pairing.vectors import cosines, document_frequency, rarity, unit_rows
from corpus.pairing.views import View


def random_view(rng: np.random.Generator, vi: int, en: int, features: int) -> View:
    counts = [csr_matrix(rng.integers(0, 2, (rows, features)) * rng.random((rows, features))) for rows in (vi, en)]
    return View(*(unit_rows(side, np.ones(features, np.float32)) for side in counts))


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 9), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_enough_postings_find_what_all_pairs_would(seed: int, vi: int, en: int, keep: int) -> None:
    rng = np.random.default_rng(seed)
    views = random_view(rng, vi, en, 7), random_view(rng, vi, en, 5)
    near = sum((view.vi @ view.en.T).toarray() for view in views)
    expected = set()
    for i in range(vi):
        expected |= {(i, j) for j in np.argsort(-near[i], kind="stable")[:keep] if near[i, j] > 0}
    for j in range(en):
        expected |= {(i, j) for i in np.argsort(-near[:, j], kind="stable")[:keep] if near[i, j] > 0}
    found = near_pairs(views, keep=keep, postings=10**6)
    assert set(map(tuple, found.tolist())) == expected
    together = sum(cosines(view.vi, view.en, found) for view in views)
    assert np.allclose(together, near[found[:, 0], found[:, 1]], atol=1e-5)


@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_no_article_reads_more_than_it_may(seed: int, postings: int) -> None:
    view = random_view(np.random.default_rng(seed), 6, 30, 9)
    frequency = document_frequency(view.en)
    kept = keep_rarest(view.vi, frequency, postings)
    for row in range(kept.shape[0]):
        read = kept.indices[kept.indptr[row] : kept.indptr[row + 1]]
        left = set(view.vi.indices[view.vi.indptr[row] : view.vi.indptr[row + 1]]) - set(read)
        assert frequency[read].sum() <= postings
        assert all(frequency[other] >= frequency[read].max(initial=0) for other in left)


def test_the_same_rows_in_another_order_are_the_same_pairs() -> None:
    view = random_view(np.random.default_rng(1), 8, 8, 6)
    order = np.array([3, 1, 4, 0, 5, 7, 2, 6])
    turned = near_pairs((view.rows(order, order),), keep=20, postings=10**6)
    straight = near_pairs((view,), keep=20, postings=10**6)
    assert {(order[i], order[j]) for i, j in turned} == set(map(tuple, straight.tolist()))


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
