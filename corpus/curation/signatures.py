"""MinHash signatures, and the bands in which alike signatures meet.

A signature is a short row of numbers made from the shingles of one text. Two signatures agree in about the share of
their places that is the Jaccard similarity of the two sets (Broder 1997). Cut into bands, alike texts agree in all
numbers of at least one band and unlike ones in none (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets",
chapter 3). A signature depends on its text alone, so it can be made anywhere and kept; only the grouping needs all.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus.curation.packed import PackedSets

Array = Any

PERMUTATIONS = 128
MISSED = 1e-3
"""Of the pairs that are exactly as similar as the threshold, the share that may meet in no band."""
_SEED = 1
_CHUNK = 1 << 14


def signatures(sets: PackedSets) -> Array:
    """The MinHash of every set: 128 unsigned 32-bit numbers a row, those of the library datasketch.

    >>> from corpus.curation.packed import pack_words
    >>> signatures(pack_words([["má"], []]))[1].tolist() == [2**32 - 1] * PERMUTATIONS
    True
    """
    import numpy as np

    table = np.full((len(sets), PERMUTATIONS), 2**32 - 1, np.uint32)
    filled = np.flatnonzero(sets.sizes)
    # Many sets at once, since the library takes one at a time; few enough for the processor's cache.
    for places in np.split(filled, np.flatnonzero(np.diff(sets.starts[filled] // _CHUNK)) + 1):
        if len(places):
            values = sets.values[sets.starts[places[0]] : sets.starts[places[-1] + 1]]
            table[places] = _least(values, sets.sizes[places])
    return table


def _least(values: Array, sizes: Array) -> Array:
    """The least of each permutation over each of some sets, none of them empty, that lie side by side."""
    import numpy as np

    factors, shifts = _permutations()
    mixed, starts = _mix(values.astype(np.uint32)), np.cumsum(sizes) - sizes
    found = np.empty((len(sizes), PERMUTATIONS), np.uint32)
    for k in range(PERMUTATIONS):
        found[:, k] = np.minimum.reduceat(mixed * factors[k] + shifts[k], starts)
    return found


@cache
def band_rows(threshold: float) -> int:
    """How many numbers make a band: as many as can be, so that few strangers meet, while copies still do.

    >>> band_rows(0.85), band_rows(0.7)
    (7, 4)
    """
    fits = [rows for rows in range(1, 17) if (1 - threshold**rows) ** (PERMUTATIONS // rows) <= MISSED]
    return max(fits, default=1)


def bands(table: Array, threshold: float) -> Array:
    """For each signature a 32-bit key per band; rows with one key in one band belong in one bucket."""
    import numpy as np

    width = band_rows(threshold)
    keys = np.zeros((len(table), PERMUTATIONS // width), np.uint32)
    for column in range(width):
        # An odd multiplier and a shift: cheap, and equal rows stay equal. What meets by chance is compared anyway.
        keys = (keys ^ table[:, column : keys.shape[1] * width : width]) * np.uint32(0x9E3779B1)
        keys ^= keys >> np.uint32(15)
    return keys


@cache
def _permutations() -> tuple[Array, Array]:
    from datasketch import MinHash

    factors, shifts = MinHash(num_perm=PERMUTATIONS, seed=_SEED, scheme="affine32").permutations
    return factors, shifts


def _mix(values: Array) -> Array:
    """The last step of MurmurHash3 (Appleby 2011), by which the library mixes before it permutes."""
    import numpy as np

    values = (values ^ values >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    values = (values ^ values >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return values ^ values >> np.uint32(16)
