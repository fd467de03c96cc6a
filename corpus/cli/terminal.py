"""Article text on a terminal: shown, never obeyed."""

from __future__ import annotations

import sys
import unicodedata


def printable(text: str) -> str:
    """`text` with every control and format character written out, so that none can move a cursor or hide text.

    >>> print(printable("tin\\x1b[31m đỏ"))
    tin\\x1b[31m đỏ
    """
    return "".join(
        char if char in "\t\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _escape(char)
        for char in text
    )


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def write_line(line: str) -> None:
    """One line of article text to standard output: as it is into a file or pipe, made printable on a terminal."""
    if sys.stdout.isatty():
        line = printable(line)
    sys.stdout.buffer.write(line.encode("utf-8", errors="replace") + b"\n")
