"""Print the marks: measured figures beside the figures to reach, on gold data that lies outside this project.

    python scripts/benchmark.py DATA                 # every room
    python scripts/benchmark.py DATA language page   # some of them
    python scripts/benchmark.py DATA throughput      # at scale: minutes, and only by name

DATA is a folder with encodings/, lid/, sentsplit/, wordseg/ … Exits with 1 if a mark falls short.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

ROOMS = ("orthography", "encoding", "language", "page", "segment", "lexicon", "align", "pair", "scoring", "pipeline")
LONG = ("curation", "throughput", "verify", "pairing_scale")
"""Minutes each, so only where they are named."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of gold data")
    parser.add_argument(
        "rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(ROOMS)} (default: all of these), {', '.join(LONG)}"
    )
    args = parser.parse_args()
    if not args.data.is_dir():
        parser.error(f"{args.data} is not a folder; name the folder that holds lid/, encodings/ …")
    if unknown := set(args.rooms) - {*ROOMS, *LONG}:
        parser.error(f"no benchmark {sorted(unknown)[0]!r}; there are: {', '.join(ROOMS + LONG)}")
    short = 0
    for room in args.rooms or ROOMS:
        started = time.perf_counter()
        marks = import_module(f"benchmarks.{room}").marks(args.data)
        print(f"\n{room} ({time.perf_counter() - started:.1f} s)")
        for mark in marks:
            print(f"  {mark}")
        short += sum(not mark.reached for mark in marks)
    print(f"\n{short} marks fall short" if short else "\nevery mark is reached")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
