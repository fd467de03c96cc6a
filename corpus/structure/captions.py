"""What a caption says of its picture, and where on the line that begins and ends."""

from __future__ import annotations

import re

from corpus.orthography import shadow
from corpus.structure.credits import find_credit
from corpus.structure.lines import Line
from corpus.structure.records import Caption
from corpus.structure.rules import phrases

_LEADING = re.compile(r"(?:[▲▼►◄•*_| ]|\((?=[^()]*$))+")
_TRAILING = " |*_"


def is_credit_only(line: Line) -> bool:
    """Whether the line is a credit and nothing else: "Ảnh: TTXVN", "(Photo: VNA)"."""
    credit = find_credit(line.text)
    return credit is not None and not line.text[: credit.end].strip(" (*_[|")


def has_caption_and_credit(line: Line) -> bool:
    """Whether the line ends in a credit with something before it."""
    credit = find_credit(line.text)
    return credit is not None and bool(line.text[: credit.end].strip(" (*_[|"))


def make_caption(line: Line, below: str | None = None) -> Caption:
    """The caption of a line, its credit left out; `below` is a credit that stands elsewhere on the page."""
    credit = find_credit(line.text)
    if credit is None or not line.text[: credit.end].strip(" (*_[|"):
        start, end, name = 0, len(line.text.rstrip(_TRAILING)) or len(line.text), below
    else:
        start, end, name = 0, credit.end, credit.name or below
    leading = _LEADING.match(line.text, 0, end)
    start = leading.end() if leading and leading.end() < end else start
    start = _skip_label(line.text, start, end)
    return Caption(line.start + start, line.start + end, line.lang, name)


def _skip_label(text: str, start: int, end: int) -> int:
    """Where the caption begins behind a label such as "Chú thích ảnh:"."""
    label, colon, _ = text[start : min(end, start + 30)].partition(":")
    if not colon or shadow(label) not in phrases("credits.txt", "label"):
        return start
    inner = start + len(label) + 1
    inner += len(text[inner:end]) - len(text[inner:end].lstrip())
    return inner if inner < end else start
