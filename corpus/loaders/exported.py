"""What an export adds to a table so that it is safe and whole, and how that is taken off again.

A CSV file that `songngu export` wrote is known by its column `songngu:extra`. In such a file, and in no other, a cell
that starts as a formula does, with white space, or with an apostrophe stands behind an apostrophe. Taking one
apostrophe off each cell that starts with one gives back exactly what was exported.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.loaders.fields import NAMES, key

EXTRA = "songngu:extra"
GUARD = "'"
_STARTS_FORMULA = "=+-@\u2212"
_ENTRY = {"key", "value"}
_TARGETS = {name: field for field, names in NAMES.items() for name in names}


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs: behind an apostrophe where its first character asks for one.

    >>> guarded("=HYPERLINK(1)"), guarded("＝1+1"), guarded("'Tết'"), guarded("Tết"), guarded("\\t=1")
    ("'=HYPERLINK(1)", "'＝1+1", "''Tết'", 'Tết', "'\\t=1")
    """
    first = cell[:1]
    if first.isascii() and first.isalnum():
        return cell
    runs = first and unicodedata.normalize("NFKC", first)[:1] in _STARTS_FORMULA
    return GUARD + cell if runs or first == GUARD or first.isspace() else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given.

    >>> unguarded(guarded("-5 °C")), unguarded("Tết")
    ('-5 °C', 'Tết')
    """
    return cell.removeprefix(GUARD)


def unguarded_row(values: Mapping[str, str]) -> dict[str, object]:
    """The columns of a row of an exported table, its extra fields spread out among them."""
    row: dict[str, object] = {name: unguarded(cell) for name, cell in values.items()}
    extra = row.pop(EXTRA, "")
    try:
        entries = json.loads(str(extra)) if extra else []
    except (ValueError, RecursionError):
        entries = None
    return spread(row, entries) if entries is not None and is_extra(entries) else {**row, EXTRA: extra}


def is_extra(value: object) -> bool:
    """Whether a value is a column `extra` of the tables: a list of keys with their values.

    >>> is_extra([{"key": "toà soạn", "value": "Sơn La"}]), is_extra(["báo"]), is_extra(None)
    (True, False, False)
    """
    return isinstance(value, list) and all(isinstance(entry, dict) and entry.keys() == _ENTRY for entry in value)


def spread(columns: Mapping[str, Any], extra: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns with the extra fields beside them, none lost.

    A field whose name is taken, or would be read as the name of another column, goes by `extra.<name>`.

    >>> spread({"id": "1f"}, [{"key": "id", "value": "tm-7"}, {"key": "topic", "value": "lúa"}])
    {'id': '1f', 'extra.id': 'tm-7', 'topic': 'lúa'}
    """
    row = dict(columns)
    for entry in extra:
        name = str(entry["key"])
        if _TARGETS.get(key(name), "lang") != "lang" or name == "translation":
            name = f"extra.{name}"
        while name in row:
            name = f"extra.{name}"
        row[name] = entry["value"]
    return row
