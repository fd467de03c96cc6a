"""Where the tone mark stands: hoà or hòa, thuý or thúy - two spellings of one word.

Both placements are taught and printed. An open syllable in oa, oe or uy takes its mark on the first of the
two letters (hòa, khỏe, thúy) or on the second (hoà, khoẻ, thuý); with a final consonant or a third vowel
letter there is only one way (hoàn, ngoài, huỳnh). The Ministry of Education's decision 1989/QĐ-BGDĐT of 2018
still allows both.
"""

from __future__ import annotations

import re

from corpus.orthography.letters import LETTER, PLAIN_VOWELS, TONE_MARKS, with_tone

_PLAIN = PLAIN_VOWELS + PLAIN_VOWELS.upper()


def _both_cases(first: str, second: str) -> list[tuple[str, str]]:
    return [(a, b) for a in (first, first.upper()) for b in (second, second.upper())]


def _second_to_first() -> dict[str, str]:
    """oà -> òa and its like, for three finals, five tones and four ways to write capitals."""
    pairs = [pair for final in ("oa", "oe", "uy") for pair in _both_cases(final[0], final[1])]
    return {a + with_tone(b, mark): with_tone(a, mark) + b for a, b in pairs for mark in TONE_MARKS}


def _first_to_second() -> dict[str, str]:
    """úy -> uý and its like after q, ía -> iá after g: there the u or i belongs to the consonant."""
    pairs = [pair for glide in "ui" for vowel in PLAIN_VOWELS for pair in _both_cases(glide, vowel)]
    return {with_tone(a, mark) + b: a + with_tone(b, mark) for a, b in pairs for mark in TONE_MARKS}


_MOVES = _second_to_first() | _first_to_second()
_TONED = {v: "".join(with_tone(c, mark) for c in (v, v.upper()) for mark in TONE_MARKS) for v in "aeiuy"}
# One class of first letters, then what must stand around them: a search for a class is fast.
_MISPLACED = re.compile(
    rf"[oOuU{_TONED['u']}{_TONED['i']}](?:"
    rf"(?<=[oO])[{_TONED['a']}{_TONED['e']}]|(?<=[uU])(?<![qQ].)[{_TONED['y']}]"
    rf"|(?<=[qQ][{_TONED['u']}])[{_PLAIN}]|(?<=[gG][{_TONED['i']}])[{_PLAIN}])(?!{LETTER})"
)


def tone_key(text: str) -> str:
    """The text with every open oa, oe, uy marked on its first letter, so that both spellings compare equal.

    After q and g the glide never carries the mark, so quý and qúy both give quý, and già stays già. Expects
    NFC and keeps its length: offsets hold. For comparing only; what an article shows is its own spelling.

    >>> tone_key("Khánh Hoà, HOẠ SĨ, sức khoẻ, thuý"), tone_key("qúy")
    ('Khánh Hòa, HỌA SĨ, sức khỏe, thúy', 'quý')
    >>> tone_key("hoàn toàn, ngoài, quý, già") == "hoàn toàn, ngoài, quý, già"
    True
    """
    if text.isascii():
        return text
    return _MISPLACED.sub(lambda match: _MOVES[match[0]], text)
