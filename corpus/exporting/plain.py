"""Values as the forms hold them: text on one line, text for XML, numbers as short as they can be."""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

# What some tool takes for the end of a line, beside the tab that stands between columns.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Text on one line without tabs: every run of line separators and tabs becomes one space.

    >>> one_line("Mưa to.\\n\\tGió lớn.\\u2028Hết.")
    'Mưa to. Gió lớn. Hết.'
    """
    return without_surrogates(_BREAKS.sub(" ", text))


def xml_text(text: str) -> str:
    """Text for XML 1.0: markup escaped. Control characters, which it forbids, are left out (tab and line feed stay);
    halves of surrogate pairs, U+FFFE and U+FFFF become U+FFFD.

    >>> xml_text("a < b\\x07 & \\uffff"), xml_text("hai\\r\\ndòng")
    ('a &lt; b &amp; �', 'hai&#13;\\ndòng')
    """
    return escape(_NO_XML.sub("\ufffd", _CONTROLS.sub("", text)), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    """Text for an attribute between double quotes."""
    return xml_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def without_surrogates(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def shortest(value: float) -> float:
    """A 32-bit float as the shortest number that stands for it; any other number as it is.

    >>> shortest(0.987500011920929), shortest(1.0), shortest(0.1234567890123)
    (0.9875, 1.0, 0.1234567890123)
    """
    if not _is_single(value):
        return value
    packed = struct.pack("f", value)
    return next(short for digits in range(1, 10) if struct.pack("f", short := float(f"{value:.{digits}g}")) == packed)


def _is_single(value: float) -> bool:
    try:
        return bool(struct.unpack("f", struct.pack("f", value))[0] == value)
    except OverflowError:
        return False


def tidy(value: Any) -> Any:
    """A value of a table with every 32-bit float in it as short as it can be."""
    if isinstance(value, float):
        return shortest(value)
    if isinstance(value, dict):
        return {name: tidy(inner) for name, inner in value.items()}
    return [tidy(inner) for inner in value] if isinstance(value, list) else value


def cell(value: Any) -> str:
    """A value as one piece of text: nothing for null, several values joined by `; `.

    >>> cell(None), cell(0.987500011920929), cell(["email", "phone"]), cell("Hà Nội")
    ('', '0.9875', 'email; phone', 'Hà Nội')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, float):
        return repr(shortest(value))
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return without_surrogates("; ".join(value))
    return json_text(value) if isinstance(value, (list, dict)) else str(value)


def json_text(value: Any) -> str:
    """JSON on one line, letters as they are; what editors and readers of lines trip over is escaped.

    >>> json_text({"vi": "Tết"}), json_text("a\\u2028b"), json_text("\\ud800")
    ('{"vi": "Tết"}', '"a\\\\u2028b"', '"�"')
    """
    text = without_surrogates(json.dumps(value, ensure_ascii=False))
    if not unicodedata.is_normalized("NFC", text):
        return json.dumps(json.loads(text))
    return _AWKWARD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)  # such a character stands inside a string
