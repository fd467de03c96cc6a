"""The caller's mistakes. Every message says what is wrong and ends with what to do next.

Bad data is never an error here: it becomes a row whose `reject` column names the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class SongNguError(Exception):
    """The root of every error this package raises on purpose."""


class UsageError(SongNguError):
    """The caller asked for something that cannot be done; nothing was read or written."""


class NothingUsableError(SongNguError):
    """The work was done and no usable row came of it (exit code 1 on the command line)."""


def unknown(what: str, given: str, known: Iterable[str]) -> UsageError:
    """An error for a name that is not one of the known ones, with the nearest of them.

    >>> print(unknown("format", "jsnol", ["csv", "jsonl", "text"]))
    no format 'jsnol'; there are: csv, jsonl, text. Did you mean 'jsonl'?
    """
    names = sorted(known)
    near = get_close_matches(given, names, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return UsageError(f"no {what} {given!r}; there are: {', '.join(names)}.{hint}")
