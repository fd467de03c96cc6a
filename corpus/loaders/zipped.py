"""ZIP archives: their entries one after another, in flat memory, also where the archive was cut short.

The standard library's `zipfile` keeps every entry of an archive in memory and cannot open one whose end is missing.
Here the directory is walked as a stream, and where there is none the entries are found by their own headers.
Format: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 (structure), 4.4 (fields) and 4.5.3 (ZIP64).
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from corpus.loaders.containers import inflate
from corpus.loaders.inputfile import CHUNK
from corpus.loaders.limits import Limits
from corpus.loaders.record import Damaged

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CODECS = {8: "deflate", 12: "bz2", 93: "zst", 95: "xz"}
_STORED = 0
_ENCRYPTED, _SIZES_BEHIND, _UTF8, _LOCKED_DIRECTORY = 1 << 0, 1 << 3, 1 << 11, 1 << 13
_MAX32 = 0xFFFFFFFF
_UNSAFE = re.compile(r"[/\\]|[A-Za-z]:")


class Member(NamedTuple):
    """One entry: sizes in bytes, `offset` is where its local header starts in the file."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int
    mode: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether the entry only names a folder."""
        return self.name.endswith(("/", "\\"))

    def reject(self) -> str | None:
        """Why the entry cannot be read, if it cannot.

        >>> Member("../trộm.txt", 0, 8, 0, 0, 0, 0).reject()
        'load:unsafe-path'
        """
        if is_unsafe(self.name):
            return "load:unsafe-path"
        if self.flags & (_ENCRYPTED | _LOCKED_DIRECTORY):
            return "load:encrypted"
        if stat.S_IFMT(self.mode) not in (0, stat.S_IFREG):
            return "load:not-a-file"
        return None if self.method in _CODECS or self.method == _STORED else "load:unsupported"


def is_unsafe(name: str) -> bool:
    """Whether an entry's name points outside of the archive.

    >>> [is_unsafe(name) for name in ("/etc/passwd", "a/../../b", "C:\\\\tin.txt", "tin/a..b.txt")]
    [True, True, True, False]
    """
    return bool(_UNSAFE.match(name)) or ".." in re.split(r"[/\\]", name)


def members(file: BinaryIO) -> Iterator[Member]:
    """The entries in the order of the archive's directory.

    Raises Damaged: `load:malformed` at once where it is no archive, `load:truncated` behind the entries found where
    the directory is missing.
    """
    directory = _directory(file)
    if directory is not None:
        yield from _listed(file, *directory)
        return
    if _read_at(file, 0, 4) != b"PK\3\4":
        raise Damaged("load:malformed")
    yield from _found(file)
    raise Damaged("load:truncated")


def member_chunks(file: BinaryIO, member: Member, limits: Limits) -> Iterator[bytes]:
    """The bytes of one entry; Damaged where they are cut short, wrong, or more than the directory says."""
    packed = _packed_chunks(file, member)
    pieces = packed if member.method == _STORED else inflate(packed, _CODECS[member.method], limits)
    crc = size = 0
    for piece in pieces:
        size += len(piece)
        if size > member.unpacked:
            raise Damaged("load:bomb")
        crc = zlib.crc32(piece, crc)
        yield piece
    if size < member.unpacked:
        raise Damaged("load:truncated")
    if crc != member.crc:
        raise Damaged("load:malformed")


def _packed_chunks(file: BinaryIO, member: Member) -> Iterator[bytes]:
    start = _data_start(file, member.offset)
    if start is None:
        raise Damaged("load:malformed")
    position, end = start, start + member.packed
    while position < end:
        chunk = _read_at(file, position, min(CHUNK, end - position))
        if not chunk:
            raise Damaged("load:truncated")
        position += len(chunk)
        yield chunk


def _read_at(file: BinaryIO, position: int, size: int) -> bytes:
    # Several entries are read in turn through one handle, so nobody relies on where it stands.
    try:
        file.seek(position)
        return file.read(size)
    except (OSError, ValueError, OverflowError):
        return b""


def _data_start(file: BinaryIO, offset: int) -> int | None:
    header = _read_at(file, offset, _LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
        return None
    name_size, extra_size = _LOCAL.unpack(header)[9:11]
    return int(offset + _LOCAL.size + name_size + extra_size)


def _directory(file: BinaryIO) -> tuple[int, int, int] | None:
    """Where the directory starts and ends, and how far all offsets are shifted by what stands before the archive."""
    size = file.seek(0, 2)
    tail_start = max(0, size - 65_557)
    tail = _read_at(file, tail_start, 65_557)
    found = tail.rfind(b"PK\5\6")
    if found < 0 or len(tail) - found < _END.size:
        return None
    end = tail_start + found
    length, offset = _END.unpack(tail[found : found + _END.size])[5:7]
    locator = _read_at(file, end - _LOCATOR64.size, _LOCATOR64.size) if end >= _LOCATOR64.size else b""
    if locator[:4] == b"PK\6\7":
        end -= _LOCATOR64.size + _END64.size
        record = _read_at(file, end, _END64.size)
        if record[:4] != b"PK\6\6":
            return None
        length, offset = _END64.unpack(record)[8:10]
    start = end - length
    return (start, end, start - offset) if start >= 0 and start >= offset else None


def _listed(file: BinaryIO, start: int, end: int, shift: int) -> Iterator[Member]:
    position = start
    while position < end:
        header = _read_at(file, position, _CENTRAL.size)
        if len(header) < _CENTRAL.size or header[:4] != b"PK\1\2":
            raise Damaged("load:malformed")
        (_, _, _, flags, method, _, _, crc, packed, unpacked, name_size, extra_size, comment_size,
         _, _, attributes, offset) = _CENTRAL.unpack(header)  # fmt: skip
        rest = _read_at(file, position + _CENTRAL.size, name_size + extra_size)
        unpacked, packed, offset = _wide(rest[name_size:], unpacked, packed, offset)
        name = _name(rest[:name_size], flags)
        yield Member(name, flags, method, crc, packed, unpacked, offset + shift, attributes >> 16)
        position += _CENTRAL.size + name_size + extra_size + comment_size


def _wide(extra: bytes, *sizes: int) -> list[int]:
    """The sizes, those that did not fit in 32 bits taken from the ZIP64 field."""
    wide = b""
    while len(extra) >= 4:
        tag, size = struct.unpack_from("<2H", extra)
        if tag == 1:
            wide = extra[4 : 4 + size]
        extra = extra[4 + size :]
    values = list(sizes)
    for index, value in enumerate(values):
        if value == _MAX32 and len(wide) >= 8:
            values[index], wide = struct.unpack_from("<Q", wide)[0], wide[8:]
    return values


def _name(raw: bytes, flags: int) -> str:
    # Many tools write UTF-8 without saying so; the format's own default is the old IBM code page.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & _UTF8 else raw.decode("cp437")


def _found(file: BinaryIO) -> Iterator[Member]:
    """The entries by their own headers, from the first one on, as far as the file goes."""
    position, size = 0, file.seek(0, 2)
    while True:
        header = _read_at(file, position, _LOCAL.size)
        start = _data_start(file, position)
        if start is None or start > size:
            return
        _, _, flags, method, _, _, crc, packed, unpacked, name_size, extra_size = _LOCAL.unpack(header)
        rest = _read_at(file, position + _LOCAL.size, name_size + extra_size)
        unpacked, packed = _wide(rest[name_size:], unpacked, packed)
        if flags & _SIZES_BEHIND:
            if method != 8:
                return
            packed, unpacked, crc = _measure(file, start)
        yield Member(_name(rest[:name_size], flags), flags, method, crc, packed, unpacked, position)
        position = _next_header(file, start + packed)


def _measure(file: BinaryIO, start: int) -> tuple[int, int, int]:
    """Packed size, unpacked size and CRC of a deflated entry whose header does not tell them.

    Where the entry is cut short the unpacked size is one more than what is there, so that reading it says so.
    """
    stream, position, unpacked, crc = zlib.decompressobj(-15), start, 0, 0
    while not stream.eof:
        data = _read_at(file, position, 1024)
        try:
            piece = stream.decompress(data)
        except zlib.error:
            piece, data = b"", b""
        if not data:
            return position - start, unpacked + 1, crc
        position += len(data) - len(stream.unused_data)
        unpacked, crc = unpacked + len(piece), zlib.crc32(piece, crc)
    return position - start, unpacked, crc


def _next_header(file: BinaryIO, position: int) -> int:
    # Sizes written behind an entry take 12 to 24 bytes, which is where the next header may stand.
    near = _read_at(file, position, 32).find(b"PK\3\4")
    return position + max(near, 0)
