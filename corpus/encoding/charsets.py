"""Declared charset labels, as files and servers write them, and the codecs that they mean."""

from __future__ import annotations

import codecs
import re

from corpus.encoding.tables import legacy_name

LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})  # what servers and editors declare without knowing
WIDER = {  # labels whose text is in fact written in a wider charset (WHATWG Encoding Standard)
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254",
}  # fmt: skip
NO_TEXT = frozenset({
    "base64", "bz2", "hex", "quopri", "rot-13", "uu", "zlib", "idna", "punycode", "unicode-escape",
    "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem",
})  # fmt: skip


def codec_name(label: str | None) -> str | None:
    """The codec of a declared charset, or None where Python has none or it is no encoding of text.

    >>> codec_name("UTF8"), codec_name("x-viet-tcvn"), codec_name("windows-874"), codec_name("base64")
    ('utf-8', 'tcvn-5712-1', 'cp874', None)
    """
    if not label or len(label) > 40 or not label.isascii():
        return None
    plain = label.strip(" \t\r\n\"'").lower()
    known = legacy_name(plain)
    if known:
        return known
    for name in (WIDER.get(plain, plain), re.sub("^(windows-|x-cp)", "cp", plain), plain.removeprefix("x-")):
        try:
            found = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        return None if found in NO_TEXT else found
    return None


def is_strict(data: bytes, codec: str, whole: bool) -> bool:
    """Whether bytes decode without an error; if they are not the whole, they may end inside a character."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(data, final=whole)
    except (UnicodeError, LookupError):
        return False
    return True
