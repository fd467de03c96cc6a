"""The language of an article and of its paragraphs, the article informing its short lines.

A line such as *Thanh Huyen* is a name in either language; under an English article it is part of the English.
What a line says for itself still counts: *Ảnh: Hoài Thu* stays Vietnamese wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.language.judgement import Judgement, Language, decide, judge, probabilities
from corpus.language.line import Totals
from corpus.language.tables import function_words

_SENTENCE = 6  # words; a shorter paragraph is a heading, a name or a label, and says little of the article
_MINORITY = 0.3  # of the letters in the body's sentences: from here on an article is in both languages
_NAME_WORDS, _NAME_CAPITALS = 5, 3  # a line of so many words in title case, or in capitals, may be a name
_NAME_TRUST, _SHORT_TRUST = 14.0, 3.0  # what the article adds to a name, and to another short line


def detect_parts(parts: list[str]) -> tuple[Language, list[Language]]:
    """The language of an article given as its paragraphs, and of each paragraph.

    An article is mixed if three tenths of its sentences or more (by letters) are in the other language; captions
    do not count. Time grows with the number of paragraphs; of each, a bounded sample is looked at.

    >>> body = "The delegates attended the annual conference."
    >>> article, parts = detect_parts([body, "Thanh Huyen", "Ảnh: Hoài Thu"])
    >>> article.label, [part.label for part in parts]
    ('en', ['en', 'en', 'vi'])
    """
    judged = [judge(part) for part in parts]
    article = _of_article(judged)
    return article, [decide(_informed(part, article)) for part in judged]


def _of_article(parts: list[Judgement]) -> Language:
    telling = [part for part in parts if part.totals is not None]
    if len(telling) < 2:
        return decide(telling[0].totals if telling else None)
    sentences = [part for part in telling if len(part.words) >= _SENTENCE and not part.credit] or telling
    sizes = ((sum(map(len, part.words)), part.totals) for part in sentences if part.totals is not None)
    return _weigh(*_count_letters(sizes))


def _count_letters(sentences: Iterable[tuple[int, Totals]]) -> tuple[dict[str, float], bool]:
    """Letters in each language, a doubtful sentence shared out; whether the Vietnamese is unaccented."""
    letters = {"vi": 0.0, "en": 0.0, "other": 0.0}
    accented = 0.0
    for size, totals in sentences:
        shares = probabilities(totals)
        letters["other"] += size * shares["other"]
        letters["vi"] += size * (shares["vi"] + shares["mixed"] / 2)
        letters["en"] += size * (shares["en"] + shares["mixed"] / 2)
        accented += size * shares["vi"] * (1 if totals.vi > totals.bare else -1)
    return letters, accented < 0


def _weigh(letters: dict[str, float], unaccented: bool) -> Language:
    """From letters per language to the article's; the score falls to 0.5 towards the border of mixed."""
    both = letters["vi"] + letters["en"]
    whole = both + letters["other"]
    if letters["other"] > both:
        return Language("other", round(letters["other"] / whole, 4))
    major, minor = ("vi", "en") if letters["vi"] >= letters["en"] else ("en", "vi")
    share = letters[minor] / both
    label, sure = ("mixed", 0.5 + 2 * (share - _MINORITY)) if share >= _MINORITY else (major, 1 - 2 * share)
    return Language(label, round(sure * both / whole, 4), unaccented and label != "en")


def _informed(part: Judgement, article: Language) -> Totals | None:
    """The evidence of a paragraph, with what its article adds to a line too short to speak for itself."""
    if part.totals is None or article.label not in ("vi", "en") or len(part.words) >= _SENTENCE:
        return part.totals
    trust = _NAME_TRUST if _may_be_name(part.words) else _SHORT_TRUST
    totals = part.totals
    if article.label == "en":
        return totals._replace(en=totals.en + trust)
    return totals._replace(vi=totals.vi + trust, bare=totals.bare + (trust if article.unaccented else 0.0))


def _may_be_name(words: tuple[str, ...]) -> bool:
    """Whether a line could be a name and nothing else: few words, all capitalised, none that makes a clause.

    >>> _may_be_name(("Quốc", "Tuấn")), _may_be_name(("Ảnh", "Hoài", "Thu")), _may_be_name(("Hội", "nghị"))
    (True, False, False)
    """
    limit = _NAME_CAPITALS if all(map(str.isupper, words)) else _NAME_WORDS
    if len(words) > limit or not all(word[0].isupper() for word in words):
        return False
    return function_words().isdisjoint(word.lower() for word in words)
