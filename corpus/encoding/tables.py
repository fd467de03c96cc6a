"""The legacy code tables of Vietnamese, and how text that shows their bytes is read.

A legacy table is applied to *shown* text: text whose characters are the bytes of the old encoding as
Latin-1 or windows-1252 displays them. That is what an old converter leaves behind, and what
`bytes.decode("latin-1")` gives, so one reading serves files of bytes and mojibake alike. The tables stand
in `data/encoding/`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NAMES = ("tcvn3", "vni", "cp1258", "viscii", "tcvn-5712-1")
ALIASES = {
    "abc": "tcvn3", "tcvn": "tcvn-5712-1", "tcvn5712": "tcvn-5712-1", "tcvn57121": "tcvn-5712-1",
    "xviettcvn": "tcvn-5712-1", "xviettcvn5712": "tcvn-5712-1", "viscii11": "viscii", "csviscii": "viscii",
    "xviscii": "viscii", "xvni": "vni", "vniwindows": "vni", "windows1258": "cp1258", "xcp1258": "cp1258",
}  # fmt: skip
C1_AS_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}

# A minus, a bullet or a quote that stands alone is itself, though inside a word TCVN3 shows a letter by it.
_LONE_SIGN = re.compile("(?<![^\\s\\d(])([\u00b7\u00bb\u2010\u2212\u2219\u22c5])(?![^\\s\\d)])")


def data_lines(name: str) -> list[str]:
    """The lines of a table in `data/encoding/`, comments and blank lines left out."""
    text = (files("corpus") / "data" / "encoding" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@dataclass(frozen=True)
class Legacy:
    """One legacy encoding: how it reads shown text, and what it can never have shown."""

    name: str
    substitute: Callable[[str], str]
    cannot_show: Callable[[str], bool]  # of a word: whether it holds a letter that no byte is shown as

    def read(self, shown: str) -> str:
        """The Vietnamese text behind shown text, in NFC.

        >>> legacy("tcvn3").read("Céng hoµ x· héi chñ nghÜa ViÖt Nam")
        'Cộng hoà xã hội chủ nghĩa Việt Nam'
        >>> legacy("vni").read("UÛY BAN NHAÂN DAÂN TÆNH"), legacy("cp1258").read("Tiêìng Viêòt")
        ('ỦY BAN NHÂN DÂN TỈNH', 'Tiếng Việt')
        """
        return unicodedata.normalize("NFC", self.substitute(shown))


@cache
def legacy(name: str) -> Legacy:
    """The legacy encoding of one of NAMES."""
    if name == "vni":
        return _vni()
    table, aliases = (_cp1258(), {}) if name == "cp1258" else _byte_table(name)
    mapping = {ord(char): letter for char, letter in (_both_views(table) | aliases).items()}

    def cannot_show(word: str) -> bool:
        return any(char > "\x7f" and ord(char) not in mapping and char.isalpha() for char in word)

    def substitute(shown: str) -> str:
        if name != "tcvn3" or not _LONE_SIGN.search(shown):
            return shown.translate(mapping)
        parts = _LONE_SIGN.split(shown)  # odd places hold the signs
        parts[::2] = [part.translate(mapping) for part in parts[::2]]
        return "".join(parts)

    return Legacy(name, substitute, cannot_show)


def legacy_name(label: str) -> str | None:
    """The name in NAMES that a declared charset label means, or None.

    >>> legacy_name("TCVN-5712-1"), legacy_name("x-viet-tcvn"), legacy_name("utf-8")
    ('tcvn-5712-1', 'tcvn-5712-1', None)
    """
    key = re.sub(r"[^a-z0-9]", "", label.lower())
    plain = {re.sub(r"[^a-z0-9]", "", name): name for name in NAMES}
    return plain.get(key) or ALIASES.get(key)


def _byte_table(name: str) -> tuple[dict[int, str], dict[str, str]]:
    """A table file: byte -> letter, and the characters that some programs show for a byte -> letter."""
    table, aliases = {}, {}
    for line in data_lines(f"{name}.txt"):
        code, letter = line.split(" ")
        if code.startswith("U+"):
            aliases[_character(code)] = _character(letter)
        else:
            table[int(code, 16)] = _character(letter)
    return table, aliases


def _character(field: str) -> str:
    return chr(int(field[2:], 16)) if field.startswith("U+") else field


def _cp1258() -> dict[int, str]:
    decoded = ((byte, bytes([byte]).decode("cp1258", "ignore")) for byte in range(0x80, 0x100))
    return {byte: char for byte, char in decoded if char}


def _both_views(table: dict[int, str]) -> dict[str, str]:
    """A byte table keyed by how Latin-1 and how windows-1252 show each byte; bytes 80-9F that the table
    leaves free keep the punctuation of windows-1252."""
    views = {}
    for byte, punctuation in C1_AS_CP1252.items():
        views[chr(byte)] = punctuation
        if byte in table:
            views[punctuation] = table[byte]
    return views | {chr(byte): letter for byte, letter in table.items()}


def _vni_readings() -> dict[str, str]:
    """One or two shown characters -> letter; either may be a capital, the first decides the case."""
    letters = dict(line.split(" ") for line in data_lines("vni.txt"))
    readings = {}
    for shown, letter in letters.items():
        for second in {shown[1:], shown[1:].upper()}:
            readings[shown[0] + second] = letter
            readings[shown[0].upper() + second] = letter.upper()
    return readings


def _vni() -> Legacy:
    """Pairs first, then the letters with a code of their own."""
    readings = _vni_readings()
    seconds = "".join(sorted({shown[1] for shown in readings if len(shown) == 2}))
    singles = "".join(sorted(shown for shown in readings if len(shown) == 1))
    pattern = re.compile(f"[AaEeOoUuYyÔôÖö][{seconds}]|[{singles}]")

    def letter_of(match: re.Match[str]) -> str:
        shown = match.group()
        return readings.get(shown) or "".join(readings.get(char, char) for char in shown)

    def cannot_show(word: str) -> bool:
        rest = pattern.sub(lambda match: "" if match.group() in readings else match.group(), word)
        return any(char > "\x7f" and char.isalpha() for char in rest)

    return Legacy("vni", lambda shown: pattern.sub(letter_of, shown).translate(C1_AS_CP1252), cannot_show)
