"""The tables a pass works with: what stands on both sides by itself, and the lexicons, brought to one vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from corpus.alignment.collection import Collection, Side
from corpus.alignment.gain import NAME, NUMBER, Rows
from corpus.lexicon.lexicon import Lexicon
from corpus.lexicon.phrases import find_phrases

Array = Any
SAME = 0.6
"""p(t | s) of a name, number or borrowed word that stands on both sides."""
BACKGROUND = 5000.0
"""The lexicons' own text counts as much as this many running units when the background is worked out."""


class Explained(NamedTuple):
    """One language explained by the other: what `gain.gather_evidence` needs, for the sentences of all documents.

    `projected` has a row for each source sentence, `sizes` its number of words; `targets` the units of the target
    sentences; `inverse_background` and `kinds` an entry for each target unit; `known` how many of its units each
    target sentence has that the table knows, `weight` how rare they are together, `names` how many are names.
    """

    projected: Rows
    sizes: Array
    targets: Rows
    inverse_background: Array
    kinds: Array
    known: Array
    weight: Array
    names: Array


def explain(collection: Collection, lexicons: Sequence[Lexicon]) -> tuple[Explained, Explained]:
    """English explained by Vietnamese, and Vietnamese explained by English. Of several lexicons the surest counts."""
    vi, en = collection.vi, collection.en
    return (
        _explain(vi, en, [(x.vi, x.en, x.forward, x.counts_vi, x.counts_en) for x in lexicons]),
        _explain(en, vi, [(x.en, x.vi, x.backward, x.counts_en, x.counts_vi) for x in lexicons]),
    )


def _explain(source: Side, target: Side, lexicons: list[tuple[Any, Any, Any, Array, Array]]) -> Explained:
    numbers = dict(source.vocabulary.numbers)
    phrases = _phrases_in(source, [rows for rows, *_ in lexicons], numbers)
    table = _same_on_both_sides(numbers, target.vocabulary.numbers)
    for lexicon in _surest([_translate(lexicon, numbers, target.vocabulary.numbers) for lexicon in lexicons]):
        table = table + lexicon
    known = np.bincount(table.indices, minlength=table.shape[1]) > 0
    # A unit whose translations stand nowhere in the source is known all the same, and stays unexplained.
    for _, columns, cells, _, _ in lexicons:
        known[_columns_with_rows(columns, cells, target.vocabulary.numbers)] = True
    background = _background(target, [(columns, seen) for _, columns, _, _, seen in lexicons])
    inverse = np.where(known, 1 / background, 0).astype(np.float32)
    projected = (_counts(source, phrases, len(numbers)) @ table).tocsr()
    return Explained(
        Rows(projected.indptr.astype(np.int64), projected.indices, projected.data),
        source.words + 1.0,
        Rows(target.starts, target.units, np.ones(len(target.units), np.float32)),
        inverse,
        np.where(target.is_number, NUMBER, np.where(target.is_name, NAME, 0)),
        _per_sentence(known, target),
        _per_sentence(np.log(np.maximum(inverse, 1.0)), target),
        _per_sentence(known & target.is_name, target),
    )


def _per_sentence(values: Array, side: Side) -> Array:
    """The sum of a value of each unit, over the units of each sentence."""
    return np.diff(np.r_[0, np.cumsum(values[side.units], dtype=np.float64)][side.starts]).astype(np.float32)


def _counts(side: Side, phrases: tuple[Array, Array], width: int) -> Any:
    """Sentences x units and phrases."""
    from scipy.sparse import csr_matrix

    sentences = len(side.starts) - 1
    rows = np.r_[np.repeat(np.arange(sentences), np.diff(side.starts)), phrases[0]]
    columns = np.r_[side.units, phrases[1]]
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(sentences, width))


def _phrases_in(side: Side, headwords: list[Sequence[str]], numbers: dict[str, int]) -> tuple[Array, Array]:
    """The lexicons' phrases in the sentences of a side, as rows and columns; their numbers are added to `numbers`."""
    phrases = dict.fromkeys(unit for units in headwords for unit in units if " " in unit)
    words = np.flatnonzero(side.is_word[side.units])
    rows = np.repeat(np.arange(len(side.starts) - 1), np.diff(side.starts))
    row, which, names = find_phrases(side.units[words], rows[words], phrases, side.vocabulary.numbers)
    first = len(numbers)
    numbers.update((name, first + k) for k, name in enumerate(names))
    return row, which + first


def _same_on_both_sides(rows: dict[str, int], columns: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    shared = [(k, columns[unit]) for unit, k in rows.items() if unit[0] in "@#=" and unit in columns]
    at = np.array(shared, dtype=np.int64).reshape(-1, 2)
    values = np.full(len(at), SAME, np.float32)
    return csr_matrix((values, (at[:, 0], at[:, 1])), shape=(len(rows), len(columns)))


def _translate(lexicon: tuple[Any, Any, Any, Array, Array], rows: dict[str, int], columns: dict[str, int]) -> Any:
    """A lexicon's table with the rows and columns of this collection."""
    from scipy.sparse import csr_matrix

    heads, targets, table, _, _ = lexicon
    row = np.array([rows.get(unit, -1) for unit in heads], dtype=np.int64)
    column = np.array([columns.get(unit, -1) for unit in targets], dtype=np.int64)
    cells = table.tocoo()
    keep = (row[cells.row] >= 0) & (column[cells.col] >= 0)
    at = row[cells.row[keep]], column[cells.col[keep]]
    return csr_matrix((cells.data[keep], at), shape=(len(rows), len(columns)), dtype=np.float32)


def _columns_with_rows(columns: Sequence[str], cells: Any, numbers: dict[str, int]) -> Array:
    """The target units of this collection that a lexicon's table can explain."""
    filled = np.unique(cells.indices).tolist()
    return np.array([numbers[columns[k]] for k in filled if columns[k] in numbers], dtype=np.int64)


def _surest(tables: list[Any]) -> list[Any]:
    """One table with the highest probability that any of them gives, if there are any."""
    if not tables:
        return []
    highest = tables[0]
    for table in tables[1:]:
        highest = highest.maximum(table)
    return [highest.tocsr()]


def _background(side: Side, lexicons: list[tuple[Sequence[str], Array]]) -> Array:
    """The share of each unit among running units, in the collection and in the text behind the lexicons."""
    counts = side.counts + 0.5
    for units, seen in lexicons:
        total = float(np.sum(seen))
        if total:
            known = [
                (side.vocabulary.numbers[unit], k) for k, unit in enumerate(units) if unit in side.vocabulary.numbers
            ]
            at = np.array(known, dtype=np.int64).reshape(-1, 2)
            counts[at[:, 0]] += np.asarray(seen)[at[:, 1]] * (BACKGROUND / total)
    return counts / counts.sum()
