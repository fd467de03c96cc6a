"""Where the article lies on the page: the body's container, and the frame that holds it together with the headline.

The container is the element with the best product of two shares: how much of the page's running text it holds, and how
much of what it holds is running text. The first alone would take the whole page, the second alone a single paragraph
(the idea of text density in Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features",
2010).
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.page.headline import Headline
from corpus.page.lines import Line
from corpus.page.rules import starts_with
from corpus.page.survey import Survey
from corpus.page.text import word_set
from corpus.page.tree import Element, ancestors

_CONTAINERS = word_set(
    "div article section main td form body html center blockquote table tbody tr span font li dd amp-body"
)
_BODY_BONUS = 1.3
_FURNITURE_PENALTY = 0.8
_ASTRAY_PENALTY = 0.3  # for what ends above the headline, or begins far below it
_MOST = 0.65  # share of the container's running text
_PARAGRAPH = 20  # letters of running text, for shorter lines count little
_LONGEST_LABEL = 40
_FARTHEST_HEADER = 60  # lines between headline and body
_ABOVE = 10  # lines above the headline, or above a body without one, in which its date may stand
_FOOT = 12  # lines below the body in which author and source may stand


@dataclass(frozen=True)
class Region:
    """Half-open ranges of lines: the body; above the headline; between headline and body; below the body."""

    body: tuple[int, int]
    above: tuple[int, int]
    header: tuple[int, int]
    foot: tuple[int, int]
    container: Element | None = None


def find_region(survey: Survey, headline: Headline) -> Region:
    """The article's place. Without any running text the body is an empty range."""
    container = find_container(survey, headline)
    if container is None:
        nowhere = (headline.last, headline.last)
        return Region(nowhere, nowhere, nowhere, nowhere)
    container = _tightened(survey, container, headline)
    first, last = survey.layout.spans[container]
    frame = _frame(survey, container, headline)
    foot = (last, min(last + _FOOT, frame[1]))
    if headline.is_visible and first <= headline.first < last:
        above = (max(first, headline.first - _ABOVE), headline.first)
        return Region((headline.last, last), above, (headline.last, headline.last), foot, container)
    if headline.is_visible and headline.last <= first <= headline.last + _FARTHEST_HEADER:
        above = (max(frame[0], headline.first - _ABOVE), headline.first)
        return Region((first, last), above, (headline.last, first), foot, container)
    header = (max(frame[0], first - _ABOVE), first)
    return Region((first, last), (header[0], header[0]), header, foot, container)


def find_container(survey: Survey, headline: Headline) -> Element | None:
    """The element that holds the body of the article, or None on a page without running text."""
    total = survey.prose(0, len(survey.lines))
    best, best_score = None, 0.0
    for element, (first, last) in survey.layout.spans.items():
        prose = survey.prose(first, last)
        if element.tag not in _CONTAINERS or prose <= 0:
            continue
        score = (prose / total) * (prose / survey.letters(first, last))
        kinds = survey.layout.kinds.get(element, frozenset())
        if "body" in kinds:
            score *= _BODY_BONUS
        elif "furniture" in kinds:
            score *= _FURNITURE_PENALTY
        if headline.is_visible and (last <= headline.first or first > headline.last + _FARTHEST_HEADER):
            score *= _ASTRAY_PENALTY
        if score > best_score:
            best, best_score = element, score
    return best


def _tightened(survey: Survey, container: Element, headline: Headline) -> Element:
    """The element right round most of the container's paragraphs, where what lies outside it is another matter.

    A container that no class marks may hold comments and share bars too. Above the paragraphs a lead may stand; below
    them running text is another matter when a link or a label parts it from them.
    """
    if "body" in survey.layout.kinds.get(container, frozenset()):
        return container
    start, end = survey.layout.spans[container]
    holder = _holder(survey, start, end)
    first, last = survey.layout.spans[holder]
    if not start <= first < last <= end or survey.prose(first, last) < _MOST * survey.prose(start, end):
        return container
    above = range(max(start, headline.last) if headline.first < first else start, first)
    if sum(survey.prose(number, number + 1) >= _PARAGRAPH for number in above) > 1:
        return container
    for number in range(last, end):
        if _parts(survey.lines[number]):
            return holder
        if survey.prose(number, number + 1) >= _PARAGRAPH:
            return container
    return holder


def _parts(line: Line) -> bool:
    """Whether a line parts the article from what follows: a link, or a label such as "Bình luận (2)"."""
    label = starts_with("label").match(line.text) or starts_with("leads away").match(line.text)
    return line.is_link or (label is not None and len(line.text) <= _LONGEST_LABEL)


def _holder(survey: Survey, start: int, end: int) -> Element:
    """Of the elements right round a paragraph the one with the most running text of its own."""
    spans = survey.layout.spans
    held: dict[Element, float] = {}
    for number in range(start, end):
        element = survey.lines[number].element
        parent = element.getparent()
        is_paragraph = parent is not None and parent in spans and spans[element][1] - spans[element][0] == 1
        holder = parent if is_paragraph else element
        held[holder] = held.get(holder, 0.0) + survey.prose(number, number + 1)
    return max(held, key=lambda element: held[element])


def _frame(survey: Survey, container: Element, headline: Headline) -> tuple[int, int]:
    """The lines of the innermost element that holds both headline and body, or two levels round the body."""
    spans = survey.layout.spans
    around = [spans[outer] for outer in ancestors(container) if outer in spans]
    if headline.is_visible:
        for first, last in around:
            if first <= headline.first and headline.last <= last:
                return first, last
    return around[min(2, len(around) - 1)]
