"""How a side ends: with a full stop, on a word that cannot end a sentence, with a bracket still open."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

_CLOSING = " \t\n\"'”’»)]}*_`"
_FULL = ".!?…:;。！？"
_WORD = re.compile(r"[^\W\d_]+")
_PAIRS = ("()", "[]", "{}", "“”", "‘’", "«»")
_EVEN = ('"', "$", "`")
_INNER = re.compile(r"[.!?…][\"'”’)]{0,3}\s+(?=[^\W\d_a-z])|\n")
_LAST_WORDS = 60  # characters that hold them


class Ending(NamedTuple):
    """Whether a side ends with a mark that ends sentences, whether its last word calls for more, how many brackets
    and quotes are open, how many sentences end inside it, and how many commas it has."""

    full: bool
    dangling: bool
    open: int
    inner: int
    commas: int


def read_ending(text: str, lang: str) -> Ending:
    """
    >>> read_ending("Đoàn công tác của", "vi")
    Ending(full=False, dangling=True, open=0, inner=0, commas=0)
    >>> read_ending('He said: "It rains (a lot.', "en").open
    2
    """
    bare = text.rstrip(_CLOSING)
    full = bare[-1:] in _FULL and bare != ""
    dangling = bare[-1:] == "," or (bare[-1:].isalpha() and _last_word(bare) in _never_last(lang))
    opened = sum([text.count(mark) % 2 for mark in _EVEN])
    opened += sum([max(0, text.count(pair[0]) - text.count(pair[1])) for pair in _PAIRS if pair[0] in text])
    return Ending(full, dangling, opened, len(_INNER.findall(bare)), text.count(","))


def _last_word(text: str) -> str:
    words: list[str] = _WORD.findall(text[-_LAST_WORDS:].lower())
    return words[-1] if words else ""


@cache
def _never_last(lang: str) -> frozenset[str]:
    """Words that no sentence ends with."""
    lines = resources.files("corpus").joinpath(f"data/scoring/never_last_{lang}.txt").read_text("utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))
