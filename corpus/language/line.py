"""The language of one line: the words' evidence added up for each language.

Guests (names, technical terms) come in runs - *Sơn La*, *machine learning* -, so the first of a run is dear
and those that follow it are cheaper. A line with a clause of each language is neither of them with many
guests: it is mixed.

The prices are natural logarithms, set by hand on one half of the development lines and checked on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.language.evidence import word_evidence

IMPOSSIBLE = -1e9
# The price of the first guest of a run, and of each that follows, in a line of that language.
_ENGLISH_HOST, _VIETNAMESE_HOST = (-4.0, -1.5), (-3.0, -1.6)
_BARE_HOST = (-4.0, -1.5)
_NOBODY_HOME = -6.0  # for a line of nothing but guests
_BARE_NAME = -1.0  # for each name in a line read as unaccented Vietnamese
_PRIOR_BARE, _PRIOR_OTHER, _PRIOR_MIXED = -2.0, -2.0, -3.0
_LONE_OTHER = -3.0  # a word alone, shared by many languages, is taken for one of ours
_SWITCH = -9.0  # from a clause of one language to a clause of the other
_CLAUSE_GUEST = -2.0  # the price of any guest within such a clause
_CLEAR = 1.0  # by so much a word must be the one language and not the other, to be counted for it
_LEAST_LETTERS, _LEAST_SHARE = 8, 0.3  # of the smaller language, in the words that are clear

_Column = Sequence[float]  # one figure for each word of a line


class Totals(NamedTuple):
    """ln P(line and language), up to a constant; `bare` is Vietnamese typed without diacritics."""

    en: float
    vi: float
    bare: float
    other: float
    mixed: float


def add_up(words: Sequence[str]) -> Totals:
    """The evidence of a line's words (one at least), for each language the line may be in.

    >>> totals = add_up(["Huấn", "luyện", "trên", "GPU"])
    >>> max(totals) == totals.vi
    True
    """
    en, en_guest, vi, bare, vi_guest, other = zip(*map(word_evidence, words), strict=True)
    total_en = _as_host(en, en_guest, _ENGLISH_HOST)
    total_vi = _as_host(vi, vi_guest, _VIETNAMESE_HOST)
    total_bare = _as_host(bare, vi_guest, _BARE_HOST)
    if total_bare > total_vi:
        total_bare += _BARE_NAME * _count_names(words)
    mixed = IMPOSSIBLE
    own_vi = vi if total_vi > total_bare else bare
    if sum(map(max, en, own_vi)) + _SWITCH + _PRIOR_MIXED > max(total_en, total_vi, total_bare):
        mixed = _two_clauses(words, en, en_guest, own_vi, vi_guest) + _PRIOR_MIXED
    return Totals(
        en=total_en,
        vi=total_vi,
        bare=total_bare + _PRIOR_BARE,
        other=sum(other) + _PRIOR_OTHER + _LONE_OTHER / len(words) ** 2,
        mixed=mixed,
    )


def _as_host(own: _Column, guest: _Column, prices: tuple[float, float]) -> float:
    """The line read as one language that takes some of the words in as guests."""
    first, following = prices
    total, price, at_home = 0.0, first, False
    for as_own, as_guest in zip(own, guest):  # noqa: B905 - the hottest loop of the room
        if as_guest + price > as_own:
            total += as_guest + price
            price = following
        else:
            total += as_own
            price, at_home = first, True
    return total if at_home else total + _NOBODY_HOME


def _count_names(words: Sequence[str]) -> int:
    """Capitalised words among words that are not: unaccented names tell little, the words around them do."""
    capitals = sum(word[0].isupper() for word in words)
    return capitals if capitals < len(words) else 0


def _two_clauses(words: Sequence[str], en: _Column, en_guest: _Column, vi: _Column, vi_guest: _Column) -> float:
    """The line read as clauses of both languages: the best path through two states (Viterbi, 1967).

    Each state carries its score and how many letters so far were clearly English and clearly Vietnamese.
    Letters, not words: a sentence and its translation have as many of them, while a Vietnamese word is a
    syllable.
    """
    in_en, in_vi = (0.0, 0, 0), (0.0, 0, 0)
    for word, own_en, guest_en, own_vi, guest_vi in zip(words, en, en_guest, vi, vi_guest, strict=True):
        as_en, as_vi = max(own_en, guest_en + _CLAUSE_GUEST), max(own_vi, guest_vi + _CLAUSE_GUEST)
        clear_en = len(word) if own_en > as_vi + _CLEAR else 0
        clear_vi = len(word) if own_vi > as_en + _CLEAR else 0
        from_en = max(in_en, (in_vi[0] + _SWITCH, *in_vi[1:]))
        from_vi = max(in_vi, (in_en[0] + _SWITCH, *in_en[1:]))
        in_en = (from_en[0] + as_en, from_en[1] + clear_en, from_en[2])
        in_vi = (from_vi[0] + as_vi, from_vi[1], from_vi[2] + clear_vi)
    score, *clear = max(in_en, in_vi)
    smaller = min(clear)
    return score if smaller >= _LEAST_LETTERS and smaller >= _LEAST_SHARE * sum(clear) else IMPOSSIBLE
