"""Small string tools of the room: white space as a browser shows it, and keys for comparing."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.orthography import fold, normalize

_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,2}$")


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for tables of tags and names."""
    return frozenset(words.split())


def collapse(text: str) -> str:
    """White space as a browser shows it, and normal characters.

    >>> collapse("  Hà\\u00a0Nội\\n mùa\\u200b thu ")
    'Hà Nội mùa thu'
    """
    return " ".join(normalize(text).split())


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Letters and digits alone, without case and diacritics, for asking whether two names or titles are the same.

    >>> key("BÁO ĐIỆN TỬ Nhân Dân") == key("bao-dien-tu nhan dan")
    True
    """
    return _NOT_WORD.sub("", fold(text)).casefold()


def ends_sentence(text: str) -> bool:
    """Whether the text stops where a sentence stops.

    >>> ends_sentence("Ông nói: “Vâng.”"), ends_sentence("Hoài Thu")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text[-4:]))
