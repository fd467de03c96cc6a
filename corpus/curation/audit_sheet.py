"""The sheet a person fills in: a CSV file that spreadsheets open, and that comes back as they save it.

Spreadsheets run a cell that begins with `=`, turn `5/8` into a date and 1234e5678 into a number, save with semicolons
where the comma is the decimal mark, and lose letters outside the system's code page. So such cells are written with an
apostrophe before them, ids with an underscore, and the file with a byte order mark; reading undoes all of it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from corpus.curation.audit_sample import Sample
from corpus.errors import UsageError

COLUMNS = ("verdict", "vi", "en", "note", "id", "stratum", "weight", "title", "vi_from", "en_from", "draw")
VERDICTS = {
    "good": ("good", "g", "đúng", "dung", "tốt", "y", "yes", "1", "ok"),
    "bad": ("bad", "b", "sai", "xấu", "n", "no", "0"),
    "unsure": ("unsure", "u", "không chắc", "khong chac", "không rõ", "?"),
}
_WORDS = {word: verdict for verdict, words in VERDICTS.items() for word in words}
_RUNS = tuple("=+-@\t\r\n＝＋－＠'")
_FIGURE = re.compile(r"[0-9]")
_SHORT = 40
_PATH = re.compile(r"[A-Za-z][^\s,;]*/[^\s/]*\.[A-Za-z][A-Za-z0-9]{1,4}(?:[#!]\S*)?")
"""What no spreadsheet takes for a date, whatever figures are in it: only ever matched with few characters."""
_SAVE = "save the sheet as 'CSV UTF-8'"


class Verdict(NamedTuple):
    """One line of a sheet; `verdict` is good, bad, unsure, or None where the person left it empty."""

    line: int
    id: str
    verdict: str | None
    vi: str
    en: str
    note: str
    draw: str


def guard_cell(text: str) -> str:
    """A text as a cell that no spreadsheet runs or takes for a number or date (OWASP, CSV injection).

    >>> guard_cell('=HYPERLINK("x")'), guard_cell("5/8"), guard_cell("Mưa to."), guard_cell("'a")
    ('\\'=HYPERLINK("x")', "'5/8", 'Mưa to.', "''a")
    >>> guard_cell("seeds/003.html")
    'seeds/003.html'
    """
    read = len(text) <= _SHORT and _FIGURE.search(text) is not None and not _PATH.fullmatch(text)
    return f"'{text}" if read or text.lstrip(" ").startswith(_RUNS) else text


def plain_cell(cell: str) -> str:
    """What `guard_cell` was given.

    >>> plain_cell("'=1+1"), plain_cell("''a"), plain_cell("Mưa to.")
    ('=1+1', "'a", 'Mưa to.')
    """
    return cell[1:] if cell.startswith("'") else cell


def draw_name(sample: Sample) -> str:
    """The draw that a sheet came of.

    >>> draw_name(Sample("00f3", 7, 200, {}, []))
    'seed=7 n=200 dataset=00f3'
    """
    return f"seed={sample.seed} n={sample.n} dataset={sample.dataset}"


def sheet_text(sample: Sample) -> str:
    """The sheet as CSV (RFC 4180), without the byte order mark that the file begins with."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sample.rows:
        cells = (row["translation"]["vi"], row["translation"]["en"], "")
        sources = (guard_cell(row.get(name) or "") for name in ("title", "vi_from", "en_from"))
        weight = f"{row['weight']:.6g}"
        vi, en, note = map(guard_cell, cells)
        writer.writerow(["", vi, en, note, f"_{row['id']}", row["stratum"], weight, *sources, draw_name(sample)])
    return stream.getvalue()


def read_sheet(data: bytes, name: str = "the sheet") -> list[Verdict]:
    """The lines of a filled sheet, as any spreadsheet saved it: commas, semicolons or tabs, UTF-8 or UTF-16.

    >>> filled = "verdict;vi;en;id;draw\\r\\nĐúng;Mưa to.;Heavy rain.;_00f3;seed=0 n=1 dataset=1\\r\\n"
    >>> [(line.id, line.verdict) for line in read_sheet(filled.encode("utf-8-sig"))]
    [('00f3', 'good')]

    Raises UsageError where the file is not such a sheet, or a verdict is not one of `VERDICTS`.
    """
    text = _decode(data, name)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = list(_numbered(text, delimiter))
    except csv.Error as error:
        raise UsageError(f"{name} cannot be read as CSV ({error}); {_SAVE}") from error
    header = [cell.strip().lower() for cell in table[0][1]] if table else []
    if missing := [column for column in ("verdict", "vi", "en", "id", "draw") if column not in header]:
        raise UsageError(f"{name} has no column {', '.join(missing)}; keep the first line of the sheet as it was drawn")
    return [_verdict(line, dict(zip(header, cells, strict=False)), name) for line, cells in table[1:] if any(cells)]


def same_text(cell: str, text: str) -> bool:
    """Whether a cell still says what was written into it; spreadsheets may drop an apostrophe or change white space.

    >>> same_text("'5/8", "5/8"), same_text("5/8", "5/8"), same_text("08-May", "5/8")
    (True, True, False)
    """
    return _bare(text) in (_bare(cell), _bare(plain_cell(cell)))


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _decode(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8, so its Vietnamese letters are lost; {_SAVE} and read it again"
        ) from error


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _verdict(line: int, row: dict[str, Any], name: str) -> Verdict:
    word = _bare(plain_cell(row.get("verdict", ""))).lower()
    if word and word not in _WORDS:
        raise UsageError(
            f"{name}, line {line}: {word!r} is not a verdict; write good, bad or unsure, or leave it empty"
        )
    cells = {key: row.get(key) or "" for key in ("id", "vi", "en", "note", "draw")}
    row_id = plain_cell(cells["id"].strip()).removeprefix("_")
    return Verdict(
        line, row_id, _WORDS.get(word), cells["vi"], cells["en"], plain_cell(cells["note"]), cells["draw"].strip()
    )
