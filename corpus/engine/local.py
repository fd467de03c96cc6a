"""The local engine: pieces over the processes of one machine, results in the order of the pieces."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from corpus.errors import UsageError

Task = TypeVar("Task")
Result = TypeVar("Result")

WAITING_PER_PROCESS = 3


def run_local(function: Callable[[Task], Result], tasks: Iterable[Task], *, num_proc: int = 1) -> Iterator[Result]:
    """`function` of every task, in order. With one process nothing is started; with more, at most
    `WAITING_PER_PROCESS` tasks a process are held in memory, however long the stream is.

    Processes are spawned, not forked: Arrow and the models run threads, and a fork in the middle of one may hang.
    """
    if num_proc < 1:
        raise UsageError(f"num_proc is {num_proc}; give a number of processes of 1 or more")
    if num_proc == 1:
        yield from map(function, tasks)
        return
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(num_proc, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(function, task))
                if len(waiting) >= WAITING_PER_PROCESS * num_proc:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
