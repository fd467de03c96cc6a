"""Scores with a margin: how much nearer two articles are to each other than to their other neighbours.

A similarity of 0.5 is much between two articles of a mixed archive and little within one handbook, where every page is
near to every other. What tells is the ratio to the neighbours:

    margin(v, e) = s(v, e) / ½ (mean of the k best of v + mean of the k best of e)

(Artetxe and Schwenk, *Margin-based parallel corpus mining with multilingual sentence embeddings*, ACL 2019, on
sentences.) A partner counts among its own neighbours, so the margin of a true pair tends to 2 and above, and that of
two articles which are no nearer than others is 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
_BLOCK = 50_000


def margins(pairs: Array, similarity: Array, sizes: tuple[int, int], *, neighbours: int, far: float) -> Array:
    """The margin of each pair (k x 2) of a collection of `sizes` articles.

    Neighbours that an article lacks count as `far` ones: in a collection of two everything would be near otherwise.

    >>> pairs = np.array([[0, 0], [0, 1], [1, 1]])
    >>> margins(pairs, np.array([0.9, 0.3, 0.6]), (2, 2), neighbours=2, far=0.1).round(2).tolist()
    [1.64, 0.57, 1.5]
    """
    means = [_mean_of_best(pairs[:, side], similarity, sizes[side], neighbours, far)[pairs[:, side]] for side in (0, 1)]
    return similarity / ((means[0] + means[1]) / 2)


def _mean_of_best(owner: Array, similarity: Array, size: int, neighbours: int, far: float) -> Array:
    """For each article the mean of its `neighbours` largest similarities."""
    order = np.lexsort((-similarity, owner))
    owner = owner[order]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    best = rank < neighbours
    total = np.bincount(owner[best], similarity[order][best].astype(np.float64), minlength=size)
    lacking = neighbours - np.bincount(owner[best], minlength=size)
    return (total + lacking * far) / neighbours


def link_greedily(pairs: Array, scores: Array) -> Array:
    """The numbers of the pairs that are left when, best first, every article takes one partner.

    >>> link_greedily(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([1.2, 1.5, 1.4, 1.0])).tolist()
    [1, 2]
    """
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -scores))
    free = [bytearray(b"\1" * (int(pairs[:, side].max(initial=-1)) + 1)) for side in (0, 1)]
    linked = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        for k, (vi, en) in zip(block.tolist(), pairs[block].tolist(), strict=True):
            if free[0][vi] and free[1][en]:
                free[0][vi] = free[1][en] = 0
                linked.append(k)
    return np.array(linked, np.int64)
