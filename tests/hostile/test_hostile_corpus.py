"""The hostile folder itself: large enough, and the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.hostile.make_hostile import make_hostile


def contents(folder: Path) -> dict[str, str]:
    """The hash of every ordinary file below a folder that may be read."""
    plain = (path for path in folder.rglob("*") if not path.is_symlink() and "locked" not in str(path))
    files = (path for path in plain if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_there_are_enough_files_and_they_are_the_same_every_time(tmp_path: Path) -> None:
    names = make_hostile(tmp_path / "a", size=5_000)
    assert len(names) >= 300 and len(set(names)) == len(names)
    assert make_hostile(tmp_path / "b", size=5_000) == names
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_gives_other_files(tmp_path: Path) -> None:
    make_hostile(tmp_path / "a", size=5_000)
    make_hostile(tmp_path / "b", size=5_000, seed=1)
    assert contents(tmp_path / "a") != contents(tmp_path / "b")
