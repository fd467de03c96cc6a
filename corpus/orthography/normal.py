"""One spelling for what looks the same on the page: composition, spaces, line ends, the invisible, đ.

This is the only module of the room whose result becomes the text of an article. What a writer chose stays as
it is (hoà or hòa, “ or ", – or -); what only an encoder, a browser or a font chose is made uniform.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.orthography.letters import (
    ACUTE,
    BREVE,
    CIRCUMFLEX,
    GRAVE,
    HOOK,
    LETTER,
    LETTERS,
    TILDE,
    UPPER_LETTERS,
    VOWELS,
    has_vietnamese_letters,
)

# Characters that normalising never touches, alone or side by side: no combining mark, eth or odd space is
# among them. Nearly every line of a clean corpus is made of these; one match at memory speed settles it.
_CLEAN = re.compile(
    "[\t\n\\x20-\\x7e\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u0137\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u1ea0-\u1ef9\u2010-\u2027\u2030-\u205e\u20ab\u20ac\u2122\u2190-\u22ff]*"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Vertical tab and form feed end a line in old documents; taking them out would glue two words together.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u034f\u200b-\u200d\u2060-\u2064\ufeff"  # soft hyphen, joiners, zero-width spaces, byte order mark
    "\u061c\u180e\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"  # direction and annotation marks
    "\U000e0000-\U000e007f]"  # tags: a hidden copy of ASCII
)
_TONE_BEFORE_HAT = re.compile(f"(?<=[AaEeOo])([{GRAVE}{ACUTE}{TILDE}{HOOK}])([{CIRCUMFLEX}{BREVE}])")
_ETH = {ord("Ð"): "Đ", ord("ð"): "đ", ord("Ɖ"): "Đ", ord("ɖ"): "đ"}
_ETH_LETTER = re.compile("[ÐðƉɖ]")
# Icelandic and Faroese, which own the eth, never begin a word with it. A phonetic transcription (/ðen/) does.
_ETH_WORD = re.compile(rf"(?<!{LETTER})(?:[ÐƉ]|(?<![/\[])[ðɖ])(?=[{VOWELS}])(?=[{LETTERS}]{{1,11}}(?!{LETTER}))")
_ETH_ACRONYM = re.compile(rf"(?<!{LETTER})[{UPPER_LETTERS}]{{0,7}}[ÐƉ][{UPPER_LETTERS}ÐƉ]{{0,7}}(?!{LETTER})")


def normalize(text: str) -> str:
    r"""The same text in the one form this package stores: NFC, plain spaces and line ends, nothing invisible.

    - composed (NFC), also where a tone mark was typed before the circumflex or breve of its vowel;
    - Ð ð (eth) become Đ đ where the word is Vietnamese; the eth of Guðmundsson stays;
    - zero-width, soft-hyphen, direction and control characters go, tab and newline stay;
    - \r\n, \r, vertical tab, form feed, U+0085, U+2028 and U+2029 become \n, every other blank a space;
    - a surrogate pair becomes its character, a lone surrogate U+FFFD.

    Letters, quotes, dashes and the number of blanks stay as written. Idempotent; linear in the length.

    >>> normalize("Ðảng bộ tỉnh\u00a0Sơn\u200b La\r\n")
    'Đảng bộ tỉnh Sơn La\n'
    >>> normalize("Nghị quyết 182/NÐ-CP của UBKÐ"), normalize("Sigurður Guðmundsson")
    ('Nghị quyết 182/NĐ-CP của UBKĐ', 'Sigurður Guðmundsson')
    """
    if _CLEAN.fullmatch(text):
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_END.sub("\n", text)
    text = _ODD_SPACE.sub(" ", text)
    text = _compose(_INVISIBLE.sub("", text))
    return _restore_dstroke(text) if _ETH_LETTER.search(text) else text


def _compose(text: str) -> str:
    """NFC, after putting a circumflex or breve before the tone mark it follows.

    Old converters write o + grave + circumflex; Unicode ranks the two marks alike, so NFC alone would keep ò
    with a stray circumflex on top, which no Vietnamese reader can tell from ồ.
    """
    if CIRCUMFLEX in text or BREVE in text:
        text = _TONE_BEFORE_HAT.sub(r"\2\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", text)


def _restore_dstroke(text: str) -> str:
    """Eth (and African D) as đ: in words spelled like Vietnamese, then in acronyms of a Vietnamese text."""
    text = _ETH_WORD.sub(lambda m: m[0].translate(_ETH), text)
    if not has_vietnamese_letters(text):
        return text
    return _ETH_ACRONYM.sub(lambda m: m[0].translate(_ETH), text)
