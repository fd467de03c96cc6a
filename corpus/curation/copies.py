"""Near copies in a large collection: signatures propose pairs, the sets themselves decide.

Nothing here compares all with all. Equal texts are put together first. What meets in a band is then compared: every
pair in a small bucket; in a large one, as boilerplate makes them, each text with the first one of the bucket, and what
is not like it with the first of the rest. So each of 50,000 copies is still found, as a copy of one. Only the sets of
texts that meet another one are ever read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from corpus.curation.packed import PackedSets, pack_words
from corpus.curation.shingles import SENTENCE, check_threshold, mask_numbers, words
from corpus.curation.signatures import bands, signatures
from corpus.orthography import shadow

Array = Any
Copy = tuple[int, int, float]
Comparer = Callable[[Array, Array], Array]
"""The similarity of texts by their places, pair by pair."""

_BUCKET = 32
_LEADERS = 16


class Copies(NamedTuple):
    """Pairs of places, `one` < `other`, with their similarity; sorted."""

    one: Array
    other: Array
    similarity: Array


def near_copies(
    texts: Sequence[str], threshold: float, *, orders: Sequence[int] = SENTENCE, masked: bool = False
) -> list[Copy]:
    """Pairs (i, j, similarity) of texts, i < j, whose Jaccard similarity is at least the threshold; sorted.

    Texts with equal words are one text: each is paired with the first of them, and only the first is compared with
    others. `masked` takes all numbers as one. A text without a word is a copy of nothing but its equal.

    >>> texts = ["Trời hôm nay đẹp quá!", "Má ơi!", "trời hôm nay đẹp quá", "Mà ơi!", "..."]
    >>> near_copies(texts, 0.7)
    [(0, 2, 1.0)]
    """
    check_threshold(threshold)
    first: dict[str, int] = {}
    copies: list[Copy] = []
    for index, text in enumerate(texts):
        found = mask_numbers(words(text)) if masked else words(text)
        leader = first.setdefault(" ".join(found) or "\0" + shadow(text), index)
        if leader != index:
            copies.append((leader, index, 1.0))
    at = list(first.values())
    sets = pack_words([[] if key[0] == "\0" else key.split() for key in first], orders)
    near = near_sets(sets, threshold)
    copies += [(at[i], at[j], value) for i, j, value in zip(*(column.tolist() for column in near), strict=True)]
    return sorted(copies)


def near_sets(sets: PackedSets, threshold: float) -> Copies:
    """The same for sets of shingles."""
    import numpy as np

    filled = np.flatnonzero(sets.sizes)
    keys = bands(signatures(sets)[filled], threshold)
    found = find_copies(keys, lambda _: lambda one, other: sets.similarity(filled[one], filled[other]), threshold)
    return Copies(filled[found.one], filled[found.other], found.similarity)


def find_copies(
    keys: Array, prepare: Callable[[Array], Comparer], threshold: float, classes: Array | None = None
) -> Copies:
    """The near copies among texts with these keys of bands (a row a text).

    `prepare` is told the places of texts that meet another one, ascending, and gives what compares them. Only texts of
    one class (a 64-bit number each) are compared.
    """
    import numpy as np

    check_threshold(threshold)
    mates = _mates(keys, classes)
    if not len(mates):
        return Copies(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    compare, total = prepare(mates), np.int64(len(keys))
    known, values = np.zeros(0, np.int64), np.zeros(0)
    for band in range(keys.shape[1]):
        own = _bucket_keys(keys[mates, band], classes, mates)
        pairs = np.concatenate(list(_pairs_of_band(mates, own, compare, threshold)))
        new = np.setdiff1d(pairs.min(axis=1) * total + pairs.max(axis=1), known)
        one, other = new // total, new % total
        value = compare(one, other)
        near = value >= threshold
        if classes is not None:
            # Two classes may meet by a collision of keys.
            near &= classes[one] == classes[other]
        known, values = np.concatenate([known, new[near]]), np.concatenate([values, value[near]])
        order = np.argsort(known, kind="stable")
        known, values = known[order], values[order]
    return Copies(known // total, known % total, values)


def by_sets(load: Callable[[Array], PackedSets]) -> Callable[[Array], Comparer]:
    """What `find_copies` calls: `load` gives the sets of some places, and these are compared."""
    import numpy as np

    def prepare(mates: Array) -> Comparer:
        sets = load(mates)
        return lambda one, other: sets.similarity(np.searchsorted(mates, one), np.searchsorted(mates, other))

    return prepare


def _bucket_keys(keys: Array, classes: Array | None, places: Array) -> Array:
    import numpy as np

    if classes is None:
        return keys
    return classes[places] * np.uint64(0x9E3779B97F4A7C15) ^ keys.astype(np.uint64)


def _mates(keys: Array, classes: Array | None) -> Array:
    """The places of texts that meet another one in some band."""
    import numpy as np

    met, everybody = np.zeros(len(keys), bool), np.arange(len(keys))
    for band in range(keys.shape[1] if len(keys) else 0):
        order, sizes = _buckets(_bucket_keys(keys[:, band], classes, everybody))
        met[order[np.repeat(sizes > 1, sizes)]] = True
    return np.flatnonzero(met)


def _buckets(keys: Array) -> tuple[Array, Array]:
    """Places in the order of their keys, and the sizes of the runs of equal keys."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(keys[order]) != 0])
    return order, np.diff(np.r_[starts, len(order)])


def _pairs_of_band(mates: Array, keys: Array, compare: Comparer, threshold: float) -> Iterator[Array]:
    import numpy as np

    order, sizes = _buckets(keys)
    members, starts = mates[order], np.cumsum(sizes) - sizes
    bucket = np.repeat(np.arange(len(sizes)), sizes)
    small = np.repeat((sizes > 1) & (sizes <= _BUCKET), sizes)
    yield _neighbours(members[small], bucket[small])
    for start, size in zip(starts[sizes > _BUCKET].tolist(), sizes[sizes > _BUCKET].tolist(), strict=True):
        yield from _large_bucket(members[start : start + size], compare, threshold)


def _neighbours(members: Array, bucket: Array) -> Array:
    """All pairs at most `_BUCKET` places apart within a bucket: all there are, where buckets are small."""
    import numpy as np

    found = [np.zeros((0, 2), np.int64)]
    for distance in range(1, min(_BUCKET, len(members))):
        same = bucket[distance:] == bucket[:-distance]
        if not same.any():
            break
        found.append(np.stack([members[:-distance][same], members[distance:][same]], axis=1))
    return np.concatenate(found)


def _large_bucket(members: Array, compare: Comparer, threshold: float) -> Iterator[Array]:
    """Each member with the first one it resembles; the few leaders come first in the order of the texts."""
    import numpy as np

    for _ in range(_LEADERS):
        if len(members) <= _BUCKET:
            break
        leader, members = members[0], members[1:]
        near = compare(np.full(len(members), leader), members) >= threshold
        yield np.stack([np.full(near.sum(), leader), members[near]], axis=1)
        members = members[~near]
    yield _neighbours(members, np.zeros(len(members), np.int64))
