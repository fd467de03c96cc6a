"""Two views of every article: its anchors, and its words as the lexicon translates them.

Neither does it alone. Two reports from one province share the names and not the story; two pages of one handbook share
the words and not the example. Their cosines are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.units import Vocabulary, english_vocabulary, vietnamese_vocabulary
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.phrases import find_phrases
from corpus.orthography import normalize
from corpus.pairing.anchors import date_anchors, find_anchors
from corpus.pairing.model import Document
from corpus.pairing.vectors import count_matrix, document_frequency, rarity, unit_rows

Array = Any


class View(NamedTuple):
    """Unit rows over one set of features, Vietnamese and English; `labels` names the features that can be shown."""

    vi: Any
    en: Any
    labels: Sequence[str] = ()

    def rows(self, vi: Array, en: Array) -> View:
        """The view of some of the documents."""
        return View(self.vi[vi], self.en[en], self.labels)


def anchor_view(vi: Sequence[Document], en: Sequence[Document]) -> View:
    """Documents by their anchors, the day of publication among them."""
    labels: dict[str, tuple[int, str]] = {}
    counts = [_count_anchors(documents, lang, labels) for documents, lang in ((vi, "vi"), (en, "en"))]
    sides = [
        count_matrix(rows, columns, np.ones(len(rows)), (len(documents), len(labels)))
        for (rows, columns), documents in zip(counts, (vi, en), strict=True)
    ]
    frequency = sum(document_frequency(side) for side in sides)
    weights = rarity(frequency, len(vi) + len(en))
    for side in sides:
        side.data = 1 + np.log(side.data)
    of_vi, of_en = (unit_rows(side, weights) for side in sides)
    return View(of_vi, of_en, [label for _, label in labels.values()])


def _count_anchors(
    documents: Sequence[Document], lang: str, labels: dict[str, tuple[int, str]]
) -> tuple[list[int], list[int]]:
    """Rows and columns of all anchors; new ones are added to `labels` with their column."""
    rows: list[int] = []
    columns: list[int] = []
    for row, document in enumerate(documents):
        published = date_anchors(document.published) if document.published else ()
        for key, label in chain(find_anchors(document.text, lang), published):
            rows.append(row)
            columns.append(labels.setdefault(key, (len(labels), label))[0])
    return rows, columns


def word_view(vi: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> View:
    """Texts by the English units of the lexicon: those that translate a Vietnamese text, and those of an English one.

    A unit weighs by its rarity on both sides: what every Vietnamese text might mean by some word tells nothing, and
    neither does what every English text says.
    """
    projected = _present(_headwords(vi, lexicon)) @ lexicon.forward
    projected = projected.tocsr()
    projected.data = np.sqrt(np.minimum(projected.data, 1.0))
    written = _units(en, lexicon)
    written.data = 1 + np.log(written.data)
    weights = np.sqrt(rarity(document_frequency(written), len(en)) * rarity(document_frequency(projected), len(vi)))
    return View(unit_rows(projected, weights), unit_rows(written, weights))


def _present(counts: Any) -> Any:
    counts.data = np.ones_like(counts.data)
    return counts


def _headwords(texts: Sequence[str], lexicon: Lexicon) -> Any:
    """Texts x the lexicon's Vietnamese words and phrases."""
    vocabulary = vietnamese_vocabulary()
    rows, units = _encode(texts, vocabulary)
    vocabulary.add(chain.from_iterable(head.split(" ") for head in lexicon.vi))
    words = np.array([unit[0] not in "@#=" for unit in vocabulary.numbers], bool)
    kept = words[units]
    rows, units = rows[kept], units[kept]
    in_rows, which, names = find_phrases(units, rows, lexicon.vi, vocabulary.numbers)
    phrases = np.array([lexicon.numbers_vi[name] for name in names], np.int64)
    single = _columns(vocabulary.numbers, lexicon.numbers_vi)[units]
    known = single >= 0
    rows = np.concatenate([rows[known], in_rows])
    columns = np.concatenate([single[known], phrases[which]])
    return count_matrix(rows, columns, np.ones(len(rows)), (len(texts), len(lexicon.vi)))


def _units(texts: Sequence[str], lexicon: Lexicon) -> Any:
    """Texts x the lexicon's English units."""
    vocabulary = english_vocabulary()
    rows, units = _encode(texts, vocabulary)
    columns = _columns(vocabulary.numbers, lexicon.numbers_en)[units]
    known = columns >= 0
    return count_matrix(rows[known], columns[known], np.ones(int(known.sum())), (len(texts), len(lexicon.en)))


def _encode(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[Array, Array]:
    """The units of all texts in one row, and the text each belongs to."""
    encoded = [np.array(vocabulary.encode(text), np.int32) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(units) for units in encoded])
    return rows, np.concatenate([np.zeros(0, np.int32), *encoded])


def _columns(units: Iterable[str], numbers: dict[str, int]) -> Array:
    """For each unit its number in a lexicon; -1 if it has none. Names and figures are anchors, not words."""
    return np.array([-1 if unit[0] in "@#=" else numbers.get(unit, -1) for unit in units] or [-1], np.int64)


def views(vi: Sequence[Document], en: Sequence[Document], lexicon: Lexicon) -> tuple[View, View]:
    """The anchors and the words of two collections."""
    vi = [document._replace(text=normalize(document.text)) for document in vi]
    en = [document._replace(text=normalize(document.text)) for document in en]
    words = word_view([document.text for document in vi], [document.text for document in en], lexicon)
    return anchor_view(vi, en), words
