"""The page as lines: what a browser would set as a line or a paragraph of its own, in reading order, with its place.

The tree is walked once, without recursion. All later questions (how much prose does this element hold, is it a card,
where does the article begin) are asked of the lines and of the range of lines an element spans.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from corpus.page.rules import kinds
from corpus.page.tables import data_rows
from corpus.page.text import collapse, ends_sentence, word_set
from corpus.page.tree import INLINE, Element, purpose

# Never text: program code, controls, and what is shown only where a medium cannot be played.
_SKIPPED = word_set(
    "script style noscript template svg math iframe object embed applet audio video canvas head title button "
    "select textarea input option datalist map frameset amp-ad amp-embed amp-iframe amp-audio amp-video amp- "
    "analytics"
)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_SETS = (
    dict.fromkeys(_HEADINGS | {"b", "strong"}, "bold") | dict.fromkeys(("i", "em", "cite"), "italic") | {"a": "link"}
)
_PICTURES = word_set("img picture amp-img")
_HOLDS_PROSE = word_set("p li td th") | _HEADINGS
_HOLDS_WORDS = word_set("a b strong em i font")
_OWN_LINE = word_set("author date published modified source time")
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.I)
_HIDDEN_CLASS = word_set("hidden hide d-none sr-only visually-hidden visuallyhidden screen-reader-text")
_AUTHOR_PAGE = re.compile(r"/(?:tac-gia|tacgia|but-danh|authors?|reporters?|profile/author)(?:[/-][^/?#]|/?\?)", re.I)
_FIGURES = re.compile(r"\d{1,2}[/:-]\d")  # a date or a time begins
_SHORT_LINE = 60
_MOSTLY = 0.9  # share of the letters
_FRAME = 2  # lines of a table that frames a picture
_NOTHING: frozenset[str] = frozenset()

Piece: TypeAlias = tuple[str, bool, bool, bool]  # text, linked, bold, italic
_BREAK: Piece = ("\n", False, False, False)


@dataclass
class Line:
    """A run of text that stands by itself. `link`, `bold`, `italic` are the shares of its letters set so.

    `heading` is "h1" … "h6" inside one; `captioned` is set inside a caption, `after_picture` right below a picture,
    `row` for a row of a table of data.
    """

    text: str
    element: Element
    heading: str | None = None
    link: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    captioned: bool = False
    after_picture: bool = False
    row: bool = False

    @property
    def is_link(self) -> bool:
        return self.link >= 0.8


@dataclass
class Layout:
    """The lines of a page; for each block element the half-open range of lines it spans; what elements are for."""

    lines: list[Line] = field(default_factory=list)
    spans: dict[Element, tuple[int, int]] = field(default_factory=dict)
    kinds: dict[Element, frozenset[str]] = field(default_factory=dict)


def lay_out(root: Element) -> Layout:
    """The lines of the page below `root`, in reading order.

    >>> from corpus.page.tree import parse
    >>> page = "<div><p>Ngày <b>H</b>à Nội<br>vào thu</p><p>Ảnh</p><ul><li>Một<li>Hai</ul></div>"
    >>> [line.text for line in lay_out(parse(page)).lines]
    ['Ngày Hà Nội', 'vào thu', 'Ảnh', 'Một', 'Hai']
    """
    from lxml import etree

    writer = _Writer()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            given = element.items()
            if tag in _SKIPPED or (given and _is_hidden(element, given)):
                writer.skipped.add(element)
                walk.skip_subtree()
            elif tag == "table" and (rows := data_rows(element)):
                writer.table(element, rows)
                walk.skip_subtree()
            else:
                writer.start(element, tag, kinds(purpose(given)) if given else _NOTHING)
        elif element in writer.skipped:
            writer.write(element.tail)
        else:
            writer.end(element, tag)
    writer.flush()
    return writer.layout


class _Writer:
    """Collects inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.skipped: set[Element] = set()
        self._blocks: list[tuple[Element, int]] = []
        self._pieces: list[Piece] = []
        self._depth: Counter[str] = Counter()
        self._heading: list[str] = []
        self._picture_seen = False

    def start(self, element: Element, tag: str, found: frozenset[str]) -> None:
        if tag == "time":
            found |= {"time"}
        elif tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""):
            found |= {"author"}
        if found:
            self.layout.kinds[element] = found
        if tag == "br":
            self._break()
        elif tag in _PICTURES:
            self.flush()
            self._picture_seen = True
        elif tag not in INLINE or _stands_alone(element, tag, found):
            self.flush()
            self._blocks.append((element, len(self.layout.lines)))
        elif self._pieces and self._begins_word(tag):
            self.write(" ")
        self._count(tag, found, 1)
        self.write(element.text)

    def end(self, element: Element, tag: str) -> None:
        if self._blocks and self._blocks[-1][0] is element:
            self.flush()
            _, first = self._blocks.pop()
            self.layout.spans[element] = (first, len(self.layout.lines))
            if tag == "table" and len(self.layout.lines) - first <= _FRAME and element.find(".//img") is not None:
                self.layout.kinds[element] = self.layout.kinds.get(element, _NOTHING) | {"picture"}
        self._count(tag, self.layout.kinds.get(element, _NOTHING), -1)
        self.write(element.tail)

    def write(self, text: str | None) -> None:
        if text and (self._pieces or not text.isspace()):
            depth = self._depth
            self._pieces.append((text, depth["link"] > 0, depth["bold"] > 0, depth["italic"] > 0))

    def table(self, table: Element, rows: list[str]) -> None:
        """A table of data: one line a row."""
        self.flush()
        self.skipped.add(table)
        first = len(self.layout.lines)
        self.layout.lines += [Line(row, table, row=True) for row in rows]
        self.layout.spans[table] = (first, len(self.layout.lines))

    def flush(self) -> None:
        """The collected pieces become lines of the block they stand in."""
        if not self._pieces:
            return
        pieces, self._pieces = self._pieces, []
        for run in _split_at_breaks(pieces):
            text = collapse(_join(run))
            if text:
                self.layout.lines.append(self._line(text, run))
                self._picture_seen = False

    def _line(self, text: str, run: list[Piece]) -> Line:
        link, bold, italic = _shares(run)
        return Line(
            text,
            element=self._blocks[-1][0],
            heading=self._heading[-1] if self._heading else None,
            link=link,
            bold=bold,
            italic=italic,
            captioned=self._depth["caption"] > 0,
            after_picture=self._picture_seen,
        )

    def _begins_word(self, tag: str) -> bool:
        """Whether an inline element begins a word: a link beside a link, anything among the parts of a byline."""
        if tag == "a":
            return self._pieces[-1][1]
        return not _OWN_LINE.isdisjoint(self.layout.kinds.get(self._blocks[-1][0], _NOTHING))

    def _break(self) -> None:
        if self._heading and not self._depth["caption"]:
            self.write(" ")
        else:
            self._pieces.append(_BREAK)

    def _count(self, tag: str, found: frozenset[str], step: int) -> None:
        """Enters (1) or leaves (-1) an element that marks the text in it."""
        if tag in _SETS:
            self._depth[_SETS[tag]] += step
        if tag == "figcaption" or (found and "caption" in found):
            self._depth["caption"] += step
        if tag in _HEADINGS and step > 0:
            self._heading.append(tag)
        elif tag in _HEADINGS:
            self._heading.pop()


