"""The features that the experts of `quality` weigh.

A feature that cannot be measured is None, and then says nothing. None depends on how long the pair is, but for those
that say so by their name.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, sqrt

from corpus.scoring.coverage import SURPRISE, TELLING, Words
from corpus.scoring.evidence import Evidence

Features = dict[str, float | None]
_FOUND = 0.8  # how often a word of a translation is accounted for
_BY_CHANCE = 0.33  # how far apart two random places of a line are


def form_features(e: Evidence) -> Features:
    """Is each side clean text in its language."""
    return {
        "lang_vi": e.lang_vi, "lang_en": e.lang_en, "copy": e.copy, "mojibake": e.mojibake,
        "repetition": e.repetition,
    }  # fmt: skip


def meaning_features(e: Evidence) -> Features:
    """Do the sides tell of the same."""
    vi, en = e.coverage.vi, e.coverage.en
    both = [share for share in (vi.adequacy, en.adequacy) if share is not None]
    lesser, mean = (min(both), sum(both) / len(both)) if both else (None, None)
    known = sum([*vi.counted, *en.counted])
    names = e.names
    surprise = _surprise(vi, en)
    off = None if e.ratio is None else abs(log((e.ratio * 40 + 3) / 43))
    return {
        "adequacy": mean, "lesser_adequacy": lesser,
        "adequacy_by_size": None if mean is None else mean * log(1 + known) / 4,
        "telling": _telling(vi, en), "surprise": surprise,
        "surprise_by_size": None if mean is None else max(-10.0, min(20.0, surprise * sqrt(1 + known))) / 5,
        "names_met": names.vi + names.en and (names.vi - names.lone_vi + names.en - names.lone_en) / 2,
        "names_lone": float(min(names.kept_vi, 3) + min(names.kept_en, 3)),
        "borrowed_lost": e.coverage.lost / (e.coverage.kept + e.coverage.lost + 1),
        "numbers_met": float(min(e.numbers.matched, 4)),
        "numbers_lone": float(min(e.numbers.lone_vi, 4) + min(e.numbers.lone_en, 4)),
        "length_off": off, "disorder": _disorder(vi, en),
        "ends_unlike": float(e.ending_vi.full != e.ending_en.full),
    }  # fmt: skip


def _telling(vi: Words, en: Words) -> float | None:
    """The adequacy of the telling words alone: function words are found in any sentence."""
    got = whole = 0.0
    for side in (vi, en):
        for weight in side.counted:
            if weight >= TELLING:
                whole += weight
        for weight, _ in side.moved:
            got += weight
    return got / (whole + 1.0) if whole else None


def _surprise(vi: Words, en: Words) -> float:
    """How much better the words are accounted for than by chance: the mean over the known words of the log ratio of
    what is usual in a translation to what is usual among strangers."""
    total, count = 0.0, 2
    for side in (vi, en):
        count += len(side.counted)
        for weight, known, partner in side.rows():
            if partner >= 0 or known:
                total += _surprise_of(weight, partner >= 0)
    return total / count


@lru_cache(maxsize=1 << 15)
def _surprise_of(weight: float, found: bool) -> float:
    chance = exp(-SURPRISE * weight)
    return log(_FOUND / max(chance, 0.01)) if found else log((1 - _FOUND) / max(1 - chance, 0.1))


def _disorder(vi: Words, en: Words) -> float | None:
    """How far from its own place a telling word's partner stands, on average; 0 is the same place, 1 the other end.

    One word more counts as far as chance would have it, so that a lone match is no proof of good order.
    """
    if not (any(vi.known) or any(en.known)):
        return None
    far, whole = _BY_CHANCE, 1.0
    for side in (vi, en):
        for weight, forward in side.moved:
            far += weight * abs(forward)
            whole += weight
    return far / whole


def figures_features(e: Evidence) -> Features:
    """Do numbers, dates, documents and names stand on both sides; another in its place is worse than one gone."""
    n, names = e.numbers, e.names
    return {
        "replaced": float(min(n.absent_vi, n.absent_en, 2)),
        "half_replaced": float(min(max(min(n.absent_vi, n.lone_en), min(n.lone_vi, n.absent_en)), 2)),
        "large_absent": float(min(n.large_vi + n.large_en, 3)),
        "large_alone": float(min(abs(n.large_vi - n.large_en), 3)),
        "small_alone": float(min(abs(n.absent_vi - n.large_vi - n.absent_en + n.large_en), 3)),
        "dates": e.dates, "legal": e.legal,
        "names_replaced": float(min(names.kept_vi, names.kept_en, 2)),
    }  # fmt: skip


def cut_features(e: Evidence, cut: str) -> Features:
    """Does the side `cut` ("vi" or "en") break off before the other one ends."""
    here, there = (e.coverage.vi, e.coverage.en) if cut == "vi" else (e.coverage.en, e.coverage.vi)
    end, other = (e.ending_vi, e.ending_en) if cut == "vi" else (e.ending_en, e.ending_vi)
    lone = (e.numbers.absent_vi, e.numbers.absent_en) if cut == "vi" else (e.numbers.absent_en, e.numbers.absent_vi)
    names = (e.names.kept_vi, e.names.kept_en) if cut == "vi" else (e.names.kept_en, e.names.kept_vi)
    ratio = e.ratio or 1.0
    size = e.length / 2
    excess = log((ratio * size + 4) / (size + 4)) * (1 if cut == "vi" else -1)
    lacking = float(other.full and not end.full)
    gap = None if here.adequacy is None or there.adequacy is None else here.adequacy - there.adequacy
    return {
        "excess": excess, "excess_by_size": excess * sqrt(min(size, 400)) / 10,
        "lacking": lacking, "both_full": float(end.full and other.full),
        "neither_full": float(not end.full and not other.full),
        "lacking_excess": lacking * max(0.0, excess), "dangling": float(end.dangling and not other.dangling),
        "open": float(min(2, max(0, end.open - other.open))),
        "tail": there.tail, "own_tail": here.tail, "gap": gap, "drift": _drift(there),
        "inner": float(max(-1, min(2, other.inner - end.inner))),
        "commas": float(max(-2, min(3, other.commas - end.commas))),
        "figures_gone": float(min(lone[1], 2)) if not lone[0] else 0.0,
        "names_gone": float(min(names[1], 3)) if not names[0] else 0.0,
    }  # fmt: skip


def _drift(side: Words) -> float | None:
    """How much farther on than themselves the partners of a side's telling words stand: the first half of a side
    answers to all of one that breaks off in the middle."""
    total = whole = 0.0
    for weight, forward in side.moved:
        total += weight * forward
        whole += weight
    return total / (whole + 1.0) if whole else None
