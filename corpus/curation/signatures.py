"""MinHash signatures, and the bands in which alike signatures meet.

A signature is a short row of numbers made from the shingles of one text. Two signatures agree in about the share of
their places that is the Jaccard similarity of the two sets (Broder 1997). Cut into bands, alike texts agree in all
numbers of at least one band and unlike ones in none (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets",
chapter 3). A signature depends on its text alone, so it can be made anywhere and kept; only the grouping needs all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

Array = Any

PERMUTATIONS = 128
MISSED = 1e-3
"""Of the pairs that are exactly as similar as the threshold, the share that may meet in no band."""
_SEED = 1
_CHUNK = 4096


def signature(shingles: Iterable[int]) -> Array:
    """The MinHash of a set of 64-bit hashes: 128 unsigned 32-bit numbers.

    >>> signature([]).tolist() == [2**32 - 1] * PERMUTATIONS
    True
    """
    sketch = _blank().copy()
    # In chunks, since the library holds 128 numbers per shingle while it works.
    rest = iter(shingles)
    while chunk := list(islice(rest, _CHUNK)):
        sketch.update_batch(chunk)
    return sketch.hashvalues


def signatures(sets: Iterable[Iterable[int]]) -> Array:
    """The signatures of many sets as one array, a row for each."""
    import numpy as np

    rows = [signature(shingles) for shingles in sets]
    return np.stack(rows) if rows else np.zeros((0, PERMUTATIONS), np.uint32)


@cache
def band_rows(threshold: float) -> int:
    """How many numbers make a band: as many as can be, so that few strangers meet, while copies still do.

    >>> band_rows(0.85), band_rows(0.7)
    (7, 4)
    """
    fits = [rows for rows in range(1, 17) if (1 - threshold**rows) ** (PERMUTATIONS // rows) <= MISSED]
    return max(fits, default=1)


def bands(table: Array, threshold: float, classes: Array | None = None) -> Iterator[Array]:
    """For each band a 64-bit key per row of the table; rows with one key belong in one bucket.

    `classes` (64-bit numbers) keep rows apart whatever their signature.
    """
    import numpy as np

    width = band_rows(threshold)
    for start in range(0, PERMUTATIONS - width + 1, width):
        key = np.zeros(len(table), np.uint64) if classes is None else classes.astype(np.uint64)
        for column in range(start, start + width):
            # Odd multipliers and a shift: cheap, and equal rows stay equal. What meets by chance is compared anyway.
            key = (key ^ table[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        yield key


@cache
def _blank() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=_upper_half)


def _upper_half(shingle: int) -> int:
    return shingle >> 32
