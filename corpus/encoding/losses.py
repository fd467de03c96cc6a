"""What TCVN3 loses on its way: the unmarked ư, and the case of toned capitals.

The code of ư is the soft hyphen, which many old programs throw away: "Thủ tướng" then reads "Thủ tớng",
"chưa như" reads "cha nh". Most losses show: a rime such as -ơng or a word without a vowel does not exist,
and one ư mends it. Where both spellings exist (cha, chưa) a table of usage, `data/encoding/lost_horn.tsv`,
decides by the neighbouring words, and only in text that has lost other ư for certain. Toned capitals have
no code, for the font draws them: "PHẦN" arrives as "PHầN".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.encoding.syllables import ONSETS, grade
from corpus.encoding.tables import data_lines

# The soft hyphen, or what PDF programs show in its place, beside a letter.
KEPT_HORN = re.compile(r"[\u00ad\u2010\u2212](?=[^\W\d_])|(?<=[^\W\d_])[\u00ad\u2010\u2212]")
_WORD = re.compile(r"[^\W\d_]+")
_SPLIT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{0,4})-([^\W\d_]{1,5})(?![^\W\d_])")
_BARE_ONSET = re.compile(r"(?<![^\W\d_-])(t|th|nh|c|d|s)- (?=[^\W\d_])")
_GAP = re.compile(r"[ \u00a0\t]{1,3}|\n|\s?-\s?")
_NUCLEI = "ơớờởỡợ"
_SMALL = "àảãáạằẳẵắặăầẩẫấậâèẻẽéẹềểễếệêìỉĩíịòỏõóọồổỗốộôờởỡớợơùủũúụừửữứựưỳỷỹýỵđ"
_PLAIN_SMALL = re.compile("[a-z]")
_PLAIN_CAPITAL = re.compile("[A-Z]")
_CAPITAL = "A-ZĂÂÊÔƠƯĐ"
_HALF_CAPITAL = re.compile(rf"(?<![^\W\d_])[{_CAPITAL}]{{1,6}}[{_SMALL}][{_CAPITAL}{_SMALL}]{{0,6}}(?![^\W\d_])")


class Row(NamedTuple):
    """One reading of an ambiguous syllable and the neighbour that calls for it."""

    restored: str
    side: str
    words: frozenset[str]


@cache
def _usage() -> dict[str, list[Row]]:
    usage: dict[str, list[Row]] = {}
    for line in data_lines("lost_horn.tsv"):
        seen, restored, side, *words = line.split("\t")
        usage.setdefault(seen, []).append(Row(restored, side, frozenset(" ".join(words).split())))
    return usage


@lru_cache(maxsize=16384)
def mended(word: str) -> str | None:
    """A word that is no syllable with the one ư that makes it one, or None.

    >>> mended("tớng"), mended("nhng"), mended("ĐỢC"), mended("hơng"), mended("hoa"), mended("abc")
    ('tướng', 'nhưng', 'ĐƯỢC', 'hương', None, None)
    """
    if len(word) > 6 or grade(word) == 1:
        return None
    horn = "Ư" if word.isupper() and len(word) > 1 else "ư"
    lower = word.lower()
    at = next((i for i, char in enumerate(lower) if char in _NUCLEI), None)
    if at is None:
        at = len(next((onset for onset in ONSETS if lower.startswith(onset)), ""))
        if lower[at:] != "ng" or (word.isupper() and len(word) < 4):  # ưng; TNG is an abbreviation
            return None
    candidate = word[:at] + horn + word[at:]
    return candidate if grade(candidate) == 1 else None


def restore_horn(text: str, lost: bool = False) -> tuple[str, int]:
    """Text with its lost ư put back, and how many were certain; `lost` says that the document has lost its ư.

    >>> restore_horn("Thủ tớng cha đa ra ý kiến nh thế về thông t này.")
    ('Thủ tướng chưa đưa ra ý kiến như thế về thông tư này.', 1)
    >>> restore_horn("cha mẹ đa dạng"), restore_horn("Nhà n-ớc đ-ợc nh- vậy")
    (('cha mẹ đa dạng', 0), ('Nhà nước được như vậy', 2))
    """
    text, joined = _join_hyphens(text)
    pieces, certain = _mend_certain(text)
    if not certain and not lost and not joined:
        return text, 0
    return "".join(_mend_usage(pieces)), certain + joined


def _join_hyphens(text: str) -> tuple[str, int]:
    """`n-ớc`, as copied from some PDF files: the soft hyphen became a hyphen."""
    if "-" not in text:
        return text, 0
    joined = 0

    def join(match: re.Match[str]) -> str:
        nonlocal joined
        left, right = match.groups()
        whole = left + ("Ư" if right.isupper() and len(right) > 1 else "ư") + right
        if grade(whole) != 1 or ((not left or grade(left) == 1) and grade(right) == 1):
            return match.group()
        joined += 1
        return whole

    text = _SPLIT_WORD.sub(join, text)
    return (_BARE_ONSET.sub(r"\1ư ", text) if joined else text), joined


def _mend_certain(text: str) -> tuple[list[str], int]:
    """Text as words (odd places) and what stands between them (even places), the certain losses mended."""
    pieces: list[str] = []
    certain = end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        better = mended(word)
        certain += better is not None
        pieces += (text[end : match.start()], better or word)
        end = match.end()
    pieces.append(text[end:])
    return pieces, certain


def _mend_usage(pieces: list[str]) -> list[str]:
    usage = _usage()
    for at in range(1, len(pieces), 2):
        rows = usage.get(pieces[at].lower())
        if rows:
            before = pieces[at - 2] if at > 1 and _GAP.fullmatch(pieces[at - 1]) else ""
            after = pieces[at + 2] if at + 2 < len(pieces) and _GAP.fullmatch(pieces[at + 1]) else ""
            if _is_word(pieces[at], before, after, pieces[at - 1][-1:], pieces[at + 1][:1]):
                pieces[at] = _read(pieces[at], rows, before.lower(), after.lower())
    return pieces


def _is_word(word: str, before: str, after: str, left: str, right: str) -> bool:
    """Not an abbreviation, a unit or the letter of a list item: NH, 5 t, c), b/c. `left` and `right` are the
    characters beside the word, `before` and `after` the words beside it."""
    if len(word) > 1:
        near_capitals = any(near.isupper() and len(near) > 2 for near in (before, after))
        return grade(word) == 1 or not word.isupper() or near_capitals
    if left in ("/", ".", ",", "&") or right.isdigit():
        return False
    ends_label = right in (")", ":", "/", ".")
    heads_line = left in ("", "\n", "\t")
    return (bool(before) and not (heads_line and ends_label)) or (bool(after) and not ends_label)


def _read(word: str, rows: list[Row], before: str, after: str) -> str:
    """The reading of the first row that matches; a lone capital needs a row that names its neighbour."""
    for restored, side, words in rows:
        if (side == "<" and before not in words) or (side == ">" and after not in words):
            continue
        if side == "*" and len(word) == 1 and word.isupper():
            return word
        return _cased(restored, word)
    return word


def _cased(restored: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return restored.upper()
    return restored[0].upper() + restored[1:] if model[0].isupper() else restored


def restore_case(text: str) -> str:
    """Lines and words in capitals whose toned letters came through small, written in capitals throughout.

    A word with one capital before a small letter (Bộ, Vệ) may be a name, so it is left alone unless the line
    has several capitals and no plain small letter.

    >>> restore_case("KếHOạCH TổNG THể của Bộ Tài chính\\nVề KINH Tế Và XÃ HộI")
    'KẾHOẠCH TỔNG THỂ của Bộ Tài chính\\nVỀ KINH TẾ VÀ XÃ HỘI'
    """
    return "\n".join(map(_restore_case_of_line, text.split("\n")))


def _restore_case_of_line(line: str) -> str:
    if not _PLAIN_SMALL.search(line):
        return line.upper() if len(_PLAIN_CAPITAL.findall(line)) > 3 else line

    def raise_word(match: re.Match[str]) -> str:
        word = match.group()
        return word if sum(char.isupper() for char in word) < 2 else word.upper()

    return _HALF_CAPITAL.sub(raise_word, line)
