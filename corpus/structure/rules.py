"""The rules of this room, read from `corpus/data/structure/` when they are first needed.

A phrase file has `[section]` heads, one phrase a line; a table has columns between tabs. Lines that start with `#`
are comments and name the source.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from corpus.orthography import fold, shadow


@cache
def _lines(file: str) -> tuple[str, ...]:
    text = resources.files("corpus").joinpath(f"data/structure/{file}").read_text("utf-8")
    return tuple(line for line in text.split("\n") if line.strip() and not line.startswith("#"))


@cache
def entries(file: str, section: str | None = None) -> tuple[str, ...]:
    """The phrases of a section as written, in order; without a section, all lines of the file.

    >>> entries("credits.txt", "label")[0]
    'chú thích ảnh'
    """
    if section is None:
        return _lines(file)
    found: list[str] = []
    inside = False
    for line in _lines(file):
        if line.startswith("[") and line.endswith("]"):
            inside = line[1:-1] == section
        elif inside:
            found.append(line)
    return tuple(found)


@cache
def phrases(file: str, section: str | None = None) -> frozenset[str]:
    """The shadows of the same phrases, for comparing.

    >>> "thời sự" in phrases("boilerplate.txt", "section")
    True
    """
    return frozenset(shadow(phrase) for phrase in entries(file, section))


@cache
def folded(file: str, section: str | None = None) -> frozenset[str]:
    """The same without diacritics, for names that English writing has stripped."""
    return frozenset(fold(phrase) for phrase in phrases(file, section))


@cache
def rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, each a tuple of its columns."""
    return tuple(tuple(column.strip() for column in line.split("\t")) for line in _lines(file))


def alternatives(words: tuple[str, ...] | frozenset[str]) -> str:
    r"""A regular expression for any of the words, the longest first so that a part never hides the whole.

    >>> alternatives(("bài", "bài và ảnh"))
    'bài\\ và\\ ảnh|bài'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def opening(file: str, section: str) -> re.Pattern[str]:
    """Matches a shadow that begins with a phrase of the section, at a word boundary."""
    return re.compile(rf"(?:{alternatives(phrases(file, section))})(?!\w)")


@cache
def containing(file: str, section: str) -> re.Pattern[str]:
    """Finds a phrase of the section in a shadow, as whole words."""
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases(file, section))})(?!\w)")
