"""underthesea's word model with its features made here: the same words in half the time.

`underthesea.word_tokenize` cuts a sentence into tokens, describes each by 43 features and lets a conditional random
field tag them. Describing takes two thirds of the whole, for every feature of every token is worked out by itself; here
a sentence is described a column at a time, and what two features share is made once.

The parts this needs are not promised by underthesea, so they are looked at before they are used: where one is missing,
or where the features differ on sentences made to tell, there is no quick way, and the caller asks the package itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

_LOOKS = (
    ("", "-2 -1 0 1 2 -2,-1 -1,0 0,1 1,2 -2,0 -1,1 0,2"),
    (".lower", "-2 -1 0 1 2 -2,-1 -1,0 0,1 1,2"),
    (".isdigit", "-1 0 1"),
    (".istitle", "-2 -1 0 1 2 0,1 0,2"),
    (".is_in_dict", "-2 -1 0 1 2 -2,-1 -1,0 0,1 1,2 -2,0 -1,1 0,2"),
)
FEATURES = [f"T[{place}]{view}" for view, places in _LOOKS for place in places.split()]
"""What the model learnt to look at: a token by its distance, or a run of tokens from one distance to another."""
KNOWN = re.compile(
    "[\t\n -~\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9"
    "\u2010-\u205e\u20ab\u20ac\u2122\u2190-\u22ff]*"
)
"""Texts of letters whose capitals are the same in every version of Unicode; others are left to the package."""
_MODEL = "models/ws_crf_vlsp2013_20230727"
_GREATEST = 2**31 - 1
_BEFORE, _AFTER = ("BOS", "BOS"), ("EOS", "EOS")
_NAME = re.compile(r"T\[(?P<first>-?\d)(?:,(?P<last>-?\d))?\](?:\.(?P<view>\w+))?")
_TELLING = (
    "Hà Nội là thủ đô của nước Cộng hòa xã hội chủ nghĩa Việt Nam, từ năm 1945.",
    "TP.HCM: 12 người Mông (H'Mông) ĐI XE B52 - 3,5% - về iPhone ß ŉ ǅ tại UBND xã, v.v...",
    "Ừ.", "A B", "x 1 y", "ISBN 9786041123456, 2147483648, 02147483647, 4/2020",
)  # fmt: skip

Words = Callable[[str], list[str]]


def quick_words(ask: Words) -> Words | None:
    """A quick way to what `ask` says, which is underthesea's word_tokenize without its token normalisation.

    None where underthesea is not as this module knows it.
    """
    for text in _TELLING:
        ask(text)  # loads the model
    try:
        words, agrees = _connect(ask)
    except (ImportError, AttributeError, KeyError, OSError, TypeError, ValueError):
        return None
    return words if agrees and all(words(text) == ask(text) for text in _TELLING) else None


def _connect(ask: Words) -> tuple[Words, bool]:
    """The quick way, and whether its features are the package's own."""
    package = import_module("underthesea.pipeline.word_tokenize")
    normalize = import_module("underthesea.pipeline.text_normalize.character_normalize").normalize_characters_in_text
    find, model = import_module(f"{package.__name__}.regex_tokenize").patterns.finditer, package.word_tokenize_model
    tag, described = model.estimator.tag, model.featurizer.process
    read = import_module("joblib").load  # as the package reads its own files
    folder = Path(str(package.__file__)).parent / _MODEL
    names = read(folder / model.path_features)
    dictionary = frozenset(read(folder / model.path_dictionary))

    def tokens_of(text: str) -> list[str]:
        return [match[0] for match in find(normalize(text))]

    def words(text: str) -> list[str]:
        if KNOWN.fullmatch(text) is None:
            return ask(text)
        tokens = tokens_of(text)
        return join_syllables(tokens, tag(describe(tokens, dictionary))) if tokens else []

    telling: list[Any] = [tokens_of(text) for text in _TELLING]
    own = [list(map(list, describe(tokens, dictionary))) for tokens in telling]
    agrees = names == FEATURES and own == described([[[token] for token in tokens] for tokens in telling])
    return words, agrees


