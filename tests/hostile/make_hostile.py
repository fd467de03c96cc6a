"""Write a folder of hostile files, always the same for the same seed and size.

python -m tests.hostile.make_hostile FOLDER [--size 10000000] [--seed 2020]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

from tests.hostile.hostile_packed import packed_files
from tests.hostile.hostile_places import make_places, place_files
from tests.hostile.hostile_tables import table_files
from tests.hostile.hostile_texts import text_files

LARGE = 10_000_000


def make_hostile(folder: Path, *, size: int = LARGE, seed: int = 2020) -> list[str]:
    """Write them all below `folder`; the paths that the system let us make. The large ones hold `size` characters."""
    random = Random(seed)
    made = []
    for files in (text_files(random, size), table_files(random, size), packed_files(random, size), place_files()):
        for name, data in files:
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            except OSError:
                continue  # a name that this file system does not take
            made.append(name)
    return made + make_places(folder)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=LARGE, help="characters of the large files")
    parser.add_argument("--seed", type=int, default=2020)
    options = parser.parse_args()
    print(f"{len(make_hostile(options.folder, size=options.size, seed=options.seed))} files in {options.folder}")


if __name__ == "__main__":
    main()
