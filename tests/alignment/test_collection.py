"""A part of a collection is the collection of that part, and beads stay as small as they are asked to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment.arcs import connect
from corpus.alignment.collection import Collection, collect

SENTENCES = st.lists(
    st.sampled_from(["Hà Nội mưa to.", "Có 1.200 hộ.", "Rain in Hanoi?", "…", "React (batch)"]), max_size=4
)
DOCUMENTS = st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=5)


def contents(collection: Collection) -> list[object]:
    """What a collection says, whatever numbers its vocabularies gave to the units."""
    said: list[object] = []
    for side in (collection.vi, collection.en):
        names = list(side.vocabulary.numbers)
        said.append([names[unit] for unit in side.units.tolist()])
        columns = (side.starts, side.lengths, side.last, side.inner_ends, side.marks, side.offsets)
        said += [np.asarray(column).tolist() for column in columns]
    return said


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.data())
def test_a_part_of_a_collection_is_the_collection_of_that_part(
    documents: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    chosen = sorted(data.draw(st.sets(st.integers(0, len(documents) - 1), min_size=1)))
    assert contents(collect(documents).part(chosen)) == contents(collect([documents[k] for k in chosen]))


def test_marks_are_counted_by_class() -> None:
    side = collect([(["“Có”, (không): thế à?", "không"], [])]).vi
    assert side.marks.tolist() == [[1, 2, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0]]


@pytest.mark.parametrize("largest", [2, 3, 6])
def test_no_arc_is_larger_than_asked(largest: int) -> None:
    lattice, kinds = connect([np.ones((5, 6), dtype=bool)], largest)
    assert int((lattice.a + lattice.b).max()) == largest
    assert len(kinds) == len(lattice.a)
