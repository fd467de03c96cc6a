"""The marks of pairing at scale: the phase `article_pairs` over generated collections, as a build runs it.

    python scripts/benchmarks/pairing_scale.py DATA --pairs 47500 --lonely 2500 --num-proc 2
    python scripts/benchmarks/pairing_scale.py DATA --pairs 23750 --lonely 1250 --num-proc 2 --double
    python scripts/benchmarks/pairing_scale.py DATA --pairs 2000 --scaling 2

The articles table is written by this script (segmentation is not what is measured); then the phase is timed from the
finished table to the finished parts, alignment included. Printed: progress, minutes, precision and recall of the
pairs, and the peak memory of the main process and of the greatest worker, beside the marks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.generated import collection
from benchmarks.mark import Mark
from corpus.engine.ledger import Ledger
from corpus.engine.local import LocalEngine
from corpus.engine.parts import part_name, write_part
from corpus.engine.piece import cut_pieces
from corpus.engine.run import Run
from corpus.pipeline.article_pairs.phase import pair_articles
from corpus.pipeline.store import read_part

MINUTES = 15 / 100_000
"""What pairing may take for each article."""
GROWTH = 2.4
MEGABYTES = 1500
SCALING = 0.85
PRECISION, RECALL = 0.99, 0.95


class Step(NamedTuple):
    """When a step told of its first task and of its last, in seconds, and how many were done by then."""

    first: float
    first_done: int
    last: float
    last_done: int

    @property
    def rate(self) -> float:
        """Tasks a second once the step has started."""
        return (self.last_done - self.first_done) / max(self.last - self.first, 1e-9)


class Measured(NamedTuple):
    """One run of the phase: seconds, its steps, megabytes of this process and of the greatest worker, and the pairs."""

    seconds: float
    steps: dict[str, Step]
    megabytes: tuple[float, float]
    precision: float
    recall: float
    rows: int


@contextmanager
def written(data: Path, pairs: int, lonely: int) -> Iterator[tuple[Run, list[Path]]]:
    """A run with the parts of its articles table, removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        run = Run.create(Path(folder) / "run")
        yield run, write_articles(data, run, pairs, lonely)


def write_articles(data: Path, run: Run, pairs: int, lonely: int, seed: int = 0) -> list[Path]:
    """The parts of an articles table: a line is a paragraph of one sentence. Ids tell which articles are partners."""
    made = collection(data, pairs, lonely=lonely, seed=seed)
    sides = (("vi", made.vi), ("en", made.en))
    rows = (article(lang, number, lines) for lang, side in sides for number, lines in side())
    parts = []
    for piece in cut_pieces(rows, lambda row: hashlib.sha256(json.dumps(row["id"]).encode()).digest()):
        parts.append(run.parts("articles") / part_name(piece.key, "benchmark"))
        write_part(parts[-1], piece.items, "articles", Ledger(), "benchmark")
    return parts


def article(lang: str, number: int, lines: list[str]) -> dict[str, Any]:
    """A row of the articles table."""
    spans, start = [], 0
    for k, line in enumerate(lines):
        spans.append({"lang": lang, "start": start, "end": start + len(line), "paragraph": k, "tokens": []})
        start += len(line) + 1
    return {
        "id": f"{lang == 'en':x}{number:015x}", "source": f"{lang}.jsonl#{number}", "lang": lang,
        "text": "\n".join(lines), "paragraphs": [{**span, "role": "body"} for span in spans], "sentences": spans,
    }  # fmt: skip


