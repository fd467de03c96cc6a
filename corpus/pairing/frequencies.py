"""In how many articles each feature stands: what its weight follows from.

Words are counted for every unit of the lexicon. Anchors are without number, and most stand in one article only, so only
those are kept that stand in two or more; any other stands in one. They are counted a range of keys at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from corpus.pairing.features import Features, Rows
from corpus.pairing.vectors import rarity

Array = Any
_END = 1 << 64


class AnchorCounts(NamedTuple):
    """Anchors, by sorted key, and in how many Vietnamese and English articles each stands."""

    keys: Array
    vi: Array
    en: Array

    def between(self, low: int, high: int) -> AnchorCounts:
        """The keys from `low` on that are less than `high`."""
        first = np.searchsorted(self.keys, np.uint64(low))
        last = np.searchsorted(self.keys, np.uint64(high)) if high < _END else len(self.keys)
        return AnchorCounts(*(column[first:last] for column in self))


class Frequencies(NamedTuple):
    """Numbers of articles: of all (Vietnamese, English), with an anchor, with an English unit of the lexicon."""

    articles: tuple[int, int]
    anchors: AnchorCounts
    words: tuple[Array, Array]

    @property
    def anchor_weights(self) -> Array:
        """The weights of the anchors that stand in two articles or more."""
        return rarity(self.anchors.vi.astype(np.int64) + self.anchors.en, sum(self.articles))

    @property
    def lone_weight(self) -> Array:
        """The weight of any other anchor."""
        return rarity(np.ones(1, np.int64), sum(self.articles))[0]

    @property
    def word_weights(self) -> Array:
        """A unit weighs by its rarity on both sides: what every Vietnamese text might mean by some word tells nothing,
        and neither does what every English text says."""
        vi, en = (rarity(count, articles) for count, articles in zip(self.words, self.articles, strict=True))
        return np.sqrt(vi * en)

    def weigh_anchors(self, keys: Array) -> tuple[Array, Array]:
        """For each key its place among `anchors`, -1 where it has none, and its weight."""
        if not len(self.anchors.keys):
            return np.full(len(keys), -1), np.full(len(keys), self.lone_weight)
        place = np.minimum(np.searchsorted(self.anchors.keys, keys), len(self.anchors.keys) - 1)
        known = self.anchors.keys[place] == keys
        return np.where(known, place, -1), np.where(known, self.anchor_weights[place], self.lone_weight)


def count_anchors(features: Features, lang: str) -> AnchorCounts:
    """The anchors of some articles of one language, those that stand in one article too."""
    keys, counts = np.unique(features.anchors.keys.astype(np.uint64), return_counts=True)
    counts, none = counts.astype(np.uint32), np.zeros(len(keys), np.uint32)
    return AnchorCounts(keys, counts, none) if lang == "vi" else AnchorCounts(keys, none, counts)


def count_words(words: Rows, units: int) -> Array:
    """In how many articles each of the lexicon's units stands."""
    return np.bincount(words.keys.astype(np.int64), minlength=units).astype(np.uint32)


def add_anchors(counts: Sequence[AnchorCounts], *, least: int = 2) -> AnchorCounts:
    """The counts together; what stands in fewer than `least` articles is left out."""
    if not counts:
        return AnchorCounts(np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32))
    keys, inverse = np.unique(np.concatenate([one.keys for one in counts]), return_inverse=True)
    vi, en = (
        np.bincount(inverse, np.concatenate(column), minlength=len(keys)).astype(np.uint32)
        for column in ([one.vi for one in counts], [one.en for one in counts])
    )
    kept = vi + en >= least
    return AnchorCounts(keys[kept], vi[kept], en[kept])


def key_ranges(shards: int) -> list[tuple[int, int]]:
    """All keys, in so many ranges.

    >>> [(low, high) for low, high in key_ranges(2)] == [(0, 2**63), (2**63, 2**64)]
    True
    """
    bounds = [_END * k // shards for k in range(shards + 1)]
    return list(pairwise(bounds))
