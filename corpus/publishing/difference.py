"""What differs between a dataset folder and a repository: the files to add, to change and to delete."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.publishing.dataset import CARD, TABLE_OF

BLOCK = 1 << 20


@dataclass(frozen=True)
class RemoteFile:
    """A file of the repository: its size in bytes, and its SHA-256 where it is a large file, else its git id."""

    size: int
    git_id: str
    sha256: str | None = None


@dataclass(frozen=True)
class Difference:
    """Paths in the repository with sizes in bytes. `delete` holds shards of ours only, never a person's file."""

    add: Mapping[str, int]
    change: Mapping[str, int]
    delete: Mapping[str, int]
    unchanged: int
    card_diff: str

    def __bool__(self) -> bool:
        return bool(self.add or self.change or self.delete)


def find_difference(
    shards: Mapping[str, Path], card: str, remote: Mapping[str, RemoteFile], remote_card: str
) -> Difference:
    """Compare the shards and the card with the files of a repository; content counts, dates do not."""
    local: dict[str, Path | bytes] = {**shards, CARD: card.encode()}
    differing = {path: _size(content) for path, content in local.items() if not _is_same(content, remote.get(path))}
    gone = [path for path in remote if path not in local and is_shard(path)]
    return Difference(
        add={path: size for path, size in sorted(differing.items()) if path not in remote},
        change={path: size for path, size in sorted(differing.items()) if path in remote},
        delete={path: remote[path].size for path in sorted(gone)},
        unchanged=len(local) - len(differing),
        card_diff=_diff_cards(remote_card, card),
    )


def is_shard(path: str) -> bool:
    """Whether a path would be read as a part of one of our configurations, and so must be ours.

    >>> is_shard("bitext/train-00000-0123456789abcdef.parquet"), is_shard("bitext/notes.md"), is_shard("LICENSE")
    (True, False, False)
    """
    folder, _, name = path.partition("/")
    return folder in TABLE_OF and name.startswith(("train-", "validation-", "test-")) and name.endswith(".parquet")


def _is_same(content: Path | bytes, remote: RemoteFile | None) -> bool:
    if remote is None or remote.size != _size(content):
        return False
    if remote.sha256 is not None:
        return _digest(content, hashlib.sha256()) == remote.sha256
    # Git's own id of a file: the SHA-1 of its kind, its size and its bytes.
    header = f"blob {remote.size}\0".encode()
    return _digest(content, hashlib.sha1(header, usedforsecurity=False)) == remote.git_id


def _size(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _digest(content: Path | bytes, digest: hashlib._Hash) -> str:
    for block in _blocks(content):
        digest.update(block)
    return digest.hexdigest()


def _blocks(content: Path | bytes) -> Iterable[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with open(content, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def _diff_cards(theirs: str, ours: str) -> str:
    lines = difflib.unified_diff(
        theirs.splitlines(), ours.splitlines(), f"{CARD} on the Hub", f"{CARD} after the push", lineterm=""
    )
    return "\n".join(lines)
