"""The weights of the features, one set for each of four situations, kept in a file.

    anchors          first pass without a lexicon: names, numbers, borrowed words and lengths
    learnt           second pass without a lexicon: what the first pass taught
    lexicon          first pass with a lexicon
    lexicon+learnt   second pass with a lexicon

They were fitted by maximising the probability of the true path (a log-linear model over the lattice, a conditional
random field: Lafferty, McCallum and Pereira 2001). `scripts/train_weights.py` does it; the file names its data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from corpus.alignment.features import NAMES
from corpus.errors import UsageError, unknown

Array = Any
Weights = Mapping[str, Mapping[str, float]]
SITUATIONS = ("anchors", "learnt", "lexicon", "lexicon+learnt")


@cache
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    text = resources.files("corpus").joinpath("data/alignment/weights.json").read_text("utf-8")
    return check_weights(json.loads(text)["weights"], "the shipped weights")


def check_weights(weights: Weights, name: str) -> Weights:
    """The same weights. Raises UsageError when a situation is missing or a feature is unknown."""
    for situation in SITUATIONS:
        if situation not in weights:
            raise UsageError(f"{name}: no weights for {situation!r}; there must be: {', '.join(SITUATIONS)}")
        for feature in weights[situation]:
            if feature not in NAMES:
                raise unknown("feature", feature, NAMES)
    return weights


def weight_vector(weights: Mapping[str, float]) -> Array:
    """The weights in the order of `features.NAMES`; a feature that is not named weighs nothing."""
    return np.array([weights.get(name, 0.0) for name in NAMES], dtype=np.float32)
