"""From a person's verdicts to the precision of a collection, and how far it may be off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

CONFIDENCE = 0.95
Z = 1.959963984540054
"""The standard normal deviate that leaves 2.5 % on either side."""


class Judged(NamedTuple):
    """A stratum: how many rows it has, and how many of them a person found good, bad, or could not tell."""

    stratum: str
    rows: int
    good: int
    bad: int
    unsure: int = 0


class Estimate(NamedTuple):
    """A share with its confidence interval, all in [0, 1]."""

    value: float
    low: float
    high: float


def wilson(good: float, judged: float) -> tuple[float, float]:
    """The 95 % score interval of a proportion (Wilson, JASA 22, 1927), which holds for few rows and for none bad.

    >>> [round(limit, 3) for limit in wilson(40, 40)], [round(limit, 3) for limit in wilson(81, 263)]
    ([0.912, 1.0], [0.255, 0.366])
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not judged:
        return 0.0, 1.0
    share, square = good / judged, Z * Z
    middle = share + square / (2 * judged)
    spread = Z * math.sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    low, high = (middle - spread) / (1 + square / judged), (middle + spread) / (1 + square / judged)
    return max(0.0, min(share, low)), min(1.0, max(share, high))


def precision(strata: Sequence[Judged]) -> Estimate | None:
    """The share of good rows in the whole collection, each stratum counted by its rows; None without a verdict.

    `unsure` does not count. The interval is Wilson's for the effective number of judged rows, as Franco, Little, Louis
    and Slud advise for surveys (Journal of Survey Statistics and Methodology 7(3), 2019). It is the interval of a plain
    sample where the strata do not matter, and does not shrink to nothing where no row was bad. Of a stratum without a
    verdict anything is possible: it widens the interval by its share of the rows, and adds nothing to the estimate.

    >>> estimate = precision([Judged("low", 100, 20, 20), Judged("high", 300, 40, 0)])
    >>> [round(limit, 3) for limit in estimate]
    [0.875, 0.772, 0.935]
    >>> [round(limit, 3) for limit in precision([Judged("all", 1000, 81, 182, 5)])]
    [0.308, 0.255, 0.366]
    >>> precision([Judged("all", 10, 0, 0, 3)]) is None
    True
    """
    known = [part for part in strata if part.good + part.bad]
    if not known:
        return None
    rows = sum(part.rows for part in known)
    value = sum(part.rows * part.good / (part.good + part.bad) for part in known) / rows
    judged = effective_size(known, value)
    low, high = wilson(value * judged, judged)
    seen = rows / sum(part.rows for part in strata)
    return Estimate(value, seen * low, seen * high + 1 - seen)


def effective_size(strata: Sequence[Judged], value: float) -> float:
    """How many rows of a plain sample tell as much as these: the share's variance in a plain sample over the one here.

    Where strata have few bad rows the variance within them may look smaller than it is, so that strata alike are
    assumed if that gives fewer (Korn and Graubard, Survey Methodology 24, 1998; Kish, Survey Sampling, 1965).

    >>> round(effective_size([Judged("a", 500, 90, 10), Judged("b", 500, 90, 10)], 0.9), 1)
    200.0
    >>> round(effective_size([Judged("a", 900, 10, 0), Judged("b", 100, 190, 0)], 1.0), 1)
    12.3
    """
    rows = sum(part.rows for part in strata)
    alike = within = 0.0
    for part in strata:
        judged = part.good + part.bad
        alike += (part.rows / rows) ** 2 / judged
        within += (part.rows / rows) ** 2 * part.good * part.bad / judged**3
    variance = max(alike * value * (1 - value), within)
    return value * (1 - value) / variance if 0 < value < 1 else 1 / alike