def run_phase(run: Run, articles: list[Path], num_proc: int, pairs: int, *, quiet: bool = True) -> Measured:
    """Time the phase and judge its pairs."""
    steps: dict[str, Step] = {}
    started = time.perf_counter()

    def tell(step: str, done: int, total: int) -> None:
        now = time.perf_counter() - started
        known = steps.setdefault(step, Step(now, done, now, done))
        if done > known.last_done:  # alignment goes round again with the few that failed, and begins to count anew
            steps[step] = known._replace(last=now, last_done=done)
        if not quiet and (done == total or done % max(total // 10, 1) == 0):
            print(f"  {now:7.1f} s  {step} {done}/{total}", flush=True)

    with LocalEngine(num_proc) as engine:
        parts = pair_articles(run, articles, engine, tell=tell)
    seconds = time.perf_counter() - started
    right = found = rows = 0
    for part in parts:
        for row in read_part(part, ["vi_id", "en_id", "reject"]).to_pylist():
            rows += 1
            found += row["reject"] is None
            right += row["reject"] is None and row["vi_id"][1:] == row["en_id"][1:]
    return Measured(seconds, steps, memory(), right / max(found, 1), right / pairs, rows)


def memory() -> tuple[float, float]:
    """Peak resident megabytes of this process and of the greatest of its children that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_maxrss / 1024, children.ru_maxrss / 1024


def collection_marks(
    data: Path, pairs: int, lonely: int, num_proc: int, *, quiet: bool = True
) -> tuple[list[Mark], float]:
    """The marks of one collection, and the seconds it took."""
    with written(data, pairs, lonely) as (run, articles):
        measured = run_phase(run, articles, num_proc, pairs, quiet=quiet)
    count = 2 * (pairs + lonely)
    name = f"pairing {count // 2} + {count // 2}"
    return [
        Mark(f"{name}, {num_proc} processes", measured.seconds / 60, max(MINUTES * count, 1.0), " min", True),
        Mark(f"{name}: precision", measured.precision, PRECISION),
        Mark(f"{name}: recall", measured.recall, RECALL),
        Mark(f"{name}: memory of the main process", measured.megabytes[0], MEGABYTES, " MB", True),
        Mark(f"{name}: memory of a worker", measured.megabytes[1], MEGABYTES, " MB", True),
    ], measured.seconds


def scaling(data: Path, pairs: int, num_proc: int, *, quiet: bool = True) -> Mark:
    """How many times as fast the alignment is with `num_proc` processes as with one, start-up left out."""
    rates = []
    with written(data, pairs, 0) as (run, articles):
        for count in (1, num_proc):
            shutil.rmtree(run.path / "parts" / "aligned", ignore_errors=True)
            (run.path / "parts" / "article_pairs.json").unlink(missing_ok=True)
            rates.append(run_phase(run, articles, count, pairs, quiet=quiet).steps["align"].rate)
    return Mark(f"alignment, {num_proc} processes to one", rates[1] / rates[0], SCALING * num_proc, "x")


def marks(data: Path) -> list[Mark]:
    """The short form: a thousand articles, and twice as many."""
    once, seconds = collection_marks(data, 475, 25, 1)
    twice, later = collection_marks(data, 950, 50, 1)
    return [*once, *twice, Mark("pairing twice as many", later / seconds, GROWTH, "x", True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of gold data")
    parser.add_argument("--pairs", type=int, default=950)
    parser.add_argument("--lonely", type=int, default=50, help="articles without a partner, on each side")
    parser.add_argument("--num-proc", type=int, default=1)
    parser.add_argument("--double", action="store_true", help="also pair twice as many, and compare")
    parser.add_argument("--scaling", type=int, metavar="N", help="compare N processes with one instead")
    args = parser.parse_args()
    if args.scaling:
        print(scaling(args.data, args.pairs, args.scaling, quiet=False))
        return
    found, seconds = collection_marks(args.data, args.pairs, args.lonely, args.num_proc, quiet=False)
    if args.double:
        more, later = collection_marks(args.data, 2 * args.pairs, 2 * args.lonely, args.num_proc, quiet=False)
        found += [*more, Mark("pairing twice as many", later / seconds, GROWTH, "x", True)]
    print(*found, sep="\n")


if __name__ == "__main__":
    main()
