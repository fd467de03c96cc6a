"""What the user may name (a file, a folder, a glob, `-`, a Hub id), checked before anything is read.

Each input gets the name under which its records are known: the last part of what the user wrote. A pattern gives the
path below its fixed part, so `news/*/index.html` yields `a/index.html` and `b/index.html`.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.loaders.containers import without_compression
from corpus.loaders.hub import HubId, hub_id
from corpus.loaders.moses import partners
from corpus.loaders.names import printable
from corpus.loaders.walk import Found, Skip, walk

STDIN = "-"


class Named(NamedTuple):
    """One input: its source, and either its path or its Hub id; neither for standard input."""

    source: str
    path: str | None = None
    hub: HubId | None = None


def find_inputs(paths: str | Path | Sequence[str | Path]) -> list[Named]:
    """The inputs in the order they were named, those of a pattern in the order of their paths.

    Raises UsageError where one does not exist, or where two records would have one source.
    """
    named = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not named:
        raise UsageError("no input; name a file, a folder, a pattern, a Hub id, or - for standard input")
    inputs = [found for name in named for found in _find(os.fspath(name))]
    if sum(found.path is None and found.hub is None for found in inputs) > 1:
        raise UsageError("standard input is named twice; name - once")
    _refuse_equal_sources(inputs)
    return inputs


def _find(name: str) -> list[Named]:
    if name == STDIN:
        return [Named("stdin")]
    if os.path.lexists(name):
        return [Named(_last_part(name), name)]
    if halves := _moses_halves(name):
        return [Named(_last_part(half), half) for half in halves]
    wanted = hub_id(name)
    if wanted is not None:
        return [Named(wanted.repo, hub=wanted)]
    if glob.has_magic(name):
        return _match(name)
    raise UsageError(_missing(name))


def _moses_halves(prefix: str) -> tuple[str, ...]:
    """The Vietnamese and the English half that begin with a Moses prefix; none where one of them is missing."""
    folder, stem = os.path.split(prefix)
    try:
        names = [name for name in os.listdir(folder or ".") if stem and name.startswith(f"{stem}.")]
    except (OSError, ValueError):
        return ()
    for vi, en in partners(names).items():
        if without_compression(vi).rpartition(".")[0] == stem:
            return os.path.join(folder, vi), os.path.join(folder, en)
    return ()


def _match(pattern: str) -> list[Named]:
    paths = sorted(glob.glob(pattern, recursive=True))
    if "**" in pattern:  # which names each folder and all that is in it
        paths = [path for path in paths if not os.path.isdir(path)]
    if not paths:
        raise UsageError(f"no file matches {pattern!r}; give a pattern that matches one, or name a folder")
    fixed = Path(*_fixed_parts(pattern))
    return [Named(_printable_path(os.path.relpath(path, fixed)), path) for path in paths]


def _fixed_parts(pattern: str) -> Iterator[str]:
    for part in Path(pattern).parts:
        if glob.has_magic(part):
            return
        yield part


def _last_part(name: str) -> str:
    """The last part of a path as it was written; what `.` and `..` stand for."""
    last = os.path.basename(os.path.normpath(name))
    return printable(last if last not in ("", ".", "..") else Path(name).resolve().name or "root")


def _printable_path(path: str) -> str:
    return "/".join(printable(part) for part in path.split(os.sep))


def _missing(name: str) -> str:
    folder, last = os.path.split(os.path.normpath(name))
    try:
        near = get_close_matches(last, os.listdir(folder or "."), n=1)
    except OSError:
        near = []
    hint = f" Did you mean {os.path.join(folder, near[0])!r}?" if near else ""
    return f"no file or folder {name!r}; name one that exists, or a Hub dataset as hf://org/name.{hint}"


def _refuse_equal_sources(inputs: Sequence[Named]) -> None:
    """Two inputs may share their last part (`a/news` and `b/news`), but no two files may share a source."""

    def first_part(found: Named) -> str:
        return found.source.partition("/")[0]

    for _, group in groupby(sorted(inputs, key=first_part), key=first_part):
        alike = {(found.source, os.path.realpath(found.path or "")): found for found in group}
        seen: dict[str, str] = {}
        for found in alike.values() if len(alike) > 1 else ():
            for file in files_of(found, lambda source, reason: None):
                other = seen.setdefault(file.source, file.path)
                if other != file.path:
                    raise UsageError(
                        f"{other!r} and {file.path!r} would both be called {file.source!r}; "
                        "name a folder that holds both, or rename one"
                    )


def files_of(found: Named, skip: Skip) -> Iterator[Found]:
    """The files of an input that is a path."""
    if found.path is None:
        return
    if os.path.isdir(found.path):
        yield from walk(found.path, found.source, skip)
    else:
        yield Found(found.source, found.path)


def find_files(inputs: Sequence[Named], skip: Skip) -> Iterator[Named | Found]:
    """The files of all inputs in order; standard input and Hub datasets are handed through."""
    named_files = {found.path: found for found in inputs if found.path and not os.path.isdir(found.path)}
    pairs = partners(named_files)
    halves = set(pairs.values())
    seen: set[tuple[str, str]] = set()
    for found in inputs:
        if found.path is None:
            yield found
            continue
        identity = (found.source, os.path.realpath(found.path))
        if identity in seen or found.path in halves:
            skip(found.source, "named-twice" if identity in seen else "moses-partner")
            continue
        seen.add(identity)
        partner = named_files.get(pairs.get(found.path, ""))
        for file in files_of(found, skip):
            yield file._replace(partner=(partner.source, str(partner.path))) if partner else file
