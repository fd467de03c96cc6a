"""Row stages: `row -> rows` functions with a name, a version and options, run one after the other.

A stage knows nothing of engines. Add one by writing a function that takes a row (a dict of columns) and yields rows:

>>> def shout(row, mark="!"):
...     yield {**row, "text": row["text"].upper() + mark}
>>> stage = Stage("shout", 1, shout, {"mark": "!!"})
>>> stage.signature
'shout:v1(mark="!!")'
>>> stage({"text": ["xin chào"], "reject": [None]})
{'text': ['XIN CHÀO!!'], 'reject': [None]}

The last line is the columnar form that `datasets.Dataset.map(stage, batched=True)` and
`ray.data.Dataset.map_batches(stage)` call.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from corpus.engine.guard import guarded
from corpus.engine.ledger import Ledger

Row = dict[str, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stage:
    """One step of a row: `function(row, **options)` yields the rows it becomes (usually one).

    A row that falls out is yielded all the same, with `reject` set to `<name>:<reason>`. The version goes up with
    every change that can change a row: it is part of the name of every stored part. So are the versions of the
    `packages` whose models or parsers shape the row.
    """

    name: str
    version: int
    function: Callable[..., Iterable[Row]]
    options: Mapping[str, Any] = field(default_factory=dict)
    packages: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        options = ",".join(f"{key}={json.dumps(value)}" for key, value in sorted(self.options.items()))
        packages = "".join(f"+{name}-{package_version(name)}" for name in self.packages)
        return f"{self.name}:v{self.version}" + (f"({options})" if options else "") + packages

    def apply(self, row: Row) -> list[Row]:
        """The rows this row becomes. A row that was rejected before passes untouched.

        No input may stop a build, so an unforeseen error in a stage becomes the label `<name>:failed`. The stage gets a
        copy: a row that fails is labelled as it came, whatever the stage had written into it by then.
        """
        if row.get("reject"):
            return [row]
        try:
            return list(self.function(dict(row), **self.options))
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:
            # A bug of ours, not of the data: the row is labelled, and the log says what to report.
            log.warning("stage %s failed on %s: %s: %s", self.name, row.get("source"), type(error).__name__, error)
            log.debug("where it failed", exc_info=True)
            return [{**row, "reject": f"{self.name}:failed"}]

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        size = len(next(iter(batch.values()), []))
        rows = [{name: values[index] for name, values in batch.items()} for index in range(size)]
        results = [result for row in rows for result in self.apply(row)]
        names = list(dict.fromkeys(name for result in results for name in result if not name.startswith("_")))
        return {name: [result.get(name) for result in results] for name in names or batch}


@cache
def package_version(name: str) -> str | None:
    """The version of an installed package; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def signature(stages: Sequence[Stage]) -> str:
    """The recipe in one line, as it stands in part names, in Parquet metadata and on the card."""
    return "|".join(stage.signature for stage in stages)


def run_stages(
    rows: Iterable[Row], stages: Sequence[Stage], *, max_seconds: float | None = None, verdict: str | None = None
) -> tuple[list[Row], Ledger]:
    """All rows through all stages, and the count of what each stage kept and rejected.

    In a worker, a row that takes a stage longer than `max_seconds` ends the worker. With a `verdict`, such as
    `segment:timeout`, rows that come to that stage get it as their label instead.
    """
    current, ledger = list(rows), Ledger()
    for stage in stages:
        results = []
        for row in current:
            if row.get("reject"):
                results.append(row)
                continue
            outcome = _apply(stage, row, max_seconds, verdict)
            for result in outcome:
                ledger.count(stage.name, result.get("reject"))
            results.extend(outcome)
        current = results
    return current, ledger


def _apply(stage: Stage, row: Row, max_seconds: float | None, verdict: str | None) -> list[Row]:
    if verdict and verdict.partition(":")[0] == stage.name:
        return [{**row, "reject": verdict}]
    with guarded(stage.name, row.get("source"), max_seconds):
        return stage.apply(row)
