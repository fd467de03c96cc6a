"""An inverted index over rare features: which articles may belong together, without comparing all with all.

For every feature the index lists the articles on the other side that have it (its *postings*). An article reads the
lists of its rarest features until it has read a fixed number of entries. In a small collection that is all of them; in
a large one the common features, whose lists are long and say least, are never read. The cost of an article is bounded
by that number, so the whole grows with the number of articles and not with its square.

A collection is compared a block of articles at a time, each block of one side with each of the other, so that memory
does not grow with it. How it is cut changes nothing: what an article may read is decided by the whole collection.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus.pairing.features import Features
from corpus.pairing.frequencies import Frequencies
from corpus.pairing.vectors import cosines, unit_values

Array = Any
_BLOCK = 256
_ROWS = 1024


class Near(NamedTuple):
    """For some articles the best of the other side by what was read: row here, row there, and how near."""

    row: Array
    other: Array
    value: Array

    @classmethod
    def none(cls) -> Near:
        return cls(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))


class Block(NamedTuple):
    """Articles of one language as unit rows, by their anchors and by their words, and the part of each that is read."""

    views: tuple[Any, Any]
    read: tuple[Any, Any]

    def save(self, path: Path) -> None:
        """Write it to a file."""
        arrays: dict[str, Array] = {}
        for k, matrix in enumerate((*self.views, *self.read)):
            arrays.update({f"{k}data": matrix.data, f"{k}at": matrix.indices, f"{k}starts": matrix.indptr})
            arrays[f"{k}shape"] = np.array(matrix.shape)
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Block:
        """Read it back."""
        from scipy.sparse import csr_matrix

        with np.load(path, allow_pickle=False) as file:
            matrices = [
                csr_matrix((file[f"{k}data"], file[f"{k}at"], file[f"{k}starts"]), shape=tuple(file[f"{k}shape"]))
                for k in range(4)
            ]
        return cls((matrices[0], matrices[1]), (matrices[2], matrices[3]))


def make_block(features: Features, frequencies: Frequencies, lang: str, postings: int) -> Block:
    """Articles of one language, weighed. Anchors that only one language has count for a row's length and are no
    columns: nothing can meet there."""
    from scipy.sparse import csr_matrix

    rows = len(features)
    place, weights = frequencies.weigh_anchors(features.anchors.keys)
    owners = features.anchors.owners
    values = unit_values(features.anchors.values * weights, owners, rows)
    shared = (frequencies.anchors.vi > 0) & (frequencies.anchors.en > 0)
    kept = place >= 0
    kept[kept] = shared[place[kept]]
    anchors = csr_matrix((values[kept], (owners[kept], place[kept])), shape=(rows, len(shared)))
    words, owners = features.words, features.words.owners
    values = unit_values(words.values * frequencies.word_weights[words.keys], owners, rows)
    meaning = csr_matrix((values, words.keys, words.starts), shape=(rows, len(frequencies.words[0])))
    counts = frequencies.anchors.en, frequencies.words[1]
    if lang == "en":
        counts = frequencies.anchors.vi, frequencies.words[0]
    read = keep_rarest(anchors, counts[0], postings), keep_rarest(meaning, counts[1], postings)
    return Block((anchors, meaning), read)


def nearest(vi: Block, en: Block, keep: int) -> tuple[Near, Near]:
    """For each Vietnamese article the `keep` best English ones of a block, and the other way round."""
    return _one_way(vi.read, en.views, keep), _one_way(en.read, vi.views, keep)


def _one_way(read: tuple[Any, ...], other: tuple[Any, ...], keep: int) -> Near:
    indexes = [matrix.T.tocsr() for matrix in other]
    parts = [Near.none()]
    for start in range(0, read[0].shape[0], _BLOCK):
        near = read[0][start : start + _BLOCK] @ indexes[0]
        for rows, index in zip(read[1:], indexes[1:], strict=True):
            near = near + rows[start : start + _BLOCK] @ index
        row, column, value = _best_of_rows(near.tocsr(), keep)
        parts.append(Near(row + np.int32(start), column, value))
    return join_near(parts)


def join_near(parts: list[Near]) -> Near:
    """One behind the other."""
    return Near(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def best_of(near: Near, keep: int) -> Near:
    """The `keep` best of every article, of what several blocks held; of equal ones the first."""
    order = np.lexsort((near.other, -near.value, near.row))
    row = near.row[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    return Near(*(column[order[rank < keep]] for column in near))


def similarities(vi: Block, en: Block, pairs: Array) -> Array:
    """The cosine of the anchors and that of the words of each pair (k x 2, rows of the blocks): k x 2."""
    return np.stack([cosines(one, other, pairs) for one, other in zip(vi.views, en.views, strict=True)], axis=1)


def keep_rarest(rows: Any, frequency: Array, postings: int) -> Any:
    """Each row with its rarest features only, so that their frequencies sum up to `postings` at most.

    >>> from scipy.sparse import csr_matrix
    >>> keep_rarest(csr_matrix([[1.0, 1, 1], [0, 1, 0]]), np.array([1, 9, 3]), postings=5).toarray().tolist()
    [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    from scipy.sparse import csr_matrix, vstack

    kept = [csr_matrix((0, rows.shape[1]), dtype=rows.dtype)]
    for start in range(0, rows.shape[0], _ROWS):
        part = rows[start : start + _ROWS]
        row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        cost = frequency[part.indices].astype(np.int64)
        order = np.lexsort((part.indices, cost, row))
        row, total = row[order], np.cumsum(cost[order])
        before = np.append(0, total)[part.indptr[:-1]]
        cheap = total - before[row] <= postings
        at = order[cheap]
        kept.append(csr_matrix((part.data[at], (row[cheap], part.indices[at])), shape=part.shape))
    return vstack(kept, format="csr")


def _best_of_rows(near: Any, keep: int) -> Near:
    """The `keep` largest of each row; of equal ones the first."""
    near.sort_indices()
    rows, places = [], []
    for row, (start, stop) in enumerate(pairwise(near.indptr.tolist())):
        values = near.data[start:stop]
        if stop - start > keep:
            at = np.flatnonzero(values >= np.partition(values, -keep)[-keep])
            at = at[np.argsort(-values[at], kind="stable")[:keep]]
        else:
            at = np.flatnonzero(values > 0)
        rows.append(np.full(len(at), row, np.int32))
        places.append(at + start)
    if not rows:
        return Near.none()
    at = np.concatenate(places)
    return Near(np.concatenate(rows), near.indices[at].astype(np.int32), near.data[at])
