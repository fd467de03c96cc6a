"""TMX (.tmx), the exchange format of translation memories: a Vietnamese and an English segment a unit, streamed.

Specification: TMX 1.4b (LISA OSCAR, 2005). Codes inside a segment (bpt, ept, it, ph, ut) are no text and are left out,
marked text (hi) is kept. Entities that a file declares itself are refused, and nothing outside the file is ever read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.entities import name2codepoint
from xml.parsers import expat

from corpus.loaders.fields import LANGUAGES, language_code
from corpus.loaders.inputfile import InputFile
from corpus.loaders.options import Options
from corpus.loaders.record import Damaged, Decision, Row

_NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut"})
_STEP = 1 << 16


def rows(file: InputFile, options: Options) -> Iterator[Row]:
    """One row a translation unit, its properties as further columns."""
    yield from parse(file.chunks(), options.limits.record_bytes)


def parse(chunks: Iterable[bytes], limit: int) -> Iterator[Row]:
    """The units of a file whose bytes come in chunks.

    >>> tmx = '''<tmx version="1.4"><body><tu><prop type="x-domain">tin</prop>
    ... <tuv xml:lang="vi-VN"><seg>Mưa <hi>lớn</hi>.</seg></tuv>
    ... <tuv xml:lang="en"><seg>Heavy rain<ph>&lt;br/></ph>.</seg></tuv></tu></body></tmx>'''
    >>> next(parse([tmx.encode()], 1000)).values
    {'domain': 'tin', 'vi': 'Mưa lớn.', 'en': 'Heavy rain.'}
    """
    units = _Units(limit)
    fed = 0
    for chunk in chunks:
        for start in range(0, len(chunk), _STEP):
            data = chunk[start : start + _STEP]
            fed += len(data)
            yield from units.feed(data)
            if fed - units.parser.CurrentByteIndex > limit:
                raise Damaged("load:too-large")  # one tag or comment that does not end
    yield from units.feed(b"", final=True)


@dataclass
class _Unit:
    """A translation unit being read."""

    columns: dict[str, str] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def row(self, limit: int, decision: Decision) -> Row:
        """The unit as a row; a side that it lacks is there and missing, so that the row says it is unpaired."""
        if self.size > limit:
            return Row({}, "load:too-large", "".join(self.sides.values())[:1000], decision)
        values = self.columns | {lang: self.sides.get(lang, "") for lang in LANGUAGES}
        return Row(values, decision=decision)


class _Units:
    """Handlers for expat that collect the units which a piece of the file completes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._decision = Decision("utf-8", 1.0)
        self._done: list[Row] = []
        self._unit: _Unit | None = None
        self._lang: str | None = None
        self._text: list[str] | None = None
        self._property: str | None = None
        self._native = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SkippedEntityHandler = self._named_character
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def feed(self, data: bytes, *, final: bool = False) -> Iterator[Row]:
        """The units that end in these bytes; Damaged behind them where the file breaks off or is no XML."""
        damage = None
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError:
            damage = Damaged("load:truncated" if final else "load:malformed")
        except (ValueError, LookupError):  # an encoding that the parser cannot learn, or that there is not
            damage = Damaged("load:undecodable")
        done, self._done = self._done, []
        yield from done
        if damage is not None:
            raise damage

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self._decision = Decision((encoding or "utf-8").lower(), 1.0)

    def _refuse(self, *declaration: object) -> None:
        raise Damaged("load:malformed")

    def _named_character(self, name: str, is_parameter: bool) -> None:
        if name in name2codepoint:
            self._characters(chr(name2codepoint[name]))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        if name == "tu":
            self._unit, self._lang = _Unit(), None
            if attributes.get("tuid"):
                self._unit.columns["id"] = attributes["tuid"]
        elif self._unit is None:
            return
        elif name == "tuv":
            self._lang = language_code(attributes.get("xml:lang") or attributes.get("lang") or "")
        elif name == "seg" and self._lang and self._lang not in self._unit.sides:
            self._text, self._native = [], 0
        elif name in ("prop", "note") and self._text is None:
            kind = attributes.get("type", name).removeprefix("x-")
            self._property = kind if self._lang is None else f"{kind}-{self._lang}"
            self._text, self._native = [], 0
        elif name in _NATIVE:
            self._native += 1

    def _end(self, name: str) -> None:
        name = name.lower()
        if self._unit is None:
            return
        if name == "tu":
            self._done.append(self._unit.row(self._limit, self._decision))
            self._unit, self._lang = None, None
        elif name == "tuv":
            self._lang = None
        elif name == "seg" and self._text is not None:
            self._unit.sides[str(self._lang)] = "".join(self._text)
            self._text = None
        elif name in ("prop", "note") and self._property is not None:
            self._unit.columns.setdefault(self._property, "".join(self._text or ()).strip())
            self._text = self._property = None
        elif name in _NATIVE:
            self._native -= 1

    def _characters(self, data: str) -> None:
        if self._unit is None or self._text is None or self._native > 0:
            return
        self._unit.size += len(data)
        if self._unit.size <= self._limit:
            self._text.append(data)
