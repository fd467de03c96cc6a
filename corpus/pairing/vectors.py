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


def unit_values(values: Array, owners: Array, rows: int) -> Array:
    """The values of some rows, each row brought to length one; an empty row stays empty.

    >>> unit_values(np.array([3.0, 4.0, 5.0]), np.array([0, 0, 2]), 3).tolist()
    [0.6000000238418579, 0.800000011920929, 1.0]
    """
    lengths = np.sqrt(np.bincount(owners, values.astype(np.float64) ** 2, minlength=rows))
    return (values / np.where(lengths > 0, lengths, 1)[owners]).astype(np.float32)


def cosines(vi: Any, en: Any, pairs: Array, block: int = 20_000) -> Array:
    """The cosine of each pair (k x 2: row of `vi`, row of `en`) of unit rows."""
    parts = [np.zeros(0, np.float32)]
    for start in range(0, len(pairs), block):
        rows = pairs[start : start + block]
        parts.append(np.asarray(vi[rows[:, 0]].multiply(en[rows[:, 1]]).sum(axis=1), np.float32).ravel())
    return np.concatenate(parts)
