"""The shadow of a text: what is left when spelling habits are taken away. For comparing only."""

from __future__ import annotations

import unicodedata

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


def shadow(text: str) -> str:
    """Normalised, tone marks in one place, plain quotes and dashes, single spaces, no capitals.

    Two sentences with the same shadow differ only in habits of typing. Offsets do not carry over. Idempotent.

    >>> shadow("“Hoà  Bình” – TP. Thuý…")
    '"hòa bình" - tp. thúy...'
    >>> shadow("Sức khoẻ") == shadow("SỨC KHỎE")
    True
    """
    folded = unicodedata.normalize("NFC", normalize(text).casefold())
    return " ".join(tone_key(folded).translate(_PLAIN).split())
