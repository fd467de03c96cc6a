"""Lexicon files written by people: `vietnamese<TAB>english|english|...`, one headword a line, `#` for comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.orthography import normalize


class Entry(NamedTuple):
    """A headword and its translations, in no order of weight."""

    vi: str
    en: tuple[str, ...]


class BrokenLine(NamedTuple):
    """A line that is no entry: its number, counted from 1, and what is wrong with it."""

    number: int
    problem: str


def parse_entries(lines: Iterable[str]) -> tuple[list[Entry], list[BrokenLine]]:
    """The entries among some lines, and the lines that are none.

    >>> entries, broken = parse_entries(["# a comment", "nông nghiệp\\tagriculture|farming", "no tab here"])
    >>> entries[0].en, broken[0]
    (('agriculture', 'farming'), BrokenLine(number=3, problem='no tab'))
    """
    entries, broken = [], []
    for number, line in enumerate(lines, 1):
        line = normalize(line).strip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        vi, tab, rest = line.partition("\t")
        english = tuple(part.strip() for part in rest.split("\t")[0].split("|") if part.strip())
        if not tab:
            broken.append(BrokenLine(number, "no tab"))
        elif not vi.strip() or not english:
            broken.append(BrokenLine(number, "an empty side"))
        else:
            entries.append(Entry(vi.strip(), english))
    return entries, broken


def require_entries(entries: list[Entry], broken: list[BrokenLine], name: str) -> None:
    """Raise UsageError when a file given as a lexicon holds no entry, or more broken lines than entries."""
    if not entries or len(broken) >= len(entries):
        where = f" (line {broken[0].number}: {broken[0].problem})" if broken else ""
        raise UsageError(
            f"{name} is no lexicon{where}; write one entry a line, as vietnamese<TAB>english|english, "
            "or learn one with `songngu lexicon train`"
        )
