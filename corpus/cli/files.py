"""Plain text files named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.errors import UsageError


def read_text(file: str) -> str:
    """The characters of a file (`-` is standard input), its encoding found. Raises UsageError if it cannot be read.

    What no encoding explains is read as UTF-8 with replacement characters: the caller asked about this very file,
    so every line of it gets an answer.
    """
    from corpus.encoding import decode

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {file} ({error.strerror}); name a text file, or - for standard input") from error
    decoded = decode(data)
    return data.decode("utf-8", errors="replace") if decoded.reject else decoded.text


def read_lines(file: str) -> list[str]:
    """The lines of a file. A line ends at a line feed only: texts may hold other separators."""
    text = read_text(file)
    return text.removesuffix("\n").split("\n") if text else []
