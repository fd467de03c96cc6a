"""The local engine: tasks over processes of this machine, results in the order of the tasks.

An engine is anything with `map(function, tasks)`, lazy and in order; phases know no more of it than that.
"""

from __future__ import annotations

import selectors
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from corpus.engine.process import JOBS_PER_WORKER, WATCH_SECONDS, Job, Worker
from corpus.engine.rescue import Rescue, rescue_task
from corpus.errors import UsageError

Task = TypeVar("Task")
Result = TypeVar("Result")

WAITING_PER_PROCESS = 3


class Engine(Protocol):
    """Where tasks run. The function must be importable by name, tasks and results must pickle.

    A task that kills its worker goes to `rescue`; without one it is tried once more, and then raises WorkerDiedError.
    """

    def __enter__(self) -> Engine: ...

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None: ...

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], rescue: Rescue[Task] | None = None
    ) -> Iterator[Result]: ...


class LocalEngine:
    """`num_proc` worker processes of this machine, each started when there is a task for it.

    They live until the engine is left, so models are loaded once a process. Also with one, no record can bring down
    the program that builds, and the program reads on while the worker works. Not for use from several threads.

    >>> with LocalEngine() as engine:
    ...     list(engine.map(len, ["một", "hai mươi"]))
    [3, 8]
    """

    def __init__(self, num_proc: int = 1) -> None:
        if num_proc < 1:
            raise UsageError(f"num_proc is {num_proc}; give a number of processes of 1 or more")
        self.num_proc = num_proc
        self._workers: list[Worker] = []
        self._queue: deque[Job[Any]] = deque()
        self._lone: Worker | None = None

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        self._adopt_lone()
        while self._workers:
            self._workers.pop().close(kill=kind is not None)

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], rescue: Rescue[Task] | None = None
    ) -> Iterator[Result]:
        """`function` of every task, in order; at most `WAITING_PER_PROCESS` tasks a process are held at a time,
        however long the stream is."""
        waiting: deque[Job[Task]] = deque()
        try:
            for task in tasks:
                waiting.append(Job(function, task, rescue))
                self._submit(waiting[-1])
                while waiting and (waiting[0].done or len(waiting) >= WAITING_PER_PROCESS * self.num_proc):
                    yield self._wait_for(waiting.popleft())
            while waiting:
                yield self._wait_for(waiting.popleft())
        finally:
            self._abandon(waiting)

    def _submit(self, job: Job[Any]) -> None:
        """Queue a job, and wait until a worker has room for it."""
        self._queue.append(job)
        self._hand_out()
        while self._queue:
            self._listen()

    def _wait_for(self, job: Job[Any]) -> Any:
        while not job.done:
            self._listen()
        return job.outcome()

    def _hand_out(self) -> None:
        """Give queued jobs to workers that have room, the idlest first; start one where all are busy."""
        while self._queue:
            worker = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
            if (worker is None or worker.jobs) and len(self._workers) < self.num_proc:
                worker = Worker()
                self._workers.append(worker)
            if worker is None or len(worker.jobs) >= JOBS_PER_WORKER:
                return
            worker.give(self._queue.popleft())

    def _listen(self) -> None:
        """Wait for news of any worker, see to those that died or take too long, and hand out what waits."""
        for worker in _ready(self._workers):
            if not worker.hear():
                self._replace(worker)
        for worker in self._workers:
            worker.kill_if_late()
        self._hand_out()

    def _replace(self, worker: Worker) -> None:
        """A worker has died: what it did is rescued, what waited behind goes back to the queue."""
        self._workers.remove(worker)
        worker.close(kill=True)
        if worker.jobs:
            job = worker.jobs.popleft()
            try:
                job.result, job.done = rescue_task(self._run_alone, job.function, job.task, job.rescue), True
            except Exception as error:
                job.fail(error)
        self._queue.extendleft(reversed(worker.jobs))
        self._adopt_lone()

    def _run_alone(self, function: Callable[[Any], Any], task: Any) -> Any:
        """The result of a task that has a worker to itself, or the Death of that worker."""
        worker = self._lone = self._lone or Worker()
        job = Job(function, task)
        worker.give(job)
        while not job.done:
            if _ready([worker]) and not worker.hear():
                self._lone = None
                death = worker.death()
                worker.close(kill=True)
                return death
            worker.kill_if_late()
        return job.outcome()

    def _adopt_lone(self) -> None:
        """The worker of a rescue has its models loaded: let it work with the others."""
        if self._lone is not None:
            self._workers.append(self._lone)
            self._lone = None

    def _abandon(self, jobs: Collection[Job[Any]]) -> None:
        """Nobody waits for these jobs any more: forget those in the queue, and end the workers that do one."""
        self._queue = deque(job for job in self._queue if job not in jobs)
        for worker in [worker for worker in self._workers if any(job in jobs for job in worker.jobs)]:
            self._workers.remove(worker)
            worker.close(kill=True)
            self._queue.extend(job for job in worker.jobs if job not in jobs)


def _ready(workers: Iterable[Worker]) -> list[Worker]:
    """The workers that have something to say, or have died; none if nothing happens for a while."""
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker.channel, selectors.EVENT_READ, worker)
        return [key.data for key, _ in selector.select(WATCH_SECONDS)]
