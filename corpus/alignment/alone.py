"""Aligning many documents, each as if it were the only one.

The beads of a pair of articles must not depend on what came with it, so every document has its own vocabulary, its own
count of how common a word is, and knows only names that stand on both of its own sides. One call a document would do;
but each call brings the lexicons, some ten thousand units and phrases, to the vocabulary of one article, which is most
of the work. Here that is done for a block of documents at once.

A unit of a document is a number of its own, whichever other documents have the unit too, so the documents of a block
lie side by side in one table and never meet. What is found is what one call a document finds, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.aligner import ENOUGH, Aligner, with_blanks
from corpus.alignment.arcs import LARGEST
from corpus.alignment.beads import Bead
from corpus.alignment.candidates import SLACK
from corpus.alignment.collection import Collection, Side, collect
from corpus.alignment.cut import LONG
from corpus.alignment.gain import NAME, NUMBER, Rows
from corpus.alignment.learnt import Learnt
from corpus.alignment.one_pass import Batch, batches
from corpus.alignment.tables import BACKGROUND, SAME, Explained
from corpus.alignment.weights import weight_vector
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.phrases import find_phrases

Array = Any
Document = tuple[Sequence[str], Sequence[str]]
BLOCK = 2000
"""Sentences that are prepared together."""


class AloneAligner(Aligner):
    """Aligns documents as `Aligner(lexicon, learnt=learnt)` does that is given one by one, several times as fast."""

    def __init__(self, lexicon: Lexicon, learnt: Learnt | None = None) -> None:
        super().__init__(lexicon, learnt=learnt)
        lexicons = [lexicon, learnt.lexicon] if learnt else [lexicon]
        self._forward = [_Table.of(x.vi, x.en, x.forward, x.counts_en) for x in lexicons]
        self._backward = [_Table.of(x.en, x.vi, x.backward, x.counts_vi) for x in lexicons]
        self._explained: tuple[Explained, Explained] | None = None

    def align_all(self, documents: Sequence[Document]) -> list[list[Bead]]:
        """The beads of each document."""
        found: list[list[Bead]] = []
        for block in _blocks(documents):
            short = [document for document in block if self._is_short(document)]
            aligned = iter(list(self._align_block(short)))
            for document in block:
                found += [next(aligned)] if self._is_short(document) else super().align_all([document])
        return found

    def _is_short(self, document: Document) -> bool:
        """Whether a document is searched whole, and not learnt from."""
        vi, en = map(len, document)
        return max(vi, en) < LONG and (self.learnt is not None or min(vi, en) < ENOUGH)

    def _align_block(self, documents: Sequence[Document]) -> Iterator[list[Bead]]:
        if not documents:
            return
        filled = [[[k for k, text in enumerate(side) if text.strip()] for side in one] for one in documents]
        texts = [
            ([vi[k] for k in at[0]], [en[k] for k in at[1]]) for (vi, en), at in zip(documents, filled, strict=True)
        ]
        whole = collect(texts)
        vi, en = _Apart.of(whole.vi), _Apart.of(whole.en)
        self._explained = explain(vi, en, self._forward), explain(en, vi, self._backward)
        try:
            for d, (document, (at_vi, at_en)) in enumerate(zip(documents, filled, strict=True)):
                (beads,) = self._beads(Collection(vi.document(d), en.document(d)), [texts[d]], self.learnt)
                yield with_blanks(beads, at_vi, at_en, len(document[0]), len(document[1]))
        finally:
            self._explained = None

    def _scored(
        self, collection: Collection, texts: Sequence[Document], lexicons: list[Lexicon], ratio: float, situation: str,
        slack: float = SLACK, largest: int = LARGEST,
    ) -> Iterator[tuple[Batch, Array]]:  # fmt: skip
        if self._explained is None:
            yield from super()._scored(collection, texts, lexicons, ratio, situation, slack, largest)
            return
        weights = weight_vector(self._weights[situation])
        for batch in batches(collection, self._explained, ratio, slack=slack, largest=largest):
            yield batch, batch.features @ weights


def _blocks(documents: Sequence[Document]) -> Iterator[list[Document]]:
    block: list[Document] = []
    sentences = 0
    for document in documents:
        block.append(document)
        sentences += sum(map(len, document))
        if sentences >= BLOCK:
            yield block
            block, sentences = [], 0
    yield block


@dataclass(frozen=True)
class _Apart(Side):
    """The sentences of one language of a block; `units` are numbers of pairs (document, unit of the vocabulary), by
    document and first use, of which `owner` and `names` hold the parts. `bounds` are a document's first numbers."""

    owner: Array = None
    names: Array = None
    bounds: Array = None

    @classmethod
    def of(cls, side: Side) -> _Apart:
        width, documents = len(side.vocabulary), len(side.offsets) - 1
        sentences = np.repeat(np.arange(documents), np.diff(side.offsets))
        owner = np.repeat(sentences, np.diff(side.starts))
        keys, first, inverse = np.unique(owner * width + side.units, return_index=True, return_inverse=True)
        order = np.argsort(first)
        number = np.empty(len(order), np.int32)
        number[order] = np.arange(len(order))
        fields = {name: getattr(side, name) for name in Side.__dataclass_fields__}
        fields["units"], keys = number[inverse], keys[order]
        owners = keys // max(width, 1)
        bounds = np.searchsorted(owners, np.arange(documents + 1))
        return cls(**fields, owner=owners, names=keys % max(width, 1), bounds=bounds)

    def document(self, d: int) -> _Apart:
        """One document, in the arrays of all; what was summed up for all is not summed up again."""
        part = replace(self, offsets=self.offsets[d : d + 2])
        part.__dict__.update(figures=self.figures, sums=self.sums)
        return part

    @cached_property
    def labels(self) -> list[str]:
        return list(self.vocabulary.numbers)

    def _flags(self, marks: str) -> Array:
        return np.array([unit[0] in marks for unit in self.vocabulary.numbers], dtype=bool)[self.names]

    @cached_property
    def figures(self) -> Array:
        return self._per_sentence(self._flags("#"))

    def _per_sentence(self, values: Array) -> Array:
        """The sum of a value of each unit over the units of each sentence; a document's sums start anew."""
        sums = np.zeros(len(self.starts) - 1, np.float32)
        for first, last in zip(self.offsets, self.offsets[1:], strict=False):
            starts = self.starts[first : last + 1]
            running = np.cumsum(values[self.units[starts[0] : starts[-1]]], dtype=np.float64)
            sums[first:last] = np.diff(np.append(0.0, running)[starts - starts[0]])
        return sums


