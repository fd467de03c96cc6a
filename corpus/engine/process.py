"""The parent's end of a worker: start it, give it jobs, hear from it, and find out how it died."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from corpus.engine.channel import pack, receive, send_patiently, unpack
from corpus.engine.child import start_child
from corpus.engine.guard import NOTE_BYTES, Note, Position
from corpus.engine.worker import OUT_OF_MEMORY, OUT_OF_TIME

Task = TypeVar("Task")
JOBS_PER_WORKER = 2
"""One that is done and one that waits, so that a worker need not wait for its parent."""
WATCH_SECONDS = 0.5
"""How often the watchdog looks while nothing happens."""
_CLOSING_SECONDS = 2.0


class Death(NamedTuple):
    """How a worker died: `crashed` or `timeout`, where it was, and what the system says of it."""

    reason: str
    position: Position
    how: str


@dataclass(eq=False)
class Job(Generic[Task]):
    """A function and its task, how to save the task, and what came of it: a result or an error."""

    function: Callable[[Task], Any]
    task: Task
    rescue: Any = None
    done: bool = False
    result: Any = None
    error: BaseException | None = None

    def fail(self, error: BaseException) -> None:
        self.error, self.done = error, True

    def outcome(self) -> Any:
        """The result of a job that is done. Raises its error."""
        if self.error is not None:
            raise self.error
        return self.result


class WorkerTraceback(Exception):
    """Where in the worker an error came from; the cause of that error in the parent."""


@dataclass(eq=False)
class Worker:
    """A process and the jobs it has not finished, in order."""

    jobs: deque[Job[Any]] = field(default_factory=deque)
    _killed_as_late: bool = False

    def __post_init__(self) -> None:
        self.channel, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as shared, theirs:
            shared.truncate(NOTE_BYTES)
            self.note = Note(shared.fileno())
            self.process = start_child("corpus.engine.worker", theirs, shared.fileno())

    def give(self, job: Job[Any]) -> None:
        """Hand over one job. A worker that has died meanwhile is found out by whoever listens to it.

        Native code that holds the interpreter lets the worker take nothing, so the watchdog looks here too.
        """
        try:
            data = pack((job.function, job.task))
        except Exception as error:  # what does not pickle is the caller's mistake, told where the result is asked for
            job.fail(error)
            return
        self.jobs.append(job)
        with suppress(OSError):
            send_patiently(self.channel, data, WATCH_SECONDS, self.kill_if_late)

    def hear(self) -> bool:
        """Take one outcome, waiting for it; False where the worker has died instead."""
        message = receive(self.channel)
        if message is None:
            return False
        job = self.jobs.popleft()
        value, trace = unpack(message)
        if trace is None:
            job.result, job.done = value, True
        else:
            value.__cause__ = WorkerTraceback(trace)
            job.fail(value)
        return True

    def kill_if_late(self) -> None:
        """The watchdog: kill a worker whose row has had its time and more."""
        deadline = self.note.deadline
        if deadline is not None and time.monotonic() > deadline:
            self._killed_as_late = True
            self.process.kill()

    def death(self) -> Death:
        """How the worker died; called once it is known to have."""
        self.process.kill()
        code = self.process.wait()
        late = self._killed_as_late or code == OUT_OF_TIME
        return Death("timeout" if late else "crashed", self.note.position, "took too long" if late else _describe(code))

    def close(self, *, kill: bool) -> None:
        """End the process: an idle one leaves when the channel closes, a busy one is killed if it must be."""
        self.channel.close()
        if not kill:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_CLOSING_SECONDS)
        self.process.kill()
        self.process.wait()
        self.note.close()


def _describe(code: int) -> str:
    if code >= 0:
        return "ran out of memory" if code == OUT_OF_MEMORY else f"left with exit code {code}"
    if -code == signal.SIGKILL:
        return "was killed (SIGKILL; the system does that when memory runs out)"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
