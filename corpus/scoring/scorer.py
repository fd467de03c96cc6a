"""Every score of a pair: one call, plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from corpus.errors import UsageError
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.shipped import resolve_lexicon, shipped_lexicon
from corpus.scoring.coverage import Matcher
from corpus.scoring.evidence import Evidence, measure
from corpus.scoring.experts import Expert, shipped_experts, verdict
from corpus.scoring.features import cut_features, figures_features, form_features, meaning_features

Scores = dict[str, float | None]


class Scorer:
    """Scores pairs with one lexicon; `usual_ratio` is the collection's English-per-Vietnamese length ratio.

    >>> scores = Scorer().score("Hôm qua trời mưa to ở Hà Nội.", "It rained heavily in Hanoi yesterday.")
    >>> list(scores)[:3], scores["names"], scores["numbers"], scores["quality"] > 0.5
    (['adequacy_vi', 'adequacy_en', 'numbers'], 1.0, None, True)
    """

    def __init__(
        self, lexicon: Lexicon | str | None = "shipped", *, usual_ratio: float = 1.0,
        experts: Mapping[str, Expert] | None = None,
    ) -> None:  # fmt: skip
        if not usual_ratio > 0:
            raise UsageError(f"usual_ratio={usual_ratio} is no ratio of lengths; give a number above 0, 1.0 if unknown")
        found: Any = resolve_lexicon(lexicon)
        self._matcher = Matcher(shipped_lexicon() if found is None else found)
        self._ratio = usual_ratio
        self._experts = experts or shipped_experts()

    def score(self, vi: str, en: str, *, align_prob: float | None = None) -> Scores:
        """Every column of `corpus.schema.SCORES` but `align_prob`, in order; never raises for what a text holds.

        `quality` is no surer than the aligner was of the bead, if `align_prob` says so.
        """
        evidence = measure(vi, en, self._matcher, self._ratio)
        verdicts = judge_pair(evidence, self._experts)
        coverage = evidence.coverage
        return {
            "adequacy_vi": coverage.vi.adequacy, "adequacy_en": coverage.en.adequacy,
            "numbers": evidence.numbers.share, "dates": evidence.dates,
            "names": evidence.names.share, "legal": evidence.legal,
            "length_ratio": evidence.ratio, "lang_vi": evidence.lang_vi, "lang_en": evidence.lang_en,
            "copy": evidence.copy, "mojibake": evidence.mojibake, "repetition": evidence.repetition,
            "truncated": None if evidence.ratio is None else 1 - verdicts["complete"],
            "markup": evidence.markup, "quality": combine(verdicts, align_prob),
        }  # fmt: skip


DOUBT = 0.02
"""Free translations share no word, and no lexicon knows them all: that the words do not answer to one another never
makes the meaning less sure than this. Numbers that differ leave no such doubt."""


def judge_pair(evidence: Evidence, experts: Mapping[str, Expert]) -> dict[str, float]:
    """The verdict of each expert."""
    return {
        "form": verdict(experts["form"], form_features(evidence)),
        "meaning": DOUBT + (1 - DOUBT) * verdict(experts["meaning"], meaning_features(evidence)),
        "figures": verdict(experts["figures"], figures_features(evidence)),
        "complete": verdict(experts["complete"], cut_features(evidence, "vi"))
        * verdict(experts["complete"], cut_features(evidence, "en")),
    }


def combine(verdicts: Mapping[str, float], align_prob: float | None = None) -> float:
    """`quality`: the probability that every expert finds the pair good; at most that of the bead, if it is known.

    >>> combine({"form": 1.0, "meaning": 0.5}), combine({"form": 1.0, "meaning": 0.5}, align_prob=0.25)
    (0.5, 0.25)
    """
    return min(prod(verdicts.values()), 1.0 if align_prob is None else align_prob)


def adequacy(vi: str, en: str, lexicon: Lexicon) -> tuple[float | None, float | None]:
    """The share of the Vietnamese words that the English side accounts for, and the other way round; None for a side
    of which no word is known.

    >>> from corpus.lexicon.lexicon import from_entries
    >>> from corpus.lexicon.read import Entry
    >>> adequacy("Trời mưa", "rain", from_entries([Entry("mưa", ("rain",))]))
    (1.0, 1.0)
    """
    coverage = Matcher(lexicon).cover(vi, en)
    return coverage.vi.adequacy, coverage.en.adequacy


def truncation(vi: str, en: str, lexicon: Lexicon, usual: float = 1.0) -> float | None:
    """How surely a side breaks off before the other one ends, 0 to 1; None if a side is empty.

    >>> vi = "Đoàn công tác đã đến thăm và tặng quà cho các hộ nghèo ở xã Chiềng Ban."
    >>> truncation(vi, "The delegation visited and gave", shipped_lexicon()) > 0.9
    True
    """
    return Scorer(lexicon, usual_ratio=usual).score(vi, en)["truncated"]
