"""The folder that holds a run: its tables, its ledger, its manifest, and the parts they were gathered from.

OUT/articles/*.parquet   the finished tables, and nothing else
OUT/bitext/*.parquet
OUT/dataset/             what `datasets.load_dataset` opens
OUT/ledger.json          what every stage took in, kept and rejected
OUT/manifest.json        versions, options, recipe, and the SHA-256 of every table
OUT/inputs.jsonl         one line an input file: source, SHA-256, records
OUT/parts/               what a later build reuses

Every file is written under a temporary name first, and a build begins by removing those that a killed one left.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from corpus.engine.parts import is_temporary, temporary_for
from corpus.errors import UsageError

MARKER = ".songngu-run"
MANIFEST = "manifest.json"
FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What the system says when a file cannot grow."""


class Work(NamedTuple):
    """Of one kind of work, the pieces that were done, and those that an earlier build had done."""

    new: int
    reused: int


class Run:
    """A run folder. `Run.create` makes or takes over one, `Run.open` reads one that was built."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work: dict[str, Work] = {}
        """What the build that returned this run had to do, by kind."""

    @classmethod
    def create(cls, path: str | Path) -> Run:
        """A folder to build in: a new or empty one, or an earlier run's.

        Raises UsageError where the folder holds something else: nothing of a stranger's is written over.
        """
        folder = Path(path)
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file; name a folder for the run with -o")
        with _writable(folder):
            if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
                raise UsageError(
                    f"{folder} holds something that is not a Song Ngữ run; name a new or an empty folder with -o"
                )
            folder.mkdir(parents=True, exist_ok=True)
            (folder / MARKER).touch()
        return cls(folder)

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r})"

    @classmethod
    def open(cls, path: str | Path) -> Run:
        """A finished run. Raises UsageError where the folder is none, or its first build was stopped."""
        folder = Path(path)
        if not (folder / MARKER).exists():
            raise UsageError(f"{folder} is not a Song Ngữ run; make one with: songngu build INPUT -o OUT")
        if not (folder / MANIFEST).exists():
            raise UsageError(f"the build in {folder} did not finish; give the same `songngu build` command again")
        return cls(folder)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One build a folder at a time. The lock goes with the process, so a killed build leaves none behind."""
        with _writable(self.path):
            marker = open(self.path / MARKER, "r+", encoding="utf-8")  # noqa: SIM115 - closed just below
        with marker as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                owner = file.read().strip() or "unknown"
                raise UsageError(
                    f"another build (process {owner}) is writing {self.path}; wait for it or name another folder"
                ) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            self._sweep()
            try:
                yield
            except OSError as error:
                if error.errno not in FULL:
                    raise
                raise UsageError(
                    f"{self.path} takes no more: {error.strerror}; free some space and give the same command again,"
                    " what is finished will not be done twice (or name a folder on another disk)"
                ) from error
            finally:
                self._sweep()

    def _sweep(self) -> None:
        """Remove what a build left unfinished when it was killed."""
        for folder, folders, files in os.walk(self.path):
            for name in filter(is_temporary, files):
                (Path(folder) / name).unlink(missing_ok=True)
            for name in filter(is_temporary, folders):
                shutil.rmtree(Path(folder) / name, ignore_errors=True)

    @property
    def dataset(self) -> Path:
        """The folder that `datasets.load_dataset` opens."""
        return self.path / "dataset"

    def table(self, name: str) -> Path:
        """The folder of a finished table."""
        return self.path / name

    def shards(self, name: str) -> list[Path]:
        """The Parquet files of a finished table, in order."""
        return sorted(self.table(name).glob("*.parquet"))

    def parts(self, name: str) -> Path:
        """The folder of the parts a table is gathered from."""
        folder = self.path / "parts" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def ledger(self) -> dict[str, Any]:
        """`{"stages": [{"stage", "in", "kept", "rejected": {reason: count}}], "skipped": [{"source", "reason"}]}`."""
        return self.read_json("ledger.json")

    @property
    def manifest(self) -> dict[str, Any]:
        """Versions, options, recipe and hashes of the build."""
        return self.read_json(MANIFEST)

    def read_json(self, name: str) -> dict[str, Any]:
        """A JSON file of the run. Raises UsageError where it cannot be read."""
        try:
            content: dict[str, Any] = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.path / name} cannot be read ({error}); build the run again") from error
        return content

    def write_json(self, name: str, content: dict[str, Any]) -> None:
        """Write a JSON file of the run: whole or not at all."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = temporary_for(path)
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """What the system refuses becomes an error that ends in the next step."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise
        raise UsageError(f"cannot write {folder} ({error.strerror}); name a folder you may write to with -o") from error
