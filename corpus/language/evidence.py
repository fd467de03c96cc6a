"""What one word says: how likely it is in English, Vietnamese, unaccented Vietnamese and other languages.

Each figure is a natural logarithm of a probability, so that the figures of a line add up. For each language
there are two: the word as one of its own, and the word as a guest - a name, a technical term - which every
language takes in.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from corpus.language.english import english_word
from corpus.language.letters import letter_log_probs
from corpus.language.tables import (
    bare_words,
    function_words,
    other_words,
    vietnamese_acronyms,
    vietnamese_words,
)
from corpus.orthography.syllable import is_syllable, vietnamese_letters

NEVER = -1000.0
# ln P(this accented letter | an accented letter): one in twelve or so, and far less for those that hardly any
# language but Vietnamese writes. The letter models themselves see one symbol for all of them.
_ACCENTED, _VIETNAMESE = -2.5, -4.0
_UNKNOWN_ENGLISH = math.log(0.15)  # the share of English running text that the word list does not know
_UNKNOWN_OTHER = math.log(0.7)  # the share of other languages' text outside their most frequent words
_UNSEEN = -14.0  # ln P of a well-formed syllable that the table does not hold
_LOST_BLANK = -3.0  # two syllables run together, as careless extraction leaves them
_NO_SYLLABLE, _OWN_LETTER = -4.0, 5.0  # a word that is none, and each letter of it that is only Vietnamese
_CAPITAL = -1.0  # a name, and so rarer than its syllable
_FUNCTION_GUEST = -5.0  # clauses are not borrowed
_OTHER_GUEST = -4.0  # the price of a guest in another language, first of a run or not
_PLAIN_GUEST = -2.0  # most guests are names, and have a capital
_FOREIGN_SCRIPT, _FOREIGN_GUEST = -6.0, -18.0
_ACRONYM_LETTERS = frozenset("bcdđghklmnpqrstvx")  # what Vietnamese syllables begin with: UBND, GTVT
_LONGEST_INITIALS, _LONGEST_ACRONYM = 5, 9
_LISTED_ACRONYM, _ACRONYM, _ACRONYM_LETTER, _INITIAL = -8.0, -3.0, -2.7, -3.0


class Evidence(NamedTuple):
    """Log-probabilities of one word; those of a guest hold before the price of taking a guest in."""

    en: float
    en_guest: float
    vi: float
    bare: float
    vi_guest: float  # in Vietnamese, with or without its diacritics
    other: float  # of its own or as a guest


_OTHER_SCRIPT = Evidence(NEVER, _FOREIGN_GUEST, NEVER, NEVER, _FOREIGN_GUEST, _FOREIGN_SCRIPT)


@lru_cache(maxsize=1 << 16)
def word_evidence(word: str) -> Evidence:
    """The evidence of a word as written; a capital may be a name.

    >>> e = word_evidence("đường")
    >>> e.vi > e.en_guest > e.en
    True
    >>> e = word_evidence("the")
    >>> e.en > e.bare > e.vi_guest
    True
    """
    lower = word.lower()
    if not _is_latin(lower):
        return _OTHER_SCRIPT
    capital = word[0] != lower[0]
    letters_en, letters_other = _letters(lower)
    acronym = _acronym(lower) if len(lower) <= _LONGEST_ACRONYM else NEVER
    name = _CAPITAL if capital else 0.0
    en = max(_mix(letters_en, _UNKNOWN_ENGLISH, english_word(lower)), acronym - 1, _initials(word))
    vi = max(_vietnamese(lower, letters_other) + name, acronym)
    bare = max(bare_words().get(lower, NEVER) + name, acronym - 2)
    other = max(_mix(letters_other, _UNKNOWN_OTHER, other_words().get(lower)), acronym - 3)
    plain = 0.0 if capital else _PLAIN_GUEST
    borrowed = _FUNCTION_GUEST if lower in function_words() else 0.0
    guest, foreign = min(borrowed, plain), letters_other + plain
    return Evidence(
        en=en,
        en_guest=max(max(vi, bare) + guest, foreign),
        vi=vi,
        bare=bare,
        vi_guest=max(en + borrowed, foreign),  # English terms come with a capital or without
        other=max(other, max(en, vi, bare) + guest + _OTHER_GUEST),
    )


def _is_latin(lower: str) -> bool:
    return lower.isascii() or all(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in lower)


def _letters(lower: str) -> tuple[float, float]:
    english, other = letter_log_probs(lower)
    if lower.isascii():
        return english, other
    accented = len(lower) - len(lower.encode("ascii", "ignore"))
    which = accented * _ACCENTED + vietnamese_letters(lower) * _VIETNAMESE
    return english + which, other + which


def _mix(letters: float, log_share: float, known: float | None) -> float:
    """ln (share * P(letters) + P(known)): a word of the table, or one only spelled like the language."""
    unknown = letters + log_share
    if known is None:
        return unknown
    gap = abs(known - unknown)
    return max(known, unknown) + (math.log1p(math.exp(-gap)) if gap < 20 else 0.0)


def _vietnamese(lower: str, letters_other: float) -> float:
    """A syllable; failing that, two whose blank was lost, or at least letters that are Vietnamese."""
    table = vietnamese_words()
    if lower.isascii():
        return table.get(lower, NEVER)
    lower = lower.replace("ǎ", "ă")  # the caron is a common slip for the breve
    if lower in table:
        return table[lower]
    if is_syllable(lower):
        return _UNSEEN
    cuts = [cut for cut in range(1, len(lower)) if lower[:cut] in table and lower[cut:] in table]
    glued = [table[lower[:cut]] + table[lower[cut:]] + _LOST_BLANK for cut in cuts]
    own = min(vietnamese_letters(lower), 3)
    return max([letters_other + _NO_SYLLABLE + _OWN_LETTER * own if own else NEVER, *glued])


def _acronym(lower: str) -> float:
    """Vietnamese acronyms are made of the consonants that begin syllables; English ones often are not."""
    if lower in vietnamese_acronyms():
        return _LISTED_ACRONYM
    if 2 <= len(lower) <= _LONGEST_INITIALS and _ACRONYM_LETTERS.issuperset(lower):
        return _ACRONYM + _ACRONYM_LETTER * len(lower)
    return NEVER


def _initials(word: str) -> float:
    if 2 <= len(word) <= _LONGEST_INITIALS and word.isupper() and word.isascii():
        return _INITIAL * (len(word) + 1)
    return NEVER
