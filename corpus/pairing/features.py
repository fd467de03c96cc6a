"""What an article is compared by, as numbers: anchors, words, links, and its day.

An article becomes a few short arrays, and a collection the same arrays end to end, so that a million articles are
compared without a word of their text. Anchors and links are keys of 64 bits, hashes of what they say: two processes
that never met give one name the same key. Words are numbers of the lexicon's English units.

    anchors  how often each occurs, as 1 + log(count)
    words    of an English article how often each occurs, likewise; of a Vietnamese one how surely it is meant
    links    what may link it to one other article, see links.py
    day      its day of publication as a number, 0 if unknown
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from corpus.orthography import normalize
from corpus.pairing.anchors import date_anchors, find_anchors
from corpus.pairing.links import link_keys
from corpus.pairing.model import Document
from corpus.pairing.words import WordFinder

Array = Any
_FULL_DATE = len("2020-12-22")


class Rows(NamedTuple):
    """Lists of different lengths, end to end: `keys[starts[k]:starts[k + 1]]` with their `values`."""

    starts: Array
    keys: Array
    values: Array

    @classmethod
    def of(cls, keys: Sequence[Array], values: Sequence[Array]) -> Rows:
        """The rows of one article each."""
        starts = np.cumsum([0, *map(len, keys)], dtype=np.int64)
        return cls(starts, *(np.concatenate(column) if column else np.zeros(0) for column in (keys, values)))

    def row(self, k: int) -> tuple[Array, Array]:
        """The keys and values of row k."""
        at = slice(*self.starts[k : k + 2].tolist())
        return self.keys[at], self.values[at]

    @property
    def owners(self) -> Array:
        """The row of every key."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


class ArticleFeatures(NamedTuple):
    """One article. Keys are sorted; `labels` say in words what the anchors are."""

    anchors: Array
    counts: Array
    labels: list[str]
    words: Array
    strengths: Array
    links: Array
    day: int


@dataclass(frozen=True)
class Features:
    """Articles of one language, in order."""

    anchors: Rows
    words: Rows
    links: Rows
    days: Array

    def __len__(self) -> int:
        return len(self.days)

    @classmethod
    def of(cls, articles: Sequence[ArticleFeatures]) -> Features:
        """The articles end to end."""
        return cls(
            Rows.of([article.anchors for article in articles], [damped(article.counts) for article in articles]),
            Rows.of([article.words for article in articles], [article.strengths for article in articles]),
            Rows.of([article.links for article in articles], []),
            np.array([article.day for article in articles], np.int32),
        )


def damped(counts: Array) -> Array:
    """What repeats itself weighs more, but not as often as it repeats itself."""
    return (1 + np.log(counts)).astype(np.float32)


def article_features(documents: Sequence[Document], lang: str, finder: WordFinder) -> list[ArticleFeatures]:
    """The features of some articles of one language; none depends on the others."""
    texts = [normalize(document.text) for document in documents]
    found = []
    for document, text, (words, strengths) in zip(documents, texts, finder.find(texts, lang), strict=True):
        anchors, counts, labels = _anchors(text, document.published, lang)
        links = np.array(sorted(set(link_keys(document, lang))), np.uint64)
        found.append(ArticleFeatures(anchors, counts, labels, words, strengths, links, day_number(document.published)))
    return found


def _anchors(text: str, published: str | None, lang: str) -> tuple[Array, Array, list[str]]:
    """The keys of an article's anchors in order, how often each occurs, and their labels."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for key, label in chain(find_anchors(text, lang), date_anchors(published) if published else ()):
        counts[key] = counts.get(key, 0) + 1
        labels.setdefault(key, label)
    hashed = sorted((hash_key(key), key) for key in counts)
    return (
        np.array([number for number, _ in hashed], np.uint64),
        np.array([counts[key] for _, key in hashed], np.int32),
        [labels[key] for _, key in hashed],
    )


def hash_key(key: str) -> int:
    """64 bits that stand for a key, the same in every process and on every day.

    >>> hash_key("@hanoi") == hash_key("@" + "ha" + "noi"), hash_key("@hanoi") == hash_key("@haiphong")
    (True, False)
    """
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def day_number(published: str | None) -> int:
    """The number of a day; 0 where the day is not known.

    >>> day_number("2020-12-22") - day_number("2020-12-19T08:00:00"), day_number("2020-12")
    (3, 0)
    """
    try:
        return date.fromisoformat((published or "")[:_FULL_DATE]).toordinal()
    except ValueError:
        return 0
