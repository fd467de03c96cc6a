"""The local engine: order, bounds, and what remains when a worker, or its parent, dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.engine import local
from corpus.engine.local import LocalEngine
from corpus.engine.rescue import WorkerDiedError
from corpus.errors import UsageError
from tests.conftest import ROOT
from tests.engine import culprits


def alive(pid: int) -> bool:
    """Whether a process runs still; one that waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pids: list[int], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("num_proc", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(num_proc: int) -> None:
    words = [f"từ {number}" for number in range(40)]
    with LocalEngine(num_proc) as engine:
        assert list(engine.map(culprits.shout, words)) == [word.upper() for word in words]
        assert list(engine.map(len, [])) == []


def test_a_long_stream_is_read_as_the_results_are_taken() -> None:
    taken = 0

    def words() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 1000):  # noqa: B007
            yield "từ"

    with LocalEngine(2) as engine:
        for done, _ in enumerate(engine.map(len, words()), 1):
            assert taken - done <= local.WAITING_PER_PROCESS * 2
            if done == 50:
                break


def test_work_is_done_elsewhere_by_as_many_processes_as_asked_for() -> None:
    with LocalEngine(2) as engine:
        pids = set(engine.map(culprits.process_of, range(30)))
        assert len(pids) == 2 and os.getpid() not in pids
    assert gone(list(pids))


def test_one_task_starts_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr(local, "Worker", lambda: started.append(real()) or started[-1])
    with LocalEngine(8) as engine:
        assert list(engine.map(len, ["một"])) == [3]
    assert len(started) == 1


real = local.Worker


def test_one_map_feeds_another() -> None:
    with LocalEngine(2) as engine:
        assert list(engine.map(abs, engine.map(abs, range(-40, 0)))) == list(range(40, 0, -1))


def test_an_error_comes_back_at_its_turn_with_its_place() -> None:
    with LocalEngine(2) as engine:
        results = engine.map(int, ["1", "2", "ba", "4"])
        assert [next(results), next(results)] == [1, 2]
        with pytest.raises(ValueError, match="ba") as caught:
            next(results)
        assert "worker.py" in str(caught.value.__cause__)
        assert list(engine.map(int, ["5"])) == [5]


def test_what_cannot_travel_is_an_error_of_its_task() -> None:
    with LocalEngine() as engine, pytest.raises(Exception, match="lambda"):
        list(engine.map(lambda word: word, ["một"]))


def test_results_nobody_waits_for_do_not_come_later() -> None:
    with LocalEngine(1) as engine:
        left = engine.map(culprits.shout, ["một", "hai", "ba"])
        next(left)
        left.close()
        assert list(engine.map(len, ["bốn"])) == [3]


@pytest.mark.parametrize("num_proc", [0, -1])
def test_no_process_is_a_mistake(num_proc: int) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        LocalEngine(num_proc)


# Death


@pytest.mark.parametrize("word", culprits.CULPRITS)
@pytest.mark.parametrize("num_proc", [1, 2])
def test_a_killer_is_found_and_labelled_and_the_others_are_done(word: str, num_proc: int) -> None:
    tasks = [["một", "hai"], ["ba", word, "năm"], ["sáu"], ["bảy"]]
    with LocalEngine(num_proc) as engine:
        results = list(engine.map(culprits.shout_all, tasks, culprits.RESCUE))
    verdict = f"SHOUT-{culprits.CULPRITS[word].upper()}"
    assert results == [["MỘT", "HAI"], ["BA", verdict, "NĂM"], ["SÁU"], ["BẢY"]]


def test_a_task_that_cannot_be_cut_is_tried_once_more(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        assert list(engine.map(culprits.once, [tmp_path / "flag"])) == ["done"]


@pytest.mark.parametrize(
    ("word", "how"),
    [(culprits.SEGFAULT, "SIGSEGV"), (culprits.EXIT, "exit code 3"), (culprits.MEMORY, "ran out of memory")],
)
def test_a_task_that_kills_twice_is_an_error_that_says_what_to_do(word: str, how: str) -> None:
    with LocalEngine(2) as engine:
        results = engine.map(culprits.shout, ["một", word, "ba"])
        assert next(results) == "MỘT"
        with pytest.raises(WorkerDiedError, match=f"{how} twice.*culprits.shout.*same command again"):
            next(results)


def test_a_worker_that_is_killed_from_outside_is_replaced() -> None:
    with LocalEngine(1) as engine:
        (first,) = engine.map(culprits.process_of, [0])
        os.kill(first, signal.SIGKILL)
        assert gone([first])
        (second,) = engine.map(culprits.process_of, [0])
        assert second != first


def test_a_worker_that_takes_no_jobs_is_killed_while_a_large_one_is_handed_over() -> None:
    large = "a" * 6_000_000
    with LocalEngine() as engine:

        def tasks() -> Iterator[list[str]]:
            yield [culprits.HOLDING]
            while not engine._workers[0].note.position.source:
                time.sleep(0.01)
            time.sleep(0.2)
            yield [large]

        start = time.monotonic()
        results = list(engine.map(culprits.shout_all, tasks(), culprits.RESCUE))
    assert results == [["SHOUT-TIMEOUT"], [large.upper()]]
    assert time.monotonic() - start < 30


def test_an_engine_in_a_thread() -> None:
    found: list[Any] = []

    def work() -> None:
        with LocalEngine(1) as engine:
            found.extend(engine.map(culprits.shout_all, [["một", culprits.DEAF]], culprits.RESCUE))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert found == [["MỘT", "SHOUT-TIMEOUT"]]


SCRIPT = """
import sys, time
from corpus.engine.local import LocalEngine
from tests.engine import culprits
with LocalEngine(2) as engine:
    print(*engine.map(culprits.process_of, range(20)), flush=True)
    {then}
"""


def start(then: str) -> subprocess.Popen[str]:
    """A program without a guard round its main part, which then does something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(then=then)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("then", ["time.sleep(60)", "list(engine.map(culprits.shout, [culprits.LOOP] * 2))"])
def test_no_worker_outlives_a_killed_parent(then: str) -> None:
    with start(then) as parent:
        assert parent.stdout is not None
        pids = sorted({int(word) for word in parent.stdout.readline().split()})
        assert len(pids) == 2
        time.sleep(0.2)
        parent.kill()
        assert gone(pids)


def test_an_interrupt_ends_the_workers_quietly() -> None:
    with start("list(engine.map(culprits.shout, [culprits.LOOP] * 2))") as parent:
        assert parent.stdout is not None and parent.stderr is not None
        pids = sorted({int(word) for word in parent.stdout.readline().split()})
        time.sleep(0.2)
        parent.send_signal(signal.SIGINT)
        errors = parent.stderr.read()
        assert gone(pids)
    assert errors.count("KeyboardInterrupt") == 1, errors


def test_what_a_worker_prints_does_not_reach_standard_output() -> None:
    with start("list(engine.map(culprits.say, ['ồn ào']))") as parent:
        out, errors = parent.communicate(timeout=60)
    assert "ồn ào" not in out
    assert errors.count("ồn ào") == 2
