"""Compressed files (.gz .bz2 .xz .zst): what they unpack to, piece by piece, within bounds.

Every piece that can be read is handed out before Damaged is raised, so a file cut short gives what it still holds.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from corpus.loaders.inputfile import InputFile
from corpus.loaders.limits import KIB, MIB, Limits
from corpus.loaders.record import Damaged

CODECS = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}

# Decoders are fed so little that even a bomb gives no more than 32 MiB at once (a zstd block takes 4 bytes and may
# stand for 128 KiB), and that an error loses no more than what stood beside it.
_SLICE = 1 * KIB
_ZSTD_WINDOW = 128 * MIB
_XZ_MEMORY = 256 * MIB


class _Decoder(Protocol):
    """What zlib, bz2, lzma and zstandard have in common."""

    def decompress(self, data: bytes, /) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


def compression(name: str) -> str | None:
    """The codec that a file name ends in.

    >>> compression("tin.jsonl.gz"), compression("tin.JSONL.ZST"), compression("tin.jsonl")
    ('gz', 'zst', None)
    """
    stem, dot, ending = name.rpartition(".")
    return CODECS.get(dot + ending.lower()) if stem else None


def without_compression(name: str) -> str:
    """The name of what a compressed file holds.

    >>> without_compression("tin.jsonl.gz"), without_compression("tin.txt")
    ('tin.jsonl', 'tin.txt')
    """
    return name.rpartition(".")[0] if compression(name) else name


def unpacked(file: InputFile) -> InputFile:
    """What a compressed file holds, under the same source; any other file as it is."""
    codec = compression(file.name)
    if codec is None:
        return file

    def chunks() -> Iterator[bytes]:
        return inflate(file.chunks(), codec, file.limits)

    return replace(file, name=without_compression(file.name), open_chunks=chunks, path=None)


def inflate(chunks: Iterable[bytes], codec: str, limits: Limits) -> Iterator[bytes]:
    """The bytes that compressed bytes stand for; several streams behind one another are read as one.

    Raises Damaged: `load:truncated`, `load:malformed`, `load:bomb`, `load:too-large`.

    >>> import gzip
    >>> packed = gzip.compress("Chào buổi ".encode()) + gzip.compress("sáng".encode())
    >>> b"".join(inflate([packed], "gz", Limits())).decode()
    'Chào buổi sáng'
    """
    guard = Guard(limits)
    decoder, errors = _decoder(codec)
    started = False
    for data in _slices(chunks):
        guard.took(len(data))
        while data:
            if decoder.eof:
                data = data.lstrip(b"\0")  # padding between and behind streams
                if not data:
                    break
                decoder, errors = _decoder(codec)
            started = True
            try:
                piece = decoder.decompress(data)
            except errors:
                raise Damaged("load:malformed") from None
            guard.gave(len(piece))
            if piece:
                yield piece
            data = decoder.unused_data if decoder.eof else b""
    if started and not decoder.eof:
        raise Damaged("load:truncated")


class Guard:
    """Watches how much was unpacked from how much, and raises Damaged where a limit is passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.taken, self.given = limits, 0, 0

    def took(self, size: int) -> None:
        """So many compressed bytes were read."""
        self.taken += size

    def gave(self, size: int) -> None:
        """So many bytes came out of them."""
        self.given += size
        limits = self.limits
        if self.given > limits.ratio_floor and self.given > limits.ratio * self.taken:
            raise Damaged("load:bomb")
        if self.given > limits.decompressed_bytes:
            raise Damaged("load:too-large")


def _slices(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _SLICE):
            yield chunk[start : start + _SLICE]


def _decoder(codec: str) -> tuple[_Decoder, tuple[type[Exception], ...]]:
    """A decoder for one stream, and the errors by which it says that the bytes are wrong."""
    if codec in ("gz", "deflate"):
        return zlib.decompressobj(31 if codec == "gz" else -15), (zlib.error,)
    if codec == "bz2":
        return bz2.BZ2Decompressor(), (OSError, ValueError)
    if codec == "xz":
        return lzma.LZMADecompressor(memlimit=_XZ_MEMORY), (lzma.LZMAError,)
    import zstandard

    stream: Any = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    return stream, (zstandard.ZstdError,)
