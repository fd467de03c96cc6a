"""The way back: text as a legacy encoding would show it. Accidents on purpose, for tests and measuring."""

from __future__ import annotations

import unicodedata
from functools import cache

from corpus.encoding.tables import C1_AS_CP1252, data_lines

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def legacy_bytes(name: str, text: str) -> bytes:
    """NFC text in a legacy encoding of NAMES. TCVN3 has no toned capitals and takes the small letter.

    Raises UnicodeEncodeError for a character that the encoding does not have.

    >>> legacy_bytes("tcvn3", "Việt Nam"), as_cp1252(legacy_bytes("vni", "Tiếng Việt"))
    (b'Vi\\xd6t Nam', 'Tieáng Vieät')
    """
    if name == "vni":
        letters = _vni_letters()
        return "".join(letters.get(char, char) for char in text).encode("cp1252")
    if name == "cp1258":
        return "".join(map(_tone_apart, text)).encode("cp1258")
    codes = _codes(name)
    data = bytearray()
    for at, char in enumerate(text):
        code = codes.get(char, codes.get(char.lower()))
        if code is None:
            raise UnicodeEncodeError(name, text, at, at + 1, "no code for this character")
        data.append(code)
    return bytes(data)


def as_cp1252(data: bytes) -> str:
    """Bytes as windows-1252 shows them, its five undefined bytes as C1 controls."""
    return data.decode("latin-1").translate(C1_AS_CP1252)


@cache
def _codes(name: str) -> dict[str, int]:
    rows = [line.split(" ") for line in data_lines(f"{name}.txt") if not line.startswith("U+")]
    own = {letter: int(code, 16) for code, letter in rows}
    punctuation = {char: byte for byte, char in C1_AS_CP1252.items() if byte not in own.values()}
    return {chr(code): code for code in range(0x20, 0x7F)} | {"\t": 9, "\n": 10, "\r": 13} | punctuation | own


@cache
def _vni_letters() -> dict[str, str]:
    letters = {letter: shown for shown, letter in (line.split(" ") for line in data_lines("vni.txt"))}
    return letters | {letter.upper(): shown.upper() for letter, shown in letters.items()}


def _tone_apart(char: str) -> str:
    """A letter and its tone as two characters, as the Vietnamese keyboard of Windows types them."""
    marks = unicodedata.normalize("NFD", char)
    base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return base + "".join(mark for mark in marks if mark in _TONES)
