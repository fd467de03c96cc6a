"""UTF-8 encoded twice: its bytes were taken for Latin-1 or windows-1252 and written as UTF-8 again.

"Việt" then reads "Viá»‡t". A *run* is the two to four characters that show the bytes of one character. A
run that decodes is rare in clean text, and a line in which runs outnumber the other accented letters was
encoded twice. windows-1252 leaves five bytes undefined; they come through as C1 controls.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus.encoding.survey import segments
from corpus.encoding.syllables import grade
from corpus.encoding.tables import C1_AS_CP1252

ROUNDS = 3  # text has been seen that went through the wrong door three times
_C1 = "".join(map(chr, range(0x80, 0xA0)))  # not printable, but text encoded three times holds it
_UNPRINTED = frozenset("\u200b\u200c\u200d\ufeff\u00ad" + _C1)
_ORDINARY_FOLLOWERS = frozenset("‘’“”–—…•™")  # typography that clean text sets after a capital: “Ã…”
_LOST_NBSP = re.compile(r"([^\W\d_]{0,6})Ã ([^\W\d_]{0,6})")


class Undone(NamedTuple):
    """Text with the second encoding taken back: the doors that it came through (latin-1, cp1252; none where
    nothing was found), its runs, and the accented letters left outside them."""

    text: str
    doors: frozenset[str]
    runs: int
    left: int

    @property
    def door(self) -> str | None:
        """The door that explains all runs: windows-1252 shows whatever Latin-1 shows, and more."""
        return ("cp1252" if "cp1252" in self.doors else "latin-1") if self.doors else None


@cache
def _byte_of() -> dict[str, int]:
    """Character -> the byte that it shows, in Latin-1 or in windows-1252."""
    shown = {chr(byte): byte for byte in range(0x80, 0x100)}
    return shown | {char: byte for byte, char in C1_AS_CP1252.items()}


@cache
def _run() -> re.Pattern[str]:
    """A lead byte of UTF-8 and as many followers as it asks for, each shown as a character."""
    follower = "[" + "".join(sorted(char for char, byte in _byte_of().items() if byte < 0xC0)) + "]"
    return re.compile(f"[Â-ß]{follower}|[à-ï]{follower}{{2}}|[ð-ô]{follower}{{3}}")


def undo(text: str) -> Undone:
    """Take back a second encoding, line by line; text without one comes back as it is.

    >>> undo("Tiáº¿ng Viá»‡t cÃ³ dáº¥u").text, undo("Tiáº¿ng Viá»‡t cÃ³ dáº¥u").door
    ('Tiếng Việt có dấu', 'cp1252')
    >>> undo("Cộng hòa – “Ã…”").door, undo("MAÇÃ e pão").door
    (None, None)
    """
    if text.isascii() or not _run().search(text):
        return Undone(text, frozenset(), 0, 0)
    undone = [_undo_segment(segment) for segment in segments(text)]
    doors: frozenset[str] = frozenset().union(*(part.doors for part in undone))
    runs, left = sum(part.runs for part in undone), sum(part.left for part in undone)
    return Undone("".join(part.text for part in undone), doors, runs, left)


def _undo_segment(segment: str) -> Undone:
    found = {shown: char for shown in set(_run().findall(segment)) if (char := _decoded(shown))}
    runs = _believable([match for match in _run().finditer(segment) if match.group() in found], found)
    if not runs:
        return Undone(segment, frozenset(), 0, 0)
    inside = sum(char.isalpha() for match in runs for char in match.group()) + segment.count("Ã ")
    left = sum(char.isalpha() and not char.isascii() for char in segment) - inside
    most = len(runs) > left and (len(runs) > 1 or _is_odd(runs[0], segment))
    accepted = [match for match in runs if most or _is_sure(found[match.group()])]
    if not accepted:
        return Undone(segment, frozenset(), 0, 0)
    pieces: list[str] = []
    end = 0
    for match in accepted:
        pieces += (segment[end : match.start()], found[match.group()])
        end = match.end()
    text = "".join(pieces) + segment[end:]
    doors = {"latin-1" if all(char < "\u0100" for char in match.group()) else "cp1252" for match in accepted}
    return Undone(_space_for_nbsp(text) if most else text, frozenset(doors), len(runs), max(0, left))


def _believable(runs: list[re.Match[str]], found: dict[str, str]) -> list[re.Match[str]]:
    """Letters of other scripts come in words; a lone one is chance: Ðµ is е in Russian, but Độ in VISCII."""
    ends = {match.end() for match in runs}
    starts = {match.start() for match in runs}
    return [
        match
        for match in runs
        if found[match.group()] <= "\u024f"
        or _is_sure(found[match.group()])
        or match.start() in ends
        or match.end() in starts
    ]


def _decoded(shown: str) -> str | None:
    try:
        char = bytes(_byte_of()[part] for part in shown).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return char if char.isprintable() or char.isspace() or char in _UNPRINTED else None


def _is_sure(char: str) -> bool:
    """Vietnamese letters and quotes: three bytes that no other text sets side by side."""
    return "\u1ea0" <= char <= "\u1eff" or "\u2010" <= char <= "\u2044"


def _is_odd(match: re.Match[str], segment: str) -> bool:
    """Whether clean text would hardly hold one run alone: a sign after a capital (Ã³), a quote in a word
    (Ã”ng)."""
    after = segment[match.end() : match.end() + 1]
    return not _ORDINARY_FOLLOWERS & set(match.group()) or after.islower()


def _space_for_nbsp(text: str) -> str:
    """à is C3 A0, shown as Ã and a no-break space, which later programs turn into a space: "hÃ ng", "lÃ
    má»™t".

    >>> _space_for_nbsp("hÃ ng hóa lÃ  một"), _space_for_nbsp("lÃ một")
    ('hàng hóa là một', 'là một')
    """

    def join(match: re.Match[str]) -> str:
        before, after = match.groups()
        space = "" if not after or grade(f"{before}à{after}") == 1 else " "
        return f"{before}à{space}{after}"

    return _LOST_NBSP.sub(join, text)
