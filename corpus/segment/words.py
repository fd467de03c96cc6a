"""Sentences into words, as annotations: every token is a slice of the sentence.

Law: the tokens of a sentence, joined, are the sentence, white space apart. It holds for every string: what a model
cannot take is kept from it, what it respells is traced back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from corpus.segment import english, vietnamese
from corpus.segment.languages import rules_language
from corpus.segment.spelling import locate
from corpus.segment.units import Span, plain_spans, unite, units

LONGEST_WORD = 150
"""Code points. A longer run without white space is data, and costs the tokenisers quadratic time."""
LONGEST_STRETCH = 800
"""Code points that a tokeniser is given at once; underthesea slows down on more."""

_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_KEPT_FROM_MODELS = re.compile(rf"\S{{{LONGEST_WORD},}}|\S*(?:(?:ht|f)tps?:|\.[a-z]{{2,13}}/)\S*")
_CLUSTER = re.compile(r"(?s:.)[\u0300-\u036f]*")
_PAUSE = re.compile(r"[,;:.)][ ]")


def token_spans(sentence: str, lang: str) -> list[Span]:
    """Where the tokens of a sentence are: `[start, end)` in code points, in order.

    Vietnamese words by underthesea, English tokens by sacremoses; a legal number, an address, a date and the like are
    one token each. `lang` as for `sentence_spans`.

    >>> token_spans("Ở Hà Nội.", "vi")
    [(0, 1), (2, 8), (8, 9)]
    """
    return list(_remembered_spans(sentence, rules_language(sentence, lang)))


@lru_cache(maxsize=8192)
def _remembered_spans(sentence: str, lang: str) -> tuple[Span, ...]:
    """The same, a tuple: headings, captions and formulas of a site come again and again, and a model is dear."""
    if _is_plain(sentence):
        return tuple(_model_spans(sentence, lang))
    spans: list[Span] = []
    for start, end, fit in _stretches(sentence):
        stretch = sentence[start:end]
        found = _model_spans(stretch, lang) if fit else plain_spans(stretch)
        spans += [(start + a, start + b) for a, b in found]
    return tuple(spans)


def tokenize(sentence: str, lang: str = "vi") -> list[str]:
    """The tokens of a sentence as it writes them; a Vietnamese word keeps its inner space.

    >>> tokenize("Nghị quyết 16-NQ/TW vì hoà bình.")
    ['Nghị quyết', '16-NQ/TW', 'vì', 'hoà bình', '.']
    >>> tokenize("It didn't say 5,000.", "en")
    ['It', 'didn', "'t", 'say', '5,000', '.']
    """
    return [sentence[start:end] for start, end in token_spans(sentence, lang)]


def word_segment(sentence: str, lang: str = "vi") -> str:
    """The sentence with one space between words and `_` between the syllables of a word.

    >>> word_segment("Hà Nội là thủ đô.")
    'Hà_Nội là thủ_đô .'
    """
    return " ".join("_".join(token.split()) for token in tokenize(sentence, lang))


def _is_plain(sentence: str) -> bool:
    """Whether a model may see the sentence as it is, which nearly all are."""
    if len(sentence) > LONGEST_STRETCH or "/" in sentence or "tp:" in sentence or "tps:" in sentence:
        return False
    return len(sentence) <= LONGEST_WORD or max(map(len, sentence.split())) <= LONGEST_WORD


def _stretches(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """Stretches of bounded length that a model may see, and between them the words that it must not."""
    start = 0
    for word in _KEPT_FROM_MODELS.finditer(sentence):
        yield from _windows(sentence, start, word.start())
        yield word.start(), word.end(), False
        start = word.end()
    yield from _windows(sentence, start, len(sentence))


def _windows(sentence: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cuts at white space, after the last pause if there is one in the second half of the window."""
    while end - start > LONGEST_STRETCH:
        limit = start + LONGEST_STRETCH
        pauses = _PAUSE.finditer(sentence, limit - LONGEST_STRETCH // 2, limit)
        cut = max((pause.end() for pause in pauses), default=limit)
        while not sentence[cut - 1].isspace():
            cut -= 1
        yield start, cut, True
        start = cut
    if start < end:
        yield start, end, True


def _model_spans(text: str, lang: str) -> list[Span]:
    """The tokens of a stretch that is short enough for a model; decomposed letters are composed for it."""
    shown = text if text.isprintable() else _UNFIT.sub("\ufffd", text)
    if unicodedata.is_normalized("NFC", shown):
        return _whole_units(shown, lang)
    composed, origin = _composed(shown)
    spans = [(origin[start], origin[end]) for start, end in _whole_units(composed, lang)]
    return [(start, end) for start, end in spans if start < end]


def _whole_units(text: str, lang: str) -> list[Span]:
    """The tokens of a model with legal numbers, dates and the like made one token each."""
    spans, whole = _located(text, lang), units(text, lang)
    return unite(spans, whole, text) if whole else spans


def _located(text: str, lang: str) -> list[Span]:
    """The tokens of a model traced back to the text; plain ones if it rewrote the text beyond recognition."""
    if lang == "vi":
        text = vietnamese.model_spelling(text)
        spans = locate(vietnamese.words(text), text)
    else:
        spans = locate(english.words(text), text)
    return plain_spans(text) if spans is None else spans


def _composed(text: str) -> tuple[str, list[int]]:
    """The text with its Latin letters composed, and for each of its characters (and its end) the offset in `text`.

    >>> _composed("a\u0323\u0302 b")
    ('ậ b', [0, 3, 4, 5])
    """
    composed: list[str] = []
    origin: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        made = unicodedata.normalize("NFC", cluster[0])
        composed.append(made)
        origin += range(*cluster.span()) if made == cluster[0] else [cluster.start()] * len(made)
    return "".join(composed), [*origin, len(text)]
