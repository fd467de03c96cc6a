"""The page as the rules about roles see it: its lines, their marks, its zones, and who stands next to whom.

The neighbours are worked out once for all lines, so that a page of a hundred thousand lines costs a hundred thousand
steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.structure.lines import Line
from corpus.structure.scenes import count_words, shows_scene
from corpus.structure.zones import Zones, is_content

_RUN = 4  # lines that are looked at on each side of a line to see whether it stands in a run


@dataclass(frozen=True)
class Page:
    """`prose_above[i]` is the nearest long paragraph before line i within the running text, `text_above[i]` the nearest
    line that nothing marks; -1 where there is none. `_below` likewise. `questions` counts the short lines that ask;
    `spaced` says that blank lines part most paragraphs, so that lines without one belong together."""

    lines: Sequence[Line]
    marks: Sequence[str | None]
    zones: Zones
    lang: str
    prose_above: Sequence[int]
    prose_below: Sequence[int]
    text_above: Sequence[int]
    text_below: Sequence[int]
    questions: int
    spaced: bool

    def around(self, index: int) -> list[Line]:
        """The nearest long paragraphs on both sides of a line."""
        return [self.lines[at] for at in (self.prose_above[index], self.prose_below[index]) if at >= 0]

    @cached_property
    def words(self) -> Counter[str]:
        """How often the running text uses each word; captions repeat its words."""
        inside = self.lines[max(0, self.zones.first) : self.zones.last + 1]
        return count_words(line.text for line in inside)

    def shows_scene(self, index: int) -> bool:
        beside = "caption" in (*self.marks[max(0, index - 1) : index], *self.marks[index + 1 : index + 2])
        return shows_scene(self.lines[index], self.around(index), self.words, beside)

    def repeats_title(self, index: int) -> bool:
        title = self.zones.title
        return title is not None and title != index and self.lines[index].key == self.lines[title].key != ""

    def is_running_text(self, index: int) -> bool:
        return is_content(self.lines[index], self.marks[index])

    def is_fragment(self, index: int) -> bool:
        """Whether an unmarked line is neither running text nor a sentence."""
        line = self.lines[index]
        ends = line.ends_sentence or line.goes_on or line.is_item
        return self.marks[index] is None and not ends and not line.is_prose

    def run_of_fragments(self, index: int) -> int:
        """How many fragments in a row a line stands among, counted no further than a few lines."""
        after = _leading(self.is_fragment(i) for i in range(index, min(index + _RUN, len(self.lines))))
        before = _leading(self.is_fragment(i) for i in range(index - 1, max(index - _RUN, -1), -1))
        return before + after


def make_page(lines: Sequence[Line], marks: Sequence[str | None], zones: Zones, lang: str) -> Page:
    """The page with the neighbours of every line."""
    inside = range(zones.first, zones.last + 1)
    prose = [i in inside and marks[i] in (None, "body", "lead") and line.is_prose for i, line in enumerate(lines)]
    text = [mark in (None, "body", "lead") for mark in marks]
    questions = sum(line.asks and bool(line.key) and mark is None for line, mark in zip(lines, marks, strict=True))
    spaced = 2 * sum(line.attached for line in lines) < len(lines)
    return Page(
        lines, marks, zones, lang, _before(prose), _after(prose), _before(text), _after(text), questions, spaced
    )  # fmt: skip


def _before(flags: Sequence[bool]) -> list[int]:
    """For each place the nearest true place before it, or -1."""
    nearest, found = [], -1
    for index, flag in enumerate(flags):
        nearest.append(found)
        if flag:
            found = index
    return nearest


def _after(flags: Sequence[bool]) -> list[int]:
    """For each place the nearest true place after it, or -1."""
    mirrored = _before(flags[::-1])
    return [len(flags) - 1 - at if at >= 0 else -1 for at in mirrored[::-1]]


def _leading(flags: Iterable[bool]) -> int:
    """How many are true before the first that is not."""
    count = 0
    for flag in flags:
        if not flag:
            break
        count += 1
    return count
