"""The first pass over a file: how many rows, which further columns, and a bounded sample of its pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.pairfiles.lines import seen
from corpus.pairfiles.reading import SCORE_NAMES, Pair

SAMPLE = 10_000


@dataclass
class Survey:
    """What the rows of a file have in common."""

    rows: int = 0
    names: dict[str, None] = field(default_factory=dict)
    sample: list[tuple[str, str]] = field(default_factory=list)

    @property
    def further(self) -> list[str]:
        """The columns beside the two sides and the scores, in the order they are first met."""
        return [name for name in self.names if name not in ("vi", "en", "translation", *SCORE_NAMES)]


def survey(rows: Iterable[Pair], most: int = SAMPLE) -> Survey:
    """Read all rows once. The sample is every row, every second, every fourth … so that it never exceeds `most`.

    >>> found = survey(({"vi": str(n), "en": str(n)} for n in range(100)), most=8)
    >>> found.rows, [int(vi) for vi, _ in found.sample]
    (100, [0, 16, 32, 48, 64, 80, 96])
    """
    found, step = Survey(), 1
    for found.rows, row in enumerate(rows, 1):
        for name in row:
            if name not in found.names:
                found.names[name] = None
        if (found.rows - 1) % step == 0 and row["vi"] and row["en"]:
            found.sample.append((seen(row["vi"]), seen(row["en"])))
            if len(found.sample) > most:
                found.sample, step = found.sample[::2], 2 * step
    return found
