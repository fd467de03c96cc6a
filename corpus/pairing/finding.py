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
from corpus.pairing import thresholds
from corpus.pairing.candidates import Candidates, find_candidates
from corpus.pairing.evidence import describe
from corpus.pairing.judgement import Judgement, judge
from corpus.pairing.margin import link_greedily
from corpus.pairing.model import COMPARABLE, Document, Pair

if TYPE_CHECKING:
    from corpus.alignment import Aligner

Array = Any
Sentences = Sequence[str]
_FIRST = 1e6
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
    candidates = find_candidates(*sides, chosen or from_entries(()))
    search = _Search(*sides, candidates, aligner or _learnt_aligner(*sides, candidates, chosen))
    return search.run()


def learn_aligner(
    vi: Sequence[Document], en: Sequence[Document], *, lexicon: Lexicon | str | None = "shipped"
) -> Aligner:
    """The aligner `find_pairs` would make: taught by the likeliest pairs of the collection, if there are enough."""
    chosen = resolve_lexicon(lexicon)
    if not (vi and en):
        from corpus.alignment import Aligner

        return Aligner(chosen)
    return _learnt_aligner(vi, en, find_candidates(vi, en, chosen or from_entries(())), chosen)


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


def _learnt_aligner(
    vi: Sequence[Document], en: Sequence[Document], candidates: Candidates, lexicon: Lexicon | None
) -> Aligner:
    """An aligner that has learnt from the likeliest pairs of the collection, as many as the bound allows."""
    from corpus.alignment.aligner import ENOUGH, Aligner

    linked = link_greedily(candidates.pairs, candidates.score)
    likely = linked[candidates.score[linked] >= thresholds.SURE_MARGIN][: thresholds.LEARN_FROM]
    documents = [(sentences_of(vi[i], "vi"), sentences_of(en[j], "en")) for i, j in candidates.pairs[likely].tolist()]
    aligner = Aligner(lexicon)
    enough = sum(min(map(len, document)) for document in documents) >= ENOUGH
    return aligner.learn(documents) if enough or lexicon is None else aligner


@dataclass
class _Search:
    """Candidates on their way to pairs; `judged` holds those whose sentences were aligned."""

    vi: Sequence[Document]
    en: Sequence[Document]
    candidates: Candidates
    aligner: DocumentAligner
    judged: dict[int, tuple[Judgement, list[Bead]]] = field(default_factory=dict)

    def run(self) -> list[Pair]:
        """The pairs, then the candidates that are none."""
        worth = self._worth_aligning()
        for _ in range(thresholds.ROUNDS):
            linked = self._link([k for k in worth if k not in self.judged or self._passes(k)])
            new = [k for k in linked if k not in self.judged]
            if not new:
                break
            self._align(new)
        pairs = sorted(self._link([k for k in worth if k in self.judged and self._passes(k)]))
        return [self._pair(k, None) for k in pairs] + list(self._rejected(pairs, worth))

    def _worth_aligning(self) -> list[int]:
        found = self.candidates
        worth = (found.score >= thresholds.WORTH_ALIGNING) & (found.similarity >= thresholds.NEAR)
        worth[list(found.links)] = True
        numbers: list[int] = np.flatnonzero(worth).tolist()
        return numbers

    def _link(self, numbers: Sequence[int]) -> list[int]:
        """One partner each: by links that are said outright first, then by score."""
        at = np.array(numbers, np.int64)
        score = self.candidates.score[at] + _FIRST * self.candidates.explicit[at]
        return at[link_greedily(self.candidates.pairs[at], score)].tolist()  # type: ignore[no-any-return]

    def _align(self, numbers: Sequence[int]) -> None:
        """Align the sentences of some candidates, a block at a time, and judge what comes of it."""
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK]
            documents = [self._sentences(k) for k in block]
            found = self.aligner.align_all(documents)
            for k, beads, (vi, en) in zip(block, found, documents, strict=True):
                self.judged[k] = judge(beads, vi, en), beads

    def _sentences(self, k: int) -> tuple[Sentences, Sentences]:
        i, j = self.candidates.pairs[k].tolist()
        return sentences_of(self.vi[i], "vi"), sentences_of(self.en[j], "en")

    def _passes(self, k: int) -> bool:
        """Whether a candidate that was aligned is a pair."""
        relation = self.judged[k][0].relation
        if relation == COMPARABLE:
            return False
        return k in self.candidates.links or bool(self.candidates.score[k] >= thresholds.MARGIN[relation])

    def _pair(self, k: int, reject: str | None) -> Pair:
        i, j = self.candidates.pairs[k].tolist()
        relation, coverage, beads = self._outcome(k)
        evidence = describe(self.candidates, k, (self.vi[i].published, self.en[j].published))
        score = round(float(self.candidates.score[k]), 4)
        return Pair(self.vi[i].id, self.en[j].id, score, relation, coverage, evidence, tuple(beads), reject)

    def _outcome(self, k: int) -> tuple[str | None, float | None, list[Bead]]:
        """What the sentences said, if they were asked."""
        if k not in self.judged:
            return None, None, []
        judgement, beads = self.judged[k]
        return judgement.relation, judgement.coverage, beads

    def _rejected(self, pairs: Sequence[int], worth: Sequence[int]) -> Iterator[Pair]:
        """The candidates that are no pairs though they were aligned, or looked like some."""
        accepted = frozenset(pairs)
        for k in worth:
            if k in accepted:
                continue
            if k not in self.judged or self._passes(k):
                yield self._pair(k, "pair:taken")
            else:
                yield self._pair(k, "pair:comparable" if self.judged[k][0].relation == COMPARABLE else "pair:weak")
