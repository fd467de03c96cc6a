"""Processes of our own: how one is started, and how it ends with its parent.

They are started with `python -c` and know nothing of the program that started them, so no script needs a guard round
its main part and a notebook will do. They sit in a session of their own, since Ctrl-C is for the parent, who ends
them; and what they print goes to standard error, never into the output of the user's command.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading

BOOT = "import sys; sys.path[:] = sys.argv[4:]; from {module} import main; main()"
"""Behind it the channel, one more file, the parent to die with, and the parent's import path."""
_SINGLE_THREADED = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the machine by being many; and sums come out alike wherever they are made."""
_SET_DEATH_SIGNAL = 1


def start_child(module: str, channel: socket.socket, file: int) -> subprocess.Popen[bytes]:
    """Start a process that runs `main` of a module of ours, which finds its end of a channel and a file by
    `take_over`."""
    # The signal at the parent's death is sent when the thread that started the child ends: no good from a thread.
    parent = os.getpid() if threading.current_thread() is threading.main_thread() else 0
    words = [str(number) for number in (channel.fileno(), file, parent)]
    return subprocess.Popen(
        [sys.executable, "-c", BOOT.format(module=module), *words, *sys.path],
        stdin=subprocess.DEVNULL,
        stdout=2,
        env={**_SINGLE_THREADED, **os.environ},
        pass_fds=(channel.fileno(), file),
        start_new_session=True,
    )


def take_over() -> tuple[socket.socket, int]:
    """In the child: the channel and the file it was given. From here on it dies with its parent."""
    channel, file, parent = (int(word) for word in sys.argv[1:4])
    del sys.argv[1:]
    if parent:
        _die_with(parent)
    return socket.socket(fileno=channel), file


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process with its parent; elsewhere the end of the channel must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
