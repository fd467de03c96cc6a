"""What a sentence or an article is compared by: its words, and the hashes of its short runs of words.

Words come from the shadow of the text, so capitals, punctuation and the place of a tone mark do not count. Diacritics
do: ma, má and mà are three words. A *shingle* is a run of words (Broder 1997, "On the resemblance and containment of
documents"); a sentence is compared by its single words and its pairs of words, so that one word is enough to have a
shingle and the order of words still counts. An article is compared by its runs of five.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from corpus.errors import UsageError
from corpus.orthography import shadow

SENTENCE = (1, 2)
ARTICLE = (5,)
FEWEST_WORDS = 4
"""A side with fewer words than this, numbers not counted, is generic: anybody may have said it."""

_WORD = re.compile(r"(?:(?<!\S)-)?\d+(?:[.,:/]\d+)*|[^\W_]+")
FACTOR = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def words(text: str) -> list[str]:
    """The words of the shadow; a number keeps its inner points and a minus sign of its own.

    >>> words("Hoà Bình: má đi chợ, lúc -1.234,5 độ?")
    ['hòa', 'bình', 'má', 'đi', 'chợ', 'lúc', '-1.234,5', 'độ']
    """
    return words_of_shadow(shadow(text))


def words_of_shadow(text: str) -> list[str]:
    """The same of a text that is a shadow already."""
    return _WORD.findall(text)


def numbers(of: Iterable[str]) -> tuple[str, ...]:
    """The numbers among words, in order, as they are written.

    >>> numbers(words("Giá vàng hôm nay 55 triệu, hôm qua 54,5"))
    ('55', '54,5')
    """
    return tuple(word for word in of if _is_number(word))


def mask_numbers(of: Sequence[str]) -> list[str]:
    """The same words with every number as `0`.

    >>> mask_numbers(words("Giá vàng hôm nay 55 triệu"))
    ['giá', 'vàng', 'hôm', 'nay', '0', 'triệu']
    """
    return ["0" if _is_number(word) else word for word in of]


def is_generic(of: Iterable[str]) -> bool:
    """Whether words are too few to tell where they come from: "Xin cảm ơn.", "Điều 5", "12/5/2020".

    >>> is_generic(words("Xin cảm ơn.")), is_generic(words("Xin cảm ơn bác sĩ."))
    (True, False)
    """
    return sum(not _is_number(word) for word in of) < FEWEST_WORDS


def shingle_set(of: Sequence[str], orders: Sequence[int] = SENTENCE) -> frozenset[int]:
    """The 64-bit hashes of all runs of `orders` words. Shorter texts give one run; no words give no shingles.

    The same on every machine and in every process.

    >>> ma, mai = words("Má đi chợ"), words("Mà đi chợ")
    >>> len(shingle_set(ma)), len(shingle_set(ma) & shingle_set(mai))
    (5, 3)
    >>> len(shingle_set(words("Chào!"))), len(shingle_set(words("...")))
    (1, 0)
    """
    hashes = [word_hash(word) for word in of]
    found: set[int] = set()
    for order in orders:
        found.update(_runs(hashes, order))
    if hashes and not found:
        found.update(_runs(hashes, len(hashes)))
    return frozenset(found)


def similarity(a: frozenset[int], b: frozenset[int]) -> float:
    """Jaccard similarity of two sets: what they share over what they have together; 0.0 if either is empty.

    >>> similarity(frozenset({1, 2, 3}), frozenset({2, 3, 4}))
    0.5
    """
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def check_threshold(value: float) -> None:
    """Raise UsageError unless the value is a similarity above 0."""
    if not 0 < value <= 1:
        raise UsageError(f"a similarity of {value} cannot be reached; give a threshold above 0 and up to 1, as 0.85")


def hash64(text: str) -> int:
    """A 64-bit hash that depends on the text alone."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


word_hash = lru_cache(maxsize=1 << 17)(hash64)


def _runs(hashes: list[int], order: int) -> Iterable[int]:
    if order == 1:
        return hashes
    if order == 2:
        return [(a * FACTOR + b) & _MASK for a, b in pairwise(hashes)]
    return [_combine(hashes[start : start + order]) for start in range(len(hashes) - order + 1)]


def _combine(hashes: list[int]) -> int:
    value = 0
    for one in hashes:
        value = (value * FACTOR + one) & _MASK
    return value


def _is_number(word: str) -> bool:
    return word[0] == "-" or word[0].isdecimal()
