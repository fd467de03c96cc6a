"""How well a word reads as each legacy encoding shows it, and how well it reads as it stands.

The unit is the *token*: a run of letters and of the symbols that old encodings show inside words, with at
least one character beyond ASCII. It gets points as clean Vietnamese, as clean text of another language, and
through each legacy encoding. A French or Czech word becomes letters that no Vietnamese syllable has;
mojibake is odd in every clean language, for it has symbols glued to letters and capitals inside words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.encoding.losses import mended
from corpus.encoding.syllables import grade, is_common
from corpus.encoding.tables import NAMES, Legacy, legacy

TOKEN = re.compile("[A-Za-z\x80-\x9f\xa1-\u1fff\u2010-\u2027\u2030-\u2fff\u3001-\ufefe\uff00-\U0010ffff]+")
LONGEST = 40  # code points; a longer run without a space is no word and no evidence
VALID, COMMON, IMPOSSIBLE = 0.8, 0.7, -1.5  # points of a syllable, more if it is common, and of no syllable
MENDED = 0.5  # points of a word that a lost ư makes a syllable
STRANGE = 1.0  # points that each odd place takes from a token as it stands, two at most
CLEAN_FIRST = 0.1  # the advantage of what can be read as it stands
STATES = ("vi", "other", *NAMES)  # clean Vietnamese, clean other language, text shown through a table

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_SYMBOL = "\x80-\x9f¡-\xb4¶-¹»-¿×÷\u2010\u2212\u2219"
_STRANGE = re.compile(
    f"(?<=[{_LETTER}{_SYMBOL}])[{_SYMBOL}ªµ\u03bc](?=[{_LETTER}{_SYMBOL}])"  # a symbol in a word: ch¸u, ph¶i
    f"|(?<=[a-zà-öø-ÿ®§])[µ¶·¸¨«¬\xad÷\u2219](?![{_LETTER}{_SYMBOL}])"  # at its end: hoµ, x·
    f"|(?<![{_LETTER}{_SYMBOL}])[§®¬¨©¤¦¢¡£¥¸¹¶](?=[{_LETTER}\xad])"  # at its head: ®Õn, §iÒu, ¤ng
    "|(?<=[a-zà-öø-ÿ])[À-ÖØ-Þ]"  # a capital after a small letter: ViÖt
    "|[aA][ùøõâáàåãäêÙØÕÂÁÀÅÃÄÊ]|[eE][ùøõâáàåãäÙØÕÂÁÀÅÃÄ]|[oO][ùøõâåäÙØÕÂÅÄ]"  # a vowel and a mark of VNI
    "|[uUyY][øõûïØÕÛÏ]|[yY][ùÙ]|[ôÔöÖ][ùøûõïÙØÛÕÏ]"
    "|[aeoyâêôãõý][ìò]"  # a vowel and a tone mark of windows-1258: môòt, lyì
)
_ORDINARY = re.compile("[a-zA-Z]?×[a-zA-Z]|[µ\u03bc][a-zA-ZΩ]{1,2}|[oO]ù|[a-zà-ÿ]*l·l[a-zà-ÿ]*|§[A-Z]|[£¥©][A-Z]{1,4}")
_SIGN_ONLY = re.compile("[^A-Za-zÀ-ÖØ-öø-\u03bb\u03bd-\u1fff]?")


def tokens(line: str) -> list[str]:
    """The tokens of a line, in order.

    >>> tokens("Thñ t−íng ChÝnh phñ, 15/CP")
    ['Thñ', 't−íng', 'ChÝnh', 'phñ']
    """
    return [token for token in TOKEN.findall(line) if not token.isascii()]


@lru_cache(maxsize=65536)
def strangeness(token: str) -> float:
    """How odd a token is in any clean text, 0..2: symbols glued to letters, capitals inside a word, VNI
    pairs.

    >>> [strangeness(token) for token in ("x¸c®Þnh", "ngaøy", "élève", "Việt")]
    [2.0, 1.0, 0.0, 0.0]
    """
    return STRANGE * min(2, len(_STRANGE.findall(token))) if len(token) <= LONGEST else 0.0


@lru_cache(maxsize=65536)
def points(token: str) -> tuple[float, ...]:
    """The points of a token for each state of STATES. A single sign, punctuation, and an ordinary use of a
    sign (m×n, µm, col·lecció) are no evidence for any encoding.

    >>> dict(zip(STATES, points("ViÖt")))["tcvn3"], dict(zip(STATES, points("ViÖt")))["vi"]
    (1.5, -2.5)
    >>> dict(zip(STATES, points("façade")))["tcvn3"], dict(zip(STATES, points("façade")))["other"]
    (-1.5, 0.0)
    """
    if len(token) > LONGEST or _SIGN_ONLY.fullmatch(token):
        return (0.0,) * len(STATES)
    if _ORDINARY.fullmatch(token):
        return (0.0, 0.0) + (IMPOSSIBLE,) * len(NAMES)
    other = 0.0 - strangeness(token)
    words = [word for word in _WORD.findall(token) if not word.isascii()]
    vietnamese = other + IMPOSSIBLE if other else sum(_points(word, False) + CLEAN_FIRST for word in words)
    through = [_read_through(legacy(name), token, vietnamese) for name in NAMES]
    return (vietnamese, other, *through) if any(through) else (0.0,) * len(STATES)


def context(words: Iterable[str]) -> float:
    """What the plain words of a line add: Vietnamese has syllables among them, another language has not.

    >>> context(["thanh", "tra", "trong", "6"]), context(["the", "schools", "were"])
    (0.6, -0.4)
    """
    total = 0.0
    for word in words:
        if len(word) > 2 and word.isascii() and word.isalpha():
            total += 0.2 if grade(word) == 1 else 0.0 if mended(word) else -0.3
    return round(max(-1.5, min(1.0, total)), 2)


def _read_through(encoding: Legacy, token: str, unchanged: float) -> float:
    if encoding.cannot_show(token):
        return IMPOSSIBLE
    text = encoding.read(token)
    if text == token:
        return unchanged
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(_points(word, encoding.name == "tcvn3") for word in words) - strangeness(text)


def _points(word: str, may_lose_horn: bool) -> float:
    mark = grade(word)
    if mark < 0:
        return MENDED if may_lose_horn and mended(word) else IMPOSSIBLE
    return VALID * mark + COMMON * is_common(word)
