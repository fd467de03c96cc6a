"""English words and their regular forms: how likely a word is, traced to the word it is made from."""

from __future__ import annotations

import math
from collections.abc import Iterator

from corpus.language.tables import english_words

_ENDINGS = {  # by last letter: an ending, and what may stand in its place in the base form
    "d": (("ied", ("y",)), ("ed", ("", "e"))),
    "g": (("ing", ("", "e")),),
    "l": (("ful", ("",)),),
    "r": (("ier", ("y",)), ("er", ("", "e"))),
    "s": (
        ("'s", ("",)), ("’s", ("",)), ("s'", ("s",)), ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)),
        ("iness", ("y",)), ("ness", ("",)), ("less", ("",)),
    ),
    "t": (("iest", ("y",)), ("est", ("", "e"))),
    "y": (("ily", ("y",)), ("ly", ("", "le"))),
}  # fmt: skip
_DOUBLING = ("ed", "ing", "er", "est")  # stop, stopped
_LEAST_STEM, _LEAST_PART = 3, 4
_INFLECTED = math.log(0.25)  # an inflected form against its base form
_COMPOUND = math.log(0.02)  # boatyard against the rarer of boat and yard


def english_word(word: str) -> float | None:
    """ln P(word) in English, or None for a word (lower case) that is neither known nor made of known ones.

    >>> english_word("the") > english_word("walk") > english_word("strolled") > english_word("boatyard")
    True
    >>> english_word("straße") is None
    True
    """
    table = english_words()
    known = table.get(word)
    if known is not None or len(word) <= _LEAST_STEM:
        return known
    bases = [table[base] for base in _base_forms(word) if base in table]
    if bases:
        return max(bases) + _INFLECTED
    cuts = range(_LEAST_PART, len(word) - _LEAST_PART + 1)
    halves = [(word[:cut], word[cut:]) for cut in cuts]
    rarer = [min(table[first], table[last]) for first, last in halves if first in table and last in table]
    return max(rarer) + _COMPOUND if rarer else None


def _base_forms(word: str) -> Iterator[str]:
    """What a word may be an inflection of, right or wrong: stopped -> stopp, stoppe, stop."""
    for ending, replacements in _ENDINGS.get(word[-1], ()):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _LEAST_STEM:
            continue
        yield from (stem + replacement for replacement in replacements)
        if ending in _DOUBLING and stem[-1] == stem[-2]:
            yield stem[:-1]
    if word.startswith(("un", "re")) and len(word) > 2 + _LEAST_STEM:
        yield word[2:]
