"""Distributions that are counted as values pass, so that no value needs to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import isfinite

BINS = 40
STEPS = 20
FINE, MOST = 1000, 100.0
"""Quantiles are exact to 1/FINE and for values up to MOST, so that what is held stays small."""


class Histogram:
    """Counts of values in `BINS` equal steps from `low` to `high`, of kept and of rejected rows; and of nulls.

    A value beyond either end counts in the bar at that end.

    >>> histogram = Histogram()
    >>> for value in (0.51, 1.0, 7.0, None):
    ...     histogram.add(value, kept=True)
    >>> histogram.kept[20], histogram.kept[39], histogram.nulls, histogram.values
    (1, 2, 1, 3)
    """

    def __init__(self, low: float = 0.0, high: float = 1.0) -> None:
        self.low, self.high = low, high
        self.nulls = self.values = 0
        self._kept: Counter[int] = Counter()
        self._rejected: Counter[int] = Counter()

    def add(self, value: float | None, *, kept: bool) -> None:
        """Count one value; null, and what is no finite number, is counted apart."""
        if value is None or not isfinite(value):
            self.nulls += 1
            return
        self.values += 1
        place = round(value * FINE) if -MOST < value < MOST else round(FINE * (MOST if value > 0 else -MOST))
        (self._kept if kept else self._rejected)[place] += 1

    @property
    def kept(self) -> list[int]:
        """The bars of the kept rows."""
        return self._bars(self._kept)

    @property
    def rejected(self) -> list[int]:
        """The bars of the rejected rows."""
        return self._bars(self._rejected)

    def _bars(self, counts: Counter[int]) -> list[int]:
        bars = [0] * BINS
        for value, times in counts.items():
            place = int((value / FINE - self.low) / (self.high - self.low) * BINS)
            bars[min(BINS - 1, max(0, place))] += times
        return bars

    def quantile(self, part: float) -> float | None:
        """The smallest value that `part` of all values do not exceed, to three digits; None where there are none.

        >>> histogram = Histogram()
        >>> for value in (0.1, 0.4, 1.0, 1.0):
        ...     histogram.add(value, kept=True)
        >>> histogram.quantile(0.5), histogram.quantile(0.75)
        (0.4, 1.0)
        """
        seen = 0
        for value, times in sorted((self._kept + self._rejected).items()):
            seen += times
            if seen >= part * self.values:
                return value / FINE
        return None


def _quantile(counts: Sequence[int], part: float, low: float, high: float) -> float | None:
    """Linear inside the step in which the quantile lies.

    >>> _quantile([2, 2], 0.5, 0, 1), _quantile([0, 4], 0.5, 0, 1), _quantile([0, 0], 0.5, 0, 1)
    (0.5, 0.75, None)
    """
    total = sum(counts)
    if not total:
        return None
    target, step = part * total, (high - low) / len(counts)
    for place, (upto, here) in enumerate(zip(accumulate(counts), counts, strict=True)):
        if here and upto >= target:
            return low + step * (place + 1 - (upto - target) / here)
    return high


class Grid:
    """How a score is distributed at each level of `align_prob`: `STEPS` by `BINS` counts."""

    def __init__(self) -> None:
        self._counts = [[0] * BINS for _ in range(STEPS)]

    def add(self, probability: float | None, score: float | None) -> None:
        """Count a row that has both."""
        if probability is not None and score is not None and 0 <= probability <= 1 and 0 <= score <= 1:
            self._counts[min(STEPS - 1, int(probability * STEPS))][min(BINS - 1, int(score * BINS))] += 1

    def bands(self, fewest: int = 5) -> list[tuple[float, int, float, float, float]]:
        """For every level with at least `fewest` rows: its middle, its rows, and the 10th, 50th, 90th percentile."""
        found = []
        for level, counts in enumerate(self._counts):
            if sum(counts) >= fewest:
                low, middle, high = (_quantile(counts, part, 0.0, 1.0) or 0.0 for part in (0.1, 0.5, 0.9))
                found.append(((level + 0.5) / STEPS, sum(counts), low, middle, high))
        return found
