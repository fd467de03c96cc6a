"""Where paragraphs begin and end.

In scrapes and copied pages a line is a paragraph, blank lines or not. In mail, Project Gutenberg and old text files
lines are wrapped at a fixed width and only a blank line ends a paragraph. Such text gives itself away: a program broke
a line only where the next word no longer fitted, so line + space + next word is longer than the width. Lines that were
broken by a person, a heading, a verse, a caption, fail that test.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

_Span = tuple[int, int]
_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"(?:[-–—•*+▪►]|\(?(?:\d{1,3}|[a-zđ])[.)])\s")
_NARROWEST, _WIDEST = 55, 132  # characters; programs wrap between these, verse is narrower
_MIN_JOINTS = 3  # fewer line ends prove no habit
_LONGEST_LINE = 500  # characters; where a line is longer nobody wrapped
_BROKEN = 0.6  # share of the width that a line must fill to have been broken by a program
_FITTING = 0.9  # share of line ends that a wrapping program must explain
_IN_MID_SENTENCE = 0.3  # share of lines that go on in lower case; verse and lists begin with capitals


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Spans of the paragraphs of `text`, trimmed of white space, in order.

    Every non-blank line is a paragraph, except in hard-wrapped text, where a paragraph runs over several lines and its
    span holds the line ends. Every character that is not white space is in exactly one span. Linear in `text`.

    >>> text = "Hội nghị tổng kết\n\n  Sáng 5/8, tỉnh Sơn La họp.\nQuốc Tuấn"
    >>> [text[start:end] for start, end in split_paragraphs(text)]
    ['Hội nghị tổng kết', 'Sáng 5/8, tỉnh Sơn La họp.', 'Quốc Tuấn']
    """
    blocks = _blocks(text)
    width = _wrap_width(text, blocks)
    if width is None:
        return [span for block in blocks for span in block]
    return [span for block in blocks for span in _join(text, block, width)]


def _blocks(text: str) -> list[list[_Span]]:
    """The trimmed lines, grouped by the blank lines between them."""
    lines: list[_Span] = []
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        lines.append((start, max(start, match.start() + len(line.rstrip()))))
    numbered = enumerate(span for span in lines if span[0] < span[1])
    # A blank line has no span of its own, so the text between two spans tells whether one stood there.
    marked, previous, block = [], 0, 0
    for _, span in numbered:
        block += text.count("\n", previous, span[0]) > 1
        marked.append((block, span))
        previous = span[1]
    return [[span for _, span in group] for _, group in groupby(marked, key=lambda item: item[0])]


def _wrap_width(text: str, blocks: list[list[_Span]]) -> int | None:
    """The width at which a program wrapped the lines, or None if no program did."""
    joints = [joint for block in blocks for joint in pairwise(block)]
    if len(joints) < _MIN_JOINTS or max(end - start for block in blocks for start, end in block) > _LONGEST_LINE:
        return None
    lengths = sorted(end - start for (start, end), _ in joints)
    # An address longer than the width stands alone on its line; the longest few must not set the width.
    width = lengths[-1 - len(lengths) // 50]
    # A line that is much shorter was not broken for want of room: a heading, a byline, an item of a list.
    broken = [(upper, lower) for upper, lower in joints if upper[1] - upper[0] >= _BROKEN * width]
    fitting = sum(_wrapped(text, upper, lower, width) for upper, lower in broken)
    going_on = sum(text[lower[0]].islower() for _, lower in broken)
    wrapped = fitting >= _FITTING * len(broken) and going_on >= _IN_MID_SENTENCE * len(broken)
    return width if wrapped and len(broken) >= _MIN_JOINTS and _NARROWEST <= width <= _WIDEST else None


def _wrapped(text: str, upper: _Span, lower: _Span, width: int) -> bool:
    """Whether the first word of the lower line would not have fitted on the upper one."""
    first_word = text[lower[0] : lower[0] + width].split(None, 1)[0]
    return upper[1] - upper[0] + 1 + len(first_word) > width


def _join(text: str, block: list[_Span], width: int) -> list[_Span]:
    """The paragraphs of one block: a line joins the one above if a program broke them apart."""
    joined = [block[0]]
    upper = block[0]
    for lower in block[1:]:
        if _wrapped(text, upper, lower, width) and not _LIST_ITEM.match(text, lower[0], lower[1]):
            joined[-1] = (joined[-1][0], lower[1])
        else:
            joined.append(lower)
        upper = lower
    return joined
