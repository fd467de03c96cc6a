"""Vietnamese by underthesea, where it proposes that sentences end, and its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from corpus.orthography.letters import TONE_MARKS, with_tone
from corpus.orthography.syllable import is_syllable
from corpus.segment.word_model import Words, quick_words

_TONE_ON_SECOND = {
    with_tone(first, mark) + second: first + with_tone(second, mark)
    for plain in (("o", "a"), ("o", "e"), ("u", "y"))
    for first, second in (plain, (plain[0].upper(), plain[1]), (plain[0].upper(), plain[1].upper()))
    for mark in TONE_MARKS
}
_TONE_ON_FIRST = re.compile(f"(?:{'|'.join(_TONE_ON_SECOND)})(?![^\\W\\d_])")
_ETH = str.maketrans("Ðð", "Đđ")
_JOINED_NAMES = re.compile(r"(?P<left>[^\W\d_]{2,7})-(?=(?P<right>[^\W\d_]{2,7}))")
_AFTER_PERIOD = " \"'”’»)]}"
_LONG_WORD = re.compile(r"\S{100,}")


@cache
def _sent_tokenize() -> Callable[[str], list[str]]:
    """Imported once in a process, at the first sentence."""
    from underthesea import sent_tokenize

    tokenize: Callable[[str], list[str]] = sent_tokenize
    return tokenize


@cache
def _word_tokenize() -> Words:
    """underthesea's words without its token normalisation, the quick way if there is one."""
    from underthesea import word_tokenize

    ask: Words = partial(word_tokenize, use_token_normalize=False)
    return quick_words(ask) or ask


def proposed_ends(text: str) -> set[int]:
    """The offsets after which underthesea ends a sentence; it splits "vnexpress.net" and "Điều 5." too.

    >>> sorted(proposed_ends("Trời mưa. PGS. Lan về."))
    [9, 22]
    """
    # It looks back from every period to the start of the word: "a.a.a. …" would take quadratic time.
    text = _LONG_WORD.sub(lambda word: "x" * len(word[0]), text)
    ends, end = set(), 0
    for sentence in _sent_tokenize()(text):
        end = text.index(sentence, end) + len(sentence)
        ends.add(end)
    return ends


def model_spelling(text: str) -> str:
    """The text as underthesea's word model was trained to read it, letter for letter.

    It learnt hoà, uỷ and khoẻ. The package itself respells them as hòa, ủy and khỏe, and then its model takes "hòa
    bình" or "ủy ban" for two words; F1 on treebank text is 0.2 points higher with the mark on the second vowel.

    >>> model_spelling("Ủy ban vì hòa bình, sức khỏe, hoàn thuế")
    'Uỷ ban vì hoà bình, sức khoẻ, hoàn thuế'
    """
    text = _TONE_ON_FIRST.sub(lambda pair: _TONE_ON_SECOND[pair[0]], text)
    return text.translate(_ETH) if "ð" in text or "Ð" in text else text


def words(text: str) -> list[str]:
    """The words that underthesea finds in a stretch of a sentence in `model_spelling`, syllables joined by a space.

    >>> words("Hội nghị họp ở TP.HCM.")
    ['Hội nghị', 'họp', 'ở', 'TP.HCM', '.']
    """
    if "-" in text:
        text = _JOINED_NAMES.sub(_set_apart, text)
    found = _word_tokenize()(_with_final_period_apart(text))
    return [part for word in found for part in _without_punctuation(word)]


def _set_apart(names: re.Match[str]) -> str:
    """Two names with a dash between them: "Bà Rịa-Vũng Tàu"; but "Wi-Fi" and "GD-ĐT" are words."""
    left, right = names["left"], names["right"]
    apart = is_syllable(left.lower()) and is_syllable(right.lower()) and not (left.isascii() and right.isascii())
    return f"{left} - " if apart else f"{left}-"


def _with_final_period_apart(text: str) -> str:
    """underthesea takes the last period of "ở TP.HCM." and "a@b.vn." for a part of the word."""
    core = text.rstrip(_AFTER_PERIOD)
    if core.endswith(".") and core[-2:-1].isalpha() and not core.lower().endswith("v.v."):
        return f"{core[:-1]} .{text[len(core) :]}"
    return text


def _without_punctuation(word: str) -> list[str]:
    """The model at times joins a mark to a word ("! Bạn"): such a word falls into its syllables."""
    if " " not in word or word.replace(" ", "").isalnum():
        return [word]
    parts = word.split(" ")
    return [word] if all(any(map(str.isalnum, part)) for part in parts) else parts
