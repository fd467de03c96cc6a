"""Lattices for training: stretches between two nodes of a true path, with the features they have in their document.

A stretch is fitted as if it stood alone. Stretches are short, so all of them are searched at once in few steps, and
one that the gold has wrong can be left out without losing its document.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import numpy as np

from benchmarks.gold import Document
from corpus.alignment.arcs import TYPES
from corpus.alignment.collection import Collection, collect
from corpus.alignment.learnt import learn_from
from corpus.alignment.one_pass import Batch, batches
from corpus.alignment.search import Lattice
from corpus.alignment.tables import explain
from corpus.lexicon.lexicon import Lexicon

Array = Any


class Segment(NamedTuple):
    """Features of the arcs, `(i, j, a, b)` of each with the segment's corner as origin, which arcs are true, size."""

    features: Array
    spans: Array
    gold: Array
    size: tuple[int, int]


def segments_of(
    documents: list[Document], lexicon: Lexicon | None, weights: Array, random: Random
) -> tuple[list[Segment], list[Segment]]:
    """The segments of some documents as the first pass sees them, and as the second does after learning from it.

    `weights` score the first pass. Documents with a bead that no arc stands for are left out.
    """
    usable = [document for document in documents if _representable(document)]
    collection = collect([(document.vi, document.en) for document in usable])
    ratio = float(collection.en.lengths.sum() / collection.vi.lengths.sum())
    lexicons = [lexicon] if lexicon else []
    first = list(_batches(collection, usable, lexicons, ratio))
    learnt = learn_from(
        collection, ((batch, batch.lattice.posterior(batch.features @ weights)) for batch in first), ratio
    )
    second = _batches(collection, usable, [*lexicons, learnt.lexicon], ratio)
    return (
        [segment for batch in first for segment in _cut(batch, usable, random)],
        [segment for batch in second for segment in _cut(batch, usable, random)],
    )


def _representable(document: Document) -> bool:
    return bool(document.vi and document.en) and all((len(b.vi), len(b.en)) in TYPES for b in document.gold)


def _batches(
    collection: Collection, documents: list[Document], lexicons: list[Lexicon], ratio: float
) -> Iterator[Batch]:
    corners = [np.cumsum([(0, 0), *((len(b.vi), len(b.en)) for b in document.gold)], axis=0) for document in documents]
    return batches(collection, explain(collection, lexicons), ratio, must_keep=corners)


def _cut(batch: Batch, documents: list[Document], random: Random) -> Iterator[Segment]:
    """The documents of a batch in segments of 12 to 36 beads."""
    arcs = batch.lattice
    bounds = np.searchsorted(arcs.doc, np.arange(len(batch.documents) + 1))
    for d, number in enumerate(batch.documents):
        here = np.arange(bounds[d], bounds[d + 1])
        spans = np.stack([arcs.i[here], arcs.j[here], arcs.a[here], arcs.b[here]], axis=1)
        beads = documents[number].gold
        i = j = 0
        while beads:
            part, beads = beads[: (size := random.randint(12, 36))], beads[size:]
            n, m = sum(len(bead.vi) for bead in part), sum(len(bead.en) for bead in part)
            inside = np.flatnonzero(
                (spans[:, 0] >= i) & (spans[:, 1] >= j)
                & (spans[:, 0] + spans[:, 2] <= i + n) & (spans[:, 1] + spans[:, 3] <= j + m)
            )  # fmt: skip
            own = spans[inside] - np.array([i, j, 0, 0])
            true = {tuple(row): k for k, row in enumerate(own.tolist())}
            path = np.cumsum([(0, 0), *((len(b.vi), len(b.en)) for b in part)], axis=0)[:-1].tolist()
            gold = [true[x, y, len(b.vi), len(b.en)] for (x, y), b in zip(path, part, strict=True)]
            yield Segment(batch.features[here[inside]], own, np.array(gold), (n, m))
            i, j = i + n, j + m


def assemble(segments: list[Segment]) -> tuple[Lattice, Array, Array]:
    """One lattice of all segments, the features of its arcs, and which arcs are true."""
    starts, ends, levels, first, last, gold = [], [], [], [], [], []
    nodes = arcs = 0
    for segment in segments:
        i, j, a, b = segment.spans.T
        n, m = segment.size
        width = m + 1
        places, number = np.unique(np.r_[i * width + j, (i + a) * width + j + b, 0, n * width + m], return_inverse=True)
        starts.append(number[: len(i)] + nodes)
        ends.append(number[len(i) : 2 * len(i)] + nodes)
        first.append(number[-2] + nodes)
        last.append(number[-1] + nodes)
        levels.append(places // width + places % width)
        gold.append(segment.gold + arcs)
        nodes, arcs = nodes + len(places), arcs + len(i)
    level = np.concatenate(levels)
    order = np.argsort(level, kind="stable")
    rank = np.empty(nodes, np.int64)
    rank[order] = np.arange(nodes)
    doc = np.repeat(np.arange(len(segments)), [len(segment.spans) for segment in segments])
    i, j, a, b = np.concatenate([segment.spans for segment in segments]).T
    lattice = Lattice(level[order], rank[first], rank[last], doc, i, j, a, b,
                      rank[np.concatenate(starts)], rank[np.concatenate(ends)])  # fmt: skip
    return lattice, np.concatenate([segment.features for segment in segments]), np.concatenate(gold)
