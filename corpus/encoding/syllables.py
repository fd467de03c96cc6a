"""Is this a Vietnamese syllable? Onsets × rimes × tones, without a word list.

Text that was decoded with the right table reads as Vietnamese, and almost every syllable of it passes; a
wrong table yields letters in an order that the language never uses. This is the evidence by which the room
chooses. The rimes stand in `data/encoding/rimes.txt`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.encoding.tables import data_lines

LONGEST = 7  # nghiêng, nghiệng: no syllable has more letters
ONSETS = (
    "ngh", "ng", "gh", "gi", "ch", "kh", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
)  # fmt: skip
FRONT = frozenset("eêiy")
ROUNDED = ("oa", "oă", "oe", "uâ", "uê", "uy", "uơ")  # rimes that open with a glide shun lip consonants
ROUNDED_LOANS = frozenset({"buyt", "puy", "phuy", "voan", "ngoao"})
ONSETS_BEFORE_Y = frozenset({"", "h", "k", "l", "m", "n", "qu", "s", "t", "th", "v", "d"})
BARE_ONSETS = frozenset({"Đ", "đ"})
_VOWELS = frozenset("aăâeêioôơuưy")
_TONES = {"\u0300": 1, "\u0301": 2, "\u0303": 3, "\u0309": 4, "\u0323": 5}
_STOPPED_TONES = frozenset({2, 5})  # before -c -ch -p -t only sắc and nặng occur


class Rime(NamedTuple):
    """Where the tone mark may sit (indices into the rime), and whether a stop consonant closes it."""

    seats: frozenset[int]
    stopped: bool


@cache
def rimes() -> dict[str, Rime]:
    """Every rime without its tone, with the seats of its tone mark."""
    found = {}
    for line in data_lines("rimes.txt"):
        for rime in line.split():
            vowels = next((i for i, letter in enumerate(rime) if letter not in _VOWELS), len(rime))
            found[rime] = Rime(_seats(rime, vowels), rime[-1] in "cptk" or rime.endswith("ch"))
    return found


def _seats(rime: str, vowels: int) -> frozenset[int]:
    """The letters that can carry the tone: one, or two in oa, oe, uy (hoà and hòa are both in use)."""
    marked = [i for i in range(vowels) if rime[i] in "ăâêôơư"]
    if marked:
        return frozenset(marked[-1:])
    if rime in ("oa", "oe", "uy"):
        return frozenset((0, 1))
    if vowels < len(rime):
        return frozenset((vowels - 1,))
    return frozenset((1,)) if vowels == 3 else frozenset((0,))


@lru_cache(maxsize=65536)
def _letter(char: str) -> tuple[str, int]:
    """A lower-case letter without its tone, and the tone (0 is level): ộ -> ô, 5."""
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    plain = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    return ("đ" if plain == "ð" else plain), tone


def grade(word: str) -> int:
    """1: a well-formed syllable; 0: irregular (misplaced tone mark, abbreviation); -1: impossible.

    The tone of *họach* sits on the wrong vowel. *Céng*, the TCVN3 bytes of Cộng read as Latin-1, writes c
    before e; *lờng* has a rime that does not exist; *cỏt* gives a stop consonant a tone that it cannot
    have.

    >>> [grade(word) for word in ("Quốc", "thuý", "họach", "QĐ", "Céng", "lờng", "cỏt")]
    [1, 1, 0, 0, -1, -1, -1]
    """
    return _grade(word) if 0 < len(word) <= LONGEST else -1


@lru_cache(maxsize=65536)
def _grade(word: str) -> int:
    if any("a" <= first <= "z" and second.isupper() for first, second in pairwise(word)):
        return -1
    letters = [_letter(char) for char in word.lower()]
    plain = "".join(letter for letter, _ in letters)
    tones = [(i, tone) for i, (_, tone) in enumerate(letters) if tone]
    if not _VOWELS.intersection(plain):
        return 0 if _is_abbreviation(word) else -1
    if len(tones) > 1:
        return -1
    return max((_fit(plain, onset, rime, tones) for onset, rime in _splits(plain)), default=-1)


def _is_abbreviation(word: str) -> bool:
    """Consonants alone: Đ, đ (the currency), QĐ, CĐKT."""
    return word in BARE_ONSETS or (word.isupper() and all(char.isascii() or char == "Đ" for char in word))


def _splits(plain: str) -> list[tuple[str, str]]:
    """Ways to read a toneless syllable as onset and rime; gi- and qu- share a vowel letter with the rime.

    >>> _splits("giêng"), _splits("quynh"), _splits("quôc")
    ([('gi', 'êng'), ('gi', 'iêng')], [('qu', 'ynh'), ('qu', 'uynh')], [('qu', 'ôc')])
    """
    onset = next((o for o in ONSETS if plain.startswith(o)), "")
    rest = plain[len(onset) :]
    if onset == "gi" or (onset == "qu" and rest.startswith("y")):
        return [(onset, rest), (onset, plain[1:])]
    return [(onset, rest)]


def _fit(plain: str, onset: str, rime: str, tones: list[tuple[int, int]]) -> int:
    known = rimes().get(rime)
    if known is None or not _compatible(plain, onset, rime):
        return -1
    if not tones:
        return -1 if known.stopped else 1
    at, tone = tones[0]
    if known.stopped and tone not in _STOPPED_TONES:
        return -1
    return 1 if at - (len(plain) - len(rime)) in known.seats else 0


def _compatible(plain: str, onset: str, rime: str) -> bool:
    """Spelling rules between onset and rime: c/k/q, g/gh, ng/ngh, no lip consonant before a glide, few y."""
    first = rime[0]
    if onset == "qu":
        return first not in "ưo" and (first != "u" or plain.startswith("quy"))
    if onset in ("k", "gh", "ngh"):
        return first in FRONT and (first != "y" or onset == "k")
    if onset in ("c", "g", "ng"):
        return first not in FRONT
    if onset == "gi":
        return first not in "y"
    if rime.startswith(ROUNDED) and onset in ("b", "m", "p", "ph", "v"):
        return plain in ROUNDED_LOANS
    return first != "y" or onset in ONSETS_BEFORE_Y


@cache
def _common() -> frozenset[str]:
    return frozenset(" ".join(data_lines("common_syllables.txt")).split())


def is_common(word: str) -> bool:
    """Whether an accented syllable is one of the few hundred that Vietnamese prose is made of.

    >>> is_common("Của"), is_common("sú")
    (True, False)
    """
    return word.lower() in _common()
