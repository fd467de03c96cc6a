"""Bitext inside one article: what is there in any arrangement, and nothing where nothing is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from corpus.alignment.beads import Bead
from corpus.pairing import ArticleSentence, Explainer, find_within
from tests.conftest import ROOT
from tests.pairing.conftest import TOPICS, WordAligner

CASES = json.loads((ROOT / "tests/golden/pairing_within.json").read_text(encoding="utf-8"))
VI, EN = ([line for topic in TOPICS for line in topic[side].split("\n")] for side in (0, 1))


def arrange(order: list[tuple[str, int]]) -> list[ArticleSentence]:
    """An article of VI and EN sentences, each a segment."""
    sides = {"vi": VI, "en": EN}
    return [ArticleSentence(sides[lang][k], lang, segment, "body") for segment, (lang, k) in enumerate(order)]


def found(sentences: list[ArticleSentence], explainer: Explainer, aligner: WordAligner) -> set[tuple[str, str]]:
    beads = find_within(sentences, explainer=explainer, aligner=aligner)
    return {
        (" ".join(sentences[k].text for k in bead.vi), " ".join(sentences[k].text for k in bead.en)) for bead in beads
    }


NUMBERS = range(len(VI))
ARRANGEMENTS = {
    "vi then en": [(lang, k) for k in NUMBERS for lang in ("vi", "en")],
    "en then vi": [(lang, k) for k in NUMBERS for lang in ("en", "vi")],
    "blocks": [(lang, k) for lang in ("vi", "en") for k in NUMBERS],
    "blocks, en first": [(lang, k) for lang in ("en", "vi") for k in NUMBERS],
}


@pytest.mark.parametrize("order", ARRANGEMENTS.values(), ids=ARRANGEMENTS.keys())
def test_arrangements(order: list[tuple[str, int]], explainer: Explainer, aligner: WordAligner) -> None:
    pairs = found(arrange(order), explainer, aligner)
    gold = set(zip(VI, EN, strict=True))
    assert pairs <= gold
    assert len(pairs) >= 0.8 * len(gold)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_article_in_one_language_has_none(lang: str, explainer: Explainer, aligner: WordAligner) -> None:
    assert found(arrange([(lang, k) for k in NUMBERS]), explainer, aligner) == set()


def test_two_languages_that_say_different_things(explainer: Explainer, aligner: WordAligner) -> None:
    half = len(VI) // 2
    order = [("vi", k) for k in range(half)] + [("en", k) for k in range(half, len(EN))]
    assert found(arrange(order), explainer, aligner) == set()


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_golden(case: dict[str, Any], explainer: Explainer, aligner: WordAligner) -> None:
    sentences = [ArticleSentence(*sentence) for sentence in case["sentences"]]
    beads = find_within(sentences, explainer=explainer, aligner=aligner)
    assert [[list(bead.vi), list(bead.en)] for bead in beads] == case["expect"], case["comment"]


class JoiningAligner(WordAligner):
    """Puts all sentences into one bead."""

    def align(self, vi: Sequence[str], en: Sequence[str]) -> list[Bead]:
        return [Bead(tuple(range(len(vi))), tuple(range(len(en))), 0.99)]


def test_a_side_is_one_stretch_of_the_article(explainer: Explainer) -> None:
    joined = JoiningAligner(explainer)
    blocks, stacked = arrange(ARRANGEMENTS["blocks"]), arrange(ARRANGEMENTS["vi then en"])
    assert len(found(blocks, explainer, joined)) == 1
    for bead in find_within(stacked, explainer=explainer, aligner=joined):
        for side in (bead.vi, bead.en):
            assert list(side) == list(range(side[0], side[-1] + 1))


def test_odd_sentences_never_raise(explainer: Explainer, aligner: WordAligner) -> None:
    odd = ["", "\x00", "\ud800", "12345", "x" * 50_000, "…"]
    sentences = [ArticleSentence(text, lang, k) for k, text in enumerate(odd) for lang in ("vi", "en", "und")]
    assert find_within(sentences, explainer=explainer, aligner=aligner) == []
