"""A run of bytes with a name: a file on disk, a member of an archive, or what a compressed one unpacks to.

Whoever reads it asks for `chunks()`: a fresh pass over the bytes in pieces of bounded size, which raises Damaged
where they cannot be read further, after it has handed out all that could be.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from corpus.loaders.limits import Limits
from corpus.loaders.record import Damaged

CHUNK = 1 << 18
HEAD = 1 << 16


@dataclass(frozen=True)
class InputFile:
    """source: what a record of it says. name: the file name that hints at the format. path: None unless the very
    bytes lie on disk. partner: the English half of a Moses pair. forced: the format, where the folder decides it."""

    source: str
    name: str
    open_chunks: Callable[[], Iterable[bytes]]
    limits: Limits = field(default_factory=Limits)
    path: str | None = None
    partner: InputFile | None = None
    forced: str | None = None

    def chunks(self) -> Iterator[bytes]:
        """A fresh pass over the bytes."""
        return iter(self.open_chunks())

    def head(self) -> bytes:
        """The first 64 KiB, or what can be read of them."""
        pieces: list[bytes] = []
        size = 0
        try:
            for chunk in self.chunks():
                pieces.append(chunk)
                size += len(chunk)
                if size >= HEAD:
                    break
        except Damaged:
            pass  # Whoever reads the whole meets the damage again, and labels it.
        return b"".join(pieces)[:HEAD]

    def sha256(self) -> str | None:
        """The hash of all bytes, in a pass of its own; None where they cannot all be read."""
        digest = hashlib.sha256()
        try:
            for chunk in self.chunks():
                digest.update(chunk)
        except Damaged:
            return None
        return digest.hexdigest()

    def whole(self, limit: int) -> tuple[bytes, str | None]:
        """All bytes, and the reason why they are not all; nothing at all where they are more than `limit`."""
        pieces: list[bytes] = []
        size = 0
        try:
            for chunk in self.chunks():
                size += len(chunk)
                if size > limit:
                    return b"", "load:too-large"
                pieces.append(chunk)
        except Damaged as damage:
            return b"".join(pieces), damage.reason
        return b"".join(pieces), None

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The bytes as a file that can be read at any place; what has no file of its own gets a nameless one."""
        if self.path is not None:
            with _open_regular(self.path) as file:
                yield file
            return
        with tempfile.TemporaryFile() as spool:
            for chunk in self.chunks():
                spool.write(chunk)
            spool.seek(0)
            yield spool


def file_on_disk(source: str, path: str, limits: Limits, *, forced: str | None = None) -> InputFile:
    """A regular file. Raises Damaged where it is not one, cannot be looked at, or is over the limit."""
    try:
        status = os.stat(path)
    except OSError:
        raise Damaged("load:unreadable") from None
    if not stat.S_ISREG(status.st_mode):
        raise Damaged("load:not-a-file")
    if status.st_size > limits.file_bytes:
        raise Damaged("load:too-large")

    def chunks() -> Iterator[bytes]:
        with _open_regular(path) as file:
            yield from read_chunks(file)

    return InputFile(source, os.path.basename(path), chunks, limits, path=path, forced=forced)


def spooled(source: str, stream: BinaryIO, limits: Limits) -> tuple[InputFile, BinaryIO]:
    """What can be read only once (standard input), kept in a nameless file; close that file when all is read.

    Raises Damaged where more comes than the limit on one file.
    """
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the input is read
    size = 0
    for chunk in read_chunks(stream):
        size += len(chunk)
        if size > limits.file_bytes:
            spool.close()
            raise Damaged("load:too-large")
        spool.write(chunk)

    def chunks() -> Iterator[bytes]:
        spool.seek(0)
        yield from read_chunks(spool)

    return InputFile(source, "", chunks, limits), spool


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """A file object's bytes in pieces; Damaged where the system fails to read on."""
    while True:
        try:
            chunk = file.read(CHUNK)
        except OSError:
            raise Damaged("load:unreadable") from None
        if not chunk:
            return
        yield chunk


def _open_regular(path: str) -> BinaryIO:
    # A name may have become a pipe since it was looked at: opening must not wait for a writer.
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise Damaged("load:unreadable") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Damaged("load:not-a-file")
    return os.fdopen(descriptor, "rb")
