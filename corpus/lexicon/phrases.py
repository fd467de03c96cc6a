"""Finding the phrases of a lexicon in running text, all of them at once.

The phrases are a tree of words; each position of the text walks down it, one word a step, all positions together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

Array = Any


def find_phrases(
    words: Array, rows: Array, phrases: Iterable[str], numbers: Mapping[str, int]
) -> tuple[Array, Array, list[str]]:
    """Where the phrases stand: the row of each find, which phrase it is, and the phrases that were found at all.

    `words` are the words of a text as numbers and `rows` their sentences; `numbers` gives the number of a word, and
    `phrases` are words joined by spaces. Phrases may overlap; each is found.

    >>> numbers = {"công": 0, "an": 1, "nhân": 2, "dân": 3}
    >>> phrases = ["công an", "nhân dân", "công an nhân dân", "an ninh"]
    >>> rows, which, names = find_phrases(np.array([0, 1, 2, 3]), np.zeros(4, int), phrases, numbers)
    >>> [names[k] for k in which]
    ['công an', 'nhân dân', 'công an nhân dân']
    """
    keys, ends, names = _tree(phrases, numbers)
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), []
    base = len(numbers) + 1
    sorted_keys = np.array(sorted(keys), dtype=np.int64)
    states = np.array([keys[key] for key in sorted_keys.tolist()], dtype=np.int64)
    at: Array = np.arange(len(words))
    state: Array = np.zeros(len(words), np.int64)
    found_rows, found = [], []
    for step in range(max(name.count(" ") for name in names) + 1):
        inside = at + step < len(words)
        at, state = at[inside], state[inside]
        wanted = state * base + words[at + step]
        place = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
        goes_on = (sorted_keys[place] == wanted) & (rows[at + step] == rows[at])
        at, state = at[goes_on], states[place[goes_on]]
        complete = ends[state] >= 0
        found_rows.append(rows[at[complete]])
        found.append(ends[state[complete]])
    return np.concatenate(found_rows), np.concatenate(found), names


def _tree(phrases: Iterable[str], numbers: Mapping[str, int]) -> tuple[dict[int, int], Array, list[str]]:
    """Transitions `state * base + word -> state`, the phrase that ends in each state (-1: none), and their names."""
    base = len(numbers) + 1
    keys: dict[int, int] = {}
    ends = [-1]
    names: list[str] = []
    for phrase in phrases:
        words = phrase.split(" ")
        path = [numbers.get(word) for word in words]
        if len(path) < 2 or None in path:
            continue
        state = 0
        for word in path:
            key = state * base + int(word or 0)
            if key not in keys:
                keys[key] = len(ends)
                ends.append(-1)
            state = keys[key]
        if ends[state] < 0:
            ends[state] = len(names)
            names.append(phrase)
    return keys, np.array(ends), names
