"""Where a number stands: whether it is whole, counts something, or is a part of a web address."""

from __future__ import annotations

import re
from bisect import bisect_right

GAP = r"[ \u00a0\u2009\u202f.\-\u2010-\u2013]"
"""What may stand between the groups of a number."""

_NUMBER = r"(?<![0-9]{6})(?<![0-9]{3}[ .][0-9]{3})"
"""Six digits: a number that a list goes on from, 0912345678/0987654321."""
_BEFORE = re.compile(r"(?:[\w+#$€£₫&=%]|[0-9][.:]|[0-9] ?[+*×=])\Z")
_LIST_BEFORE = re.compile(rf"(?:(?<=[\w-])(?<!zalo\.me){_NUMBER}/|(?<=[0-9]){_NUMBER}[,\u2013-])\Z")
_AFTER = re.compile(
    r"[^\W_]|[_@#=%‰°]|[.:][0-9]|[-/][^\W\d_]{2}"
    r"|[ \u00a0]?(?:đồng|đ|vnđ|vnd|usd|eur|dollars?|dong|triệu|tỷ|tỉ|nghìn|ngàn|thousand|million|billion"
    r"|người|lượt|cổ phiếu|people|shares)(?![^\W_])",
    re.IGNORECASE,
)
_LIST_AFTER = re.compile(r",(?!0[2-9][0-9]{8})[0-9]|[/\u2013-](?!0[2-9])[0-9]{4}")
_ADDRESS = re.compile(r"(?:https?://|www\.)(?!zalo\.me/)[^\s<>\"]{1,2000}", re.IGNORECASE)


def stands_alone(text: str, start: int, end: int, *, called: bool = False) -> bool:
    """Whether [start, end) is a number by itself: no part of a longer one, of a code or a price, and no count.

    Where it is `called` what it is, numbers of a list may touch it: CMND/CCCD 123456789/024090012345.

    >>> stands_alone("số 0912345678.", 3, 13), stands_alone("0912345678 đồng", 0, 10)
    (True, False)
    >>> stands_alone("12/0912345678", 3, 13), stands_alone("12/0912345678", 3, 13, called=True)
    (False, True)
    """
    if _BEFORE.search(text, max(0, start - 3), start) or _AFTER.match(text, end):
        return False
    return called or not (_LIST_BEFORE.search(text, max(0, start - 1), start) or _LIST_AFTER.match(text, end))


class Addresses:
    """The web addresses of a text. Figures in them are the site's own, but for those of a chat: zalo.me/0912345678."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _ADDRESS.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def cover(self, position: int) -> bool:
        """Whether a position lies in one of them."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]
