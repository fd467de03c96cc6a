"""Clusters: rows that a split must not tear apart.

Rows of one article belong together, whatever their number. Articles that share sentences, as reports of one event do,
are joined where that keeps the cluster small: a chain of common sentences would otherwise join everything. What stays
apart is looked after when the splits are made (see `corpus.curation.leaks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.curation.copies import near_sets
from corpus.curation.shingles import PackedSets
from corpus.curation.sides import NEAR, STOCK, Side

LARGEST = 200
"""Rows of a cluster up to which articles are joined. A constant, and no share of the rows: what is joined must not
change when rows come that have nothing to do with it. A report of an event has some tens of sentences."""


class Forest:
    """Units in disjoint sets. `known` names the cluster of an earlier build; two such clusters are never joined.

    >>> forest = Forest({"a": 3, "b": 2, "c": 1}, {"a": "cluster 1", "c": "cluster 2"})
    >>> forest.join("b", "a"), forest.join("c", "b"), forest.root("b"), forest.known["a"], forest.rows["a"]
    (True, False, 'a', 'cluster 1', 5)
    """

    def __init__(self, rows: Mapping[str, int], known: Mapping[str, str]) -> None:
        self._parent = {unit: unit for unit in rows}
        self.rows = dict(rows)
        self.known = dict(known)
        first: dict[str, str] = {}
        for unit in sorted(known):
            self.join(first.setdefault(known[unit], unit), unit)

    def root(self, unit: str) -> str:
        """The smallest unit of the set; `rows` and `known` are kept there."""
        while self._parent[unit] != unit:
            self._parent[unit] = self._parent[self._parent[unit]]
            unit = self._parent[unit]
        return unit

    def join(self, one: str, other: str, largest: int | None = None) -> bool:
        """Put two sets together, unless two known clusters or more than `largest` rows would meet."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        ours, theirs = self.known.get(a), self.known.get(b)
        if (ours and theirs and ours != theirs) or (largest and self.rows[a] + self.rows[b] > largest):
            return False
        self._parent[b] = a
        self.rows[a] += self.rows[b]
        if theirs:
            self.known[a] = theirs
        return True


def grow_clusters(
    units: Sequence[tuple[str, ...]],
    sides: Sequence[Side],
    related: Iterable[tuple[str, str]],
    known: Mapping[str, str],
) -> Forest:
    """The clusters of rows: `units` and `sides` have an entry for each row, `related` are pairs of near-copy units."""
    rows = Counter(own[0] for own in units)
    rows.update({unit: 0 for own in units for unit in own})
    forest = Forest(rows, {unit: known[unit] for unit in rows if unit in known})
    shared = Counter(tuple(sorted((own[0], unit))) for own in units for unit in own[1:])
    for one, other in _strongest_first(shared):
        forest.join(one, other)
    for one, other in sorted({(min(pair), max(pair)) for pair in related}):
        if one in rows and other in rows:
            forest.join(one, other, LARGEST)
    for one, other in _strongest_first(_shared_texts(forest, units, sides)):
        forest.join(one, other, LARGEST)
    return forest


def _strongest_first(edges: Mapping[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    return sorted(edges, key=lambda edge: (-edges[edge], edge))


def _shared_texts(
    forest: Forest, units: Sequence[tuple[str, ...]], sides: Sequence[Side]
) -> Counter[tuple[str, ...]]:
    """How strongly the sets hold together by texts they share: thousandths of similarity, added up."""
    edges: Counter[tuple[str, ...]] = Counter()
    for side in sides:
        carriers = _carriers(forest, units, side)
        first = [min(found) for found in carriers.values()]
        for one, found in zip(first, carriers.values(), strict=True):
            edges.update({(one, other): 1000 for other in found if other != one})
        for i, j, value in near_sets(PackedSets(side.sets[text] for text in carriers), NEAR):
            if first[i] != first[j]:
                edges[min(first[i], first[j]), max(first[i], first[j])] += round(1000 * value)
    return edges


def _carriers(forest: Forest, units: Sequence[tuple[str, ...]], side: Side) -> dict[int, set[str]]:
    """The sets in which each text stands, in the order of the texts; without generic texts and stock phrases."""
    found: dict[int, set[str]] = {}
    for own, text in zip(units, side.text_of, strict=True):
        if text >= 0 and side.sets[text]:
            found.setdefault(text, set()).add(forest.root(own[0]))
    return {text: found[text] for text in sorted(found) if len(found[text]) <= STOCK}
