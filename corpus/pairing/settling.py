"""From candidates to pairs: linked one to one, aligned by sentences, and linked again without those that failed.

Who aligns is the caller's affair: `find_pairs` does it in memory, a build cuts it into tasks. Here are only numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.pairing import thresholds
from corpus.pairing.candidates import Candidates
from corpus.pairing.margin import link_greedily
from corpus.pairing.model import COMPARABLE, PARALLEL, PARTIAL

Array = Any
RELATIONS = (PARALLEL, PARTIAL, COMPARABLE)
NOT_ALIGNED = -1
_FIRST = 1e6


@dataclass(frozen=True)
class Settled:
    """What became of each candidate: `relation` is a number of RELATIONS, or NOT_ALIGNED; `accepted` are the pairs."""

    relation: Array
    coverage: Array
    accepted: Array
    weak: Array

    @property
    def aligned(self) -> Array:
        """The numbers of the candidates whose sentences were aligned."""
        return np.flatnonzero(self.relation != NOT_ALIGNED)

    def reject(self, k: int) -> str | None:
        """Why candidate k is no pair; None if it is one."""
        if self.accepted[k]:
            return None
        if self.relation[k] == RELATIONS.index(COMPARABLE):
            return "pair:comparable"
        return "pair:weak" if self.weak[k] else "pair:taken"


def settle(candidates: Candidates, align: Callable[[Array], Iterable[tuple[int, float]]]) -> Settled:
    """The pairs among some candidates, each article with one partner at most.

    `align` gets numbers of candidates, sorted, and gives the relation and the coverage of each.
    """
    relation = np.full(len(candidates), NOT_ALIGNED, np.int8)
    coverage = np.zeros(len(candidates), np.float64)
    for _ in range(thresholds.ROUNDS):
        linked = _link(candidates, (relation == NOT_ALIGNED) | _passes(candidates, relation))
        new = np.sort(linked[relation[linked] == NOT_ALIGNED])
        if not len(new):
            break
        for k, (found, share) in zip(new.tolist(), align(new), strict=True):
            relation[k], coverage[k] = found, share
    passes = _passes(candidates, relation)
    accepted = np.zeros(len(candidates), bool)
    accepted[_link(candidates, passes)] = True
    return Settled(relation, coverage, accepted, (relation != NOT_ALIGNED) & ~passes)


def _passes(candidates: Candidates, relation: Array) -> Array:
    """Whether a candidate was aligned and is good enough for a pair."""
    needed = np.array([thresholds.MARGIN.get(name, np.inf) for name in RELATIONS])[relation]
    linked = (candidates.links > 0) & (relation != RELATIONS.index(COMPARABLE))
    return (relation != NOT_ALIGNED) & (linked | (candidates.score >= needed))


def _link(candidates: Candidates, able: Array) -> Array:
    """One partner each: by links that are said outright first, then by score."""
    at = np.flatnonzero(able)
    score = candidates.score[at] + _FIRST * candidates.explicit[at]
    return at[link_greedily(candidates.pairs[at], score)]
