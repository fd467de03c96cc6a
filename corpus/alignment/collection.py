"""Documents as numbers: the units of every sentence, their counts, and what else a bead is judged by.

All documents of a call share two vocabularies and lie one behind the other, so that a whole collection is a handful
of arrays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.units import Vocabulary, english_vocabulary, vietnamese_vocabulary
from corpus.orthography.letters import UPPER_LETTERS

Array = Any
MARKS = (",", '"“”«»', "(", ":", "?", "…-–—/")
"""Marks that are usually kept in translation, counted one class at a time."""
_CLASS = {mark: k for k, marks in enumerate(MARKS) for mark in marks}
_MARK = re.compile(f"[{re.escape(''.join(MARKS))}]")
_LAST = {mark: k for k, marks in enumerate((".", "?", "!", ":", ";", ","), 1) for mark in marks}

# A line may hold several sentences: a full stop, closing quotes, a space, and something that opens a sentence.
_INNER_END = re.compile(rf"[^\W_][\"”’')]{{0,2}}[.?!…:][\"”’')]{{0,2}} (?=[\"“‘'(]{{0,2}}[A-Z{UPPER_LETTERS}])")


class Sums(NamedTuple):
    """Running sums over the sentences of a side, so that what a span comes to is a difference of two."""

    lengths: Array
    figures: Array
    inner_ends: Array
    marks: Array


@dataclass(frozen=True)
class Side:
    """The sentences of one language: rows of units in the manner of a sparse matrix.

    `units[starts[k]:starts[k + 1]]` are the units of sentence k; `lengths` are characters; `last` tells the final
    punctuation; `inner_ends` counts sentence ends before it; `marks` counts MARKS (sentences x classes);
    `offsets[d]` is the first sentence of document d.
    """

    vocabulary: Vocabulary
    units: Array
    starts: Array
    lengths: Array
    last: Array
    inner_ends: Array
    marks: Array
    offsets: Array

    @cached_property
    def is_word(self) -> Array:
        """Whether a unit is a word or number, and not a name or borrowed word that stands beside its word."""
        return np.array([unit[0] not in "@=" for unit in self.vocabulary.numbers], dtype=bool)

    @cached_property
    def is_number(self) -> Array:
        """Whether a unit is a number."""
        return np.array([unit[0] == "#" for unit in self.vocabulary.numbers], dtype=bool)

    @cached_property
    def is_name(self) -> Array:
        """Whether a unit is a capitalised word without its diacritics."""
        return np.array([unit[0] == "@" for unit in self.vocabulary.numbers], dtype=bool)

    @cached_property
    def words(self) -> Array:
        """How many words and numbers each sentence has."""
        return _per_sentence(self.is_word[self.units], self.starts)

    @cached_property
    def figures(self) -> Array:
        """How many numbers each sentence has."""
        return _per_sentence(self.is_number[self.units], self.starts)

    @cached_property
    def sums(self) -> Sums:
        """The running sums; those of the marks one row a class."""
        marks = np.stack([running_sums(column) for column in self.marks.T])
        return Sums(running_sums(self.lengths), running_sums(self.figures), running_sums(self.inner_ends), marks)

    def part(self, documents: Sequence[int]) -> Side:
        """Some of the documents, with the same vocabulary."""
        spans = [np.arange(self.offsets[d], self.offsets[d + 1]) for d in documents]
        at = np.concatenate(spans)
        many = np.diff(self.starts)[at]
        ends = np.cumsum(many)
        units = np.arange(int(many.sum())) + np.repeat(self.starts[at] - ends + many, many)
        return Side(
            self.vocabulary, self.units[units], np.r_[0, ends], self.lengths[at], self.last[at],
            self.inner_ends[at], self.marks[at], np.array([0, *accumulate(map(len, spans))], dtype=np.int64),
        )  # fmt: skip

    @property
    def counts(self) -> Array:
        """How often each unit of the vocabulary occurs."""
        return np.bincount(self.units, minlength=len(self.vocabulary))


@dataclass(frozen=True)
class Collection:
    """Documents in both languages; `vi.offsets` and `en.offsets` have one entry more than there are documents."""

    vi: Side
    en: Side

    def __len__(self) -> int:
        return len(self.vi.offsets) - 1

    def part(self, documents: Sequence[int]) -> Collection:
        """Some of the documents, with the same vocabularies."""
        return Collection(self.vi.part(documents), self.en.part(documents))

    def size(self, document: int) -> tuple[int, int]:
        """The numbers of sentences of a document, Vietnamese and English."""
        vi, en = self.vi.offsets, self.en.offsets
        return int(vi[document + 1] - vi[document]), int(en[document + 1] - en[document])


def collect(documents: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Collection:
    """The collection of some documents, each given as its Vietnamese and its English sentences."""
    return Collection(
        _side([vi for vi, _ in documents], vietnamese_vocabulary()),
        _side([en for _, en in documents], english_vocabulary()),
    )


def _side(documents: list[Sequence[str]], vocabulary: Vocabulary) -> Side:
    sentences = [sentence for document in documents for sentence in document]
    rows = [vocabulary.encode(sentence) for sentence in sentences]
    return Side(
        vocabulary,
        np.array([unit for row in rows for unit in row], dtype=np.int32),
        np.array([0, *accumulate(map(len, rows))], dtype=np.int64),
        np.array([len(sentence) for sentence in sentences], dtype=np.float32),
        np.array([_LAST.get(sentence.rstrip(" \"”’')]*_$")[-1:], 0) for sentence in sentences], dtype=np.int8),
        np.array([len(_INNER_END.findall(sentence)) for sentence in sentences], dtype=np.float32),
        _count_marks(sentences),
        np.array([0, *accumulate(map(len, documents))], dtype=np.int64),
    )


def running_sums(values: Array) -> Array:
    """The sums of the first 0, 1, 2 ... values.

    >>> running_sums(np.array([3.0, 1.0])).tolist()
    [0.0, 3.0, 4.0]
    """
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def _count_marks(sentences: list[str]) -> Array:
    """One row a sentence, one column a class of MARKS."""
    found = [len(MARKS) * k + _CLASS[mark] for k, sentence in enumerate(sentences) for mark in _MARK.findall(sentence)]
    counts = np.bincount(np.array(found, dtype=np.int64), minlength=len(MARKS) * len(sentences))
    return counts.reshape(len(sentences), len(MARKS)).astype(np.float32)


def _per_sentence(flags: Array, starts: Array) -> Array:
    """How many of the units of each sentence are flagged."""
    return np.diff(np.r_[0, np.cumsum(flags)][starts]).astype(np.float32)
