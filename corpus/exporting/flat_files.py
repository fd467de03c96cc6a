"""JSON Lines with every column as it is, and CSV with every column flat."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from corpus import schema
from corpus.engine.stage import Row
from corpus.exporting.plain import cell, json_text, tidy
from corpus.loaders.exported import EXTRA, guarded


def write_jsonl(file: BinaryIO, rows: Iterable[Row]) -> None:
    """One object a line with every column of the table, nulls too."""
    for row in rows:
        file.write((json_text(tidy(row)) + "\n").encode())


def write_csv(file: BinaryIO, rows: Iterable[Row]) -> None:
    """Rows of the bitext as RFC 4180 says, with a byte order mark so that a spreadsheet reads Vietnamese as UTF-8.

    `translation` becomes `vi` and `en`; the extra fields stand as JSON in the last column, `songngu:extra`. No cell can
    be run as a formula (see `corpus.loaders.exported.guarded`).
    """
    columns = [column.name for column in schema.columns("bitext") if column.name not in ("id", "translation", "extra")]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["id", "vi", "en", *columns, EXTRA])
    file.write(b"\xef\xbb\xbf")
    for row in rows:
        cells = [row["id"], row["translation"]["vi"], row["translation"]["en"], *(row[name] for name in columns)]
        extra = json_text(row["extra"]) if row["extra"] else ""
        writer.writerow([*(guarded(_with_line_feeds(cell(value))) for value in cells), extra])
        file.write(buffer.getvalue().encode())
        buffer.seek(0)
        buffer.truncate()
    file.write(buffer.getvalue().encode())


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
