"""All scores of a pair, and quality."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.schema import SCORES
from corpus.scoring import Scorer
from corpus.scoring.coverage import Matcher
from corpus.scoring.evidence import measure
from corpus.scoring.experts import EXPERTS
from corpus.scoring.features import cut_features, figures_features, form_features, meaning_features

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "scoring_pairs.json").read_text("utf-8"))
GOOD = [case for case in GOLDEN if case["good"]]


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


def test_columns_are_those_of_the_schema_in_order(scorer: Scorer) -> None:
    assert list(scorer.score("mưa", "rain")) == [column.name for column in SCORES if column.name != "align_prob"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in GOLDEN])
def test_good_pairs_lie_above_bad_ones(case: dict[str, Any], scorer: Scorer) -> None:
    quality = scorer.score(case["vi"], case["en"])["quality"]
    assert quality is not None
    assert quality > 0.3 if case["good"] else quality < 0.1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_every_score_is_in_its_range(vi: str, en: str) -> None:
    scores = Scorer().score(vi, en)
    assert scores["quality"] is not None
    for name, value in scores.items():
        assert value is None or (value >= 0 if name == "length_ratio" else 0 <= value <= 1), name


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "ă", "\n", "1", "…"])
def test_odd_text_is_scored(text: str, scorer: Scorer) -> None:
    for vi, en in ((text, "It rains."), ("Trời mưa.", text), (text, text)):
        assert scorer.score(vi, en)["quality"] is not None


PIECES = ["a", "ă ", "1,", "((", "<a", "Nguyễn Văn ", "XI", "Ã¡", "đại biểu ", "12 tỷ ", "số 12/NQ-CP "]


@pytest.mark.parametrize("piece", PIECES)
def test_long_text_takes_no_longer_than_its_length(piece: str, scorer: Scorer) -> None:
    started = process_time()
    scorer.score(piece * (100_000 // len(piece)), "It rains.")
    assert process_time() - started < 5


def test_no_pair_leaves_a_trace(scorer: Scorer) -> None:
    pairs = [(case["vi"], case["en"]) for case in GOLDEN]
    forwards = [scorer.score(*pair) for pair in pairs]
    assert [Scorer().score(*pair) for pair in reversed(pairs)] == forwards[::-1]


def test_usual_ratio_shifts_the_ratio(scorer: Scorer) -> None:
    vi, en = GOOD[0]["vi"], GOOD[0]["en"]
    plain, shifted = scorer.score(vi, en)["length_ratio"], Scorer(usual_ratio=2.0).score(vi, en)["length_ratio"]
    assert plain is not None and shifted == pytest.approx(plain / 2)
    with pytest.raises(UsageError, match="above 0"):
        Scorer(usual_ratio=0.0)


def test_a_word_nobody_knows_does_not_condemn_a_pair(scorer: Scorer) -> None:
    vi, en = "Các đại biểu đã thăm nhà máy mới", "The delegates visited the new factory"
    known = scorer.score(f"{vi}.", f"{en}.")["quality"]
    more = scorer.score(f"{vi} ở Xlưp.", f"{en} in Xlup.")["quality"]
    assert known is not None and more is not None and more > known / 2


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in GOOD])
@pytest.mark.parametrize("side", ["vi", "en"])
def test_cutting_a_side_never_helps(case: dict[str, Any], side: str, scorer: Scorer) -> None:
    pair = {"vi": case["vi"], "en": case["en"]}
    whole = scorer.score(**pair)
    words = pair[side].split()
    cut = scorer.score(**{**pair, side: " ".join(words[: len(words) // 2])})
    assert cut["truncated"] is not None and whole["truncated"] is not None and cut["quality"] is not None
    assert cut["truncated"] > whole["truncated"]
    assert whole["quality"] is not None and cut["quality"] < whole["quality"]


def test_experts_and_features_have_the_same_names() -> None:
    from corpus.lexicon.shipped import shipped_lexicon

    evidence = measure("Trời mưa.", "It rains.", Matcher(shipped_lexicon()))
    made = {
        "form": form_features(evidence), "meaning": meaning_features(evidence),
        "figures": figures_features(evidence), "complete": cut_features(evidence, "vi"),
    }  # fmt: skip
    assert {name: list(features) for name, features in made.items()} == {
        name: list(curves) for name, curves in EXPERTS.items()
    }
