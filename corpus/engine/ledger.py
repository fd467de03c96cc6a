"""The ledger: what every stage took in, kept and rejected, and what was skipped before the first one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any


class Ledger:
    """Counts by stage, in the order the stages first spoke.

    >>> ledger = Ledger()
    >>> ledger.count("detect", None); ledger.count("detect", "detect:other")
    >>> ledger.stages()
    [{'stage': 'detect', 'in': 2, 'kept': 1, 'rejected': {'detect:other': 1}}]
    """

    def __init__(self, stages: Iterable[Mapping[str, Any]] = ()) -> None:
        self._kept: Counter[str] = Counter()
        self._rejected: dict[str, Counter[str]] = {}
        for entry in stages:
            self._kept[entry["stage"]] += entry["kept"]
            self._rejected.setdefault(entry["stage"], Counter()).update(entry["rejected"])

    def count(self, stage: str, reject: str | None, times: int = 1) -> None:
        """One row left `stage`: kept where `reject` is None, else rejected for that reason."""
        rejected = self._rejected.setdefault(stage, Counter())
        if reject is None:
            self._kept[stage] += times
        else:
            rejected[reject] += times

    def add(self, other: Ledger) -> None:
        """Add another ledger's counts to this one."""
        for entry in other.stages():
            for reason, times in entry["rejected"].items():
                self.count(entry["stage"], reason, times)
            self.count(entry["stage"], None, entry["kept"])

    def stages(self) -> list[dict[str, Any]]:
        """One entry a stage; `in` = `kept` + the sum of `rejected`, by construction."""
        return [
            {
                "stage": stage,
                "in": self._kept[stage] + rejected.total(),
                "kept": self._kept[stage],
                "rejected": dict(sorted(rejected.items())),
            }
            for stage, rejected in self._rejected.items()
        ]
