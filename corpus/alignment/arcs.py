"""The beads worth considering, as arcs between the nodes that were kept, for a batch of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.alignment.search import Lattice

Array = Any
TYPES = (
    (1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (3, 3), (1, 4), (4, 1),
)  # fmt: skip
"""The kinds of bead: sentences on the Vietnamese side, sentences on the English side."""
LARGEST = max(a + b for a, b in TYPES)


def connect(masks: Sequence[Array], largest: int = LARGEST) -> tuple[Lattice, Array]:
    """The lattice over the kept nodes of some documents, and the kind of each arc (an index of TYPES).

    Beads have `largest` sentences at most, both sides together. The arcs of a document lie together, those of one kind
    one behind the other.
    """
    numbers, level, first, last = _number_nodes(masks)
    columns: list[list[Array]] = [[] for _ in range(6)]
    for d, (mask, number) in enumerate(zip(masks, numbers, strict=True)):
        for kind, (a, b) in enumerate(TYPES):
            rows, width = mask.shape[0] - a, mask.shape[1] - b
            if rows <= 0 or width <= 0 or a + b > largest:
                continue
            i, j = np.nonzero(mask[:rows, :width] & mask[a:, b:])
            found = (np.full(len(i), d), i, j, np.full(len(i), kind), number[i, j], number[i + a, j + b])
            for column, values in zip(columns, found, strict=True):
                column.append(values)
    doc, i, j, kinds, start, end = (np.concatenate(c) if c else np.zeros(0, np.int64) for c in columns)
    spans = np.array(TYPES)[kinds]
    return Lattice(level, first, last, doc, i, j, spans[:, 0], spans[:, 1], start, end), kinds


def _number_nodes(masks: Sequence[Array]) -> tuple[list[Array], Array, Array, Array]:
    """Numbers for the kept nodes, in the order of i + j; their i + j; and the corners of each document."""
    places = [np.nonzero(mask) for mask in masks]
    levels = [i + j for i, j in places]
    level = np.concatenate(levels) if levels else np.zeros(0, np.int64)
    order = np.argsort(level, kind="stable")
    rank = np.empty(len(level), np.int64)
    rank[order] = np.arange(len(level))
    bounds = np.r_[0, np.cumsum([len(part) for part in levels])].astype(int)
    numbers = []
    for d, (mask, place) in enumerate(zip(masks, places, strict=True)):
        number = np.full(mask.shape, -1, np.int64)
        number[place] = rank[bounds[d] : bounds[d + 1]]
        numbers.append(number)
    first = np.array([number[0, 0] for number in numbers], np.int64)
    last = np.array([number[-1, -1] for number in numbers], np.int64)
    return numbers, level[order], first, last
