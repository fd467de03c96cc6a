"""Whether a few capitalised words are the name of a person.

A byline is often nothing but a name below the text, with nothing around it to say so. What helps: a Vietnamese name,
with or without diacritics, is two to five syllables, and Vietnamese syllables are few. "Thanh Huyen" is two of them,
"Latest News" is none. Headings and offices are told apart by words that no name holds, places by a list.
"""

from __future__ import annotations

import re

from corpus.orthography import fold, shadow
from corpus.orthography.syllable import is_bare_syllable
from corpus.structure.rules import containing, folded, opening, phrases

_LETTERS = r"[^\W\d_]{1,12}"
_WORD = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})?")
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,4}(?:[^\W\d_]{1,12}\.?)?|[^\W\d_]\.[^\W\d_]")
_ROMAN = re.compile(r"[IVXLC]{1,7}")
_LONGEST = 48  # characters of one name


def is_name(text: str) -> bool:
    """Whether `text` is a person's name by its own looks: a Vietnamese name, initials, or a known English given name.

    >>> [is_name(name) for name in ("Quốc Tuấn", "Thanh Huyen", "HOÀI THU", "T. Hà", "John Smith")]
    [True, True, True, True, True]
    >>> [is_name(name) for name in ("Latest News", "Sơn La", "Tin mới", "Kết thúc tốt đẹp", "Tuấn")]
    [False, False, False, False, False]
    """
    if len(text) > _LONGEST or is_place(text):
        return False
    words = _without_rank(text).split()
    if not 2 <= len(words) <= 5 or not is_capitalised(" ".join(words)):
        return False
    if _ROMAN.fullmatch(words[-1]) or containing("names.txt", "phrase").search(shadow(text)):
        return False
    if shadow(words[0]) in phrases("names.txt", "address"):
        return False
    if any(shadow(word) in phrases("names.txt", "not") for word in words):
        return False
    plain = [word for word in words if not INITIALS.fullmatch(word)]
    return bool(plain) and (all(map(is_syllable, plain)) or _is_english_name(words))


def _without_rank(name: str) -> str:
    """A name without the rank or degree in front of it: "Đại úy Nguyễn Văn An"."""
    rank = opening("names.txt", "rank").match(name.casefold())
    return name[rank.end() :].lstrip(" .") if rank else name


def is_capitalised(text: str) -> bool:
    """Whether every word is letters and begins with a capital, initials included."""
    words = text.split()
    return bool(words) and all(
        word[0].isupper() and bool(_WORD.fullmatch(word) or INITIALS.fullmatch(word)) for word in words
    )


def is_title_case(text: str) -> bool:
    """Whether every word begins with a capital, small English words inside apart: "Because of the Present".

    >>> is_title_case("Because of the Present"), is_title_case("Hội nghị kết thúc tốt đẹp")
    (True, False)
    """
    first, *rest = text.split() or [""]
    return is_capitalised(" ".join([first, *(word for word in rest if word not in phrases("names.txt", "small"))]))


def has_surname(name: str) -> bool:
    """Whether a name begins with a Vietnamese surname, its diacritics kept or lost.

    >>> has_surname("NGUYỄN THU HÀ"), has_surname("CHUYỂN BIẾN RÕ NÉT")
    (True, False)
    """
    return fold(shadow(_without_rank(name).split()[0])) in folded("names.txt", "surname")


def is_syllable(word: str) -> bool:
    """Whether a word is one Vietnamese syllable, its diacritics kept or lost.

    >>> is_syllable("Nguyễn"), is_syllable("Nguyen"), is_syllable("Read")
    (True, True, False)
    """
    return is_bare_syllable(fold(word).casefold())


def is_place(text: str) -> bool:
    """Whether `text` is a province or a city that datelines name, with or without diacritics.

    >>> is_place("HÀ NỘI"), is_place("Son La"), is_place("Hoài Thu")
    (True, True, False)
    """
    return fold(shadow(text)) in folded("places.txt")


def _is_english_name(words: list[str]) -> bool:
    return shadow(words[0]) in phrases("names.txt", "given") and len(words) <= 4
