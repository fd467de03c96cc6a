"""How far a long command is: bars on a terminal, now and then a line elsewhere, JSON for machines, or nothing.

All of it goes to standard error. Whoever works calls `tell(step, done, total)`; steps follow one another.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import IO, Any, TypeVar

Item = TypeVar("Item")
Tell = Callable[[str, float, "float | None"], None]

LINE_SECONDS = 10.0
JSON_SECONDS = 1.0


class Steps:
    """Shows one step after another. `mode`: `bar`, `lines`, `json` or `none`; see `choose_mode`."""

    def __init__(self, mode: str, stream: IO[str] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._mode, self._stream, self._clock = mode, stream or sys.stderr, clock
        self._step: str | None = None
        self._done, self._started = 0.0, clock()
        self._total: float | None = None
        self._shown = clock() if mode == "lines" else clock() - JSON_SECONDS
        self._untold = False
        self._bar: Any = None

    @property
    def is_shown(self) -> bool:
        """Whether anything told is shown at all."""
        return self._mode != "none"

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *exception: Any) -> None:
        self._close()

    def tell(self, step: str, done: float, total: float | None) -> None:
        """So much of a step is done. Another step, or less of the same, ends what was told before."""
        if self._mode == "none":
            return
        if step != self._step or done < self._done:
            self._close()
            self._step, self._started = step, self._clock()
        self._done, self._total, self._untold = done, total, True
        if self._mode == "bar":
            self._draw()
        elif self._clock() - self._shown >= (JSON_SECONDS if self._mode == "json" else LINE_SECONDS):
            self._write()

    def watch(self, items: Iterable[Item], step: str, total: float | None) -> Iterator[Item]:
        """The same items, each told as it passes."""
        self.tell(step, 0, total)
        for done, item in enumerate(items, 1):
            yield item
            self.tell(step, done, total)

    def _close(self) -> None:
        """End the step: its last figures are told where a machine reads them."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        if self._mode == "json" and self._untold:
            self._write()
        self._step, self._done = None, 0.0

    def _draw(self) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(desc=self._step, total=self._total, unit="", unit_scale=True, file=self._stream)
        self._bar.total = self._total
        self._bar.update(self._done - self._bar.n)

    def _write(self) -> None:
        seconds = self._clock() - self._started
        rate = self._done / seconds if seconds > 0 else 0.0
        line = self._json(seconds, rate) if self._mode == "json" else self._line(rate)
        self._stream.write(line + "\n")
        self._stream.flush()
        self._shown, self._untold = self._clock(), False

    def _json(self, seconds: float, rate: float) -> str:
        figures = {"done": self._done, "total": self._total, "seconds": round(seconds, 3), "rate": round(rate, 3)}
        return json.dumps({"phase": self._step, **figures})

    def _line(self, rate: float) -> str:
        if not self._total:
            return f"{self._step}: {self._done:,.0f} done"
        left = f", about {duration((self._total - self._done) / rate)} left" if rate else ""
        return f"{self._step}: {self._done / self._total:.0%}{left}"


class Progress:
    """Counts what passes by. The bar is drawn only on a terminal, and not at all when `quiet`."""

    def __init__(self, unit: str, *, quiet: bool) -> None:
        self._unit, self._quiet = unit, quiet
        self._bar: Any = None

    def __enter__(self) -> Progress:
        from tqdm import tqdm

        # disable=None is tqdm's own word for "only on a terminal".
        self._bar = tqdm(unit=f" {self._unit}", disable=True if self._quiet else None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each counted as it passes."""
        for item in items:
            yield item
            self._bar.update()


def choose_mode(*, quiet: bool, log_json: bool, stream: IO[str] | None = None) -> str:
    """What fits the stream that progress goes to."""
    if log_json:
        return "json"
    if quiet:
        return "none"
    return "bar" if (stream or sys.stderr).isatty() else "lines"


def duration(seconds: float) -> str:
    """A time to wait, as one says it.

    >>> duration(42.3), duration(200), duration(9000)
    ('42 s', '3 min', '2 h 30 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
