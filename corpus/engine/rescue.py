"""What becomes of a task that killed its worker: the engines' common answer.

A task of many records is cut into tasks of one, each tried alone; the record that kills again, in a process that has
done nothing else, is given a label with the stage it died in, and the others go on. A task that cannot be cut is tried
once more alone, and then it is an error that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from corpus.engine.process import Death
from corpus.errors import SongNguError

Task = TypeVar("Task")


class WorkerDiedError(SongNguError):
    """A task killed every worker it was given to."""


@dataclass(frozen=True)
class Rescue(Generic[Task]):
    """How to save what can be saved of a task; four functions that can be imported by name.

    split: the tasks of one record each
    attempt: does such a task, and returns what came of it without writing anything
    label: the same task with its record labelled `<stage>:<reason>` when it comes to that stage
    join: of `(task, outcomes of the small tasks)` what the function makes of a whole task
    """

    split: Callable[[Task], Sequence[Task]]
    attempt: Callable[[Task], Any]
    label: Callable[[Task, str, str], Task]
    join: Callable[[tuple[Task, list[Any]]], Any]


RunAlone = Callable[[Callable[[Any], Any], Any], Any]
"""Does a function of a task in a worker that does nothing else; the result, or the Death of the worker."""


def rescue_task(run_alone: RunAlone, function: Callable[[Task], Any], task: Task, rescue: Rescue[Task] | None) -> Any:
    """The result of a task that has killed one worker. Raises WorkerDiedError where it cannot be had."""
    if rescue is None:
        return _insist(run_alone, function, task)
    outcomes = [_rescue_one(run_alone, rescue, small) for small in rescue.split(task)]
    return _insist(run_alone, rescue.join, (task, outcomes))


def _rescue_one(run_alone: RunAlone, rescue: Rescue[Task], task: Task) -> Any:
    """The outcome of one record; it is labelled at the stage where it kills, which it may do at more than one."""
    seen: set[str] = set()
    while True:
        outcome = run_alone(rescue.attempt, task)
        if isinstance(outcome, Death) and outcome.reason == "crashed":
            outcome = run_alone(rescue.attempt, task)  # in a new process, so that nothing but this record is to blame
        if not isinstance(outcome, Death):
            return outcome
        stage = outcome.position.stage
        if not stage or stage in seen:
            raise _error(rescue.attempt, outcome)
        seen.add(stage)
        task = rescue.label(task, stage, outcome.reason)


def _insist(run_alone: RunAlone, function: Callable[[Any], Any], task: Any) -> Any:
    outcome = run_alone(function, task)
    if isinstance(outcome, Death):
        raise _error(function, outcome)
    return outcome


def _error(function: Callable[[Any], Any], death: Death) -> WorkerDiedError:
    stage, source = death.position
    where = f" at {source}, stage {stage}," if stage else ""
    return WorkerDiedError(
        f"a worker{where} {death.how} twice ({function.__module__}.{function.__qualname__}); what was finished is kept:"
        " close other programs if memory is short, then give the same command again"
    )
