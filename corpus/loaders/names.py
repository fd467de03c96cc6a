"""The `source` of a record: printable, relative, and never the same for two files."""

from __future__ import annotations

import re
import unicodedata

_ODD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What would read as something else: an escape, a record's number, a member of an archive.
_AMBIGUOUS = re.compile(r"%(?=[0-9A-Fa-f]{2})|#(?=[0-9]{1,30}$)|(?<=\.zip)!", re.IGNORECASE)


def printable(name: str) -> str:
    """A file name as a source says it: odd characters and bytes percent-encoded, all others as they are.

    Two different names never become the same: `%`, `#` and `!` are encoded where they could be taken for an
    escape, a record's number or a member of an archive.

    >>> printable("Xin chào! 50% giảm.txt")
    'Xin chào! 50% giảm.txt'
    >>> printable("hai\\ndòng.txt"), printable("hai%0Adòng.txt"), printable("a.jsonl#3")
    ('hai%0Adòng.txt', 'hai%250Adòng.txt', 'a.jsonl%233')
    """
    escaped = _AMBIGUOUS.sub(lambda match: f"%{ord(match.group()):02X}", name)
    if escaped.isprintable():
        return escaped
    return "".join(_percent(c) if unicodedata.category(c) in _ODD_CATEGORIES else c for c in escaped)


def _percent(character: str) -> str:
    # A byte that is no UTF-8 reaches us as a lone surrogate U+DC80–U+DCFF (PEP 383) and leaves as that byte.
    try:
        data = character.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = character.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in data)


def is_hidden(name: str) -> bool:
    """Whether a file or folder is one that its owner does not see.

    >>> is_hidden(".DS_Store"), is_hidden("__MACOSX"), is_hidden("bài.txt")
    (True, True, False)
    """
    return name.startswith(".") or name == "__MACOSX"
