"""Finding pairs: candidates are scored, linked one to one, aligned, and judged by what the alignment yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus.alignment.beads import Bead
from corpus.errors import UsageError
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.shipped import resolve_lexicon
from corpus.pairing.candidates import Candidates, compare
from corpus.pairing.evidence import Shown, describe
from corpus.pairing.features import ArticleFeatures, Features, article_features
from corpus.pairing.frequencies import Frequencies
from corpus.pairing.judgement import judge
from corpus.pairing.model import Document, Pair
from corpus.pairing.settling import NOT_ALIGNED, RELATIONS, Settled, settle
from corpus.pairing.words import WordFinder

if TYPE_CHECKING:
    from corpus.alignment import Aligner

Array = Any
Sentences = Sequence[str]
_BLOCK = 500


class DocumentAligner(Protocol):
    """Whatever aligns the sentences of pairs of articles, many at a time: `corpus.alignment.Aligner`."""

    def align_all(self, documents: Sequence[tuple[Sentences, Sentences]]) -> list[list[Bead]]: ...


def find_pairs(
    vi: Iterable[Document],
    en: Iterable[Document],
    *,
    lexicon: Lexicon | str | None = "shipped",
    aligner: DocumentAligner | None = None,
) -> list[Pair]:
    """Which Vietnamese article belongs with which English one: one partner each, in the order of `vi`.

    Candidates that were aligned and are no pairs, and those whose article has a better partner, follow after the
    pairs, with the reason in `reject`. `lexicon` is "shipped", a Lexicon, a file, or None for what the articles show by
    themselves. Without an `aligner` one is made with the lexicon; it learns from the likeliest pairs.
    Deterministic. Raises UsageError if two articles of a side have one id.
    """
    chosen = resolve_lexicon(lexicon)
    sides = list(vi), list(en)
    for documents in sides:
        _check_ids(documents)
    if not all(sides):
        return []
    search = _Search.start(*sides, chosen)
    return list(search.run(aligner or teach_aligner(search.likeliest(), chosen)))


def find_candidates(vi: Sequence[Document], en: Sequence[Document], lexicon: Lexicon | None) -> Candidates:
    """The candidates of two collections, with all that is known of them before sentences are aligned."""
    return _Search.start(vi, en, lexicon).candidates


def learn_aligner(
    vi: Sequence[Document], en: Sequence[Document], *, lexicon: Lexicon | str | None = "shipped"
) -> Aligner:
    """The aligner `find_pairs` would make: taught by the likeliest pairs of the collection, if there are enough."""
    chosen = resolve_lexicon(lexicon)
    likeliest = _Search.start(vi, en, chosen).likeliest() if vi and en else []
    return teach_aligner(likeliest, chosen)


def teach_aligner(documents: Sequence[tuple[Sentences, Sentences]], lexicon: Lexicon | None) -> Aligner:
    """An aligner that has learnt from some pairs of articles, if they are enough to learn from."""
    from corpus.alignment.aligner import ENOUGH, Aligner

    aligner = Aligner(lexicon)
    enough = sum(min(map(len, document)) for document in documents) >= ENOUGH
    return aligner.learn(documents) if documents and (enough or lexicon is None) else aligner


def _check_ids(documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise UsageError(f"two articles have the id {document.id!r}; give each its own")
        seen.add(document.id)


def sentences_of(document: Document, lang: str) -> Sentences:
    """The sentences of an article; those of its lines if they were not given."""
    from corpus.segment import split_sentences

    if document.sentences is not None:
        return document.sentences
    return [sentence for line in document.text.split("\n") for sentence in split_sentences(line, lang)]


@dataclass
class _Search:
    """Two collections in memory on their way to pairs; `beads` holds those of the candidates that were aligned."""

    vi: Sequence[Document]
    en: Sequence[Document]
    features: tuple[list[ArticleFeatures], list[ArticleFeatures]]
    candidates: Candidates
    frequencies: Frequencies
    beads: dict[int, list[Bead]] = field(default_factory=dict)

    @classmethod
    def start(cls, vi: Sequence[Document], en: Sequence[Document], lexicon: Lexicon | None) -> _Search:
        """The candidates of two collections."""
        known = lexicon or from_entries(())
        finder = WordFinder(known)
        features = article_features(vi, "vi", finder), article_features(en, "en", finder)
        found, frequencies = compare(Features.of(features[0]), Features.of(features[1]), len(known.en))
        return cls(vi, en, features, found, frequencies)

    def likeliest(self) -> list[tuple[Sentences, Sentences]]:
        """The pairs to learn from."""
        return [self._sentences(*pair) for pair in self.candidates.likeliest().tolist()]

    def run(self, aligner: DocumentAligner) -> Iterator[Pair]:
        """The pairs, then the candidates that are none."""
        settled = settle(self.candidates, lambda numbers: self._align(numbers, aligner))
        for k in np.argsort(~settled.accepted, kind="stable").tolist():
            yield self._pair(k, settled)

    def _align(self, numbers: Array, aligner: DocumentAligner) -> Iterator[tuple[int, float]]:
        """Align the sentences of some candidates, a block at a time, and judge what comes of it."""
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK]
            documents = [self._sentences(*pair) for pair in self.candidates.pairs[block].tolist()]
            found = aligner.align_all(documents)
            for k, beads, (vi, en) in zip(block.tolist(), found, documents, strict=True):
                self.beads[k] = beads
                judgement = judge(beads, vi, en)
                yield RELATIONS.index(judgement.relation), judgement.coverage

    def _sentences(self, i: int, j: int) -> tuple[Sentences, Sentences]:
        return sentences_of(self.vi[i], "vi"), sentences_of(self.en[j], "en")

    def _pair(self, k: int, settled: Settled) -> Pair:
        i, j = self.candidates.pairs[k].tolist()
        shown = [
            Shown(article.anchors, article.counts, article.labels, document.published)
            for article, document in ((self.features[0][i], self.vi[i]), (self.features[1][j], self.en[j]))
        ]
        evidence = describe(
            shown[0], shown[1], self.frequencies, int(self.candidates.links[k]), float(self.candidates.words[k])
        )
        aligned = settled.relation[k] != NOT_ALIGNED
        return Pair(
            self.vi[i].id, self.en[j].id, round(float(self.candidates.score[k]), 4),
            RELATIONS[settled.relation[k]] if aligned else None, float(settled.coverage[k]) if aligned else None,
            tuple(evidence), tuple(self.beads.get(k, ())), settled.reject(k),
        )  # fmt: skip
