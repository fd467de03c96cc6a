"""The candidates of two collections with everything that is known of them before sentences are aligned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.pairing import thresholds
from corpus.pairing.features import Features
from corpus.pairing.frequencies import Frequencies, add_anchors, count_anchors, count_words
from corpus.pairing.index import Near, best_of, make_block, nearest, similarities
from corpus.pairing.links import EXPLICIT_BITS, KINDS, Links, believed_kinds, match_links
from corpus.pairing.margin import link_greedily, margins

Array = Any


@dataclass(frozen=True)
class Candidates:
    """Arrays with one entry a candidate; `pairs` is k x 2, rows of the Vietnamese and the English collection, sorted.

    similarity: the two cosines added, 0 to 2; words: that of the words alone
    score: the margin, with what links and dates add
    links: a bit for each of KINDS that links the two and is believed
    """

    pairs: Array
    similarity: Array
    words: Array
    score: Array
    links: Array

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def explicit(self) -> Array:
        """Whether a link says outright that the two belong together."""
        return (self.links & EXPLICIT_BITS) > 0

    def part(self, numbers: Array) -> Candidates:
        """Some of them."""
        return Candidates(*(getattr(self, name)[numbers] for name in self.__dataclass_fields__))

    def likeliest(self) -> Array:
        """The pairs (k x 2) that the contents leave no doubt about, likeliest first, as many as are learnt from."""
        linked = link_greedily(self.pairs, self.score)
        return self.pairs[linked[self.score[linked] >= thresholds.SURE_MARGIN][: thresholds.LEARN_FROM]]


def compare(vi: Features, en: Features, units: int) -> tuple[Candidates, Frequencies]:
    """The candidates of two collections that are worth aligning, and the frequencies their evidence rests on.

    `units` is how many English units the lexicon has.
    """
    frequencies = Frequencies(
        (len(vi), len(en)),
        add_anchors([count_anchors(vi, "vi"), count_anchors(en, "en")]),
        (count_words(vi.words, units), count_words(en.words, units)),
    )
    blocks = [make_block(side, frequencies, lang, thresholds.POSTINGS) for side, lang in ((vi, "vi"), (en, "en"))]
    links = match_links(*((side.links.keys, side.links.owners) for side in (vi, en)))
    pairs = choose_pairs(*nearest(blocks[0], blocks[1], thresholds.CANDIDATES), links)
    return weigh(pairs, similarities(blocks[0], blocks[1], pairs), links, (vi.days, en.days)), frequencies


def choose_pairs(of_vi: Near, of_en: Near, links: Links) -> Array:
    """The candidates, k x 2, sorted: the best of every article of either side, and whatever a link names."""
    near_vi, near_en = (best_of(near, thresholds.CANDIDATES) for near in (of_vi, of_en))
    pairs = [(near_vi.row, near_vi.other), (near_en.other, near_en.row), (links.vi, links.en)]
    # One number for both rows: many times faster to sort than pairs of numbers are.
    codes = np.unique(np.concatenate([vi.astype(np.int64) << 32 | en.astype(np.int64) for vi, en in pairs]))
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1).astype(np.int32)


def weigh(pairs: Array, cosines: Array, links: Links, days: tuple[Array, Array]) -> Candidates:
    """The candidates that are worth aligning, of `pairs` with the cosines of their anchors and words (k x 2)."""
    sizes = (len(days[0]), len(days[1]))
    similarity = cosines.sum(axis=1)
    margin = margins(pairs, similarity, sizes, neighbours=thresholds.NEIGHBOURS, far=thresholds.FAR)
    sure = np.flatnonzero(margin >= thresholds.SURE_MARGIN)
    sure = sure[link_greedily(pairs[sure], margin[sure])]
    bits = _link_bits(pairs, links, believed_kinds(links, pairs[sure], sizes))
    score = margin * _date_factors(pairs, days) * np.where(bits > 0, thresholds.LINK_BONUS, 1.0)
    worth = (score >= thresholds.WORTH_ALIGNING) & (similarity >= thresholds.NEAR) | (bits > 0)
    return Candidates(pairs[worth], similarity[worth], cosines[worth, 1], score[worth], bits[worth])


def _link_bits(pairs: Array, links: Links, believed: Array) -> Array:
    """For each of the sorted candidates a bit for every believed kind of link it has."""
    bits = np.zeros(len(pairs), np.uint8)
    codes = pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]
    for kind in range(len(KINDS)):
        if believed[kind]:
            own = links.kind == kind
            at = np.searchsorted(codes, links.vi[own].astype(np.int64) << 32 | links.en[own])
            bits[at] |= np.uint8(1 << kind)
    return bits


def _date_factors(pairs: Array, days: tuple[Array, Array]) -> Array:
    """What the days of publication say about each candidate; 1 where one of them is unknown."""
    of_vi, of_en = days[0][pairs[:, 0]], days[1][pairs[:, 1]]
    apart = np.abs(of_vi - of_en)
    known = (of_vi > 0) & (of_en > 0)
    factors = np.ones(len(pairs))
    factors[known & (apart <= thresholds.SAME_DAYS)] = thresholds.SAME_DAYS_BONUS
    factors[known & (apart >= thresholds.FAR_DAYS)] = thresholds.FAR_DAYS_MALUS
    return factors
