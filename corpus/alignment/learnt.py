"""What an aligner learns from a collection, kept so that another run aligns the same way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.alignment.collection import Collection, Side
from corpus.alignment.one_pass import Batch
from corpus.lexicon.learn import learn_tables
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.store import content_hash, load_lexicon, save_lexicon

Array = Any
LEAST = 0.2
"""A bead of the first pass teaches if it is at least so probable; it counts as much as it is probable."""
TEACHING = 3
"""Beads of more sentences, both sides together, teach little and cost much: the first pass does without them."""


@dataclass(frozen=True)
class Learnt:
    """The lexicon (with the counts behind its background) and English characters per Vietnamese character."""

    lexicon: Lexicon
    ratio: float

    @property
    def hash(self) -> str:
        """Sixteen hexadecimal digits that change whenever anything learnt changes."""
        return content_hash(self.lexicon, self.ratio)

    def save(self, path: str | Path) -> None:
        """Write it to a file; equal contents make equal bytes."""
        save_lexicon(self.lexicon, path, ratio=self.ratio)

    @classmethod
    def load(cls, path: str | Path) -> Learnt:
        """Read it back. Raises UsageError if the file is none."""
        lexicon, ratio = load_lexicon(path)
        return cls(lexicon, ratio)


def learn_from(collection: Collection, scored: Iterable[tuple[Batch, Array]], ratio: float) -> Learnt:
    """What the probable beads of a pass teach; `scored` gives its batches with the posteriors of their arcs."""
    spans: list[tuple[Array, ...]] = []
    for batch, posterior in scored:
        arcs = batch.lattice
        k = np.flatnonzero((posterior > LEAST) & (arcs.a > 0) & (arcs.b > 0) & (arcs.a + arcs.b <= TEACHING))
        document = np.array(batch.documents)[arcs.doc[k]]
        vi, en = collection.vi.offsets[document] + arcs.i[k], collection.en.offsets[document] + arcs.j[k]
        spans.append((vi, arcs.a[k], en, arcs.b[k], posterior[k]))
    vi, a, en, b, weights = (np.concatenate(column) for column in zip(*spans, strict=True))
    return Learnt(lexicon_of(collection, (vi, a), (en, b), weights), round(ratio, 4))


def lexicon_of(collection: Collection, vi: tuple[Array, Array], en: tuple[Array, Array], weights: Array) -> Lexicon:
    """The lexicon that some aligned spans teach; a span is its first sentence and how many there are."""
    tables = learn_tables(_spans(collection.vi, *vi), _spans(collection.en, *en), weights)
    return Lexicon(
        list(collection.vi.vocabulary.numbers), list(collection.en.vocabulary.numbers),
        tables.forward, tables.backward, collection.vi.counts, collection.en.counts,
    )  # fmt: skip


def _spans(side: Side, first: Array, count: Array) -> Any:
    """The words of each span of sentences: spans x units."""
    from scipy.sparse import csr_matrix

    starts, lengths = side.starts[first], side.starts[first + count] - side.starts[first]
    row = np.repeat(np.arange(len(first)), lengths)
    at = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(starts, lengths)
    unit = side.units[at]
    words = side.is_word[unit] & ~side.is_number[unit]
    matrix = csr_matrix(
        (np.ones(int(words.sum()), np.float32), (row[words], unit[words])), shape=(len(first), len(side.vocabulary))
    )
    matrix.sort_indices()
    return matrix
