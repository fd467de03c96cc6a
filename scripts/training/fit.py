"""Fitting the weights: the probability of the true path among all paths is made as great as it can be."""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus.alignment.arcs import TYPES
from corpus.alignment.features import NAMES
from corpus.alignment.search import Lattice
from training.segments import Segment, assemble

Array = Any
STRICTNESS = 3.0
"""How strongly weights are drawn to zero (L2), and those of the kinds of bead to PRIOR."""
TRIM = 0.12
"""The share of segments left out after a first fit because their gold is too improbable to be right."""
ROUNDS = (40, 60)
PRIOR = dict(zip(TYPES, (-3.5, -3.5, 0, -3, -3, -5, -6, -6, -7, -7, -8, -8, -8), strict=True))
# What can only speak for a bead, and what only against it. Flaws in the gold, such as a pair that shares no word, would
# otherwise teach that beyond some point less evidence is better.
_FOR = ("gain", "weaker_gain", "names_matched", "numbers_matched", "absorbed", "mutual_best", "margin", "same_end")
_AGAINST = (
    "unexplained", "numbers_lone", "names_lone", "length", "mark_", "sentence_ends",
    "lone_best", "lone_margin", "lone_mutual",
)  # fmt: skip


def bounds_of(name: str) -> tuple[float | None, float | None]:
    """The least and the greatest weight that a feature may have.

    >>> bounds_of("unexplained_share"), bounds_of("gain_rate_en"), bounds_of("bead_1_2")
    ((None, 0.0), (0.0, None), (None, None))
    """
    if name == "sentence_ends_equal" or name.startswith(_FOR):
        return 0.0, None
    return (None, 0.0) if name.startswith(_AGAINST) else (None, None)


def starting_weights() -> Array:
    """Weights by hand, good enough for a first pass from which something can be learnt."""
    weights = {f"bead_{a}_{b}": value for (a, b), value in PRIOR.items()}
    weights |= {"gain": 1.5, "length_ratio": -1.0, "length_deviation": -1.2, "same_end": 0.3, "sentence_ends": -0.5}
    return np.array([weights.get(name, 0.0) for name in NAMES], np.float32)


def fit(segments: list[Segment], importance: Array) -> Array:
    """The weights in the order of `features.NAMES`; `importance` says how much each segment counts."""
    lattice, features, gold = assemble(segments)
    kinds = np.array([name.startswith("bead_") for name in NAMES])
    spread = np.where(kinds, 1.0, features.std(axis=0) + 1e-3).astype(np.float32)
    features = features / spread
    weights = starting_weights() * spread
    for rounds in ROUNDS:
        weights = _minimise(lattice, features, gold, importance, weights, rounds)
        loss = _loss_per_bead(lattice, features @ weights.astype(np.float32), gold)
        importance = np.where(loss > np.quantile(loss, 1 - TRIM), 0.0, importance)
    return weights / spread


def _prior(name: str) -> float:
    """What the weight of a feature is drawn to: that of a kind of bead to its prior, any other to nothing."""
    if not name.startswith("bead_"):
        return 0.0
    vi, en = map(int, name.split("_")[1:])
    return PRIOR[vi, en]


def _minimise(lattice: Lattice, features: Array, gold: Array, importance: Array, start: Array, rounds: int) -> Array:
    """L-BFGS on the negative log likelihood: its gradient is expected minus true feature counts."""
    from scipy.optimize import minimize

    prior = np.array([_prior(name) for name in NAMES])
    arc_importance = importance[lattice.doc].astype(np.float32)
    true = (arc_importance[gold] @ features[gold]).astype(float)

    def loss(weights: Array) -> tuple[float, Array]:
        scores = features @ weights.astype(np.float32)
        expected = (lattice.posterior(scores) * arc_importance).astype(np.float32) @ features
        away = weights - prior
        value = importance @ lattice.log_total(scores) - true @ weights + STRICTNESS / 2 * away @ away
        return float(value), expected - true + STRICTNESS * away

    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[bounds_of(name) for name in NAMES],
                    options={"maxiter": rounds}).x  # fmt: skip


def _loss_per_bead(lattice: Lattice, scores: Array, gold: Array) -> Array:
    """The negative log likelihood of each segment, divided by its number of beads."""
    segments = len(lattice.first)
    true = np.bincount(lattice.doc[gold], scores[gold], minlength=segments)
    return (lattice.log_total(scores) - true) / np.bincount(lattice.doc[gold], minlength=segments)
