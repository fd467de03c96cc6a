"""Data as characters on the page: escaped, cut, counted; and numbers written one way everywhere."""

from __future__ import annotations

import html
import json
import unicodedata
from typing import Any, overload

ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script element or a line of script. Inside JSON strings these escapes mean the same characters."""


def escape(value: object) -> str:
    """Data as HTML text or attribute value. Control and direction characters are written out, so that none can hide
    or turn around what stands beside it.

    >>> escape('<img src="x"> & co')
    '&lt;img src=&quot;x&quot;&gt; &amp; co'
    >>> escape("tin\\x00\\u202egpj")
    'tin\\\\x00\\\\u202egpj'
    """
    shown = (char if _harmless(char) else char.encode("unicode_escape").decode("ascii") for char in str(value))
    return html.escape("".join(shown))


def _harmless(char: str) -> bool:
    return char in "\t\n\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def embed(value: Any) -> str:
    """JSON that can stand inside a `<script type="application/json">` whatever its strings hold.

    >>> embed({"title": "</script><b>"})
    '{"title":"\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(ESCAPED)


@overload
def cut(text: str, most: int) -> str: ...
@overload
def cut(text: None, most: int) -> None: ...
def cut(text: str | None, most: int) -> str | None:
    """`text` with no more than `most` characters; an ellipsis in brackets says where some are missing.

    >>> cut("Thành phố Hồ Chí Minh", 9)
    'Thành phố […]'
    """
    return text if text is None or len(text) <= most else text[:most].rstrip() + " […]"


def count(number: int) -> str:
    """A count as a person reads it.

    >>> count(1234567)
    '1,234,567'
    """
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """A share in per cent; what is not nothing is never called 0 %, what is not all never 100 %.

    >>> share(1, 3), share(1, 100000), share(99999, 100000), share(0, 5), share(0, 0)
    ('33.3 %', '< 0.1 %', '> 99.9 %', '0 %', '–')
    """
    if not whole:
        return "–"
    percent = 100 * part / whole
    if part in (0, whole):
        return f"{percent:.0f} %"
    return "< 0.1 %" if percent < 0.1 else "> 99.9 %" if percent > 99.9 else f"{percent:.1f} %"


def plural(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "row"), plural(2000, "row"), plural(2, "bilingual article")
    ('1 row', '2,000 rows', '2 bilingual articles')
    """
    return f"{count(number)} {one if number == 1 else many or one + 's'}"
