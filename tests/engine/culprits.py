"""Tasks that do what native libraries do on a bad day. Imported by workers, so nothing here is a test."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from corpus.engine.guard import guarded
from corpus.engine.rescue import Rescue

SEGFAULT, EXIT, MEMORY, LOOP, DEAF = "sập ngay", "thoát ngay", "hết bộ nhớ", "chạy mãi", "không nghe"
HOLDING = "giữ trình thông dịch"
"""Words that make `misbehave` do its worst."""
CULPRITS = {SEGFAULT: "crashed", EXIT: "crashed", MEMORY: "crashed", LOOP: "timeout", DEAF: "timeout"}


def misbehave(text: str) -> None:
    if SEGFAULT in text:
        ctypes.string_at(0)
    if EXIT in text:
        os._exit(3)
    if MEMORY in text:
        raise MemoryError
    if DEAF in text or HOLDING in text:  # as native code is that does not return
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    if HOLDING in text:  # no other thread of the worker runs, the one that takes jobs among them
        ctypes.PyDLL(None).sleep(120)
    while LOOP in text or DEAF in text:
        time.sleep(0.01)


def shout(word: str) -> str:
    misbehave(word)
    return word.upper()


def process_of(task: object) -> int:
    return os.getpid()


def say(word: str) -> None:
    print(word, flush=True)
    os.write(1, word.encode())


def once(flag: Path) -> str:
    """Dies the first time only, as if another program had taken the memory."""
    if not flag.exists():
        flag.touch()
        os._exit(3)
    return "done"


def shout_all(words: list[str]) -> list[str]:
    done = []
    for word in words:
        with guarded("shout", word, 0.5):
            done.append(shout(word))
    return done


def split(words: list[str]) -> list[list[str]]:
    return [[word] for word in words]


def label(words: list[str], stage: str, reason: str) -> list[str]:
    return [f"{stage}-{reason}"]


def join(finished: tuple[list[str], list[list[str]]]) -> list[str]:
    return [word for words in finished[1] for word in words]


RESCUE = Rescue(split, shout_all, label, join)
