"""An inverted index over rare features: which articles may belong together, without comparing all with all.

For every feature the index lists the articles on the other side that have it (its *postings*). An article reads the
lists of its rarest features until it has read a fixed number of entries. In a small collection that is all of them; in
a large one the common features, whose lists are long and say least, are never read. The cost of an article is bounded
by that number, so the whole grows with the number of articles and not with its square.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from corpus.pairing.vectors import document_frequency
from corpus.pairing.views import View

Array = Any
_BLOCK = 256


def near_pairs(views: tuple[View, ...], *, keep: int, postings: int) -> Array:
    """The pairs worth scoring, k x 2, sorted: for each article of either side its `keep` best by what was read."""
    found = [
        _one_way([view.vi for view in views], [view.en for view in views], keep, postings),
        _one_way([view.en for view in views], [view.vi for view in views], keep, postings)[:, ::-1],
    ]
    return np.unique(np.concatenate(found), axis=0)


def _one_way(own: list[Any], other: list[Any], keep: int, postings: int) -> Array:
    indexes = [matrix.T.tocsr() for matrix in other]
    read = [keep_rarest(rows, document_frequency(matrix), postings) for rows, matrix in zip(own, other, strict=True)]
    parts = [np.zeros((0, 2), np.int64)]
    for start in range(0, own[0].shape[0], _BLOCK):
        near = read[0][start : start + _BLOCK] @ indexes[0]
        for rows, index in zip(read[1:], indexes[1:], strict=True):
            near = near + rows[start : start + _BLOCK] @ index
        row, column = _best_of_rows(near.tocsr(), keep)
        parts.append(np.stack([row + start, column], axis=1))
    return np.concatenate(parts)


def keep_rarest(rows: Any, frequency: Array, postings: int) -> Any:
    """Each row with its rarest features only, so that their frequencies sum up to `postings` at most.

    >>> from scipy.sparse import csr_matrix
    >>> keep_rarest(csr_matrix([[1.0, 1, 1], [0, 1, 0]]), np.array([1, 9, 3]), postings=5).toarray().tolist()
    [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    from scipy.sparse import csr_matrix

    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    cost = frequency[rows.indices]
    order = np.lexsort((rows.indices, cost, row))
    row, cost = row[order], cost[order]
    total = np.cumsum(cost)
    before = np.r_[0, total][rows.indptr[:-1]]
    kept = total - before[row] <= postings
    at = order[kept]
    return csr_matrix((rows.data[at], (row[kept], rows.indices[at])), shape=rows.shape)


def _best_of_rows(near: Any, keep: int) -> tuple[Array, Array]:
    """The `keep` largest of each row; of equal ones the first."""
    near.sort_indices()
    starts = near.indptr.tolist()
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for row, (start, stop) in enumerate(pairwise(starts)):
        values = near.data[start:stop]
        if stop - start > keep:
            at = np.flatnonzero(values >= np.partition(values, -keep)[-keep])
            at = at[np.argsort(-values[at], kind="stable")[:keep]]
        else:
            at = np.flatnonzero(values > 0)
        rows.append(np.full(len(at), row))
        columns.append(near.indices[start:stop][at].astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)
