"""What earlier builds decided, so that no row changes its split when the collection grows.

The history knows units, the articles or source records that rows come from, and not rows: there are far fewer. It also
knows which units made a row together, since two known articles may become a pair only later. The *generation* counts
builds: where two rows cannot both stay, the one of the later generation goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from corpus.errors import UsageError

SPLITS = ("test", "validation", "train")
_JOINT = "\x1f"


class Known(NamedTuple):
    """Where a unit belongs, and since which build."""

    split: str
    cluster: str
    generation: int


def row_key(units: Iterable[str]) -> str:
    """The key of all units of a row together; for one unit the unit itself."""
    return _JOINT.join(sorted(set(units)))


def next_generation(history: Mapping[str, Known]) -> int:
    """The number of the build that is being made."""
    return 1 + max((known.generation for known in history.values()), default=0)


def to_history(history: Mapping[str, Known]) -> dict[str, str]:
    """The history as plain strings, sorted, to be kept in a file.

    >>> to_history({"b1": Known("test", "00aa00aa00aa00aa", 1)})
    {'b1': 'test 00aa00aa00aa00aa 1'}
    """
    return {key: " ".join(map(str, history[key])) for key in sorted(history)}


def from_history(kept: Mapping[str, str]) -> dict[str, Known]:
    """What `to_history` gave. Raises UsageError for anything else.

    >>> from_history({"b1": "test 00aa00aa00aa00aa 1"})["b1"].split
    'test'
    """
    return {key: _known(key, value) for key, value in kept.items()}


def _known(key: str, value: str) -> Known:
    parts = value.split(" ") if isinstance(value, str) else []
    if len(parts) != 3 or parts[0] not in SPLITS or not parts[1] or not parts[2].isdecimal():
        raise UsageError(
            f"the history of splits is damaged at {key!r}: {value!r}; restore it from the last good build, or build "
            "into a new folder without it (rows may then change their split)"
        )
    return Known(parts[0], parts[1], int(parts[2]))
