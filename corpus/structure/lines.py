"""What one paragraph looks like before anyone asks what it says: length, last mark, capitals, its neighbours' gap.

Every rule about roles is written in these terms. Long paragraphs are looked at from both ends only, so that a line of
a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.orthography import shadow

SHORT = 400
"""Characters; only a line up to this long can be anything but running text."""

PROSE = 60
"""Characters; a line this long that ends a sentence or breaks off at a comma or colon is running text."""

LONG_PROSE = 200
"""Characters; a line this long is running text whatever it ends in (scrapes lose full stops)."""

_CLOSERS = "\"'”’»)]}*| "
_END_MARKS = (".", "!", "?", "…")
_ITEM = re.compile(r"(?:[-–—•*+▪►]\s|\(?[a-zđ][.)]\s)")
_LEGAL = re.compile(
    r"(?:Chương|Mục|Phần|Tiểu mục|Phụ lục|Điều|Chapter|Section|Part|Article|Annex|Appendix)"
    r"[ ](?:[IVXLC]{1,7}|\d{1,3}\w?)(?!\w)"
    r"|[IVX]{1,5}[.)][ ]",
    re.I,
)
_LEGAL_WORDS = 14  # with more words it is the article of law itself
_QUESTIONER = re.compile(r"(?:PV|P\.V|Phóng viên|Hỏi|Đáp|Trả lời|Q|A|Reporter|Interviewer)\s?:", re.I)


@dataclass(frozen=True)
class Line:
    """One paragraph with what can be seen of it.

    `key` is its shadow and empty for a long line; `attached` says that no blank line parts it from the line above;
    `hint` is the role that HTML or Markdown gave it.
    """

    index: int
    start: int
    end: int
    text: str
    key: str
    lang: str
    hint: str | None
    attached: bool
    words: int

    @cached_property
    def tail(self) -> str:
        """The end of the line without closing quotes and brackets."""
        return self.text[-SHORT:].rstrip(_CLOSERS)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends in a full stop, question or exclamation mark, an ellipsis or "./."."""
        return self.tail.removesuffix("\n").endswith(_END_MARKS)

    @cached_property
    def asks(self) -> bool:
        return self.tail.endswith("?")

    @cached_property
    def opens_list(self) -> bool:
        """Whether it ends in a colon, so that what follows belongs to it."""
        return self.tail.endswith(":")

    @cached_property
    def goes_on(self) -> bool:
        """Whether it stops in the middle of something: a comma, a semicolon, a colon."""
        return self.tail.endswith((",", ";", ":"))

    @cached_property
    def is_prose(self) -> bool:
        """Whether it is running text rather than a line with a purpose of its own."""
        size = self.end - self.start
        return size >= LONG_PROSE or (size >= PROSE and (self.ends_sentence or self.goes_on))

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it reads as a statement, of any length."""
        return self.ends_sentence and self.words >= 3

    @cached_property
    def is_boxed(self) -> bool:
        """Whether it is a cell of a table, which is how many pages hold a picture and its caption: "| … |"."""
        return self.text.endswith("|") or self.text.startswith("| ")

    @cached_property
    def is_item(self) -> bool:
        """Whether it begins like an item of a list or a turn in an interview."""
        return _ITEM.match(self.text) is not None or _QUESTIONER.match(self.text) is not None

    @cached_property
    def is_legal_heading(self) -> bool:
        """Whether it opens a part of a law: "Chương I", "Điều 5. Phạm vi điều chỉnh", "Article 3"."""
        return _LEGAL.match(self.text) is not None and self.words <= _LEGAL_WORDS and not self.goes_on

    @cached_property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals, as in shouted titles."""
        return self.words > 1 and self.text[:SHORT].isupper()


def read_lines(
    text: str, spans: Sequence[tuple[int, int]], langs: Sequence[str], hints: Sequence[str | None]
) -> list[Line]:
    """The paragraphs of `text` as lines, one for each span."""
    lines = []
    previous = 0
    for index, ((start, end), lang, hint) in enumerate(zip(spans, langs, hints, strict=True)):
        line = text[start:end]
        key = shadow(line) if len(line) <= SHORT else ""
        attached = index > 0 and text.count("\n", previous, start) <= 1
        lines.append(Line(index, start, end, line, key, lang, hint, attached, len(line.split())))
        previous = end
    return lines
