"""Marks of curation: what it costs on a made collection that is full of copies, and how the cost grows.

Every second row repeats a sentence that stands in ten rows, on both sides or on one; five rows come from one record.
The rows are written as scored parts, then curated twice: the second time their sketches are there.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.mark import Mark

ROWS = 20_000
ROWS_PER_PART = 160
SENTENCE_WORDS = 14


class _Here:
    """An engine that does every task in this process, so that its CPU time is measured."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *rest: Any) -> None:
        pass

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any], rescue: Any = None) -> Iterator[Any]:
        return map(function, tasks)


def marks(data: Path) -> list[Mark]:
    """Seconds of CPU time and megabytes for two sizes; each in a process of its own, for its peak of memory."""
    small, large = (_alone(rows) for rows in (ROWS, 2 * ROWS))
    return [
        Mark(f"curating {2 * ROWS} rows the first time", large[0], 60 * 2 * ROWS / 100_000, " s", at_most=True),
        Mark(f"curating {2 * ROWS} rows with another preset", large[1], 15 * 2 * ROWS / 100_000, " s", at_most=True),
        Mark("the first time, twice the rows", large[0] / small[0], 2.4, "x", at_most=True),
        Mark("with another preset, twice the rows", large[1] / small[1], 2.4, "x", at_most=True),
        Mark("memory for each further row", (large[2] - small[2]) / ROWS * 1000, 0.85, " kB", at_most=True),
    ]


def _alone(rows: int) -> tuple[float, float, float]:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (rows,))


def measure(rows: int) -> tuple[float, float, float]:
    """Seconds of CPU time for the first and the second curation, and the peak of memory in megabytes."""
    from corpus.engine.run import Run
    from corpus.pipeline.curating.phase import Curation, curate_bitext

    with tempfile.TemporaryDirectory() as folder:
        run = Run.create(Path(folder) / "run")
        parts = list(_write_parts(run, rows))
        seconds = []
        for preset in ("default", "strict"):
            started = process_time()
            curate_bitext(run, parts, Curation(accept=preset), _Here())
            seconds.append(process_time() - started)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return seconds[0], seconds[1], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _write_parts(run: Any, rows: int) -> Iterator[Path]:
    from corpus.engine.ledger import Ledger
    from corpus.engine.parts import part_name, write_part

    made = _made_rows(rows)
    for start in range(0, rows, ROWS_PER_PART):
        own = [row for row, _ in zip(made, range(min(ROWS_PER_PART, rows - start)))]  # noqa: B905 - a piece of it
        ledger = Ledger()
        ledger.count("align", None, len(own))
        part = run.parts("scored") / part_name(hashlib.sha256(str(start).encode()).hexdigest(), "made")
        write_part(part, own, "bitext", ledger, "made")
        yield part


def _made_rows(rows: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(1)
    reused = [(_sentence(draw), _sentence(draw)) for _ in range(max(rows // 20, 1))]
    for number in range(rows):
        vi, en = (_sentence(draw), _sentence(draw)) if number % 2 else draw.choice(reused)
        if number % 4 == 0:
            en = _sentence(draw)
        yield {
            "id": hashlib.sha256(str(number).encode()).hexdigest()[:16],
            "translation": {"vi": vi, "en": en},
            "origin": "given",
            "source": "made",
            "url": f"https://example.vn/{number // 5}.html",
            "quality": draw.random(),
            "pii": [],
            "reject": None,
        }


def _sentence(draw: random.Random) -> str:
    onsets, rimes = ("b", "c", "d", "đ", "g", "h", "l", "m", "n", "ph", "th", "tr"), ("a", "á", "ê", "ơi", "ông", "uy")
    return " ".join(draw.choice(onsets) + draw.choice(rimes) for _ in range(SENTENCE_WORDS))
