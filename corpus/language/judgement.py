"""One text judged alone: Vietnamese, English, mixed, another language or none, and how sure that is."""

from __future__ import annotations

import math
import re
from operator import itemgetter
from typing import NamedTuple

from corpus.language.line import IMPOSSIBLE, Totals, add_up
from corpus.language.rest import english_share
from corpus.language.tables import labels
from corpus.language.tokens import find_tokens
from corpus.orthography import normalize

SAMPLE = 20_000  # characters of a text that are looked at: its beginning, middle and end
_TEMPERATURE = 2.2  # words lean on one another, so their sum is too sure; set so that 0.9 is right 9 in 10
_DOUBT = 2.0  # langdetect is asked below this difference, between English and other languages only
_LEAST_LETTERS = 12  # below that langdetect guesses
_LEAST_WORDS = 3  # on each side of a slash, for a heading and its translation
_LABEL_WEIGHT = 8.0
_LABEL = re.compile(r"([^\W\d_]{2,20}) ?:")
_QUOTE = re.compile('["“][^"“”]{1,60}["”]')
_OTHER_SCRIPTS = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2c80-\ua71f\ua800-\uab2f\uabc0-\ud7ff\uf900-\ufaff\ufb07-\ufeff\uff66-\uffdc"
    "\U00010280-\U0001cfff\U0001e000-\U0003ffff]"  # without the mathematical letters
)


class Language(NamedTuple):
    """`label` is vi, en, mixed (clauses of both), other or und (no words to go by).

    `score` is the probability, from 0 to 1, that the label is right; `unaccented` marks Vietnamese that was
    typed without its diacritics.
    """

    label: str
    score: float
    unaccented: bool = False


class Judgement(NamedTuple):
    """The words of a text and the evidence in them; `totals` is None where there are none to go by."""

    words: tuple[str, ...]
    totals: Totals | None
    credit: bool = False  # it holds a label such as "Photo:", and so is a caption


def judge(text: str) -> Judgement:
    """Collect the evidence of one text, of SAMPLE characters at most; never raises for what a text holds."""
    text = normalize(sample(text))
    words = tuple(find_tokens(text))
    letters = "".join(words)
    if len(_OTHER_SCRIPTS.findall(letters)) * 3 > len(letters):
        return Judgement(words, Totals(IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, 0.0, IMPOSSIBLE))
    if len(letters) < 2:
        return Judgement((), None)
    totals = _read_words(text, words)
    in_english, in_vietnamese = _find_labels(text)
    if in_english != in_vietnamese:
        totals = totals._replace(
            en=totals.en + _LABEL_WEIGHT * in_english, vi=totals.vi + _LABEL_WEIGHT * in_vietnamese
        )
    return Judgement(words, _ask_langdetect(text, letters, totals), in_english or in_vietnamese)


def decide(totals: Totals | None) -> Language:
    """The likeliest language of a text and its probability.

    >>> decide(Totals(en=-30.0, vi=-12.0, bare=-90.0, other=-25.0, mixed=IMPOSSIBLE))
    Language(label='vi', score=0.997, unaccented=False)
    """
    if totals is None:
        return Language("und", 1.0)
    label, score = max(probabilities(totals).items(), key=itemgetter(1))
    return Language(label, round(score, 4), label in ("vi", "mixed") and totals.bare > totals.vi)


def probabilities(totals: Totals) -> dict[str, float]:
    """The share of each label, calibrated; they add up to 1."""
    en, vi, bare, other, mixed = totals
    top = max(totals)
    odds = [math.exp((total - top) / _TEMPERATURE) for total in (max(vi, bare), en, mixed, other)]
    whole = sum(odds)
    return {label: share / whole for label, share in zip(("vi", "en", "mixed", "other"), odds, strict=True)}


def sample(text: str) -> str:
    """The text, or its beginning, middle and end if it is long.

    >>> len(sample("năm 2020 " * 100_000)) <= SAMPLE + 2
    True
    """
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    gap = "\n" if "\n" in text else " "  # one line stays one line
    return gap.join((text[:third], text[middle - third // 2 : middle + third // 2], text[-third:]))


def _read_words(text: str, words: tuple[str, ...]) -> Totals:
    totals = add_up(_without_head_capital(words))
    if totals.mixed == max(totals):
        unquoted = tuple(find_tokens(_QUOTE.sub(" ", text)))  # a quoted title is no clause of the line
        return add_up(_without_head_capital(unquoted)) if unquoted and unquoted != words else totals
    left, slash, right = text.partition(" / ")
    return totals._replace(mixed=max(totals.mixed, _across_slash(left, right))) if slash else totals


def _without_head_capital(words: tuple[str, ...]) -> tuple[str, ...]:
    """A capital at the head of a line is no sign of a name, unless the next word has one too."""
    if len(words) == 1 or words[1][0].isupper():
        return words
    return (words[0].lower(), *words[1:])


def _across_slash(left: str, right: str) -> float:
    """A heading and its translation: too short for two clauses, but put side by side on purpose."""
    sides = tuple(find_tokens(left)), tuple(find_tokens(right))
    if min(map(len, sides)) < _LEAST_WORDS:
        return IMPOSSIBLE
    first, second = (add_up(_without_head_capital(side)) for side in sides)
    return max(first.en + second.vi, first.vi + second.en)


def _find_labels(text: str) -> tuple[bool, bool]:
    """Whether there is a caption's label in English and in Vietnamese; it tells, whoever took the photo.

    >>> _find_labels("Photo: Hoài Thu"), _find_labels("Ảnh: John Smith")
    ((True, False), (False, True))
    """
    if ":" not in text:
        return False, False
    found = {label.lower() for label in _LABEL.findall(text)}
    return not found.isdisjoint(labels("english")), not found.isdisjoint(labels("vietnamese"))


def _ask_langdetect(text: str, letters: str, totals: Totals) -> Totals:
    close = abs(totals.en - totals.other) < _DOUBT and max(totals) in (totals.en, totals.other)
    if not close or len(letters) < _LEAST_LETTERS:
        return totals
    share = english_share(text.lower() if text.isupper() else text)
    if share is None:
        return totals
    return totals._replace(en=totals.en + _DOUBT * (share - 0.5), other=totals.other + _DOUBT * (0.5 - share))
