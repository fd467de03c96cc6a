"""One pass over some documents: tables in, lattice and features of the beads worth considering out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.arcs import LARGEST, connect
from corpus.alignment.candidates import SLACK, keep_nodes
from corpus.alignment.collection import Collection
from corpus.alignment.embeddings import EXPECTED, STRENGTH, bead_similarity, pair_similarity
from corpus.alignment.features import VARIANCE, DocumentEvidence, Known, describe, rates
from corpus.alignment.gain import WIDTH, gather_evidence
from corpus.alignment.search import Lattice
from corpus.alignment.tables import Explained

Array = Any
PRICE = 1.2
"""What a lone sentence costs in the rough search; the other constants of `_rough_scores` are on the same scale."""
MOST = 2.0
"""The most that a pair is worth there: a few very good pairs must not make every other way look hopeless."""
_BATCH_CELLS = 1_500_000


class Batch(NamedTuple):
    """The documents of one batch (their numbers in the collection), their lattice and the features of its arcs."""

    documents: list[int]
    lattice: Lattice
    kinds: Array
    features: Array
    similarity: Array


def batches(
    collection: Collection, explained: tuple[Explained, Explained], ratio: float, *, slack: float = SLACK,
    largest: int = LARGEST, must_keep: Sequence[Array] | None = None,
    similar: Sequence[tuple[Array, Array]] | None = None,
) -> Iterator[Batch]:  # fmt: skip
    """The documents of a collection in batches of bounded size, in order.

    `ratio` is English characters per Vietnamese character; beads have `largest` sentences at most. `must_keep[d]` lists
    nodes (k x 2) of document d that stay whatever the rough search says of them: training needs the true path.
    `similar[d]` are the sentence vectors of document d, if there are any.
    """
    for documents in _in_batches(collection):
        evidence = [document_evidence(collection, explained, d, min(WIDTH, largest - 1)) for d in documents]
        scores = [_rough_scores(collection, d, found, ratio) for d, found in zip(documents, evidence, strict=True)]
        if similar is not None:
            scores = [_add_similarity(own, *similar[d]) for own, d in zip(scores, documents, strict=True)]
        masks = keep_nodes(scores, PRICE, slack)
        for mask, d in zip(masks, documents, strict=True):
            if must_keep is not None:
                mask[must_keep[d][:, 0], must_keep[d][:, 1]] = True
        lattice, kinds = connect(masks, largest)
        yield Batch(
            documents, lattice, kinds,
            describe(lattice, kinds, evidence, collection.vi, collection.en, ratio, documents),
            _similarity(lattice, documents, similar),
        )  # fmt: skip


def _in_batches(collection: Collection) -> Iterator[list[int]]:
    batch: list[int] = []
    cells = 0
    for d in range(len(collection)):
        n, m = collection.size(d)
        if batch and cells + (n + 1) * (m + 1) > _BATCH_CELLS:
            yield batch
            batch, cells = [], 0
        batch.append(d)
        cells += (n + 1) * (m + 1)
    if batch:
        yield batch


def document_evidence(
    collection: Collection, explained: tuple[Explained, Explained], d: int, width: int = WIDTH
) -> DocumentEvidence:
    """What the tables say about document d, for beads of up to `width` sentences a side."""
    vi, en = slice(*collection.vi.offsets[d : d + 2]), slice(*collection.en.offsets[d : d + 2])
    of_en, of_vi = explained
    known = [
        [column[side] for column in (one.known, one.weight, one.names)] for one, side in ((of_en, en), (of_vi, vi))
    ]
    return rates(_gather(of_en, vi, en, width), _gather(of_vi, en, vi, width), Known(*known[0]), Known(*known[1]))


def _gather(explained: Explained, source: slice, target: slice, width: int) -> Any:
    return gather_evidence(
        explained.projected.part(source.start, source.stop),
        explained.sizes[source],
        explained.targets.part(target.start, target.stop),
        explained.inverse_background,
        explained.kinds,
        width,
    )


def _rough_scores(collection: Collection, d: int, found: DocumentEvidence, ratio: float) -> Array:
    """What joining two single sentences is worth, by gain and length alone: n x m."""
    vi = collection.vi.lengths[slice(*collection.vi.offsets[d : d + 2])][:, None] * np.float32(ratio)
    en = collection.en.lengths[slice(*collection.en.offsets[d : d + 2])][None, :]
    deviation = (en - vi) ** 2 / (VARIANCE / 2 * (en + vi) + 1)
    log_ratio = np.abs(np.log((en + 3) / (vi + 3)))
    scores = 0.15 * found.pair_gain() - 0.24 * np.minimum(deviation, 25) - log_ratio - 1.0
    return np.clip(scores, -9.0, MOST).astype(np.float32)


def _add_similarity(scores: Array, vi: Array, en: Array) -> Array:
    added = scores + STRENGTH * (pair_similarity(vi, en) - EXPECTED)
    return np.clip(added, -9.0, MOST).astype(np.float32)


def _similarity(lattice: Lattice, documents: list[int], similar: Sequence[tuple[Array, Array]] | None) -> Array:
    """What the sentence vectors say of each arc."""
    scores = np.zeros(len(lattice.i))
    bounds = np.searchsorted(lattice.doc, np.arange(len(documents) + 1))
    for k, d in enumerate(documents if similar is not None else ()):
        at = slice(int(bounds[k]), int(bounds[k + 1]))
        vi, en = similar[d]  # type: ignore[index]
        scores[at] = bead_similarity(vi, en, lattice.i[at], lattice.j[at], lattice.a[at], lattice.b[at])
    return scores
