"""Where the article lies on the page: its first and last running text, and its title.

Above the first running text stand menus, title, byline and date; below the last one bylines, sources and whatever the
page adds. A list of other articles may hold running text too, so the article ends before a line that opens such a list
if little running text is left behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpus.structure.boilerplate import is_edge_boilerplate, is_section
from corpus.structure.bylines import read_byline
from corpus.structure.lines import Line
from corpus.structure.marks import OPENING
from corpus.structure.names import is_place
from corpus.structure.rules import opening
from corpus.structure.sources import is_publisher, names_site

_NO_STATEMENT = ("?", "!", "…", "...")  # how a title may end as well as a sentence
_LEAST_WORDS = 5  # of a sentence that can be running text
_LEFT_BEHIND = 0.25  # share of the running text that may follow the end of the article
_TEASERS_LEFT_BEHIND = 0.5  # the same if no two paragraphs of it follow one another
_LONGEST_TITLE = 250  # characters
_LONGEST_SENTENCE_TITLE = 120  # characters of a title that ends in a full stop
_LONGEST_HEAD = 60  # lines above the running text among which the title is looked for
_NEAR = 2  # lines below a title within which its byline or date stands


class Zones(NamedTuple):
    """Indices of lines: the first and the last of the running text, and the title if there is one."""

    first: int
    last: int
    title: int | None


def find_zones(lines: Sequence[Line], marks: Sequence[str | None]) -> Zones:
    """The bounds of the article; `first` > `last` where nothing is running text."""
    content = [index for index, line in enumerate(lines) if is_content(line, marks[index])]
    if content and _is_titled_sentence(lines, marks, content[0]):
        title = content.pop(0)
        first = content[0] if content else len(lines)
        return Zones(first, _end(lines, marks, content), _marked_title(marks, title))
    first = content[0] if content else len(lines)
    return Zones(first, _end(lines, marks, content), choose_title(lines, marks, first))


def is_content(line: Line, mark: str | None) -> bool:
    """Whether the line is running text by itself."""
    if mark in ("body", "lead"):
        return True
    if mark is not None or opening("scenes.txt", "opening").match(line.key):
        return False
    return line.is_prose or (line.is_sentence and line.words >= _LEAST_WORDS and not line.tail.endswith(_NO_STATEMENT))


def _marked_title(marks: Sequence[str | None], otherwise: int) -> int:
    return marks.index("title") if "title" in marks else otherwise


def _is_titled_sentence(lines: Sequence[Line], marks: Sequence[str | None], index: int) -> bool:
    """Whether the first sentence of the page is its title: short, nothing title-like above, byline or date below."""
    line = lines[index]
    above = any(marks[i] in ("title", None) and lines[i].words > 2 for i in range(index))
    return (
        marks[index] is None
        and not above
        and line.end - line.start <= _LONGEST_SENTENCE_TITLE
        and _has_byline_below(marks, index)
        and any(is_content(lines[i], marks[i]) for i in range(index + 1, min(index + 6, len(lines))))
    )


def _has_byline_below(marks: Sequence[str | None], index: int) -> bool:
    return any(mark in ("byline", "dateline") for mark in marks[index + 1 : index + 1 + _NEAR])


def _end(lines: Sequence[Line], marks: Sequence[str | None], content: Sequence[int]) -> int:
    """The last line of running text that belongs to the article."""
    if not content:
        return -1
    sizes = {index: lines[index].end - lines[index].start for index in content}
    left = sum(sizes.values())
    total, last = left, content[0]
    paired = max((index for index in content if index - 1 in sizes), default=-1)
    for index in range(content[0], content[-1] + 1):
        # Teasers of other articles stand alone between their titles; the article's own paragraphs follow one another.
        behind = _LEFT_BEHIND if index < paired else _TEASERS_LEFT_BEHIND
        if marks[index] == OPENING and left <= behind * total:
            break
        if index in sizes:
            left -= sizes[index]
            last = index
    return last


def choose_title(lines: Sequence[Line], marks: Sequence[str | None], first: int) -> int | None:
    """The title among the lines above the running text: one that is marked, else the likeliest."""
    if "title" in marks:
        return marks.index("title")
    head = range(max(0, first - _LONGEST_HEAD), first)
    if first >= len(lines):
        head = range(min(len(lines), _LONGEST_HEAD))
    candidates = [index for index in head if marks[index] is None and _can_be_title(lines[index])]
    if first >= len(lines):
        candidates = [index for index in candidates[:1] if _stands_above_verse(lines, marks, index)]
    repeated = Counter(line.key for line in lines)
    return max(candidates, key=lambda i: (_title_score(lines, marks, repeated, i, first), -i), default=None)


def _can_be_title(line: Line) -> bool:
    size = line.end - line.start
    return (
        line.words >= 3
        and 10 <= size <= _LONGEST_TITLE
        and not (line.is_item or line.goes_on or line.is_legal_heading)
        and not (is_section(line) or is_edge_boilerplate(line) or is_place(line.text))
        and not opening("scenes.txt", "opening").match(line.key)
        and not is_publisher(line.text)
        and read_byline(line.text) is None
    )


def _title_score(
    lines: Sequence[Line], marks: Sequence[str | None], repeated: Mapping[str, int], index: int, first: int
) -> float:
    """How much speaks for a line as the title: repeated on the page, byline or text next, long enough, in capitals."""
    line = lines[index]
    score = min(line.words, 8) / 4
    score += 3 * (repeated[line.key] > 1)
    score += sum(mark in ("byline", "dateline") for mark in marks[index + 1 : index + 1 + _NEAR])
    score += marks[index + 1 : index + 2] in (["byline"], ["dateline"])
    score += not any(marks[i] == "boilerplate" or is_section(lines[i]) for i in range(index + 1, first))
    return score + line.is_upper - 3 * names_site(line.text)


def _stands_above_verse(lines: Sequence[Line], marks: Sequence[str | None], index: int) -> bool:
    """Whether a first line above verse or a list is set apart from it as a title is."""
    if _has_byline_below(marks, index):
        return True
    below = lines[index + 1 : index + 4]
    apart = len(below) > 1 and not below[0].attached and all(line.attached for line in below[1:])
    return index == 0 and len(below) == 3 and (apart or (lines[index].is_upper and not below[0].is_upper))
