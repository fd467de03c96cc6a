"""The room's rules, read from the files under `corpus/data/page`: a file has sections, a section has entries."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[^a-z0-9]+")
_LONGEST_ATTRIBUTE = 400


@cache
def section(file: str, name: str) -> tuple[str, ...]:
    """The entries of one section of a rule file, in the file's order.

    >>> "sapo" in section("class_words", "lead")
    True
    """
    entries: list[str] = []
    current = None
    for line in _read(file).split("\n"):
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            current = line[1:-1]
        elif line and not line.startswith("#") and current == name:
            entries.append(line)
    if not entries:
        raise KeyError(f"no section [{name}] in corpus/data/page/{file}.txt")
    return tuple(dict.fromkeys(entries))


@cache
def sections(file: str) -> tuple[str, ...]:
    """The names of the sections of a rule file, in the file's order."""
    return tuple(re.findall(r"^\[(.+)\]$", _read(file), re.MULTILINE))


@cache
def _read(file: str) -> str:
    return (files("corpus") / "data" / "page" / f"{file}.txt").read_text(encoding="utf-8")


@lru_cache(maxsize=8192)
def kinds(attributes: str) -> frozenset[str]:
    """What an element is for, told by the words in its attributes.

    >>> sorted(kinds("article__body zce-content-body cms-body"))
    ['body']
    >>> sorted(kinds("detail-author")), sorted(kinds("relatedNews")), sorted(kinds("authority"))
    (['author'], ['furniture'], [])
    """
    words = " ".join(_words(token) + " |" for token in attributes[:_LONGEST_ATTRIBUTE].split())
    return frozenset(kind for kind, pattern in _kind_patterns() if pattern.search(f" {words} "))


def _words(token: str) -> str:
    return _SEPARATOR.sub(" ", _CAMEL.sub(" ", token).lower()).strip()


@cache
def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, _alternatives(section("class_words", kind))) for kind in sections("class_words"))


def _alternatives(entries: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    patterns = (re.escape(entry).replace(r"\*", "[a-z0-9]*") for entry in longest_first)
    return re.compile(" (?:" + "|".join(patterns) + ") ")


@cache
def starts_with(name: str) -> re.Pattern[str]:
    """A pattern for a line that begins with a phrase of one section; group 1 is the phrase.

    >>> starts_with("leads away").match("Xem thêm: Sông Mã mùa lũ").group(1)
    'Xem thêm'
    """
    longest_first = sorted(section("phrases", name), key=lambda phrase: (-len(phrase), phrase))
    phrases = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in longest_first)
    return re.compile(rf"[\s>»▶►•*+\-–—:(\[]{{0,6}}({phrases})(?![^\W_])", re.IGNORECASE)
