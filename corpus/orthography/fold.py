"""Letters without their diacritics, and the capitalised names that are worth comparing that way.

English writing about Vietnam drops the diacritics of names (Hoang Quoc Khanh) and joins some (Hanoi). Folding
a whole text would instead make ma, mã, mạ and má one word and to, tô and tố another, which English has too:
fold names only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from itertools import dropwhile
from typing import NamedTuple

from corpus.orthography.letters import LETTER, UPPER_LETTERS

_MARK = re.compile("[\u0300-\u036f]+")
# Not letter plus mark for Unicode, though they are for a reader who has only ASCII.
_STROKED = {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}


class _Folding(dict[int, str]):
    """A table for `str.translate` that works a letter out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        self[code] = _STROKED.get(letter) or (base if base.isascii() and base.isalpha() else letter)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` with bare Latin letters: no tone, no hat, no stroke. Other scripts are left alone.

    Case stays. On NFC text without stray combining marks the length stays too.

    >>> fold("Nguyễn Văn Thông, Đà Nẵng")
    'Nguyen Van Thong, Da Nang'
    """
    if text.isascii():
        return text
    return _MARK.sub("", unicodedata.normalize("NFC", text).translate(_FOLDING))


class Name(NamedTuple):
    """A capitalised sequence: `text[start:end]`, and its words folded and lower-cased."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words in one piece, so that Hà Nội and Hanoi meet."""
        return "".join(self.words)


_UPPER = rf"[A-ZÀ-ÖØ-Þ{UPPER_LETTERS}]"
_CAPITALISED = rf"{_UPPER}{LETTER}*(?:['’]{LETTER}+)?"
_SEQUENCE = re.compile(rf"(?<![\w'’]){_CAPITALISED}(?:[ -]{_CAPITALISED})*")
_WORD = re.compile(r"[^ -]+")
_SENTENCE_START = re.compile(r"(?:(?:^|[.!?:;…\n])[\s\"'“”‘’«»()\[\]–-]{0,8}|[“‘«])\Z")
# No Vietnamese syllable is among them.
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "madam", "comrade"))
_HEADLINE_WORDS = 4  # more words than this in capitals are a shouted headline, in which names cannot be told


@cache
def _openers() -> frozenset[str]:
    """Words that open a sentence or precede a name without being part of it, in lower case."""
    lines = resources.files("corpus").joinpath("data/orthography/name_openers.txt").read_text("utf-8").split("\n")
    return _TITLES | {line.casefold() for line in lines if line and not line.startswith("#")}


def _words_of_name(sequence: str, before: frozenset[str]) -> list[re.Match[str]]:
    """The words of a capitalised sequence, less those at its head that stand before names."""
    return list(dropwhile(lambda word: word[0].casefold() in before, _WORD.finditer(sequence)))


def find_names(text: str) -> list[Name]:
    """The capitalised sequences of `text` in order, for comparing names across the two languages.

    A word that is capitalised only because it opens a sentence is left out where that can be told: a single
    word there, and function words and forms of address in front of a name.

    >>> [n.words for n in find_names("Đồng chí Hoàng Quốc Khánh ở Hà Nội.")]
    [('hoang', 'quoc', 'khanh'), ('ha', 'noi')]
    >>> find_names("Hà Nội mưa.")[0].key == find_names("It rains in Hanoi.")[0].key
    True
    """
    names = []
    for match in _SEQUENCE.finditer(text):
        opens = _SENTENCE_START.search(text, max(0, match.start() - 12), match.start()) is not None
        words = _words_of_name(match[0], _openers() if opens else _TITLES)
        if not words or (len(words) > _HEADLINE_WORDS and match[0].isupper()):
            continue
        start = match.start() + words[0].start()
        if opens and start == match.start() and len(words) == 1 and not words[0][0].isupper():
            continue
        names.append(Name(start, match.end(), tuple(fold(w[0]).casefold() for w in words)))
    return names
