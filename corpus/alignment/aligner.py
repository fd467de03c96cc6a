"""The aligner: two passes over a collection, the second with what the first has taught.

>>> vi = ["Hà Nội hôm nay mưa to.", "Có 1.200 hộ dân bị ngập."]
>>> en = ["It rains heavily in Hanoi today.", "Some 1,200 households are flooded."]
>>> [(bead.vi, bead.en) for bead in align(vi, en)]
[((0,), (0,)), ((1,), (1,))]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from corpus.alignment.arcs import LARGEST
from corpus.alignment.beads import Bead
from corpus.alignment.candidates import SLACK
from corpus.alignment.collection import Collection, collect
from corpus.alignment.cut import cut
from corpus.alignment.embeddings import Embed, similarity_scores
from corpus.alignment.features import NAMES
from corpus.alignment.learnt import TEACHING, Learnt, learn_from
from corpus.alignment.one_pass import Batch, batches
from corpus.alignment.tables import explain
from corpus.alignment.weights import Weights, check_weights, shipped_weights, weight_vector
from corpus.lexicon.lexicon import Lexicon

Array = Any
Document = tuple[Sequence[str], Sequence[str]]
ENOUGH = 300
"""From so many sentences on it pays to learn from the text to be aligned, if there is a lexicon already."""
FIRST_SLACK = 6.0
"""The first pass need not find every bead: it searches less widely than the second."""
SAMPLE = 5_000
"""The most sentences of one language that are learnt from."""
RATIO = 1.0
"""English characters per Vietnamese character, before anything is known (the corpora behind the weights: 0.95-1.05)."""
RELATED, UNRELATED = 0.4, 0.1
"""Of what the tables know, weighed by rarity, translated texts explain one another this share at least; texts that have
nothing to do with one another explain little more than the lesser share."""
NOTHING_KNOWN = 0.5
"""How far pairs are believed that only their lengths speak for."""
_UNEXPLAINED, _GAIN = NAMES.index("unexplained_weight"), NAMES.index("gain")


class Aligner:
    """Aligns documents with one lexicon, one set of weights and, once it has learnt, with what it learnt.

    `lexicon`: "shipped" (the default), None, or a Lexicon. `weights`: None for those of the package. `embed`: a
    function from sentences to an array of vectors, or the name of a model (see `corpus.alignment.embeddings`), whose
    similarities join the lexicon's evidence. `learnt`: what an earlier aligner learnt.
    """

    def __init__(
        self, lexicon: Lexicon | str | None = "shipped", *, weights: Weights | None = None,
        embed: Embed | str | None = None, learnt: Learnt | None = None,
    ) -> None:  # fmt: skip
        from corpus.alignment.embeddings import load_embedder
        from corpus.lexicon.shipped import resolve_lexicon

        self.lexicon = resolve_lexicon(lexicon)
        self.learnt = learnt
        self._weights = shipped_weights() if weights is None else check_weights(weights, "weights")
        self._embed: Callable[[list[str]], Array] | None = load_embedder(embed) if embed is not None else None

    def learn(self, documents: Sequence[Document], *, seed: int = 0) -> Aligner:
        """Learn word translations and the length ratio from a collection; of a large one, from a seeded sample.

        The documents need not be aligned. Returns the aligner itself.
        """
        chosen = [documents[k] for k in _sample(documents, seed)]
        if chosen:
            self.learnt = self._learn(collect(chosen), chosen)
        return self

    def align(self, vi: Sequence[str], en: Sequence[str]) -> list[Bead]:
        """The beads of one document: they cover every sentence once, in order."""
        return self.align_all([(vi, en)])[0]

    def align_all(self, documents: Sequence[Document]) -> list[list[Bead]]:
        """The beads of each document. An aligner that has not learnt yet learns from these documents first."""
        filled = [tuple(_filled(side) for side in document) for document in documents]
        full = [tuple([side[k] for k in at] for side, at in zip(document, places, strict=True))
                for document, places in zip(documents, filled, strict=True)]  # fmt: skip
        pieces = [piece for d, (vi, en) in enumerate(full) for piece in cut(d, (vi, en))]
        texts = [piece.text for piece in pieces]
        learnt = self.learnt
        collection = collect(texts)
        if learnt is None and self._learning_pays(documents):
            sample = _sample(texts, 0)
            whole = len(sample) == len(texts)
            part = collection if whole or not sample else collection.part(sample)
            learnt = self._learn(part, [texts[k] for k in sample]) if sample else None
        found = self._beads(collection, texts, learnt)
        beads: list[list[Bead]] = [[] for _ in documents]
        for piece, path in zip(pieces, found, strict=True):
            whole = not (piece.vi or piece.en)
            beads[piece.document] += path if whole else [_shift(bead, piece.vi, piece.en) for bead in path]
        return [
            with_blanks(found, vi, en, len(document[0]), len(document[1]))
            for found, (vi, en), document in zip(beads, filled, documents, strict=True)
        ]

    def _learning_pays(self, documents: Sequence[Document]) -> bool:
        sentences = sum(min(len(vi), len(en)) for vi, en in documents)
        return sentences >= ENOUGH or (self.lexicon is None and sentences > 1)

    def _learn(self, collection: Collection, texts: Sequence[Document]) -> Learnt:
        """The first pass, and what it teaches."""
        lexicons = [self.lexicon] if self.lexicon else []
        ratio = float(collection.en.lengths.sum() / max(collection.vi.lengths.sum(), 1.0)) or RATIO
        situation = "lexicon" if self.lexicon else "anchors"
        scored = (
            (batch, batch.lattice.posterior(scores))
            for batch, scores in self._scored(collection, texts, lexicons, ratio, situation, FIRST_SLACK, TEACHING)
        )
        return learn_from(collection, scored, ratio)

    def _scored(
        self,
        collection: Collection,
        texts: Sequence[Document],
        lexicons: list[Lexicon],
        ratio: float,
        situation: str,
        slack: float = SLACK,
        largest: int = LARGEST,
    ) -> Iterator[tuple[Batch, Array]]:
        """The batches of a collection with the scores of their arcs."""
        weights = weight_vector(self._weights[situation])
        similar = similarity_scores(self._embed, texts) if self._embed else None
        for batch in batches(
            collection, explain(collection, lexicons), ratio, slack=slack, largest=largest, similar=similar
        ):
            scores = batch.features @ weights
            yield batch, scores + batch.similarity if similar is not None else scores

    def _beads(self, collection: Collection, texts: Sequence[Document], learnt: Learnt | None) -> list[list[Bead]]:
        lexicons = [lexicon for lexicon in (self.lexicon, learnt and learnt.lexicon) if lexicon]
        situation = "lexicon" if self.lexicon else "anchors"
        if learnt:
            situation = "lexicon+learnt" if self.lexicon else "learnt"
        ratio = learnt.ratio if learnt else RATIO
        return [
            _read_beads(batch, path, posterior)
            for batch, scores in self._scored(collection, texts, lexicons, ratio, situation)
            for posterior in [batch.lattice.posterior(scores)]
            for path in batch.lattice.best_path(scores)
        ]


def _read_beads(batch: Batch, path: list[int], posterior: Array) -> list[Bead]:
    trust = _trust(batch, path)
    beads = []
    for arc in path:
        i, j, a, b = batch.lattice.bead(arc)
        probability = float(posterior[arc]) * (trust if a and b else 1.0)
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(probability, 4)))
    return beads


def _trust(batch: Batch, path: list[int]) -> float:
    """How far a document's pairs can be believed at all: 1, or less if next to nothing in them is explained.

    The lattice asks which path is best, taking for granted that the texts translate one another.
    """
    lattice = batch.lattice
    paired = [arc for arc in path if lattice.a[arc] and lattice.b[arc]]
    if not paired or batch.features[paired, _GAIN].sum() <= 0:
        return NOTHING_KNOWN
    explained = 1.0 - float(batch.features[paired, _UNEXPLAINED].mean())
    return min(1.0, max(0.0, (explained - UNRELATED) / (RELATED - UNRELATED)))


def _filled(sentences: Sequence[str]) -> list[int]:
    """The sentences that are not blank: a blank line says nothing, and its partner is not looked for."""
    return [k for k, sentence in enumerate(sentences) if sentence.strip()]


def with_blanks(beads: list[Bead], vi: list[int], en: list[int], n: int, m: int) -> list[Bead]:
    """Beads over the filled sentences (`vi`, `en`) as beads over all n and m: a blank stands alone, or inside a bead.

    >>> with_blanks([Bead((0, 1), (0,), 0.9)], [0, 2], [1], 3, 2)
    [Bead(vi=(), en=(0,), probability=1.0), Bead(vi=(0, 1, 2), en=(1,), probability=0.9)]
    """
    if len(vi) == n and len(en) == m:
        return beads
    whole: list[Bead] = []
    i = j = 0
    for bead in [*beads, Bead((), (), 1.0)]:
        last = not (bead.vi or bead.en)
        start_vi, stop_vi = _reach(bead.vi, vi, n if last else i)
        start_en, stop_en = _reach(bead.en, en, m if last else j)
        whole += [Bead((k,), (), 1.0) for k in range(i, start_vi)] + [Bead((), (k,), 1.0) for k in range(j, start_en)]
        if not last:
            whole.append(Bead(tuple(range(start_vi, stop_vi)), tuple(range(start_en, stop_en)), bead.probability))
        i, j = stop_vi, stop_en
    return whole


def _reach(indices: tuple[int, ...], places: list[int], otherwise: int) -> tuple[int, int]:
    """Where some filled sentences begin and end among all sentences; an empty span lies at `otherwise`."""
    return (places[indices[0]], places[indices[-1]] + 1) if indices else (otherwise, otherwise)


def _shift(bead: Bead, vi: int, en: int) -> Bead:
    return Bead(tuple(i + vi for i in bead.vi), tuple(j + en for j in bead.en), bead.probability)


def _sample(documents: Sequence[Document], seed: int) -> list[int]:
    """The documents with two sides, or as many of them as fill the sample; a single document is cut by `cut`."""
    filled = [k for k, (vi, en) in enumerate(documents) if vi and en]
    if _size([documents[k] for k in filled]) <= SAMPLE:
        return filled
    total = 0
    chosen = []
    for k in np.random.default_rng(seed).permutation(filled).tolist():
        if total > SAMPLE:
            break
        chosen.append(k)
        total += max(map(len, documents[k]))
    return sorted(chosen)


def _size(documents: list[Document]) -> int:
    return sum(max(len(vi), len(en)) for vi, en in documents)


def align(vi: Sequence[str], en: Sequence[str], *, lexicon: Lexicon | str | None = "shipped",
          embed: Embed | str | None = None) -> list[Bead]:  # fmt: skip
    """The sentences of a Vietnamese document aligned with those of its English translation.

    `lexicon` is "shipped", None (only what the two texts show by themselves) or a Lexicon. Every sentence stands in
    exactly one bead, in order; a sentence without a partner in a bead with one empty side. `probability` is the
    bead's posterior: of the beads that say 0.9, nine in ten are right.
    """
    return Aligner(lexicon, embed=embed).align(vi, en)
