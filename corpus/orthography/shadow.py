"""The shadow of a text: what is left when spelling habits are taken away. For comparing only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.orthography.normal import normalize
from corpus.orthography.tone import tone_key

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
_FANCY = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_REMEMBERED = 400
"""Characters: a line up to this long is asked about again and again, by every rule that compares it."""


def shadow(text: str) -> str:
    """Normalised, tone marks in one place, plain quotes and dashes, single spaces, no capitals.

    Two sentences with the same shadow differ only in habits of typing. Offsets do not carry over. Idempotent.

    >>> shadow("“Hoà  Bình” – TP. Thuý…")
    '"hòa bình" - tp. thúy...'
    >>> shadow("Sức khoẻ") == shadow("SỨC KHỎE")
    True
    """
    return _remembered(text) if len(text) <= _REMEMBERED else _shadow(text)


def _shadow(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    folded = tone_key(unicodedata.normalize("NFC", normalize(text).casefold()))
    if _FANCY.search(folded):  # most lines have none, and a table asks about every character
        folded = folded.translate(_PLAIN)
    return " ".join(folded.split())


_remembered = lru_cache(maxsize=4096)(_shadow)