class _Table(NamedTuple):
    """A lexicon from one language to the other: its heads, and of each unit of the other language its number, whether
    anything translates into it, and how often it was seen."""

    heads: dict[str, int]
    phrases: list[str]
    cells: Any
    targets: dict[str, int]
    filled: Array
    seen: Array

    @classmethod
    def of(cls, heads: Sequence[str], targets: Sequence[str], cells: Any, seen: Array) -> _Table:
        cells = cells.tocsr()
        filled = np.bincount(cells.indices, minlength=len(targets)) > 0
        numbers = [{unit: k for k, unit in enumerate(units)} for units in (heads, targets)]
        phrases = [head for head in heads if " " in head]
        return cls(numbers[0], phrases, cells, numbers[1], filled, np.asarray(seen, float))


def explain(source: _Apart, target: _Apart, lexicons: Sequence[_Table]) -> Explained:
    """One language of a block explained by the other, as `tables.explain` does it for a collection."""
    heads, owners, counts = _heads(source, lexicons)
    shape = (len(owners), len(target.owner))
    table = _same_on_both_sides(source, target, shape)
    surest: Any = None
    for lexicon in lexicons:
        own = _translate(lexicon, heads, owners, target, shape)
        surest = own if surest is None else surest.maximum(own)
    table = table + surest.tocsr()
    columns = [_numbers(target.labels, lexicon.targets)[target.names] for lexicon in lexicons]
    known = np.bincount(table.indices, minlength=shape[1]) > 0
    for lexicon, column in zip(lexicons, columns, strict=True):
        known |= (column >= 0) & lexicon.filled[column]
    inverse = np.where(known, 1 / _background(target, lexicons, columns), 0).astype(np.float32)
    projected = (counts @ table).tocsr()
    is_number, is_name = target._flags("#"), target._flags("@")
    return Explained(
        Rows(projected.indptr.astype(np.int64), projected.indices, projected.data),
        source._per_sentence(~source._flags("@=")) + 1.0,
        Rows(target.starts, target.units, np.ones(len(target.units), np.float32)),
        inverse,
        np.where(is_number, NUMBER, np.where(is_name, NAME, 0)),
        target._per_sentence(known),
        target._per_sentence(np.log(np.maximum(inverse, 1.0))),
        target._per_sentence(known & is_name),
    )


