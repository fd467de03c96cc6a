"""Where a worker is and how long it may stay there: noted where its parent reads it, even when the worker is dead.

Before a stage takes a row, the worker writes the stage, the row's source and a deadline into a few bytes of memory that
it shares with its parent. Inside the worker a timer ends Python code at the limit, and with it the worker: a library
that was cut short may be in any state. Where native code does not return, the parent sees the deadline pass and kills
the process. Outside a worker nothing is noted and no timer is set: signals belong to the program that calls us.
"""

from __future__ import annotations

import mmap
import signal
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

MAX_SECONDS = 60.0
"""What a row may take in one stage, unless the caller says otherwise: a thousand times what a long article takes."""
NOTE_BYTES = 512
GRACE_SECONDS = 2.0
"""How long past the limit the parent waits for the worker's own timer."""
_HEAD = struct.Struct("<dH")
_NOWHERE = (0.0, 0)


class TimeUp(BaseException):
    """A row has had its time. No Exception, so that no library takes it for one of its own."""


class Position(NamedTuple):
    """The stage and the source of the row a worker was at; empty where it was at none."""

    stage: str = ""
    source: str = ""


class Note:
    """The shared bytes: a deadline on the machine's monotonic clock, then a position."""

    def __init__(self, descriptor: int) -> None:
        self._memory = mmap.mmap(descriptor, NOTE_BYTES)

    def enter(self, position: Position, deadline: float) -> None:
        text = "\0".join(position).encode("utf-8", "replace")[: NOTE_BYTES - _HEAD.size]
        self._memory[_HEAD.size : _HEAD.size + len(text)] = text
        self._memory[: _HEAD.size] = _HEAD.pack(deadline, len(text))

    def leave(self) -> None:
        self._memory[: _HEAD.size] = _HEAD.pack(*_NOWHERE)

    @property
    def deadline(self) -> float | None:
        """When the parent may lose patience; None where there is no limit."""
        return float(_HEAD.unpack(self._memory[: _HEAD.size])[0]) or None

    @property
    def position(self) -> Position:
        """Where the worker is, or where it died."""
        _, size = _HEAD.unpack(self._memory[: _HEAD.size])
        text = bytes(self._memory[_HEAD.size : _HEAD.size + size]).decode("utf-8", "replace")
        stage, _, source = text.partition("\0")
        return Position(stage, source)

    def close(self) -> None:
        self._memory.close()


class _Watch:
    """This process's note and timer: None and unarmed everywhere but in a worker."""

    note: Note | None = None
    armed = False


def watch_worker(note: Note) -> None:
    """Let `guarded` note and time what this process does; called once, in the main thread of a worker."""
    _Watch.note = note
    signal.signal(signal.SIGALRM, _ring)


def _ring(number: int, frame: FrameType | None) -> None:
    if _Watch.armed:
        _Watch.armed = False
        raise TimeUp


@contextmanager
def guarded(stage: str, source: str | None, seconds: float | None) -> Iterator[None]:
    """Note where the worker is and raise TimeUp inside the block after so many seconds; outside a worker, nothing."""
    note = _Watch.note
    if note is None:
        yield
        return
    note.enter(Position(stage, source or ""), time.monotonic() + seconds + GRACE_SECONDS if seconds else 0.0)
    try:
        if seconds:
            _Watch.armed = True
            signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    except (MemoryError, TimeUp):
        raise  # the worker ends of it, and what is noted says where
    except BaseException:
        note.leave()
        raise
    else:
        note.leave()
    finally:
        _Watch.armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
