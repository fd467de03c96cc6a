"""From what the user named to files: folders walked in order, links followed within them, every file accounted for.

The order is that of the code points of the relative paths, whatever the file system says first. Names alone are held
in memory, those of one folder and of the folders above it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpus.engine.run import MARKER
from corpus.loaders.dataset_folder import dataset_folder
from corpus.loaders.moses import companions, partners
from corpus.loaders.names import is_hidden, printable

Skip = Callable[[str, str], None]
"""Called with a source and the reason why it gives no row."""

_Inode = tuple[int, int]


class Found(NamedTuple):
    """A file to read, or the reason why it cannot be. `partner` is the English half of a Moses pair."""

    source: str
    path: str
    reject: str | None = None
    partner: tuple[str, str] | None = None
    forced: str | None = None


class _Folder(NamedTuple):
    """A folder being walked: what is left of it, and the folders it lies in, by which a loop of links is known."""

    entries: Iterator[os.DirEntry[str]]
    source: str
    above: frozenset[_Inode]
    partners: dict[str, str]
    skip: dict[str, str]
    data: frozenset[str]


def walk(root: str, source: str, skip: Skip) -> Iterator[Found]:
    """The files below a folder. A folder that cannot be read, or vanishes, is one reject."""
    top = os.path.realpath(root)
    linked: set[_Inode] = set()
    folders: list[_Folder] = []
    waiting: list[tuple[str, str, frozenset[_Inode]]] = [(root, source, frozenset())]
    while folders or waiting:
        if waiting:
            path, source, above = waiting.pop()
            try:
                folders.append(_open_folder(path, source, above))
            except OSError:
                yield Found(source, path, "load:unreadable")
            continue
        folder = folders[-1]
        entry = next(folder.entries, None)
        if entry is None:
            folders.pop()
            continue
        name = f"{folder.source}/{printable(entry.name)}"
        reject = _link_reject(entry.path, top) if entry.is_symlink() else None
        reason = _skip_reason(entry, folder, linked) if reject is None else None
        if reason is not None:
            skip(name, reason)
        elif reject is None and _is_folder(entry):
            waiting.append((entry.path, name, folder.above))
        else:
            yield _found(entry, name, reject, folder)


def _open_folder(path: str, source: str, above: frozenset[_Inode]) -> _Folder:
    with os.scandir(path) as scan:
        entries = sorted(scan, key=lambda entry: entry.name + "/" * _is_folder(entry))
    names = [entry.name for entry in entries if not is_hidden(entry.name)]
    pairs = partners(names)
    dataset = dataset_folder(path, names)
    skip = {**dict.fromkeys([*pairs.values(), *companions(pairs, names)], "moses-partner"), **dataset.skip}
    return _Folder(iter(entries), source, above | {_inode(os.stat(path))}, pairs, skip, dataset.data)


def _found(entry: os.DirEntry[str], source: str, reject: str | None, folder: _Folder) -> Found:
    partner = folder.partners.get(entry.name)
    return Found(
        source,
        entry.path,
        reject,
        partner=(f"{folder.source}/{printable(partner)}", os.path.join(os.path.dirname(entry.path), partner))
        if partner
        else None,
        forced="dataset" if entry.name in folder.data else None,
    )


def _skip_reason(entry: os.DirEntry[str], folder: _Folder, linked: set[_Inode]) -> str | None:
    if is_hidden(entry.name):
        return "hidden"
    if not _is_folder(entry):
        return folder.skip.get(entry.name)
    if os.path.exists(os.path.join(entry.path, MARKER)):
        return "run-folder"  # `songngu build . -o out` would else read its own tables the second time
    try:
        inode = _inode(entry.stat())
    except OSError:
        return None
    if inode in folder.above:
        return "symlink-loop"
    if entry.is_symlink():
        if inode in linked:
            return "symlink-again"  # links to links would otherwise multiply without end
        linked.add(inode)
    return None


def _link_reject(path: str, top: str) -> str | None:
    """Why a link is not followed: it leads nowhere, or out of the folder that the user named."""
    if not os.path.exists(path):
        return "load:unreadable"
    target = os.path.realpath(path)
    return None if os.path.commonpath((target, top)) == top else "load:unsafe-path"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _inode(status: os.stat_result) -> _Inode:
    return status.st_dev, status.st_ino
