"""`songngu build` that meets its end at a moment one can name. Run as a program, by the tests beside it.

    python -m tests.pipeline.killing MOMENT [words of `songngu`...]

MOMENT is `before-N` or `after-N`: SIGKILL at the N-th file that gets its name; or `full-N`: no file may grow beyond N
bytes, as on a disk that is full.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Any

from corpus.cli import main

replace = os.replace
named = 0


def kill_at(when: str, number: int) -> None:
    def counted(source: Any, target: Any) -> None:
        global named
        named += 1
        if named == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)
        if named == number:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = counted  # type: ignore[assignment]


if __name__ == "__main__":
    moment, _, size = sys.argv.pop(1).partition("-")
    if moment == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    else:
        kill_at(moment, int(size))
    main()
