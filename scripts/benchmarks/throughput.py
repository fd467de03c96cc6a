"""What annotating costs beside the limit: underthesea and sacremoses alone, on the same sentences.

    python scripts/benchmark.py DATA throughput
    python -m benchmarks.throughput DATA --articles 2000 --num-proc 1 2        (in scripts/)

Three times over the same generated articles: (a) the bare loop, `word_tokenize` on every Vietnamese sentence and the
Moses tokeniser on every English one, nothing else; (b) `songngu build --until articles`; (c) the whole `songngu build`.
Start-up is left out: models are loaded before the loop is timed, and from a build the same build of two articles is
taken off. The marks compare times; processor times stand beside them, for a machine that does other work as well. With
several processes these hold the start-up of all workers but one, which a tiny build does not have, so they are no mark.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple

from benchmarks.generated import write_collection
from benchmarks.mark import Mark
from corpus.engine.run import Run
from corpus.engine.shards import table_rows
from corpus.segment.languages import rules_language

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLES = 2000
ANNOTATION, WHOLE = 1.35, 2.5
"""What annotation and a whole build may cost, the bare loop being 1."""
_TINY = (
    "Khai mạc lễ hội hoa ban tại TP. Điện Biên. Lễ hội có hơn 12.000 khách trong ba ngày.",
    "The province of Dien Bien opened the Ban flower festival. Mr. Lan counted 12,000 visitors.",
)

Sentence = tuple[str, str]
"""A sentence and whose rules it is tokenised by, "vi" or "en"."""


class Spent(NamedTuple):
    """Seconds on the clock, and of all processors together."""

    clock: float
    processor: float

    def less(self, other: Spent) -> Spent:
        return Spent(self.clock - other.clock, self.processor - other.processor)


def marks(data: Path) -> list[Mark]:
    """The marks for one process and for two."""
    return measure(data, ARTICLES, (1, 2))


def measure(data: Path, articles: int, processes: Sequence[int]) -> list[Mark]:
    """Everything on as many generated articles, half of them Vietnamese, for each number of processes."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        tiny, whole = Path(folder, "tiny"), Path(folder, "whole")
        write_collection(data, whole, articles // 2, lonely=0)
        (whole / "gold.tsv").unlink()
        tiny.mkdir()
        (tiny / "two.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in _TINY))
        for num_proc in processes:
            annotation = _time_build(tiny, whole, folder, num_proc, "articles")
            build = _time_build(tiny, whole, folder, num_proc, "dataset")
            bare = _time_bare_loop(_sentences(Path(folder, f"whole-articles-{num_proc}")), num_proc)
            found += _compare("annotation", num_proc, annotation, bare, ANNOTATION)
            found += _compare("whole build", num_proc, build, bare, WHOLE)
    return found


def _compare(what: str, num_proc: int, spent: Spent, bare: Spent, target: float) -> list[Mark]:
    name = f"{what}, {num_proc} process(es)"
    for timed, times in ((name, spent), ("bare loop", bare)):
        print(f"  {timed}: {times.clock:.1f} s, {times.processor:.1f} s of processor")
    found = [Mark(f"{name} / bare loop, clock", spent.clock / bare.clock, target, at_most=True)]
    if num_proc == 1:
        found.append(Mark(f"{name} / bare loop, processor", spent.processor / bare.processor, target, at_most=True))
    return found


# Builds


def _time_build(tiny: Path, whole: Path, folder: str, num_proc: int, until: str) -> Spent:
    """A build of the whole collection less one of the tiny one."""
    spent = [
        _build(inputs, Path(folder, f"{inputs.name}-{until}-{num_proc}"), num_proc, until) for inputs in (tiny, whole)
    ]
    return spent[1].less(spent[0])


def _build(inputs: Path, out: Path, num_proc: int, until: str) -> Spent:
    arguments = ["build", str(inputs), "-o", str(out), "--until", until, "--num-proc", str(num_proc), "--quiet"]
    started, used = time.perf_counter(), _processor()
    subprocess.run([sys.executable, "-m", "corpus", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return Spent(time.perf_counter() - started, _processor() - used)


def _processor() -> float:
    """Processor seconds of the child processes that have ended, theirs included."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _sentences(out: Path) -> list[Sentence]:
    """Every sentence of a run's articles."""
    rows = table_rows(Run.open(out), "articles")
    texts = ((row["text"][s["start"] : s["end"]], s["lang"]) for row in rows for s in row["sentences"] or ())
    return [(text, rules_language(text, lang)) for text, lang in texts]


# The bare loop


def _time_bare_loop(sentences: list[Sentence], num_proc: int) -> Spent:
    """The loop over equal shares of the sentences, from when all processes have their models."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(num_proc + 1)
    with context.Pool(num_proc, _load_models, (ready,)) as pool:
        ready.wait()
        started = time.perf_counter()
        used = pool.map(_tokenize_all, [sentences[k::num_proc] for k in range(num_proc)], chunksize=1)
        return Spent(time.perf_counter() - started, sum(used))


def _load_models(ready: Barrier) -> None:
    _tokenize_all([("Hà Nội là thủ đô.", "vi"), ("Hanoi is the capital.", "en")])
    ready.wait()


def _tokenize_all(sentences: list[Sentence]) -> float:
    """The bare loop; the processor seconds it took."""
    from sacremoses import MosesTokenizer
    from underthesea import word_tokenize

    moses = MosesTokenizer(lang="en")
    started = time.process_time()
    for text, lang in sentences:
        if lang == "vi":
            word_tokenize(text)
        else:
            moses.tokenize(text, escape=False)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of gold data")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--num-proc", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    for mark in measure(args.data, args.articles, args.num_proc):
        print(mark)


if __name__ == "__main__":
    main()
