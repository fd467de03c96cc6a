"""A glance never hides a match: whatever a pattern that ignores case finds, the glance lets through."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.orthography.glance import glance

PIECES = st.text("isk bấảđ.", min_size=1, max_size=4)
TEXTS = st.text("isk bấảđ.ISKBẤẢĐİıſ\u212a\u0307x", max_size=30)


@given(st.lists(PIECES, min_size=1, max_size=4), TEXTS)
def test_what_the_pattern_finds_the_glance_lets_through(pieces: list[str], text: str) -> None:
    found = re.search("|".join(map(re.escape, pieces)), text, re.IGNORECASE)
    assert found is None or glance(*pieces)(text)


@given(st.lists(PIECES, min_size=1, max_size=4), st.text("xyz", max_size=30))
def test_a_text_without_any_letter_of_the_pieces_fails(pieces: list[str], text: str) -> None:
    assert not glance(*pieces)(text)
