"""One side of all rows, text by text: what may leak from one split into another.

For leakage a text is taken with all numbers as one: who has seen "Giá vàng hôm nay 55 triệu" in training knows how to
translate the same with 56. A generic text, as "Xin cảm ơn." or "Điều 5", is a copy of its literal equal only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.curation.shingles import PackedSets, is_generic, mask_numbers, shingle_set, words
from corpus.orthography import shadow

NEAR = 0.7
"""Jaccard similarity from which a text is a near copy for leakage."""
STOCK = 10
"""A text with more carriers than this is a stock phrase: it says nothing of where its carriers come from."""


@dataclass(frozen=True)
class Side:
    """The distinct texts of a side, sorted; `text_of` has the index of each row's text, -1 where the side is empty.

    `sets` are the shingles by which near copies are found, empty for a generic text.
    """

    text_of: list[int]
    sets: PackedSets


def read_side(texts: Iterable[str]) -> Side:
    """The side of rows in their order.

    >>> side = read_side(["Giá vàng hôm nay 55 triệu", "Giá vàng hôm nay: 56 triệu.", "Xin cảm ơn.", "xin cảm ơn", ""])
    >>> side.text_of, [len(shingles) for shingles in side.sets]
    ([0, 0, 1, 1, -1], [11, 0])
    """
    keys = [leak_key(text) for text in texts]
    distinct = sorted(set(keys) - {""})
    places = {key: place for place, key in enumerate(distinct)}
    sets = PackedSets(frozenset() if is_generic(key.split()) else shingle_set(key.split()) for key in distinct)
    return Side([places.get(key, -1) for key in keys], sets)


def leak_key(text: str) -> str:
    """The words, with numbers as `0` unless the text is generic; the shadow of a text without words.

    >>> leak_key("Ngày 2/9, cả nước nghỉ lễ."), leak_key("Điều 5."), leak_key("***")
    ('ngày 0 cả nước nghỉ lễ', 'điều 5', '***')
    """
    found = words(text)
    return " ".join(found if is_generic(found) else mask_numbers(found)) or shadow(text)
