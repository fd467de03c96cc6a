"""The experts whose verdicts make up `quality`, and how a verdict follows from features.

    form       each side is clean text in its language
    meaning    the sides tell of the same
    figures    numbers, dates and names are the same
    complete   neither side breaks off before the other one ends (asked once for each side)

An expert is a logistic regression over hinges: each feature goes through a line that bends at the knots given here.
Where common sense says that more of something is better (or worse), the line may only rise (or fall). A feature that
is not known counts as it does in a usual good pair. `quality` is the product of the verdicts: no virtue makes up
for a vice. The weights were fitted by scripts/train_quality.py; the file names its data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from math import exp
from typing import Any, NamedTuple

UP, DOWN, FREE = 1, -1, 0


class Curve(NamedTuple):
    """A feature's line: which way it may go (as the verdict "good" goes), where it bends (it starts at knots[0]), and
    how steep it may be, where the texts that the weights were fitted on say too little about others."""

    way: int
    knots: tuple[float, ...]
    steepest: float | None = None


EXPERTS: dict[str, dict[str, Curve]] = {
    "form": {
        "lang_vi": Curve(UP, (0.0, 0.3, 0.6, 0.9)),
        "lang_en": Curve(UP, (0.0, 0.3, 0.6, 0.9)),
        "copy": Curve(DOWN, (0.2, 0.4, 0.6, 0.8)),
        "mojibake": Curve(DOWN, (0.0, 0.02, 0.05, 0.1)),
        "repetition": Curve(DOWN, (0.1, 0.3, 0.5)),
    },
    "meaning": {
        "adequacy": Curve(UP, (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85)),
        "lesser_adequacy": Curve(UP, (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75)),
        "adequacy_by_size": Curve(UP, (0.0, 0.2, 0.4, 0.6)),
        "telling": Curve(UP, (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),
        "surprise": Curve(UP, (-1.0, -0.5, -0.2, 0.0, 0.2, 0.4, 0.6, 0.9)),
        "surprise_by_size": Curve(UP, (-2.0, -1.0, -0.4, 0.0, 0.4, 0.8, 1.2, 2.0)),
        "names_met": Curve(UP, (0.0, 1.0, 2.0)),
        "names_lone": Curve(DOWN, (0.0, 1.0, 3.0)),
        "borrowed_lost": Curve(DOWN, (0.0, 0.3)),
        "numbers_met": Curve(UP, (0.0, 1.0, 2.0)),
        "numbers_lone": Curve(DOWN, (0.0, 1.0, 3.0)),
        "length_off": Curve(DOWN, (0.1, 0.3, 0.5, 0.7, 1.0)),
        "disorder": Curve(DOWN, (0.05, 0.12, 0.18, 0.25, 0.35)),
        "ends_unlike": Curve(DOWN, (0.0,)),
    },
    "figures": {
        "replaced": Curve(DOWN, (0.0, 1.0)),
        "half_replaced": Curve(DOWN, (0.0, 1.0)),
        "large_absent": Curve(DOWN, (0.0, 1.0)),
        "large_alone": Curve(DOWN, (0.0, 1.0)),
        "small_alone": Curve(DOWN, (0.0, 1.0)),
        "dates": Curve(UP, (0.0, 0.5)),
        "legal": Curve(UP, (0.0,)),
        "names_replaced": Curve(DOWN, (0.0, 1.0), steepest=1.5),
    },
    "complete": {
        "excess": Curve(DOWN, (-0.6, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 1.0)),
        "excess_by_size": Curve(DOWN, (0.0, 0.2, 0.4, 0.7, 1.0)),
        "lacking": Curve(DOWN, (0.0,)),
        "both_full": Curve(UP, (0.0,)),
        "neither_full": Curve(FREE, (0.0,)),
        "lacking_excess": Curve(DOWN, (0.0, 0.2, 0.4, 0.6)),
        "dangling": Curve(DOWN, (0.0,)),
        "open": Curve(DOWN, (0.0, 1.0)),
        "tail": Curve(DOWN, (0.0, 0.1, 0.2, 0.3, 0.45)),
        "own_tail": Curve(UP, (0.0, 0.1, 0.3)),
        "gap": Curve(DOWN, (-0.3, -0.1, 0.1, 0.25, 0.4)),
        "drift": Curve(DOWN, (-0.1, 0.0, 0.05, 0.1, 0.2)),
        "inner": Curve(DOWN, (-1.0, 0.0, 1.0)),
        "commas": Curve(DOWN, (-1.0, 0.0, 1.0, 2.0)),
        "figures_gone": Curve(DOWN, (0.0, 1.0)),
        "names_gone": Curve(DOWN, (0.0, 1.0)),
    },
}  # fmt: skip


class Expert(NamedTuple):
    """`bias`, and for each feature its name, its value in a usual good pair, and the knots with their weights."""

    bias: float
    lines: tuple[tuple[str, float, tuple[tuple[float, float], ...]], ...]


def hinges(value: float, knots: tuple[float, ...]) -> list[float]:
    """How far `value` is beyond each knot.

    >>> [round(part, 1) for part in hinges(0.6, (0.0, 0.5, 0.8))]
    [0.6, 0.1, 0.0]
    """
    return [max(0.0, value - knot) for knot in knots]


def verdict(expert: Expert, features: Mapping[str, float | None]) -> float:
    """How surely the pair is good, as far as this expert can tell: 0 to 1.

    >>> expert = Expert(0.0, (("copy", 0.1, ((0.5, -8.0),)),))
    >>> verdict(expert, {"copy": None}), verdict(expert, {"copy": 1.0}) < 0.02
    (0.5, True)
    """
    total = expert.bias
    for name, usual, bends in expert.lines:
        value = features[name]
        if value is None:
            value = usual
        for knot, weight in bends:
            if value <= knot:
                break
            total += weight * (value - knot)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def scoring_hash() -> str:
    """Sixteen hexadecimal digits of the weights and the lists that scores rest on."""
    folder = resources.files("corpus").joinpath("data/scoring")
    files = sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name)
    return sha256(b"".join(entry.read_bytes() for entry in files)).hexdigest()[:16]


@cache
def shipped_experts() -> Mapping[str, Expert]:
    """The experts that come with the package."""
    text = resources.files("corpus").joinpath("data/scoring/quality.json").read_text("utf-8")
    return read_experts(json.loads(text)["experts"])


def read_experts(content: Mapping[str, Any]) -> Mapping[str, Expert]:
    """The experts of a weights file."""
    return {
        name: Expert(found["bias"], tuple(
            (feature, found["usual"][feature], tuple(zip(curve.knots, found["weights"][feature], strict=True)))
            for feature, curve in EXPERTS[name].items()
        ))
        for name, found in content.items()
    }  # fmt: skip
