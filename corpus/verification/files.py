"""`verify`, first step: every file of a run is there, is the one the build wrote, and no other lies beside it.

What has changed is named here and read no further: of a damaged table nothing can be proved, and the library that reads
tables may come down with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corpus import schema
from corpus.engine.run import MANIFEST, Run
from corpus.engine.sealing import is_sealed
from corpus.pipeline.finishing import PHASES
from corpus.pipeline.manifest import CARD, HASHED, hash_file

NAME_DIGITS = 16
"""Digits of its own hash that the name of a shard ends with."""


class Finding(NamedTuple):
    """One thing that is wrong: `where` names a file or a row, `what` says how it differs from what was promised, and
    what to do."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""An engine's `map`."""


def check_manifest(run: Run) -> Iterator[Finding]:
    """Whether the manifest is what a build of this version sealed, and its options agree with its tables."""
    try:
        text = (run.path / MANIFEST).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Finding(MANIFEST, f"cannot be read ({error}); build the run again")
        return
    if not is_sealed(text):
        yield Finding(MANIFEST, "is not what the build wrote (the SHA-256 in it differs); build the run again")
        return
    manifest = run.manifest
    if manifest["schema"] != schema.SCHEMA_VERSION:
        yield Finding(MANIFEST, "is of another version of the tables; build the run again with this one")
    phases = tables_of(manifest)
    if sorted(manifest["recipe"]) != sorted(phases):
        yield Finding(MANIFEST, f"has recipes for other tables than {', '.join(phases)}; build the run again")


def tables_of(manifest: Mapping[str, Any]) -> list[str]:
    """The tables that a build with these options makes."""
    until = manifest["options"]["until"]
    return [phase for phase in PHASES[: PHASES.index(until) + 1] if phase in schema.TABLES]


def check_files(run: Run, hashes: Mapping[str, str], map_: Map = map) -> Iterator[Finding]:
    """Files that are missing, changed or misnamed, or that no build wrote."""
    there = [name for name in hashes if (run.path / name).is_file()]
    found = dict(zip(there, map_(hash_or_none, [run.path / name for name in there]), strict=True))
    for name, expected in hashes.items():
        if name not in found:
            yield Finding(name, "is missing; build the run again")
        elif found[name] is None:
            yield Finding(name, "cannot be read; look after the disk, then build the run again")
        elif found[name] != expected:
            yield Finding(name, "is not the file the build wrote (its SHA-256 differs); build the run again")
        elif _is_misnamed(name, expected):
            yield Finding(name, "has a name that is not the hash of what is in it; build the run again")
    for name in foreign_files(run, hashes):
        yield Finding(name, "was not written by the build; remove it")


def hash_or_none(path: Path) -> str | None:
    """SHA-256 of a file; None where the system cannot read it."""
    try:
        return hash_file(path)
    except OSError:
        return None


def _is_misnamed(name: str, sha256: str) -> bool:
    return name.endswith(".parquet") and not name.endswith(f"-{sha256[:NAME_DIGITS]}.parquet")


def foreign_files(run: Run, hashes: Mapping[str, str]) -> Iterator[str]:
    """Files in the folders of a run that the manifest does not know. The card and hidden files are people's own."""
    for folder in HASHED:
        for path in sorted((run.path / folder).rglob("*")):
            name = path.relative_to(run.path)
            hidden = any(part.startswith(".") for part in name.parts)
            if path.is_file() and not hidden and path.name != CARD and name.as_posix() not in hashes:
                yield name.as_posix()
