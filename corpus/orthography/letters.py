"""The letters that written Vietnamese uses beyond ASCII, and how a vowel letter and its tone mark combine.

Vietnamese writes twelve vowel letters (a ă â e ê i o ô ơ u ư y), each bare or with one of five tone marks,
and đ for the consonant. Everything else in this room is built from these three facts.
"""

from __future__ import annotations

import re
import unicodedata

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
CIRCUMFLEX, BREVE = "\u0302", "\u0306"
TONE_MARKS = GRAVE + HOOK + TILDE + ACUTE + DOT
PLAIN_VOWELS = "aăâeêioôơuưy"


def with_tone(vowel: str, mark: str) -> str:
    """The vowel letter carrying the tone mark, as one code point.

    >>> with_tone("ê", ACUTE), with_tone("A", DOT)
    ('ế', 'Ạ')
    """
    return unicodedata.normalize("NFC", vowel + mark)


LOWER_VOWELS = PLAIN_VOWELS + "".join(with_tone(v, m) for v in PLAIN_VOWELS for m in TONE_MARKS)
VOWELS = LOWER_VOWELS + LOWER_VOWELS.upper()
"""Every vowel letter, with and without tone, in both cases."""

UPPER_LETTERS = "BCDĐGHKLMNPQRSTVX" + LOWER_VOWELS.upper()
LETTERS = UPPER_LETTERS + UPPER_LETTERS.lower()
"""The Vietnamese alphabet with its toned vowels: no f, j, w, z."""

LETTER = r"[^\W\d_]"
"""A regular expression for one letter of any script."""

# French, Portuguese, Spanish and Italian share these with Vietnamese, so they prove nothing.
_SHARED = "àáâãèéêìíòóôõùúý"
_OWN = "".join(sorted({c for c in LETTERS if not c.isascii()} - set(_SHARED + _SHARED.upper())))
_OWN_LETTER = re.compile(f"[{_OWN}]")


def has_vietnamese_letters(text: str) -> bool:
    """Whether `text` (NFC) holds a letter that the Romance languages do not share: ă, đ, ơ, ư, a hook, a dot
    below ...

    One such letter is strong evidence, not proof: Romanian writes ă, Croatian đ.

    >>> has_vietnamese_letters("Tỉnh Sơn La"), has_vietnamese_letters("déjà vu à São Paulo")
    (True, False)
    """
    return not text.isascii() and _OWN_LETTER.search(text) is not None
