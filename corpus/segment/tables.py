"""What a splitter has to know about a language, read once from `corpus/data/segment`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_LINK, _LETTERS_DOTTED = re.compile(r"[.\-/]"), re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]{1,2}")
_WORD, _PHRASE = re.compile(r"[\w'’]+"), 40

Kinds = dict[str, frozenset[str]]
"""An abbreviation as written, without its last period -> what the period means (see `abbreviations_vi.txt`)."""


class Rules(NamedTuple):
    """The tables of one language; all but the abbreviations are in lower case."""

    lang: str
    abbreviations: Kinds
    openers: frozenset[str]
    """Words that only begin a sentence."""
    unfinished: frozenset[str]
    """Words that cannot end a sentence."""
    after_time: frozenset[str]
    """What may follow "p.m." inside a sentence."""
    before_letter: frozenset[str]
    """Words after which a single capital letter is no initial."""
    headings: dict[str, int]
    """The numbered part of a text -> its rank, the largest part first."""

    def kinds(self, token: str) -> frozenset[str]:
        """What the table says of a token without its last period; of a chain (PGS.TS, D-Mass) its last link counts.

        >>> sorted(rules("vi").kinds("PGS.TS")), sorted(rules("vi").kinds("F.B.I")), sorted(rules("vi").kinds("mưa"))
        (['name'], ['opener'], [])
        """
        found = self.abbreviations.get(token)
        if found is None and len(token) > 2 and not token[-1].isdigit():
            link = _LINK.split(token)[-1]
            found = self.abbreviations.get(link) if len(link) > 1 else None
        if found is None and _LETTERS_DOTTED.fullmatch(token):
            return frozenset({"opener"})
        return found or frozenset()

    def abbreviates(self, token: str) -> bool:
        """Whether a token is in the table other than as the mark of a number."""
        return bool(self.kinds(token) - {"number"})

    def opens(self, text: str) -> bool:
        """Whether the text begins with a word or phrase that only begins a sentence: Tuy nhiên, not the Tuy of Tuy Hòa.

        >>> rules("vi").opens("Tuy nhiên, mưa."), rules("vi").opens("Tuy Hòa"), rules("en").opens("The end")
        (True, False, True)
        """
        words = _WORD.findall(text.lower()[:_PHRASE])[:3]
        return text[:1].isupper() and any(" ".join(words[:n]) in self.openers for n in range(1, len(words) + 1))


def sections(name: str) -> dict[str, list[str]]:
    """The lines under each `[section]` of a table, comments and empty lines left out."""
    text = files("corpus").joinpath(f"data/segment/{name}").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in map(str.strip, text.split("\n")):
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _phrases(lines: list[str]) -> list[str]:
    return [phrase.strip() for line in lines for phrase in line.split(",")]


def _abbreviations(lang: str) -> Kinds:
    kinds: dict[str, set[str]] = {}
    for kind, lines in sections(f"abbreviations_{lang}.txt").items():
        for form in " ".join(lines).split():
            kinds.setdefault(form, set()).add(kind)
    return {form: frozenset(found) for form, found in kinds.items()}


@cache
def rules(lang: str) -> Rules:
    """The tables of "vi" or "en".

    >>> sorted(rules("vi").abbreviations["TS"]), sorted(rules("en").abbreviations["al"])
    (['name'], ['opener'])
    """
    abbreviations = _abbreviations(lang)
    if lang == "en":
        from corpus.segment.english import moses_prefixes

        abbreviations = moses_prefixes() | abbreviations
    openers = sections(f"openers_{lang}.txt")
    return Rules(
        lang=lang,
        abbreviations=abbreviations,
        openers=frozenset(_phrases(openers["openers"])),
        unfinished=frozenset(_phrases(openers.get("unfinished", []))),
        after_time=frozenset(_phrases(openers.get("after-time", []))),
        before_letter=frozenset(_phrases(sections("initials.txt")[lang])),
        headings={part: rank for rank, part in enumerate(_phrases(sections("headings.txt")[lang]))},
    )
