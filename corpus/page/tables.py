"""Tables of data, told from tables that lay out a page or frame a picture."""

from __future__ import annotations

from corpus.page.text import collapse
from corpus.page.tree import Element

_LONGEST_CELL = 300
_NOT_IN_DATA = (".//table", ".//img", ".//h1", ".//script")


def data_rows(table: Element) -> list[str]:
    """The rows of a table of data, cells parted by " | "; none for a table of another kind.

    >>> from corpus.page.tree import parse
    >>> page = "<table><tr><th>Xã<th>Hộ<tr><td>Chiềng Bằng<td>1.204</table>"
    >>> data_rows(parse(page).find(".//table"))
    ['Xã | Hộ', 'Chiềng Bằng | 1.204']
    """
    if any(table.find(path) is not None for path in _NOT_IN_DATA):
        return []
    rows = [_cells(row) for row in table.iter("tr")]
    letters = [len(cell) for row in rows for cell in row]
    linked = sum(len("".join(anchor.itertext())) for anchor in table.iter("a"))
    if sum(len(row) > 1 for row in rows) < 2 or max(letters) > _LONGEST_CELL or 2 * linked > sum(letters):
        return []
    return [" | ".join(row) for row in rows if row]


def _cells(row: Element) -> list[str]:
    texts = (collapse("".join(cell.itertext())) for cell in row if cell.tag in ("td", "th"))
    return [text for text in texts if text]
