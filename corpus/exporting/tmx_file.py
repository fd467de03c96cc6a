"""TMX 1.4b: one translation unit a row, every other column a property.

Specification: TMX 1.4b (LISA OSCAR, 2005). `tuid` is the row's id; a property's type is `x-` and the column's name, as
the specification asks of types that are a tool's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from corpus import __version__
from corpus.engine.stage import Row
from corpus.exporting.plain import cell, xml_attribute, xml_text
from corpus.loaders.exported import spread

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="songngu" creationtoolversion="{__version__}" segtype="sentence" o-tmf="songngu" adminlang="en" \
srclang="vi" datatype="plaintext"/>
<body>
"""
TAIL = "</body>\n</tmx>\n"


def write_tmx(file: BinaryIO, rows: Iterable[Row]) -> None:
    """Write rows of the bitext."""
    file.write(HEAD.encode())
    for row in rows:
        file.write(unit(row["id"], row["translation"], _properties(row)).encode())
    file.write(TAIL.encode())


def unit(name: str | None, sides: Mapping[str, str | None], properties: Mapping[str, Any]) -> str:
    """One translation unit, Vietnamese first; a property that is null is left out.

    >>> print(unit("1f", {"vi": "Mưa.", "en": "Rain."}, {"quality": 0.9, "site": None}))
    <tu tuid="1f">
    <prop type="x-quality">0.9</prop>
    <tuv xml:lang="vi"><seg>Mưa.</seg></tuv>
    <tuv xml:lang="en"><seg>Rain.</seg></tuv>
    </tu>
    <BLANKLINE>
    """
    lines = [f'<tu tuid="{xml_attribute(name)}">' if name else "<tu>"]
    for kind, value in properties.items():
        if value is not None:
            lines.append(f'<prop type="x-{xml_attribute(kind)}">{xml_text(cell(value))}</prop>')
    for lang in ("vi", "en"):
        lines.append(f'<tuv xml:lang="{lang}"><seg>{xml_text(sides[lang] or "")}</seg></tuv>')
    return "\n".join([*lines, "</tu>\n"])


def _properties(row: Row) -> dict[str, Any]:
    """The columns of a row beside its sides.

    `site` stands there empty beside a `source`: a source that stands alone is read as the name of a site.
    """
    columns = {name: value for name, value in row.items() if name not in ("id", "translation", "extra")}
    taken = dict.fromkeys(("id", "vi", "en"))
    properties = spread({**taken, **columns}, row["extra"] or ())
    if properties.get("source") and properties["site"] is None:
        properties["site"] = ""
    return {name: value for name, value in properties.items() if name not in taken and value != []}
