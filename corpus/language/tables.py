"""The word tables of this room: how common a word is in English, in Vietnamese, and among other languages.

The counts are made by hand or learnt from free texts; the heads of the files in corpus/data/language name the
sources. Probabilities are natural logarithms throughout.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from corpus.orthography.syllable import bare, bare_syllables, syllables

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# What a word of the hand-made lists counts, against one occurrence in the counted texts (technical prose,
# some 100,000 words a side): enough for daily speech and news to weigh as much as they do outside.
_ENGLISH_WEIGHT = {"function": 300, "common": 20, "general": 5, "names": 5, "acronyms": 20, "labels": 5}
_EVERYDAY_WEIGHT = 60
_UNSEEN_COUNT = 0.5
_UNSEEN_SHARE = 1e-6
_FUNCTION_SHARE = 0.4  # of running text, what the thirty most frequent words of a language make up, roughly


def _read_lines(name: str) -> Iterator[str]:
    text = resources.files("corpus").joinpath(f"data/language/{name}").read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def read_sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a file that is divided by lines such as "[common]", in lower case."""
    sections: dict[str, list[str]] = {}
    for line in _read_lines(name):
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        else:
            section.extend(_WORD.findall(line.lower()))
    return {title: tuple(words) for title, words in sections.items()}


def _read_counts(name: str) -> Counter[str]:
    rows = (line.split("\t") for line in _read_lines(name))
    return Counter({word: int(count) for word, count in rows})


def _log_shares(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {word: math.log(count / total) for word, count in counts.items()}


@cache
def english_words() -> Mapping[str, float]:
    """English word -> ln P; inflections by rule are not in it."""
    counts = _read_counts("english_counts.tsv")
    for section, words in read_sections("english_words.txt").items():
        for word in words:
            counts[word] += _ENGLISH_WEIGHT[section]
    return _log_shares(counts)


@cache
def vietnamese_words() -> Mapping[str, float]:
    """Vietnamese syllable, with its diacritics -> ln P."""
    counts: dict[str, float] = dict.fromkeys(sorted(syllables()), _UNSEEN_COUNT)
    for syllable, count in _read_counts("vietnamese_counts.tsv").items():
        counts[syllable] = counts.get(syllable, _UNSEEN_COUNT) + count
    for syllable in read_sections("vietnamese_words.txt")["everyday"]:
        counts[syllable] = counts.get(syllable, _UNSEEN_COUNT) + _EVERYDAY_WEIGHT
    return _log_shares(counts)


@cache
def bare_words() -> Mapping[str, float]:
    """Vietnamese syllable typed without diacritics -> ln P: đường, dưỡng and dương in one.

    >>> bare_words()["duong"] > vietnamese_words()["đường"]
    True
    """
    shares = dict.fromkeys(sorted(bare_syllables()), _UNSEEN_SHARE)
    for syllable, log_share in vietnamese_words().items():
        shares[bare(syllable)] = shares.get(bare(syllable), _UNSEEN_SHARE) + math.exp(log_share)
    return _log_shares(shares)


@cache
def other_words() -> Mapping[str, float]:
    """Frequent word of some other language -> ln P, its share of running text averaged over the languages."""
    counts: Counter[str] = Counter()
    for line in _read_lines("other_words.txt"):
        counts.update(set(_WORD.findall(line.partition(":")[2])))
    return {word: share + math.log(_FUNCTION_SHARE) for word, share in _log_shares(counts).items()}


@cache
def function_words() -> frozenset[str]:
    """The words that hold a clause together, English and Vietnamese: never borrowed, and no names."""
    both = (read_sections(f"{language}_words.txt")["function"] for language in ("english", "vietnamese"))
    return frozenset().union(*both)


@cache
def labels(language: str) -> frozenset[str]:
    """Words that stand before a colon in captions and credits: Photo, Ảnh.

    >>> "nguồn" in labels("vietnamese"), "source" in labels("english")
    (True, True)
    """
    return frozenset(read_sections(f"{language}_words.txt")["labels"])


@cache
def vietnamese_acronyms() -> frozenset[str]:
    return frozenset(read_sections("vietnamese_words.txt")["acronyms"])
