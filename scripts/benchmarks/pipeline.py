"""How long a user waits: start-up, the first build of the seeds, and one when nothing has changed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.mark import Mark

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 3


def marks(data: Path) -> list[Mark]:
    """Whole processes, the best of a few runs; the gold data is not used."""
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "corpus", "build", str(ROOT / "seeds"), "-o", f"{folder}/run", "--quiet"]
        return [
            _seconds("import corpus", ["-c", "import corpus"], 0.3),
            _seconds("songngu --help", ["-m", "corpus", "--help"], 0.5),
            _seconds("songngu build seeds, first time", build, 8, runs=1),
            _seconds("songngu build seeds, nothing changed", build, 3),
        ]


def _seconds(name: str, arguments: list[str], target: float, *, runs: int = RUNS) -> Mark:
    def once() -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started

    return Mark(name, min(once() for _ in range(runs)), target, " s", at_most=True)
