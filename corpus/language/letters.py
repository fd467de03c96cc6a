"""How English a string of letters looks, and how much like some other language in Latin letters.

Two letter trigram models over a-z, "any other letter" and the edge of a word. The one for other languages
pools thirty of them and is open to strange strings; the difference of the two log-probabilities is the
evidence of a word's letters.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

SYMBOLS = "abcdefghijklmnopqrstuvwxyz# "
_FOREIGN_LETTER = re.compile(r"[^a-z ]")
MAX_LETTERS = 40  # longer strings are not words; their first letters say enough


def symbols(word: str) -> str:
    """The word over the alphabet of the models: a letter outside a-z is "#".

    >>> symbols("Forêt"), symbols("isn't")
    ('for#t', 'isn#t')
    """
    lower = word.lower()
    return lower if lower.isascii() and lower.isalpha() else _FOREIGN_LETTER.sub("#", lower)


@cache
def _trigrams() -> dict[str, tuple[float, float]]:
    """Three symbols -> ln P of the third after the other two, in English and in the others."""
    table = {}
    text = resources.files("corpus").joinpath("data/language/letters.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if "\t" not in line:  # the head of the file
            continue
        context, cells = line.replace("_", " ").split("\t")
        for third, cell in zip(SYMBOLS, cells.split(" "), strict=True):
            english, other = cell.split(",")
            table[context + third] = int(english) / -10, int(other) / -10
    return table


def letter_log_probs(word: str) -> tuple[float, float]:
    """ln P(word) by its letters, as (English, other languages). Pure; the word in lower case.

    >>> english, other = letter_log_probs("strengthening")
    >>> english > other
    True
    >>> english, other = letter_log_probs("pravičnost")
    >>> english > other
    False
    """
    trigrams = _trigrams()
    padded = f"  {symbols(word[:MAX_LETTERS])} "
    english = other = 0.0
    for start in range(len(padded) - 2):
        in_english, in_other = trigrams[padded[start : start + 3]]
        english += in_english
        other += in_other
    return english, other
