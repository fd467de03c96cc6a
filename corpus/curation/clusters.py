"""Clusters: rows that a split must not tear apart.

Rows of one article belong together, whatever their number. Articles that share sentences, as reports of one event do,
are joined where that keeps the cluster small: a chain of common sentences would otherwise join everything. What stays
apart is looked after when the splits are made (see `corpus.curation.leaks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.curation.copies import by_sets, find_copies
from corpus.curation.packed import spread
from corpus.curation.sides import NEAR, STOCK, Side

Array = Any

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


class Origins(NamedTuple):
    """Where rows come from: the distinct sets of units that rows have, and the number of each row's own.

    `units` are sorted tuples, `dates` the date key of the earliest row of each.
    """

    units: Sequence[tuple[str, ...]]
    dates: Sequence[str]
    of: Array


def grow_clusters(
    origins: Origins, sides: Sequence[Side], related: Iterable[tuple[str, str]], known: Mapping[str, str]
) -> Forest:
    """The clusters of rows; `related` are pairs of near-copy units."""
    import numpy as np

    rows: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for own, count in zip(origins.units, np.bincount(origins.of, minlength=len(origins.units)).tolist(), strict=True):
        rows[own[0]] += count
        for unit in own[1:]:
            rows[unit] += 0
            shared[own[0], unit] += count
    forest = Forest(rows, {unit: known[unit] for unit in rows if unit in known})
    for one, other in sorted(shared, key=lambda edge: (-shared[edge], edge)):
        forest.join(one, other)
    for one, other in sorted({(min(pair), max(pair)) for pair in related}):
        if one in rows and other in rows:
            forest.join(one, other, LARGEST)
    for one, other in _shared_texts(forest, origins, sides):
        forest.join(one, other, LARGEST)
    return forest


def _shared_texts(forest: Forest, origins: Origins, sides: Sequence[Side]) -> Iterator[tuple[str, str]]:
    """Pairs of sets that share texts, those that share most first: the similarity of what they share, added up."""
    import numpy as np

    own = [forest.root(units[0]) for units in origins.units]
    # Numbered in the order of their names, so that the smaller number is the smaller name.
    roots = sorted(set(own))
    places = {root: place for place, root in enumerate(roots)}
    root_of = np.array([places[root] for root in own], np.int64)[origins.of]
    found = [_edges_of_side(side, root_of, len(roots)) for side in sides]
    edges, weights = (np.concatenate(some) for some in zip(*found, strict=True))
    edges, numbers = np.unique(edges, return_inverse=True)
    total = np.bincount(numbers, weights, minlength=len(edges))
    for edge in edges[np.lexsort((edges, -total))].tolist():
        yield roots[edge // len(roots)], roots[edge % len(roots)]


def _edges_of_side(side: Side, root_of: Array, total: int) -> tuple[Array, Array]:
    """Edges, as first * total + second, and thousandths of similarity. No generic texts, no stock phrases."""
    import numpy as np

    telling = np.flatnonzero(side.text_of >= 0)
    telling = telling[side.tells[side.text_of[telling]]]
    carriers = np.unique(side.text_of[telling] * total + root_of[telling])
    texts, at, counts = np.unique(carriers // total, return_index=True, return_counts=True)
    texts, at, counts = (column[counts <= STOCK] for column in (texts, at, counts))
    first = carriers[at] % total
    of, places = spread(at + 1, counts - 1)
    exact = first[of] * total + carriers[places] % total
    near = find_copies(side.bands(texts), by_sets(lambda mates: side.sets(texts[mates])), NEAR)
    one, other = first[near.one], first[near.other]
    apart = one != other
    edges = np.minimum(one, other) * total + np.maximum(one, other)
    return (
        np.concatenate([exact, edges[apart]]),
        np.concatenate([np.full(len(exact), 1000.0), np.rint(1000 * near.similarity[apart])]),
    )
