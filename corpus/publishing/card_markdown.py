"""Markdown made of data: numbers, tables, and text in which nothing can be taken for markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST = 80
_LABEL = re.compile(r"[a-z0-9][a-z0-9:._-]{0,79}")
_STRUCTURE = frozenset("\\`*{}[]<>&|~#!@$\"'^=")


def plain(text: str, longest: int = LONGEST) -> str:
    """Text from data as Markdown that shows it and does nothing: one line, cut to `longest` characters.

    Characters that can stand for structure become numeric references, which never do (CommonMark 0.31, 2.5). Brackets
    are round without harm where none is square, and so is a colon before a space: addresses and emoji have none.

    >>> plain("a|b --> [c](d) <script>")
    'a&#124;b --&#62; &#91;c&#93;(d) &#60;script&#62;'
    >>> plain("articles: quality, band 1 of 5 (to 0.7575)"), plain("https://a.vn")
    ('articles: quality, band 1 of 5 (to 0.7575)', 'https&#58;//a.vn')
    >>> plain("ntrex_news/vi"), plain("Báo  Sơn La\\n# mới")
    ('ntrex_news/vi', 'Báo Sơn La &#35; mới')
    """
    shown = " ".join("".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in text).split())
    if len(shown) > longest:
        shown = shown[: longest - 1].rstrip() + "…"
    shown = "".join(f"&#{ord(each)};" if each in _STRUCTURE else each for each in shown)
    shown = re.sub(r":(?! )", "&#58;", shown)
    shown = re.sub(r"\b(www)\.", r"\1&#46;", shown, flags=re.I)  # else a renderer makes a link of it
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", "&#95;", shown)


def code(text: str) -> str:
    """A label such as `pair:taken` as code; anything that is no label as plain text."""
    return f"`{text}`" if _LABEL.fullmatch(text) else plain(text)


def count(number: int) -> str:
    """
    >>> count(1234567)
    '1,234,567'
    """
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """A share in per cent; what is not all never reads 100 %, and what is not none never reads 0 %.

    >>> share(1, 3), share(0, 3), share(3, 3), share(99_999, 100_000), share(1, 100_000)
    ('33.3 %', '0 %', '100 %', '> 99.9 %', '< 0.1 %')
    """
    if not whole or part in (0, whole):
        return "100 %" if whole and part else "0 %"
    percent = 100 * part / whole
    if percent < 0.1 or percent > 99.9:
        return "< 0.1 %" if percent < 0.1 else "> 99.9 %"
    return f"{percent:.1f} %"


def size(number: int) -> str:
    """
    >>> size(999), size(1_500), size(2_000_000_000)
    ('999 B', '1.5 kB', '2.0 GB')
    """
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= bytes_:
            return f"{number / bytes_:.1f} {unit}"
    return f"{number} B"


def plural(number: int, one: str, many: str = "") -> str:
    """
    >>> plural(1, "row"), plural(2000, "row"), plural(0, "entry", "entries")
    ('1 row', '2,000 rows', '0 entries')
    """
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, text_columns: int = 1) -> list[str]:
    """A table as lines; the first `text_columns` columns stand left, numbers right. Cells are Markdown already."""
    rule = ["---" if index < text_columns else "---:" for index in range(len(head))]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)] + [""]
