"""One side of all rows, text by text: what may leak from one split into another.

For leakage a text is taken with all numbers as one: who has seen "Giá vàng hôm nay 55 triệu" in training knows how to
translate the same with 56. A generic text, as "Xin cảm ơn." or "Điều 5", is a copy of its literal equal only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.curation.packed import PackedSets
from corpus.curation.shingles import words
from corpus.curation.sketches import LEAK_THRESHOLD, MemoryGroup, SketchTable, leak_words, sketch_texts
from corpus.orthography import shadow

Array = Any

NEAR = LEAK_THRESHOLD
"""Jaccard similarity from which a text is a near copy for leakage."""
STOCK = 10
"""A text with more carriers than this is a stock phrase: it says nothing of where its carriers come from."""


@dataclass(frozen=True)
class Side:
    """The distinct texts of a side; `text_of` has the number of each row's text, -1 where the side is empty.

    `first` has for each text a row of `table` that says it, `tells` whether the text has shingles by which near
    copies are found: a generic text has none.
    """

    table: SketchTable
    name: str
    text_of: Array
    first: Array
    tells: Array

    def bands(self, texts: Array) -> Array:
        """The keys of the bands of some texts."""
        return self.table.columns(f"{self.name}_bands")[0][self.first[texts]]

    def sets(self, texts: Array) -> PackedSets:
        """The sets of some texts, in their order."""
        return self.table.sets(f"{self.name}_leaks", self.first[texts])

    def each_sets(self, texts: Array) -> Iterator[tuple[Array, PackedSets]]:
        """The sets of some texts group by group, with the texts they are of."""
        import numpy as np

        ordered = texts[np.argsort(self.first[texts], kind="stable")]
        for part, sets in self.table.each_sets(f"{self.name}_leaks", self.first[ordered]):
            yield ordered[part], sets


def side_of(table: SketchTable, name: str, rows: Array) -> Side:
    """The side of some rows of a table, in their order."""
    import numpy as np

    leak, tells = (column[rows] for column in table.columns(f"{name}_leak", f"{name}_tells"))
    distinct, first, text_of = np.unique(leak, return_index=True, return_inverse=True)
    # The hash of no text is 0, so it comes first.
    empty = int(len(distinct) > 0 and distinct[0] == 0)
    return Side(table, name, text_of - empty, rows[first[empty:]], tells[first[empty:]])


def read_side(texts: Iterable[str]) -> Side:
    """The side of rows in their order.

    >>> side = read_side(["Giá vàng hôm nay 55 triệu", "Giá vàng hôm nay: 56 triệu.", "Xin cảm ơn.", "xin cảm ơn", ""])
    >>> gold, thanks = side.text_of[[0, 2]]
    >>> side.text_of.tolist() == [gold, gold, thanks, thanks, -1], side.tells[[gold, thanks]].tolist()
    (True, [True, False])
    """
    import numpy as np

    given = list(texts)
    columns, _ = sketch_texts(given)
    table = SketchTable([MemoryGroup({f"text_{name}": column for name, column in columns.items()})])
    return side_of(table, "text", np.arange(len(given)))


def leak_key(text: str) -> str:
    """The words, with numbers as `0` unless the text is generic; the shadow of a text without words.

    >>> leak_key("Ngày 2/9, cả nước nghỉ lễ."), leak_key("Điều 5."), leak_key("***")
    ('ngày 0 cả nước nghỉ lễ', 'điều 5', '***')
    """
    return " ".join(leak_words(words(text))) or shadow(text)
