"""Several lexicons as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.lexicon.lexicon import Lexicon

Array = Any


def merge_lexicons(lexicons: Sequence[Lexicon]) -> Lexicon:
    """One lexicon that holds the translations of all, each with the highest probability any gives it.

    Counts add up. The order does not matter, except for the order of units.

    >>> from corpus.lexicon.lexicon import from_entries
    >>> from corpus.lexicon.read import Entry
    >>> both = merge_lexicons([from_entries([Entry("mưa", ("rain",))]), from_entries([Entry("gió", ("wind",))])])
    >>> both.translations("mưa"), both.translations("gió")
    ([('rain', 0.3)], [('wind', 0.3)])
    """
    vi = {unit: k for k, unit in enumerate(dict.fromkeys(unit for lexicon in lexicons for unit in lexicon.vi))}
    en = {unit: k for k, unit in enumerate(dict.fromkeys(unit for lexicon in lexicons for unit in lexicon.en))}
    return Lexicon(
        list(vi), list(en),
        _highest([(x.forward, x.vi, x.en) for x in lexicons], vi, en),
        _highest([(x.backward, x.en, x.vi) for x in lexicons], en, vi),
        _add([(x.counts_vi, x.vi) for x in lexicons], vi),
        _add([(x.counts_en, x.en) for x in lexicons], en),
    )  # fmt: skip


def _highest(
    tables: list[tuple[Any, Sequence[str], Sequence[str]]], rows: dict[str, int], columns: dict[str, int]
) -> Any:
    from scipy.sparse import csr_matrix

    merged = csr_matrix((len(rows), len(columns)), dtype=np.float32)
    for table, heads, targets in tables:
        cells = table.tocoo()
        row = np.array([rows[unit] for unit in heads], np.int64)[cells.row]
        column = np.array([columns[unit] for unit in targets], np.int64)[cells.col]
        merged = merged.maximum(csr_matrix((cells.data, (row, column)), shape=merged.shape))
    return merged.tocsr()


def _add(counts: list[tuple[Array, Sequence[str]]], units: dict[str, int]) -> Array:
    total = np.zeros(len(units))
    for seen, names in counts:
        total[[units[name] for name in names]] += np.asarray(seen)
    return total
