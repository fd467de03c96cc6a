"""The search equals the enumeration of every path, on small random lattices."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment.arcs import TYPES, connect
from corpus.alignment.candidates import keep_nodes
from corpus.alignment.search import Lattice


def full(sizes: list[tuple[int, int]]) -> Lattice:
    return connect([np.ones((n + 1, m + 1), bool) for n, m in sizes])[0]


def paths(lattice: Lattice, node: int, last: int) -> Iterator[list[int]]:
    """Every path between two nodes, by plain recursion."""
    if node == last:
        yield []
    for arc in np.flatnonzero(lattice.start == node):
        for rest in paths(lattice, int(lattice.end[arc]), last):
            yield [int(arc), *rest]


SIZES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(SIZES, st.integers(0, 2**32 - 1))
def test_best_path_and_posterior_equal_brute_force(sizes: list[tuple[int, int]], seed: int) -> None:
    lattice = full(sizes)
    scores = np.random.default_rng(seed).normal(size=len(lattice.a)) * 2
    best, posterior = lattice.best_path(scores), lattice.posterior(scores)
    for d in range(len(sizes)):
        every = list(paths(lattice, int(lattice.first[d]), int(lattice.last[d])))
        weights = [math.exp(sum(scores[arc] for arc in path)) for path in every]
        assert sum(scores[arc] for arc in best[d]) == pytest.approx(math.log(max(weights)), abs=1e-9)
        for arc in np.flatnonzero(lattice.doc == d):
            share = sum(weight for path, weight in zip(every, weights, strict=True) if arc in path) / sum(weights)
            assert posterior[arc] == pytest.approx(share, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(SIZES, st.integers(0, 2**32 - 1))
def test_posteriors_of_the_arcs_over_each_sentence_sum_to_one(sizes: list[tuple[int, int]], seed: int) -> None:
    lattice = full(sizes)
    posterior = lattice.posterior(np.random.default_rng(seed).normal(size=len(lattice.a)) * 3)
    for d, (n, m) in enumerate(sizes):
        own = lattice.doc == d
        for i in range(n):
            over = own & (lattice.i <= i) & (i < lattice.i + lattice.a)
            assert posterior[over].sum() == pytest.approx(1.0, abs=1e-6)
        for j in range(m):
            over = own & (lattice.j <= j) & (j < lattice.j + lattice.b)
            assert posterior[over].sum() == pytest.approx(1.0, abs=1e-6)


def test_every_kind_of_bead_is_offered() -> None:
    kinds = set(zip(*(getattr(full([(4, 4)]), side).tolist() for side in "ab"), strict=True))
    assert kinds == set(TYPES)
    assert {(1, 0), (0, 1), (3, 3), (1, 4), (4, 1)} <= kinds


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_dropped_nodes_lie_on_no_good_path(n: int, m: int, seed: int) -> None:
    """The rough search keeps exactly the nodes whose best path is within the slack, by brute force."""
    scores = np.random.default_rng(seed).normal(size=(n, m)).astype(np.float32) * 4
    price, slack = 1.5, 4.0
    kept = keep_nodes([scores], price, slack)[0]
    forward = np.full((n + 1, m + 1), -np.inf)
    onwards = np.full((n + 1, m + 1), -np.inf)
    forward[0, 0] = onwards[n, m] = 0
    for i in range(n + 1):
        for j in range(m + 1):
            if i:
                forward[i, j] = max(forward[i, j], forward[i - 1, j] - price)
            if j:
                forward[i, j] = max(forward[i, j], forward[i, j - 1] - price)
            if i and j:
                forward[i, j] = max(forward[i, j], forward[i - 1, j - 1] + scores[i - 1, j - 1])
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n:
                onwards[i, j] = max(onwards[i, j], onwards[i + 1, j] - price)
            if j < m:
                onwards[i, j] = max(onwards[i, j], onwards[i, j + 1] - price)
            if i < n and j < m:
                onwards[i, j] = max(onwards[i, j], onwards[i + 1, j + 1] + scores[i, j])
    through = forward + onwards
    clear = np.abs(through - (through.max() - slack)) > 1e-3
    assert (kept == (through >= through.max() - slack))[clear].all()


def test_documents_searched_together_are_searched_alone() -> None:
    generator = np.random.default_rng(5)
    matrices = [generator.normal(size=size).astype(np.float32) for size in ((3, 5), (9, 2), (1, 1), (0, 4), (40, 41))]
    together = keep_nodes(matrices, 1.0, 3.0)
    for matrix, mask in zip(matrices, together, strict=True):
        assert (keep_nodes([matrix], 1.0, 3.0)[0] == mask).all()
