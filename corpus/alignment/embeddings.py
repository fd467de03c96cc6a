"""Sentence vectors as further evidence: any function from sentences to vectors, or a model by its name.

The similarity of two sentences is the cosine of their vectors. What a cosine of 0.6 means differs from model to model
and from text to text, so it is measured against the cosines of sentences that do not belong together: a similarity
is so many standard deviations above the mean of the document's pairs (in the manner of the margin of Artetxe and
Schwenk 2019, which divides by the nearest neighbours' mean).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from corpus.errors import UsageError

Array = Any
Embed = Callable[[list[str]], Any]
STRENGTH = 1.2
"""What one standard deviation is worth in a bead's score."""
EXPECTED = 1.5
"""From so many standard deviations on, similarity speaks for a bead."""


def load_embedder(embed: Embed | str) -> Embed:
    """The function itself, or that of a sentence-transformers model, or of a model2vec one (`model2vec:NAME`).

    Raises UsageError when the package that runs the model is not installed, or the function gives no vectors.
    """
    if callable(embed):
        return embed
    kind, _, name = embed.rpartition("model2vec:")
    try:
        if kind or embed.startswith("model2vec:"):
            from model2vec import StaticModel

            return StaticModel.from_pretrained(name).encode  # type: ignore[no-any-return]
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(embed).encode  # type: ignore[no-any-return]
    except ImportError as error:
        raise UsageError(
            f"the model {embed!r} needs a package that is not installed; pip install 'songngu[embed]'"
        ) from error


def similarity_scores(
    embed: Embed, documents: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> list[tuple[Array, Array]]:
    """The unit vectors of each document's sentences: for each document (n x dimensions, m x dimensions)."""
    vi = _vectors(embed, [sentence for document, _ in documents for sentence in document])
    en = _vectors(embed, [sentence for _, document in documents for sentence in document])
    found = []
    at_vi = at_en = 0
    for left, right in documents:
        found.append((vi[at_vi : at_vi + len(left)], en[at_en : at_en + len(right)]))
        at_vi, at_en = at_vi + len(left), at_en + len(right)
    return found


def _vectors(embed: Embed, sentences: list[str]) -> Array:
    vectors = np.asarray(embed(sentences) if sentences else np.zeros((0, 1)), dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != len(sentences):
        raise UsageError(
            f"embed gave an array of shape {vectors.shape} for {len(sentences)} sentences; one row each, please"
        )
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def pair_similarity(vi: Array, en: Array) -> Array:
    """How far each pair's cosine lies above the document's mean, in standard deviations: n x m.

    >>> far = pair_similarity(np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32))
    >>> bool((far.diagonal() > 1.5).all()), bool(far[0, 1] < 0)
    (True, True)
    """
    cosines = vi @ en.T
    return (cosines - cosines.mean()) / max(float(cosines.std()), 1e-6) if cosines.size else cosines


def bead_similarity(vi: Array, en: Array, i: Array, j: Array, a: Array, b: Array) -> Array:
    """What similarity is worth to each bead of a document; nothing to a lone sentence. Spans are summed vectors."""
    cosines = vi @ en.T
    if not cosines.size:
        return np.zeros(len(i))
    mean, deviation = float(cosines.mean()), max(float(cosines.std()), 1e-6)
    left, right = _span_sums(vi, i, a), _span_sums(en, j, b)
    scale = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    cosine = (left * right).sum(1) / np.maximum(scale, 1e-9)
    score = STRENGTH * (np.clip((cosine - mean) / deviation, -2, 6) - EXPECTED)
    return np.where((a > 0) & (b > 0), score, 0.0)


def _span_sums(vectors: Array, start: Array, count: Array) -> Array:
    sums = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)])
    return sums[start + count] - sums[start]
