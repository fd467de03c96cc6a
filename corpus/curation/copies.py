"""Near copies in a large collection: signatures propose pairs, the sets themselves decide.

Nothing here compares all with all. Equal texts are put together first. What meets in a band is then compared: every
pair in a small bucket; in a large one, as boilerplate makes them, each text with the first one of the bucket, and what
is not like it with the first of the rest. So each of 50,000 copies is still found, as a copy of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from corpus.curation.shingles import SENTENCE, PackedSets, check_threshold, mask_numbers, shingle_set, similarity, words
from corpus.curation.signatures import PERMUTATIONS, bands, signatures
from corpus.orthography import shadow

Array = Any
Copy = tuple[int, int, float]

_BUCKET = 32
_LEADERS = 16
# A signature's estimate has a standard deviation of at most 0.045: less than one copy in a thousand falls out here.
_SLACK = 0.15
_BLOCK = 1 << 15


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
    first: dict[str, int] = {}
    copies: list[Copy] = []
    for index, text in enumerate(texts):
        found = mask_numbers(words(text)) if masked else words(text)
        leader = first.setdefault(" ".join(found) or "\0" + shadow(text), index)
        if leader != index:
            copies.append((leader, index, 1.0))
    at = list(first.values())
    sets = PackedSets(shingle_set(() if key[0] == "\0" else key.split(), orders) for key in first)
    copies += [(at[i], at[j], value) for i, j, value in near_sets(sets, threshold)]
    return sorted(copies)


def near_sets(
    sets: Sequence[frozenset[int]], threshold: float, *, classes: Sequence[int] | None = None
) -> list[Copy]:
    """The same for sets of shingles; only sets of one class (a 64-bit number each) are compared."""
    import numpy as np

    check_threshold(threshold)
    table = signatures(sets)
    kept = np.flatnonzero(np.array([bool(one) for one in sets], dtype=bool))
    kinds = None if classes is None else np.array(classes, dtype=np.uint64)[kept]
    pairs = kept[_candidates(table[kept], threshold, kinds)] if len(kept) > 1 else np.zeros((0, 2), np.int64)
    if classes is not None:
        # Two classes may meet by a collision of keys.
        pairs = pairs[np.array(classes, dtype=np.uint64)[pairs[:, 0]] == np.array(classes, np.uint64)[pairs[:, 1]]]
    return list(_verified(sets, pairs, threshold))


def _verified(sets: Sequence[frozenset[int]], pairs: Array, threshold: float) -> Iterator[Copy]:
    for i, j in pairs.tolist():
        a, b = sets[i], sets[j]
        if min(len(a), len(b)) >= threshold * max(len(a), len(b)) - 1e-9:
            value = similarity(a, b)
            if value >= threshold:
                yield i, j, value


def _candidates(table: Array, threshold: float, classes: Array | None) -> Array:
    """Pairs of rows that share a band and whose signatures agree well enough, k x 2, each once, sorted."""
    import numpy as np

    total = np.int64(len(table))
    found = np.zeros(0, np.int64)
    for keys in bands(table, threshold, classes):
        pairs = np.concatenate(list(_pairs_of_band(table, keys, threshold)))
        packed = pairs.min(axis=1) * total + pairs.max(axis=1)
        new = np.setdiff1d(packed, found)
        agree = _agreement(table, new // total, new % total) >= threshold - _SLACK
        found = np.union1d(found, new[agree])
    return np.stack([found // total, found % total], axis=1)


def _pairs_of_band(table: Array, keys: Array, threshold: float) -> Iterator[Array]:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(keys[order]) != 0])
    sizes = np.diff(np.r_[starts, len(order)])
    bucket = np.repeat(np.arange(len(starts)), np.where(sizes <= _BUCKET, sizes, 0))
    small = order[np.repeat(sizes <= _BUCKET, sizes)]
    yield _neighbours(small, bucket)
    for start, size in zip(starts[sizes > _BUCKET].tolist(), sizes[sizes > _BUCKET].tolist(), strict=True):
        yield from _large_bucket(table, order[start : start + size], threshold)


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


def _large_bucket(table: Array, members: Array, threshold: float) -> Iterator[Array]:
    """Each member with the first one it resembles; the few leaders come first in the order of the rows."""
    import numpy as np

    for _ in range(_LEADERS):
        if len(members) <= _BUCKET:
            break
        leader, members = members[0], members[1:]
        agree = _agreement(table, np.full(len(members), leader), members)
        near = members[agree >= threshold - _SLACK]
        yield np.stack([np.full(len(near), leader), near], axis=1)
        members = members[agree < threshold]
    yield _neighbours(members, np.zeros(len(members), np.int64))


def _agreement(table: Array, left: Array, right: Array) -> Array:
    """The share of places in which two signatures agree, for each pair of rows."""
    import numpy as np

    parts = [np.zeros(0)]
    for start in range(0, len(left), _BLOCK):
        ours, theirs = table[left[start : start + _BLOCK]], table[right[start : start + _BLOCK]]
        parts.append(np.count_nonzero(ours == theirs, axis=1) / PERMUTATIONS)
    return np.concatenate(parts)