def _stands_alone(element: Element, tag: str, found: frozenset[str]) -> bool:
    """Whether an inline element holds the author or the date: style sheets set those apart, except in running text."""
    if not found & _OWN_LINE:
        return False
    parent = element.getparent()
    if parent is None or parent.tag in _HOLDS_PROSE:
        return False
    return tag == "time" or parent.tag not in _HOLDS_WORDS


def _is_hidden(element: Element, given: list[tuple[str, str]]) -> bool:
    """Hidden by the page itself; an element that holds the headline or the body is shown by a script later."""
    hidden = False
    for name, value in given:
        if name == "class":
            hidden |= not _HIDDEN_CLASS.isdisjoint(value.split())
        elif name == "style":
            hidden |= _HIDDEN_STYLE.search(value) is not None
        elif name == "hidden":
            hidden = True
    return hidden and element.find(".//h1") is None and "body" not in kinds(purpose(given))


def _split_at_breaks(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces between <br>s; lines that only wrap are put together again, but no linked or bold line with the next."""
    runs: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece is not _BREAK:
            runs[-1].append(piece)
            continue
        before = collapse(_join(runs[-1]))
        set_apart = max(_shares(runs[-1])[:2]) > _MOSTLY
        if not before or set_apart or ends_sentence(before) or len(before) < _SHORT_LINE:
            runs.append([])
        else:
            runs[-1].append((" ", False, False, False))
    return runs


def _join(pieces: list[Piece]) -> str:
    """The text of adjoining inline elements, with a space where only the style sheet keeps them apart."""
    texts: list[str] = []
    last = ""
    for piece in pieces:
        part = piece[0]
        if last and part and _is_seam(last, part):
            texts.append(" ")
        texts.append(part)
        last = part[-1:] or last
    return "".join(texts)


def _is_seam(last: str, part: str) -> bool:
    """Whether a word begins where two elements meet: "<i>Hà Nội</i>Sau …", "<b>Hoài Thu</b>15/11/2025"."""
    if last == ":":
        return part[0].isalpha()
    if last.isalpha() and part[0].isdigit():
        return _FIGURES.match(part) is not None
    if last.isdigit():
        return part[0].isupper() and part[1:2].islower()
    return last.islower() and part[0].isupper()


def _shares(run: list[Piece]) -> tuple[float, float, float]:
    """The shares of the letters that are linked, bold and italic."""
    sizes = [len("".join(piece[0].split())) for piece in run]
    total = sum(sizes) or 1
    link, bold, italic = (
        sum([size for size, piece in zip(sizes, run, strict=True) if piece[index]]) / total for index in (1, 2, 3)
    )
    return link, bold, italic
