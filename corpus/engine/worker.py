"""A worker: the process that takes jobs from its parent one after another and sends back what became of each.

It ends with its parent: when the parent closes the channel or dies, a thread that does nothing but listen sees the end
of it; where native code holds the interpreter, Linux sends the signal.
"""

from __future__ import annotations

import os
import socket
import threading
import traceback
from queue import SimpleQueue
from typing import Any

from corpus.engine.channel import pack, receive, send, unpack
from corpus.engine.child import take_over
from corpus.engine.guard import Note, TimeUp, watch_worker

OUT_OF_MEMORY, OUT_OF_TIME = 137, 142
"""The exit codes of a worker that ends itself."""


def main() -> None:
    """Serve until the parent has gone."""
    channel, note = take_over()
    watch_worker(Note(note))
    serve(channel)


def serve(channel: socket.socket) -> None:
    """Do the jobs that come over the channel, in order."""
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(channel, jobs), daemon=True).start()
    while True:
        send(channel, _outcome(jobs.get()))


def _listen(channel: socket.socket, jobs: SimpleQueue[bytes]) -> None:
    """Take jobs as they come, so that the parent never waits for a busy worker; leave when the parent has."""
    while (job := receive(channel)) is not None:
        jobs.put(job)
    os._exit(0)


def _outcome(job: bytes) -> bytes:
    """`(result, None)` or `(error, its traceback)`. Too little memory is a death: the process gives all of it back."""
    try:
        function, task = unpack(job)
        return pack((function(task), None))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except TimeUp:
        os._exit(OUT_OF_TIME)
    except Exception as error:
        return _told(error, traceback.format_exc())


def _told(error: Any, trace: str) -> bytes:
    try:
        unpack(message := pack((error, trace)))
    except Exception:  # an error that does not travel is told in words
        return pack((RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return message
