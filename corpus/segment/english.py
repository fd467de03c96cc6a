"""English by sacremoses: its list of non-breaking prefixes, and its tokeniser with every rewriting switched off."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def moses_prefixes() -> dict[str, frozenset[str]]:
    """The non-breaking prefixes of Moses as kinds of abbreviation; single letters are left to the rule for initials.

    >>> sorted(moses_prefixes()["Gov"]), sorted(moses_prefixes()["No"])
    (['name'], ['number'])
    """
    from sacremoses.corpus import NonbreakingPrefixes

    kinds = {}
    for entry in NonbreakingPrefixes().words("en"):
        form, _, numeric_only = entry.partition(" ")
        if len(form) > 1:
            kinds[form] = frozenset({"number" if numeric_only else "name"})
    return kinds


@cache
def _tokenize() -> Callable[..., list[str]]:
    """The tokeniser's own function; loaded once in a process, at the first sentence."""
    from sacremoses import MosesTokenizer

    tokenizer = MosesTokenizer(lang="en")
    # Its own tests build a set of all letters of Unicode at each call, a millisecond for every "U.S." in a text.
    tokenizer.isanyalpha = frozenset(tokenizer.IsAlpha).intersection
    tokenizer.islower = frozenset(tokenizer.IsLower).issuperset
    tokenize: Callable[..., list[str]] = tokenizer.tokenize
    return tokenize


def words(text: str) -> list[str]:
    """The tokens that sacremoses finds in a stretch of a sentence.

    >>> words("Mr. Lan didn't pay $1,000 & left.")
    ['Mr.', 'Lan', 'didn', "'t", 'pay', '$', '1,000', '&', 'left', '.']
    """
    return _tokenize()(text, escape=False)
