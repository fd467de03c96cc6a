"""Articles to annotated tables: load, detect, structure, segment. The same as `songngu build --until articles`.

python scripts/preprocess.py my_articles -o out/mine --num-proc 4
"""

from __future__ import annotations

import argparse

import corpus


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="files, folders, globs, or a Hub dataset as hf://org/name")
    parser.add_argument("-o", "--out", required=True, help="the run folder: new, empty, or an earlier run")
    parser.add_argument("--num-proc", type=int, default=1, help="processes that annotate (default: 1)")
    args = parser.parse_args()
    try:
        run = corpus.build(args.inputs, args.out, num_proc=args.num_proc, until="articles", quiet=False)
    except corpus.SongNguError as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    for entry in run.ledger["stages"]:
        print(f"{entry['stage']:12s} in {entry['in']:8d}  kept {entry['kept']:8d}  {entry['rejected'] or ''}")


if __name__ == "__main__":
    main()
