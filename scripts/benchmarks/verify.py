"""Marks of `verify`: time and memory on a generated run, and what that makes of 100,000 articles.

A small run is built of real articles and multiplied: every copy of an article is a file of its own, with the id that
such a file gets, and the pairs and aligned rows of the copies are those of the originals.

    python scripts/benchmarks/verify.py FOLDER OUT --copies 25 --num-proc 1     # FOLDER holds vi/ and en/
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from benchmarks.mark import Mark
from corpus.engine.ledger import Ledger
from corpus.engine.parts import write_part
from corpus.engine.run import Run
from corpus.engine.sealing import seal
from corpus.engine.shards import table_rows, write_shards
from corpus.pipeline.manifest import INPUTS, describe_inputs, write_manifest
from corpus.publishing.dataset import write_dataset

ARTICLES = 100_000
MINUTES = 10.0
TABLES = ("articles", "article_pairs", "bitext")
Row = dict[str, Any]

MEASURE = """
import resource, sys, time
from corpus.verification.verifying import inspect_run
started = time.perf_counter()
inspection = inspect_run(sys.argv[1], num_proc=int(sys.argv[2]))
seconds = time.perf_counter() - started
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(len(inspection.findings), inspection.checked["articles"], seconds, max(each.ru_maxrss for each in used) / 1024)
print(sum(each.ru_utime + each.ru_stime for each in used))
"""


def marks(data: Path) -> list[Mark]:
    """Time of 100,000 articles as extrapolated from two sizes, and how memory grows between them."""
    with tempfile.TemporaryDirectory() as folder:
        base = build_base(data / "docalign" / "ntrex_news", Path(folder) / "base")
        small, large = (
            measure(multiply(base, Path(folder) / f"run{copies}", copies), num_proc=1) for copies in (5, 25)
        )
    rate = (large[1] - small[1]) / (large[2] - small[2])
    minutes = (large[2] + (ARTICLES - large[1]) / rate) / 60
    return [
        Mark("findings in sound runs", small[0] + large[0], 0, at_most=True),
        Mark(f"verify, articles a second (on {large[1]:,.0f})", rate, ARTICLES / MINUTES / 60),
        Mark("verify, minutes for 100,000 articles", minutes, MINUTES, at_most=True),
        Mark(f"verify, growth of peak memory from {small[1]:,.0f} articles", large[3] / small[3], 1.1, at_most=True),
    ]


def build_base(inputs: Path, folder: Path) -> Run:
    """A run of real articles, with its inputs beside it under a name that copies can bear too."""
    from corpus.pipeline import build

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(inputs, folder / "copy0000", ignore=shutil.ignore_patterns("*.tsv"))
    return build([folder / "copy0000"], folder / "run")


def measure(run: Run, num_proc: int) -> tuple[float, ...]:
    """Findings, articles, seconds, peak megabytes and processor seconds of `verify` in a process of its own."""
    words = [sys.executable, "-c", MEASURE, str(run.path), str(num_proc)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return tuple(map(float, done.stdout.split()))


def multiply(base: Run, folder: Path, copies: int) -> Run:
    """The run with `copies` of every article of `base`, and the inputs it could have been built of."""
    sources = base.path.parent
    inputs = [folder / "inputs" / f"copy{copy:04d}" for copy in range(copies)]
    for path in inputs:
        shutil.copytree(sources / "copy0000", path)
    run = Run.create(folder / "run")
    tables = {table: list(_parts(base, run, table, copies)) for table in TABLES}
    for table, parts in tables.items():
        write_shards(parts, run.table(table))
    write_dataset(run, tables)
    shutil.copytree(base.path / "learnt", run.path / "learnt")
    run.write_json("ledger.json", _multiplied(base.ledger, copies))
    lines = (base.path / INPUTS).read_text(encoding="utf-8")
    listed = "".join(lines.replace("copy0000", path.name) for path in inputs)
    (run.path / INPUTS).write_text(listed, encoding="utf-8")
    manifest = base.manifest
    write_manifest(run, describe_inputs(run, inputs), manifest["options"], manifest["recipe"])
    run.write_json("manifest.json", seal(run.manifest))
    return run


def _parts(base: Run, run: Run, table: str, copies: int) -> Iterator[Path]:
    rows = list(table_rows(base, table))
    articles = {row["id"]: row for row in table_rows(base, "articles")}
    for copy in range(copies):
        part = run.parts(table) / f"{copy:04d}.parquet"
        write_part(part, [_copied(row, table, copy, articles) for row in rows], table, Ledger(), "benchmark")
        yield part


def _copied(row: Row, table: str, copy: int, articles: dict[str, Row]) -> Row:
    """A row as it would be, had its article lain in the folder of this copy."""

    def new_id(name: str | None) -> str | None:
        return name and _article_id(articles[name], copy)

    if table == "articles":
        moved = {"id": new_id(row["id"]), "source": _moved(row["source"], copy)}
        return {**row, **moved, "duplicate_of": new_id(row["duplicate_of"])}
    row = {**row, "vi_id": new_id(row["vi_id"]), "en_id": new_id(row["en_id"])}
    if table == "bitext":
        renamed: Callable[[str | None], str | None] = lambda name: name and _digits(f"{copy} {name}")  # noqa: E731
        row.update({name: renamed(row[name]) for name in ("id", "duplicate_of", "cluster")})
    return row


def _article_id(article: Row, copy: int) -> str:
    return _digits(f"{_moved(article['source'], copy)}\0{article['source_sha256']}")


def _moved(source: str, copy: int) -> str:
    return source.replace("copy0000", f"copy{copy:04d}", 1)


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _multiplied(ledger: dict[str, Any], copies: int) -> dict[str, Any]:
    text = json.dumps(ledger)
    return json.loads(text, parse_int=lambda number: int(number) * copies)  # type: ignore[no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of articles in both languages")
    parser.add_argument("out", type=Path, help="a new folder for the runs")
    parser.add_argument("--copies", type=int, nargs="+", default=[25])
    parser.add_argument("--num-proc", type=int, default=1)
    args = parser.parse_args()
    base = build_base(args.folder, args.out / "base")
    for copies in args.copies:
        started = time.perf_counter()
        run = multiply(base, args.out / f"copies{copies}", copies)
        made = time.perf_counter() - started
        findings, articles, seconds, megabytes, processor = measure(run, args.num_proc)
        print(
            f"{articles:9,.0f} articles: {seconds:7.1f} s, {processor:7.1f} s of processor, peak {megabytes:5.0f} MB,"
            f" {findings:.0f} findings (made in {made:.0f} s)"
        )


if __name__ == "__main__":
    main()
