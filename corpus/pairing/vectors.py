"""Sparse vectors of features: weighed by rarity, all of length one, so that a dot product is a cosine."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def count_matrix(rows: Array, columns: Array, values: Array, shape: tuple[int, int]) -> Any:
    """A sparse matrix of documents x features; the values of equal places are added up."""
    from scipy.sparse import csr_matrix

    return csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=shape)


def document_frequency(matrix: Any) -> Array:
    """In how many documents each feature stands."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def rarity(frequency: Array, documents: int) -> Array:
    """The weight of a feature that stands in `frequency` of so many documents; 0 if it stands in all.

    >>> [f"{weight:.2f}" for weight in rarity(np.array([0, 1, 8]), 8)]
    ['2.89', '1.79', '0.06']
    """
    return np.maximum(np.log((documents + 1) / (frequency + 0.5)), 0).astype(np.float32)


def unit_rows(matrix: Any, weights: Array) -> Any:
    """The rows with their features weighed, each of length one; an empty row stays empty."""
    weighed = matrix.tocsr(copy=True)
    weighed.data = (weighed.data * weights[weighed.indices]).astype(np.float32)
    per_row = np.repeat(np.arange(weighed.shape[0]), np.diff(weighed.indptr))
    lengths = np.sqrt(np.bincount(per_row, weighed.data.astype(np.float64) ** 2, minlength=weighed.shape[0]))
    weighed.data /= np.where(lengths > 0, lengths, 1).astype(np.float32)[per_row]
    return weighed


def cosines(vi: Any, en: Any, pairs: Array, block: int = 20_000) -> Array:
    """The cosine of each pair (k x 2: row of `vi`, row of `en`) of unit rows."""
    parts = [np.zeros(0, np.float32)]
    for start in range(0, len(pairs), block):
        rows = pairs[start : start + block]
        parts.append(np.asarray(vi[rows[:, 0]].multiply(en[rows[:, 1]]).sum(axis=1), np.float32).ravel())
    return np.concatenate(parts)
