"""Feed the loaders and stages files that chance has damaged, and count what must never happen.

    python scripts/fuzz.py --count 100000              every loader, and every 20th file through all stages
    python scripts/fuzz.py --only 4711 --keep FILE     one mutation again, written to FILE

A child process does the work, so that a crash, a hang or a lack of memory is counted like everything else: the parent
sees the child fall silent, notes the number it was at, and starts another behind it. Exit code 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import selectors
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from mutations import Mutation, mutation  # noqa: E402

SECONDS = 60.0
"""What one mutated file may take, start-up of the models included, on a machine that has other things to do."""
CHILD = (sys.executable, str(Path(__file__).resolve()), "--child")
_MEMORY = 6 << 30
_DEEP = 20
_BATCH = 200


@dataclass
class Tally:
    """What came of the mutations; `problems` names each that must not be."""

    mutations: int = 0
    records: int = 0
    kept: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[str]] = field(default_factory=dict)

    def add(self, told: dict[str, Any]) -> None:
        """Count what the child tells of one mutation."""
        self.mutations += 1
        self.records += told["records"]
        self.kept += told["kept"]
        self.rejected.update(told["rejected"])
        for kind, what in told["problems"]:
            self.blame(kind, what)

    def blame(self, kind: str, what: str) -> None:
        """Note a problem of a kind: crash, hang, lost, failed, invalid."""
        self.problems.setdefault(kind, []).append(what)

    def lines(self) -> Iterator[str]:
        """The tally as a person reads it."""
        yield f"{self.mutations} mutations, {self.records} records, {self.kept} kept"
        yield from (f"  {reason:<24}{times:>8}" for reason, times in sorted(self.rejected.items()))
        for kind in ("crash", "hang", "lost", "failed", "invalid"):
            found = self.problems.get(kind, [])
            yield f"{kind:<8}{len(found):>6}  {'; '.join(found[:5])}"


def fuzz(first: int, stop: int, seed: int = 0, *, deep: int = _DEEP, only: str | None = None) -> Tally:
    """The mutations `first` to `stop`, every `deep`-th through all stages (0: none), in child processes."""
    tally, at = Tally(), first
    while at < stop:
        at = _run_child(at, stop, seed, deep, only, tally)
    return tally


def _run_child(at: int, stop: int, seed: int, deep: int, only: str | None, tally: Tally) -> int:
    """Let a child work from `at` on; where the next one has to start."""
    command = [*CHILD, str(at), str(stop), str(seed), str(deep), only or ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        for line in _lines(child):
            if line is None:
                child.kill()
                tally.blame("hang", str(at))
                return at + 1
            if line.startswith("{"):
                tally.add(json.loads(line))
                at += 1
    if at < stop:
        tally.blame("crash", f"{at} ({child.returncode})")
        return at + 1
    return at


def _lines(child: subprocess.Popen[str]) -> Iterator[str | None]:
    """The child's lines; None where it has been silent for too long."""
    assert child.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(SECONDS):
                yield None
                return
            line = child.stdout.readline()
            if not line:
                return
            yield line


