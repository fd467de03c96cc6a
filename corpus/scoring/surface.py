"""What can be seen of a pair without understanding it: lengths, copies, debris, repetition, markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from statistics import median

from corpus.encoding.evidence import TOKEN, points

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LATIN_UTF8 = re.compile("[ÃÂÄÅÆ][\x80-\xbf\u2013-\u2122\u0152-\u0178\u02c6\u02dc]|á[º»]|â€|\ufffd")
_DEBRIS = -1.0  # points of a word, read as Vietnamese and as any other language, at which it is debris
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]{0,300}>|&(?:[A-Za-z]{2,10}|#[0-9]{1,6});|https?://[^\s<>]{1,2000}|www\.[^\s<>]{1,2000}"
    r"|`[^`\n]{1,300}`|\$[^$\n]{1,300}\$|\{\{[^{}\n]{0,300}\}\}|\]\([^()\s]{1,500}\)|:[a-z]{2,10}:"
    r"|\\[A-Za-z]{2,20}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
)
_MARKUP_SIGNS = ("<", "&", "://", "www.", "`", "$", "{{", "](", ":", "\\", "@")  # one at least stands in any markup
_LEAST = 30
_PHRASE = 3  # words that must return together to count as said again


def length_ratio(vi: str, en: str, usual: float = 1.0) -> float | None:
    """English characters per Vietnamese one, over the usual ratio; None if a side is empty.

    >>> length_ratio("trời mưa", "it rains"), length_ratio("trời mưa", "it rains", usual=2.0), length_ratio("mưa", " ")
    (1.0, 0.5, None)
    """
    vi_length, en_length = len(vi.strip()), len(en.strip())
    return en_length / vi_length / usual if vi_length and en_length else None


def usual_ratio(pairs: Iterable[tuple[str, str]]) -> float:
    """The English-per-Vietnamese length ratio of a collection: the median of these pairs; 1.0 of too few.

    >>> usual_ratio([("trời mưa", "it rained.")] * 40), usual_ratio([("trời mưa", "it rained.")])
    (1.25, 1.0)
    """
    ratios = [ratio for vi, en in pairs if (ratio := length_ratio(vi, en))]
    return median(ratios) if len(ratios) >= _LEAST else 1.0


def copied(vi: str, en: str) -> float | None:
    """The share of the words of the side with fewer words that the other side merely copies; None without words.

    >>> copied("We met in Sơn La", "We met in Sơn La"), copied("Đoàn thăm bản Hua Păng", "The team visited Hua Păng")
    (1.0, 0.4)
    >>> copied("2020", "!!") is None
    True
    """
    return share_copied(words(vi), words(en))


def share_copied(vi: Sequence[str], en: Sequence[str]) -> float | None:
    """`copied` of the words of both sides."""
    left, right = ([word for word in side if not word.isdigit()] for side in (vi, en))
    least = min(len(left), len(right))
    if not least:
        return None
    times_left, times_right = Counter(left), Counter(right)
    return sum(min(times_left[word], times_right[word]) for word in times_left.keys() & times_right.keys()) / least


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [*map(str.lower, _WORD.findall(text))]


def debris(text: str) -> float | None:
    """The share of the characters other than blanks that are the debris of a wrong encoding; None without any.

    >>> debris("Céng hoµ x· héi chñ nghÜa") > 0.4, debris("Cộng hoà xã hội; café à la crème")
    (True, 0.0)
    >>> debris("Báº¡n sáº½ cáº§n nguá»“n") > 0.8
    True
    """
    whole = len(text) - text.count(" ")
    if not whole:
        return None
    if text.isascii():
        return 0.0
    return min(1.0, sum(map(_lost, TOKEN.findall(text))) / whole)


@lru_cache(maxsize=1 << 16)
def _lost(token: str) -> int:
    """How many characters of a token are debris: all of them or none."""
    if token.isascii() or not (_LATIN_UTF8.search(token) or max(points(token)[:2]) <= _DEBRIS):
        return 0
    return len(token)


def repeated(text: str) -> float | None:
    """The share of the words that only say again what was said: three words in a row that stood there before, or one
    word twice running; None without words.

    >>> repeated("Đoàn đến Sơn La. Đoàn đến Sơn La. Đoàn đến Sơn La."), repeated("Đoàn đến Sơn La, rồi về Hà Nội.")
    (0.666..., 0.0)
    """
    return share_repeated(words(text))


def share_repeated(found: Sequence[str]) -> float | None:
    """`repeated` of the words of a text."""
    if not found:
        return None
    phrases = [*zip(found, found[1:], found[2:])]  # noqa: B905 - each begins one word later
    if len({*phrases}) == len(phrases) and not any(a == b == c for a, b, c in phrases):
        return 0.0
    seen: set[tuple[str, ...]] = set()
    again = bytearray(len(found))
    for at, phrase in enumerate(phrases):
        if phrase in seen:
            again[at : at + _PHRASE] = b"\x01" * _PHRASE
        seen.add(phrase)
        if phrase[0] == phrase[1] == phrase[2]:
            again[at + 2] = 1
    return sum(again) / len(found)


def markup_share(text: str) -> float | None:
    """The share of the characters other than blanks that are tags, entities, code or addresses; None without any.

    >>> markup_share("<b>Sơn</b>"), markup_share("Xem https://sonla.gov.vn") > 0.8, markup_share("Sơn La")
    (0.7, True, 0.0)
    """
    whole = len(text) - text.count(" ")
    if not whole:
        return None
    if not _may_have_markup(text):
        return 0.0
    return sum(len(match[0]) - match[0].count(" ") for match in _MARKUP.finditer(text)) / whole


def without_markup(text: str) -> str:
    """
    >>> without_markup("Gọi `fit` <br>nhé").split()
    ['Gọi', 'nhé']
    """
    return _MARKUP.sub(" ", text) if _may_have_markup(text) else text


def _may_have_markup(text: str) -> bool:
    """Whether a sign stands in the text that all markup needs: the quick look that settles it for most sentences."""
    return any(map(text.__contains__, _MARKUP_SIGNS))