def _heads(side: _Apart, lexicons: Sequence[_Table]) -> tuple[list[str], Array, Any]:
    """The units and phrases of a block, each a number of its own in every document: by number the name and the
    document, and a matrix of sentences x numbers that counts them."""
    from scipy.sparse import csr_matrix

    sentences = len(side.starts) - 1
    document = np.repeat(np.arange(len(side.offsets) - 1), np.diff(side.offsets))
    rows = np.repeat(np.arange(sentences), np.diff(side.starts))
    words = np.flatnonzero(~side._flags("@=")[side.units])
    phrases = dict.fromkeys(phrase for lexicon in lexicons for phrase in lexicon.phrases)
    vocabulary = side.vocabulary.numbers
    row, which, found = find_phrases(side.names[side.units[words]], rows[words], phrases, vocabulary)
    width = max(len(found), 1)
    keys, number = np.unique(document[row] * width + which, return_inverse=True)
    columns = np.concatenate([side.units, number + len(side.owner)])
    owners = np.concatenate([side.owner, keys // width])
    names = [side.labels[k] for k in side.names.tolist()] + [found[k] for k in (keys % width).tolist()]
    at = np.concatenate([rows, row]), columns
    counts = csr_matrix((np.ones(len(columns), np.float32), at), shape=(sentences, len(owners)))
    return names, owners, counts


def _numbers(names: Sequence[str], numbers: dict[str, int]) -> Array:
    """The number of each name; -1 if it has none."""
    return np.array([numbers.get(name, -1) for name in names], np.int64)


def _find(target: _Apart, owners: Array, names: Array) -> Array:
    """The numbers of some units of some documents; -1 where a document has no such unit. `names` may be -1."""
    width = max(len(target.vocabulary), 1)
    keys = target.owner * width + target.names
    order = np.argsort(keys)
    wanted = owners * width + names
    if not len(keys):
        return np.full(len(wanted), -1)
    place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    return np.where((keys[place] == wanted) & (names >= 0), place, -1)


def _same_on_both_sides(source: _Apart, target: _Apart, shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_matrix

    there = _numbers(source.labels, target.vocabulary.numbers)
    shared = np.flatnonzero(source._flags("@#="))
    column = _find(target, source.owner[shared], there[source.names[shared]])
    kept = column >= 0
    values = np.full(int(kept.sum()), SAME, np.float32)
    return csr_matrix((values, (shared[kept], column[kept])), shape=shape)


def _translate(lexicon: _Table, names: Sequence[str], owners: Array, target: _Apart, shape: tuple[int, int]) -> Any:
    """A lexicon's table with the rows and columns of this block."""
    from scipy.sparse import csr_matrix

    head = _numbers(names, lexicon.heads)
    known = np.flatnonzero(head >= 0)
    starts = lexicon.cells.indptr[head[known]].astype(np.int64)
    many = lexicon.cells.indptr[head[known] + 1] - starts
    cells = np.arange(int(many.sum())) + np.repeat(starts - np.cumsum(many) + many, many)
    row = np.repeat(known, many)
    there = np.full(len(lexicon.targets), -1, np.int64)
    numbers = _numbers(target.labels, lexicon.targets)
    there[numbers[numbers >= 0]] = np.flatnonzero(numbers >= 0)
    column = _find(target, owners[row], there[lexicon.cells.indices[cells]])
    kept = column >= 0
    return csr_matrix((lexicon.cells.data[cells][kept], (row[kept], column[kept])), shape=shape, dtype=np.float32)


def _background(side: _Apart, lexicons: Sequence[_Table], columns: Sequence[Array]) -> Array:
    """The share of each unit among the running units of its document and of the text behind the lexicons."""
    counts = np.bincount(side.units, minlength=len(side.owner)) + 0.5
    for lexicon, column in zip(lexicons, columns, strict=True):
        total = float(np.sum(lexicon.seen))
        if total:
            known = column >= 0
            counts[known] += lexicon.seen[column[known]] * (BACKGROUND / total)
    for first, last in zip(side.bounds, side.bounds[1:], strict=False):
        counts[first:last] /= counts[first:last].sum()
    return counts