def _child(first: int, stop: int, seed: int, deep: int, only: str | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for start in range(first, stop, _BATCH):
        numbers = range(start, min(start + _BATCH, stop))
        with tempfile.TemporaryDirectory() as folder:
            for told in examined({number: mutation(seed, number, only) for number in numbers}, Path(folder), deep):
                print(json.dumps(told), flush=True)


def examined(mutations: Mapping[int, Mutation], folder: Path, deep: int) -> Iterator[dict[str, Any]]:
    """Read a folder of mutated files, one damaged file among others, and say of each in turn what came of it."""
    from corpus.loaders import read

    for number, mutated in mutations.items():
        (folder / f"{number:09}-{mutated.name}").write_bytes(mutated.data)
    expected = iter(sorted(mutations))
    for number, records in groupby(read(folder), key=lambda record: int(record.source.partition("/")[2][:9])):
        for missing in takewhile(lambda other, number=number: other != number, expected):  # type: ignore[misc]
            yield _told(missing, mutations[missing], [], deep)
        yield _told(number, mutations[number], records, deep)
    for missing in expected:
        yield _told(missing, mutations[missing], [], deep)


def _told(number: int, mutated: Mutation, records: Iterable[Any], deep: int) -> dict[str, Any]:
    """What came of the records of one file, which go through all stages if it is its turn, and what is wrong there."""
    from corpus.engine.stage import run_stages
    from corpus.loaders import REASONS
    from corpus.pipeline.reading import start_row
    from corpus.pipeline.stages import ARTICLE_STAGES, GIVEN_STAGES

    all_stages, started = bool(deep) and number % deep == 0, time.monotonic()
    told: dict[str, Any] = {"records": 0, "kept": 0, "rejected": Counter()}
    problems: list[tuple[str, str]] = []
    for record in records:
        stages = ARTICLE_STAGES if record.given is None else GIVEN_STAGES
        rows, ledger = run_stages([start_row(record)], stages if all_stages else stages[:1])
        told["records"] += 1
        told["kept"] += sum(row["reject"] is None for row in rows)
        told["rejected"].update(row["reject"] for row in rows if row["reject"])
        if record.reject is not None and record.reject not in REASONS:
            problems.append(("lost", f"unknown reason {record.reject}"))
        problems += wrong(rows, ledger.stages())
    if not told["records"]:
        problems.append(("lost", "no record"))
    if time.monotonic() - started > SECONDS:
        problems.append(("hang", "slow"))
    return {**told, "problems": [(kind, f"{number} {mutated.base}: {what}") for kind, what in problems]}


def wrong(rows: list[dict[str, Any]], stages: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What is wrong with the rows of one record and with what the stages counted of them."""
    if len(rows) != 1:
        yield "lost", f"{len(rows)} rows of one record"
    if any(stage["in"] != stage["kept"] + sum(stage["rejected"].values()) for stage in stages):
        yield "lost", "in is not kept + rejected"
    for row in rows:
        if (row["reject"] or "").endswith(":failed"):
            yield "failed", str(row["reject"])
        texts = [row.get("text"), row.get("title"), row.get("author"), *(row.get("translation") or {}).values()]
        if any(text and not _encodes(text) for text in texts):
            yield "invalid", "a text that UTF-8 cannot hold"
        yield from (("invalid", what) for what in wrong_spans(row))


def wrong_spans(row: dict[str, Any]) -> Iterator[str]:
    """Spans that lie outside of the text, overlap, or hold a sentence whose tokens do not spell it."""
    text = row.get("text") or ""
    for column in ("paragraphs", "sentences", "captions", "references", "dates"):
        spans = [(span["start"], span["end"]) for span in row.get(column) or ()]
        if any(not 0 <= start < end <= len(text) for start, end in spans):
            yield f"{column} outside of the text"
        if column in ("paragraphs", "sentences") and any(left[1] > right[0] for left, right in pairwise(spans)):
            yield f"{column} overlap"
    for sentence in row.get("sentences") or ():
        spoken = text[sentence["start"] : sentence["end"]]
        if "".join("".join(sentence["tokens"]).split()) != "".join(spoken.split()):
            yield f"tokens do not spell {spoken[:40]!r}"


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Read the command line and run."""
    if sys.argv[1:2] == ["--child"]:
        first, stop, seed, deep = map(int, sys.argv[2:6])
        _child(first, stop, seed, deep, sys.argv[6] or None)
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000, help="how many mutations (default 20000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deep", type=int, default=_DEEP, help="every so many go through all stages; 0: none do")
    parser.add_argument("--file", help="mutate only this one of the small files, such as a.jsonl")
    parser.add_argument("--only", type=int, help="one mutation by its number")
    parser.add_argument("--keep", type=Path, help="write that mutation to a file")
    options = parser.parse_args()
    first, stop = options.first, options.first + options.count
    if options.only is not None:
        first, stop = options.only, options.only + 1
        if options.keep:
            options.keep.write_bytes(mutation(options.seed, options.only, options.file).data)
    tally = fuzz(first, stop, options.seed, deep=options.deep, only=options.file)
    print("\n".join(tally.lines()))
    sys.exit(1 if tally.problems else 0)


if __name__ == "__main__":
    main()
