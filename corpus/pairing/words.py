"""Articles by the English units of a lexicon: those that translate a Vietnamese text, and those of an English one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from corpus.alignment.units import Vocabulary, english_vocabulary, vietnamese_vocabulary
from corpus.lexicon.lexicon import Lexicon
from corpus.pairing.vectors import count_matrix

Array = Any
_MOST_UNITS = 100_000
"""Units that are remembered beside those of the lexicon, before they are forgotten and learnt anew."""


class WordFinder:
    """Finds the words of texts; made once for a lexicon, then used for any number of texts.

    A Vietnamese text means an English unit as surely as its words and phrases together say so, at most surely: the
    values are square roots of that. An English text holds it so many times, by 1 + log(count).

    >>> from corpus.lexicon.lexicon import from_entries
    >>> from corpus.lexicon.read import Entry
    >>> lexicon = from_entries([Entry("hội nghị", ("conference",)), Entry("mưa", ("rain",))])
    >>> finder = WordFinder(lexicon)
    >>> [[lexicon.en[k] for k in keys] for keys, _ in finder.find(["Hội nghị hoãn vì mưa."], "vi")]
    [['conferenc', 'rain']]
    >>> [[lexicon.en[k] for k in keys] for keys, _ in finder.find(["Conference off"], "en")]
    [['conferenc']]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._start()
        self._steps, self._ends = phrase_tree(lexicon.vi, self._vi.numbers)

    def _start(self) -> None:
        """Vocabularies in which the lexicon's units have the lexicon's numbers."""
        self._vi, self._en = vietnamese_vocabulary(), english_vocabulary()
        self._vi.add(self._lexicon.vi)
        self._vi.add(word for head in self._lexicon.vi for word in head.split(" "))
        self._en.add(self._lexicon.en)
        self._first = {"vi": len(self._vi), "en": len(self._en)}
        self._words = {
            lang: [unit[0] not in "@#=" for unit in vocabulary.numbers]
            for lang, vocabulary in (("vi", self._vi), ("en", self._en))
        }

    def find(self, texts: Sequence[str], lang: str) -> Iterator[tuple[Array, Array]]:
        """For each text its units, as sorted numbers of `lexicon.en`, with their values."""
        matrix = self._meant(texts) if lang == "vi" else self._written(texts)
        matrix.sort_indices()
        for start, end in pairwise(matrix.indptr.tolist()):
            yield matrix.indices[start:end].astype(np.int32), matrix.data[start:end]

    def _meant(self, texts: Sequence[str]) -> Any:
        heads = [sorted(self._heads(self._encode(text, self._vi, "vi"))) for text in texts]
        rows = np.repeat(np.arange(len(texts)), [len(found) for found in heads])
        columns = np.array([head for found in heads for head in found], np.int64)
        present = count_matrix(rows, columns, np.ones(len(rows)), (len(texts), len(self._lexicon.vi)))
        meant = (present @ self._lexicon.forward).tocsr()
        meant.data = np.sqrt(np.minimum(meant.data, 1.0))
        return meant

    def _written(self, texts: Sequence[str]) -> Any:
        known = len(self._lexicon.en)
        units = [[unit for unit in self._encode(text, self._en, "en") if unit < known] for text in texts]
        rows = np.repeat(np.arange(len(texts)), [len(found) for found in units])
        columns = np.array([unit for found in units for unit in found], np.int64)
        written = count_matrix(rows, columns, np.ones(len(rows)), (len(texts), known))
        written.data = 1 + np.log(written.data)
        return written

    def _encode(self, text: str, vocabulary: Vocabulary, lang: str) -> list[int]:
        """The words of a text as numbers. Names and figures are anchors, not words."""
        if len(vocabulary) > self._first[lang] + _MOST_UNITS:
            self._start()
            vocabulary = self._vi if lang == "vi" else self._en
        units = vocabulary.encode(text)
        words = self._words[lang]
        if len(words) < len(vocabulary):
            words += [unit[0] not in "@#=" for unit in list(vocabulary.numbers)[len(words) :]]
        return [unit for unit in units if words[unit]]

    def _heads(self, words: Sequence[int]) -> set[int]:
        """The lexicon's Vietnamese words and phrases that stand in a text."""
        known = len(self._lexicon.vi)
        return {word for word in words if word < known}.union(phrases_in(words, self._steps, self._ends))


def phrases_in(words: Sequence[int], steps: dict[tuple[int, int], int], ends: Sequence[int]) -> Iterator[int]:
    """The phrases that stand in a row of words, wherever they begin."""
    count = len(words)
    for start in range(count - 1):
        state, at = steps.get((0, words[start])), start + 1
        while state is not None and at < count:
            state = steps.get((state, words[at]))
            at += 1
            if state is not None and ends[state] >= 0:
                yield ends[state]


def phrase_tree(heads: Sequence[str], numbers: dict[str, int]) -> tuple[dict[tuple[int, int], int], list[int]]:
    """The phrases as a tree of words: from a state by a word to the next, and the phrase that ends in each (or -1)."""
    steps: dict[tuple[int, int], int] = {}
    ends = [-1]
    for number, head in enumerate(heads):
        words = head.split(" ")
        if len(words) < 2:
            continue
        state = 0
        for word in words:
            key = (state, numbers[word])
            if key not in steps:
                steps[key] = len(ends)
                ends.append(-1)
            state = steps[key]
        ends[state] = number
    return steps, ends
