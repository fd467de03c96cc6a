"""A mark: one measured figure beside the figure it must reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """`value` was measured, `target` is asked for; `at_most` turns the comparison round (seconds, megabytes)."""

    name: str
    value: float
    target: float
    unit: str = ""
    at_most: bool = False

    @property
    def reached(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    def __str__(self) -> str:
        sign = "<=" if self.at_most else ">="
        verdict = "ok   " if self.reached else "SHORT"
        return f"{verdict} {self.name:58s} {self.value:9.4f}{self.unit} (asked {sign} {self.target:g}{self.unit})"
