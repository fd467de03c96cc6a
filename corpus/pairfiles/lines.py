"""The bytes of a file as lines that can be written back byte for byte.

UTF-8, or UTF-16 behind its byte order mark. A byte that is no UTF-8 stays in the text as a lone surrogate (PEP 383) and
is written as that byte again; whoever judges the text sees U+FFFD in its place.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from corpus.errors import UsageError
from corpus.loaders.containers import unpacked
from corpus.loaders.decoding import lines
from corpus.loaders.fields import whole
from corpus.loaders.inputfile import InputFile, file_on_disk, spooled
from corpus.loaders.limits import Limits
from corpus.loaders.record import REASONS, Damaged

_WHOLE = 1 << 62
_NO_LIMITS = Limits(file_bytes=_WHOLE, decompressed_bytes=_WHOLE, record_bytes=_WHOLE, ratio=_WHOLE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def open_bytes(name: str, stdin: BinaryIO | None = None) -> InputFile:
    """A named file, unpacked if it is compressed; `-` is standard input, kept in a nameless file."""
    try:
        if name == "-":
            return spooled("standard input", stdin or sys.stdin.buffer, _NO_LIMITS)[0]
        return unpacked(file_on_disk(name, name, _NO_LIMITS))
    except Damaged as damage:
        raise unreadable(name, damage) from None


def unreadable(name: str, damage: Damaged) -> UsageError:
    """The error for a file that cannot be read to its end."""
    return UsageError(f"{name}: {REASONS[damage.reason]} ({damage.reason}); mend the file and give the command again")


def text_lines(file: InputFile) -> Iterator[str]:
    """The lines of a file; only a line feed ends one, and a carriage return before it goes.

    Raises UsageError where the bytes cannot be read to the end.
    """
    try:
        yield from (line.text for line in lines(_pieces(file.chunks()), _WHOLE))
    except Damaged as damage:
        raise unreadable(file.source, damage) from None


def _pieces(chunks: Iterable[bytes]) -> Iterator[str]:
    """Bytes in pieces as text in pieces, without a byte order mark."""
    stream = iter(chunks)
    head = b""
    for chunk in stream:
        head += chunk
        if len(head) > 2:
            break
    mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding == "utf-8" else "replace")
    yield decoder.decode(head.removeprefix(mark))
    for chunk in stream:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def seen(text: str) -> str:
    """Text as whoever judges it sees it: what is no character is U+FFFD.

    >>> seen("M\\udcc3a"), seen("Mưa")
    ('M�a', 'Mưa')
    """
    return whole(text)


def as_bytes(text: str) -> bytes:
    """Text as it is written: the bytes it was read from, and U+FFFD for any other half of a surrogate pair."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return whole(text).encode()
