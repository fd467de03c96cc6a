"""What a file is, from its first bytes: a name can lie, and standard input has none."""

from __future__ import annotations

import codecs
import re

# First bytes of what is no text, whatever its name says. Marks that are words too count only where a NUL byte follows.
_MAGIC = {
    b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar",
    b"%PDF-": "pdf", b"{\\rtf": "rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "office",
    b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"II*\x00": "tiff", b"MM\x00*": "tiff",
    b"RIFF": "media", b"OggS": "media", b"fLaC": "media", b"ID3": "media",
    b"\x7fELF": "program", b"\xca\xfe\xba\xbe": "program", b"SQLite format 3\x00": "sqlite",
    b"PAR1": "parquet", b"ARROW1\x00\x00": "arrow", b"\xff\xff\xff\xff": "arrow",
}  # fmt: skip
_WORDS = frozenset({b"BZh", b"GIF8", b"RIFF", b"OggS", b"fLaC", b"ID3", b"PAR1"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_PAGE = re.compile(r"\s{0,1000}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--(?:(?!-->).){0,2000}-->\s{0,100}){0,5}"
                   r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip
_JSON = re.compile(r'\s{0,1000}(\[\s{0,100})?\{\s{0,100}"[^"\n]{0,200}"\s{0,100}:')
_CHARSETS = (
    re.compile(rb"<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE),
    re.compile(rb"^\s{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE),
)
_PRESCAN = 4096


def magic(head: bytes) -> str | None:
    """The kind of file that its first bytes announce, where that is no text.

    >>> magic(b"\\x89PNG\\r\\n\\x1a\\n"), magic("Chào".encode())
    ('png', None)
    """
    if head[:3] == b"\0\0\0" and head[4:8] == b"ftyp":
        return "media"
    mark = next((mark for mark in _MAGIC if head.startswith(mark)), None)
    return None if mark is None or (mark in _WORDS and b"\0" not in head) else _MAGIC[mark]


def bom(head: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None)


def declared_charset(head: bytes) -> str | None:
    """The charset a page declares: by its byte order mark, or in the first 4 KiB by <meta> or the XML declaration.

    >>> declared_charset(b'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1258">')
    'windows-1258'
    """
    mark = bom(head)
    if mark is not None:
        return mark
    found = (pattern.search(head[:_PRESCAN]) for pattern in _CHARSETS)
    return next((match.group(1).decode("ascii").lower() for match in found if match), None)


def text_kind(head: bytes) -> str | None:
    """`html`, `json` or `jsonl` where the text at the start of a file is plainly that; None for any other text.

    >>> [text_kind(head) for head in (b"<!DOCTYPE html><html>", b'{"text": "a"}\\n{"text": "b"}', b'[{"text": "a"}]')]
    ['html', 'jsonl', 'json']
    >>> text_kind("{Ảnh minh hoạ}".encode()) is None
    True
    """
    text = head[:_PRESCAN].decode(bom(head) or "utf-8", "replace").lstrip("\ufeff")
    if _PAGE.match(text):
        return "html"
    found = _JSON.match(text)
    if found is None:
        return None
    return "json" if found.group(1) or not _is_line(text) else "jsonl"


def _is_line(text: str) -> bool:
    """Whether the first line alone looks like a whole JSON object (or one too long to see its end)."""
    line, newline, _ = text.lstrip().partition("\n")
    return line.rstrip().endswith("}") or not newline