class _Feature(NamedTuple):
    """One of `FEATURES`, taken apart: what it looks at, of how many tokens, from which place on (2 is the token)."""

    view: tuple[str, int]
    place: int
    start: str
    judged: dict[Any, str] | None
    """The whole feature by its value, where that is only true or false: no string is made twice."""


def _take_apart(name: str) -> _Feature:
    match = _NAME.fullmatch(name)
    assert match is not None  # the names are those above
    first = int(match["first"])
    view = match["view"] or "text"
    judged = {value: f"{name}={value}" for value in (True, False, "BOS", "EOS")}
    run = (view, int(match["last"] or first) - first + 1)
    return _Feature(run, first + 2, f"{name}=", None if view in ("text", "lower") else judged)


_PARTS = tuple(map(_take_apart, FEATURES))


def describe(tokens: Sequence[str], dictionary: Collection[str]) -> list[tuple[str, ...]]:
    """The features of each token, in the order of `FEATURES`; beyond the sentence stand BOS and EOS.

    >>> row = describe(["Ở", "Hà", "Nội"], {"hà nội"})[1]
    >>> [row[FEATURES.index(name)] for name in ("T[-1]", "T[0,1].lower", "T[0,1].istitle", "T[0,1].is_in_dict", "T[2]")]
    ['T[-1]=Ở', 'T[0,1].lower=hà nội', 'T[0,1].istitle=True', 'T[0,1].is_in_dict=True', 'T[2]=EOS']
    """
    size = len(tokens)
    views = {run: (*_BEFORE, *values, *_AFTER) for run, values in _views(tokens, dictionary).items()}
    columns = []
    for run, place, start, judged in _PARTS:
        values = views[run][place : place + size]
        columns.append([start + value for value in values] if judged is None else [judged[value] for value in values])
    return list(zip(*columns))  # noqa: B905 - one length


def _views(tokens: Sequence[str], dictionary: Collection[str]) -> dict[tuple[str, int], Sequence[Any]]:
    """What can be seen of each token and of each run of two and three, by kind and length.

    A token is a title if its first character is its own capital; a run is one if all its tokens are.
    """
    lowers = [token.lower() for token in tokens]
    titles = [token[0] == token[0].upper() for token in tokens]
    pairs, triples = _runs(tokens)
    lower_pairs, lower_triples = _runs(lowers)
    known = dictionary.__contains__
    return {
        ("text", 1): tokens, ("text", 2): pairs, ("text", 3): triples,
        ("lower", 1): lowers, ("lower", 2): lower_pairs,
        ("isdigit", 1): list(map(_is_number, tokens)),
        ("istitle", 1): titles,
        ("istitle", 2): [a and b for a, b in pairwise(titles)],
        ("istitle", 3): [a and b and c for a, b, c in zip(titles, titles[1:], titles[2:])],  # noqa: B905 - neighbours
        ("is_in_dict", 1): list(map(known, lowers)),
        ("is_in_dict", 2): list(map(known, lower_pairs)), ("is_in_dict", 3): list(map(known, lower_triples)),
    }  # fmt: skip


def _is_number(token: str) -> bool:
    """What the package calls digits: a whole number of 32 bits. No token begins with a sign."""
    return token.isdigit() and token.isascii() and int(token) <= _GREATEST


def _runs(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    pairs = [f"{a} {b}" for a, b in pairwise(tokens)]
    return pairs, [f"{pair} {c}" for pair, c in zip(pairs, tokens[2:])]  # noqa: B905 - neighbours


def join_syllables(tokens: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The words: a token tagged I-W goes on with the word before it.

    >>> join_syllables(["Ở", "Hà", "Nội"], ["B-W", "B-W", "I-W"])
    ['Ở', 'Hà Nội']
    """
    words: list[str] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag == "I-W" and words:
            words[-1] += " " + token
        else:
            words.append(token)
    return words
