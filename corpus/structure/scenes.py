"""Captions without a credit: a line that shows a scene rather than telling news.

Such a line is short, stands between long paragraphs, and shows who does what in words that the article uses as well:
"Đồng chí Chủ tịch UBND tỉnh phát biểu." What tells something new ("Hội nghị đã thông qua ...", "..., he said.") is body
however short it is. Only among long paragraphs is a short one conspicuous at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from corpus.orthography import shadow
from corpus.structure.lines import Line
from corpus.structure.rules import alternatives, containing, opening, phrases

_MOST_WORDS = 32
_MOST_PLAIN_WORDS = 26  # of a caption that neither names an event nor begins with people
_MOST_PLACE_WORDS = 12  # of a caption that only says where
_MOST_NAME_WORDS = 8  # of a caption that only names what is seen
_NEIGHBOUR, _LONG_NEIGHBOUR = 120, 200  # characters of the shorter and of the longer paragraph beside a caption
_PLAIN_NEIGHBOUR = 180  # the same of both where nothing else speaks for a caption
_KNOWN = 0.6  # share of the words that the article must use elsewhere where people are seen acting
_KNOWN_PAST = 0.8  # the same in the past, which news is told in
_KNOWN_PLAIN = 0.5  # the same where nothing else speaks for a caption
_KNOWN_EVENT = 0.8  # share of the words that the neighbours must hold where a line only names an event
_KNOWN_EVENT_ANYWHERE = 0.75  # share that the whole article must hold of a short line that names an event
_LOOK = 3000  # characters of a neighbour that are compared
_WORD = re.compile(r"\w{2,}")
_INNER_STOP = re.compile(r"(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!TS)(?<!BS)(?<!TP)[.!?…][”\"')]?[ ]+[^\W\d_a-z]")
_INNER_NAME = re.compile(r"[^.!?:“\"][ ](?=[^\W\d_])(\w{2,})")
_PAST = re.compile(r"(?<!\w)[a-z]{2,}ed(?!\w)")
_VERB_LIKE = re.compile(r"(?<!\w)[a-z]{2,}s(?!\w)")
_COMPANY = re.compile(r"(?<!\w)(?:during|beside|with|\w{3,}ing|trong|tại|bên|cùng)(?!\w)")


def shows_scene(line: Line, around: Sequence[Line], words: Mapping[str, int], beside_caption: bool = False) -> bool:
    """Whether a line without a credit is a caption.

    `around` are the running paragraphs before and after it, `words` how often the article uses each word;
    `beside_caption` says that the line above or below is a caption with a credit.
    """
    if not line.key or line.words > _MOST_WORDS or line.goes_on or line.is_item or line.asks:
        return False
    if opening("scenes.txt", "opening").match(line.key):
        return not line.is_prose or not containing("scenes.txt", "telling").search(line.key)
    if line.is_boxed or _says_only_where(line):
        return True
    sizes = [neighbour.end - neighbour.start for neighbour in around]
    conspicuous = bool(sizes) and min(sizes) >= _NEIGHBOUR and max(sizes) >= _LONG_NEIGHBOUR
    if tells(line) or not (conspicuous or beside_caption):
        return False
    others = {word: words.get(word, 0) - count for word, count in count_words([line.text]).items()}
    if _names_event(line, around, others) or _shows_people(line, others, beside_caption):
        return True
    return _shows_plainly(line, sizes, others)


def _says_only_where(line: Line) -> bool:
    """A fragment such as "At the online meeting", "Tại buổi hội đàm"."""
    short = line.words <= _MOST_PLACE_WORDS and not line.ends_sentence
    return short and opening("scenes.txt", "place").match(line.key) is not None


def _names_event(line: Line, around: Sequence[Line], others: Mapping[str, int]) -> bool:
    """The event and nothing that the article, or the paragraphs beside it, do not say as well."""
    if _event().match(line.key) is None or _is_past(line.key):
        return False
    if known_share(line.key, others) >= _KNOWN_EVENT_ANYWHERE and line.words <= _MOST_PLACE_WORDS:
        return True
    near = count_words(neighbour.text[:_LOOK] + neighbour.text[-_LOOK:] for neighbour in around)
    return known_share(line.key, near) >= _KNOWN_EVENT


def _shows_people(line: Line, others: Mapping[str, int], beside_caption: bool) -> bool:
    """Somebody doing what people in pictures do, or somebody at an event."""
    past = _is_past(line.key)
    if line.words <= _MOST_PLACE_WORDS and _at_event().search(line.key) and not past:
        return True
    people = opening("scenes.txt", "people").match(line.key)
    if people is None:
        return False
    if not line.ends_sentence and _COMPANY.search(line.key, people.end()):
        return True
    acts = containing("scenes.txt", "act").search(line.key, people.end()) is not None
    # English news is told in the past, pictures are described in the present.
    if not past and not _has_digit(line) and (beside_caption or (acts and line.lang == "en")):
        return True
    known = _KNOWN_PAST if past else _KNOWN
    return acts and (_at_event().search(line.key) is not None or known_share(line.key, others) >= known)


def _has_digit(line: Line) -> bool:
    return any(char.isdigit() for char in line.text)


def _shows_plainly(line: Line, sizes: Sequence[int], others: Mapping[str, int]) -> bool:
    """A lone short sentence of no news: no figures, no past, but an act or a bare name, in words of the article."""
    if not line.ends_sentence or line.words > _MOST_PLAIN_WORDS or len(sizes) < 2 or min(sizes) < _PLAIN_NEIGHBOUR:
        return False
    if _has_digit(line) or _is_past(line.key):
        return False
    acts = containing("scenes.txt", "act").search(line.key) or (line.lang == "en" and _COMPANY.search(line.key))
    return bool(acts or _is_bare_name(line)) and known_share(line.key, others) >= _KNOWN_PLAIN


def _is_bare_name(line: Line) -> bool:
    """Whether an English line only names what is seen: "Chiềng Khương border commune center."

    A word in -s could be a verb ("Son La borders Laos"), so there must be none.
    """
    named = any(match[1][0].isupper() for match in _INNER_NAME.finditer(line.text))
    return line.lang == "en" and named and line.words <= _MOST_NAME_WORDS and not _VERB_LIKE.search(line.text)


def _is_past(key: str) -> bool:
    """Whether an English sentence tells what happened."""
    return _PAST.search(key) is not None or containing("scenes.txt", "past").search(key) is not None


@cache
def _event() -> re.Pattern[str]:
    """Matches a shadow that begins with an event, a word or two before it: "The opening ceremony"."""
    return re.compile(rf"(?:the[ ](?:\w+[ ]){{0,2}})?(?:{alternatives(phrases('scenes.txt', 'event'))})(?!\w)")


@cache
def _at_event() -> re.Pattern[str]:
    """Finds what ends many captions: "tại hội nghị", "at the ceremony"."""
    return re.compile(rf"(?<!\w)(?:tại|at)[ ](?:\w+[ ]){{0,4}}(?:{alternatives(phrases('scenes.txt', 'event'))})\W*$")


def tells(line: Line) -> bool:
    """Whether the line tells rather than shows: it reports, connects, quotes, or holds several sentences."""
    return (
        opening("scenes.txt", "connective").match(line.key) is not None
        or containing("scenes.txt", "telling").search(line.key) is not None
        or '"' in line.key
        or _INNER_STOP.search(line.text) is not None
    )


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts, in its shadow; function words are left out."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_content_words(shadow(text)))
    return counted


def _content_words(key: str) -> list[str]:
    empty = phrases("scenes.txt", "function")
    return [word for word in _WORD.findall(key) if word not in empty]


def known_share(key: str, words: Mapping[str, int]) -> float:
    """The share of the words of a shadow that `words` counts at least once, function words apart, 0 to 1.

    >>> known_share("hội nghị tỉnh", {"hội": 2, "nghị": 1})
    0.6666666666666666
    """
    own = _content_words(key)
    return sum(words.get(word, 0) > 0 for word in own) / len(own) if own else 0.0
