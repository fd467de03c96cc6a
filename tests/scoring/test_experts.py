"""The experts' lines go the way common sense says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.scoring.experts import EXPERTS, FREE, shipped_experts, verdict

LINES = [(name, feature) for name, curves in EXPERTS.items() for feature in curves]


@pytest.mark.parametrize("name, feature", LINES)
def test_lines_go_one_way(name: str, feature: str) -> None:
    expert, curve = shipped_experts()[name], EXPERTS[name][feature]
    usual = {other: value for other, value, _ in expert.lines}
    span = curve.knots[-1] - curve.knots[0] + 1
    grid = [curve.knots[0] + span * step / 40 for step in range(41)]
    verdicts = [verdict(expert, {**usual, feature: value}) for value in grid]
    steps = [after - before for before, after in pairwise(verdicts)]
    assert curve.way == FREE or all(step * curve.way >= -1e-4 for step in steps)


@pytest.mark.parametrize("name", EXPERTS)
def test_what_is_not_known_counts_as_usual(name: str) -> None:
    expert = shipped_experts()[name]
    usual = {feature: value for feature, value, _ in expert.lines}
    assert verdict(expert, dict.fromkeys(usual)) == verdict(expert, dict(usual))
    assert verdict(expert, dict(usual)) > 0.5


@given(st.sampled_from(sorted(EXPERTS)), st.lists(st.floats(-1e6, 1e6), min_size=20, max_size=20))
def test_a_verdict_is_a_probability(name: str, values: list[float]) -> None:
    features = dict(zip(EXPERTS[name], values, strict=False))
    assert 0 <= verdict(shipped_experts()[name], features) <= 1
