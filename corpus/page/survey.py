"""Which lines are the site's furniture, which are cards that lead to other articles, and where the prose lies.

Three signs, none of them tied to a site: the words in class names, the shape (several alike siblings, each with a
linked headline), and the share of letters that are links. What holds the headline, the body's container or most of the
running text is never furniture, whatever its class says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, takewhile

from corpus.page.lines import Layout, Line
from corpus.page.text import ends_sentence, key, word_set
from corpus.page.tree import Element, ancestors

_FURNITURE_TAGS = word_set("nav footer aside menu dialog amp-sidebar")
_FURNITURE = word_set("furniture gadget comments")
_NUMBER = re.compile(r"\d")
_NOTHING: frozenset[str] = frozenset()
_LEAST = 25  # letters of a line that may be running text
_PROSE = 60  # letters of a paragraph
_LONG_PROSE = 120
_CARD_LINES = 6
_CARD_LETTERS = 900
_CARD_TITLE = 15
_ALIKE = 3  # siblings of a kind that make cards of each other
_NEAR = 5  # lines of an element that stands close round one of them
_GADGET = 400  # letters of running text that no share bar, advertisement or player holds
_SOME = 100  # letters of running text that make an element meant for the body a body
_LEAD = 0.25  # share of a body's running text that its lead may have
_MOST = 0.5  # share of the running text that no furniture holds


class Survey:
    """The layout of a page with every line judged. All sums over a range of lines take constant time."""

    def __init__(self, layout: Layout, titles: frozenset[str] = frozenset()) -> None:
        """`titles` are keys of what the head calls the article: a line that says so heads no card, linked or not."""
        self.layout = layout
        self.lines = layout.lines
        self.noise = [False] * len(self.lines)
        self.carded = [False] * len(self.lines)
        self._titles = titles
        self._letters = _sums(len(line.text) for line in self.lines)
        self._headlines = _sums(line.heading == "h1" for line in self.lines)
        weights = [_weight(line) for line in self.lines]
        self._mark_cards()
        self._prose = self._weigh(weights)
        self._mark_furniture()
        self._prose = self._weigh(weights)

    def letters(self, first: int, last: int) -> int:
        return int(self._letters[last] - self._letters[first])

    def prose(self, first: int, last: int) -> float:
        """How much running text the lines hold that is neither furniture nor card, about in letters."""
        return self._prose[last] - self._prose[first]

    def near_kinds(self, number: int, container: Element | None = None) -> frozenset[str]:
        """What the elements close round a line are for: those with few lines beside it, below the container."""
        found = _NOTHING
        for element in ancestors(self.lines[number].element):
            first, last = self.layout.spans.get(element, (0, 0))
            if last - first > _NEAR or element is container:
                break
            found |= self.layout.kinds.get(element, _NOTHING)
        return found

    def _weigh(self, weights: list[float]) -> list[float]:
        return _sums(0.0 if noise else weight for weight, noise in zip(weights, self.noise, strict=True))

    def _mark_furniture(self) -> None:
        total = self._prose[-1] or 1.0
        around_body = self._around_body()
        bodies = [self.layout.spans.get(element, (0, 0)) for element in self._bodies()]
        for element, (first, last) in self.layout.spans.items():
            found = self.layout.kinds.get(element, _NOTHING)
            tagged = element.tag in _FURNITURE_TAGS
            if first == last or not (tagged or found & _FURNITURE):
                continue
            has_headline = self._headlines[last] > self._headlines[first]
            if not tagged and (has_headline or element in around_body or _is_body(found)):
                continue
            if found & _FURNITURE == {"gadget"} and self.prose(first, last) > _GADGET:
                continue
            may_be_body = self.prose(first, last) / total >= _MOST and not self._has_body_beside(first, last, bodies)
            if not may_be_body or "comments" in found or element.tag in ("nav", "footer"):
                self.noise[first:last] = [True] * (last - first)

    def _has_body_beside(self, first: int, last: int, bodies: list[tuple[int, int]]) -> bool:
        """Whether an element meant for the body holds more than a lead besides these lines."""
        own = self.prose(first, last)
        for start, end in bodies:
            within = start <= first and last <= end and (start, end) != (first, last)
            if within and own >= _GADGET:
                rest = self.prose(start, end) - own
                if rest >= _LEAD * own:
                    return True
            elif self.prose(start, end) >= _SOME:
                return True
        return False

    def _bodies(self) -> list[Element]:
        """The elements meant for the body, as their class says ("content-detail-sapo" is meant for the lead)."""
        meant = self.layout.kinds.items()
        return [
            element for element, found in meant if _is_body(found) and not found & _FURNITURE and "lead" not in found
        ]

    def _around_body(self) -> set[Element]:
        """The elements that hold one meant for the body."""
        around: set[Element] = set()
        for element in self._bodies():
            for outer in element.iterancestors():
                if outer in around:
                    break
                around.add(outer)
        return around

    def _mark_cards(self) -> None:
        """Alike siblings with a linked headline each: lists of articles, menus, boxes of related news; lone cards."""
        groups: dict[tuple[Element, str, str], list[tuple[int, int]]] = {}
        for element, (first, last) in self.layout.spans.items():
            parent = element.getparent()
            if parent is None or not self._is_card(first, last):
                continue
            groups.setdefault((parent, element.tag, _sort(element)), []).append((first, last))
            if self._is_lone_card(element, first, last):
                self._mark_card(first, last)
        for group in groups.values():
            if len(group) >= _ALIKE:
                for first, last in group:
                    self._mark_card(first, last)

    def _mark_card(self, first: int, last: int) -> None:
        self.noise[first:last] = self.carded[first:last] = [True] * (last - first)

    def _is_card(self, first: int, last: int) -> bool:
        """A few lines, one of them linked and as long as a headline, none of them the page's own headline."""
        if not 0 < last - first <= _CARD_LINES or self.letters(first, last) > _CARD_LETTERS:
            return False
        heads = [line for line in self.lines[first:last] if line.is_link and len(line.text) >= _CARD_TITLE]
        if not heads or self._headlines[last] > self._headlines[first]:
            return False
        return not any(key(line.text) in self._titles for line in heads)

    def _is_lone_card(self, element: Element, first: int, last: int) -> bool:
        """A linked headline followed by a paragraph or two, which say what the linked article is about."""
        head, *rest = self.lines[first:last]
        if not head.is_link or "body" in self.layout.kinds.get(element, _NOTHING):
            return False
        paragraphs = sum(not line.is_link and len(line.text) >= _PROSE for line in rest)
        if head.heading:
            return 1 <= paragraphs <= 2
        return paragraphs == 1 and (head.bold > 0.8 or _is_linked_block(head, element))


def _sort(element: Element) -> str:
    """The class that alike siblings share: the first without a number of its own ("post-123" has one), or none."""
    return next((name for name in (element.get("class") or "").split() if not _NUMBER.search(name)), "")


def _is_linked_block(line: Line, card: Element) -> bool:
    """Whether the link stands round a whole block of the card, as it does round a picture with its title."""
    inside = takewhile(lambda element: element is not card, ancestors(line.element))
    return any(element.tag == "a" for element in inside)


def _is_body(found: frozenset[str]) -> bool:
    """Whether an element is meant for the body; gadgets in its class (ads, share) do not change that."""
    return "body" in found and not found & {"furniture", "comments"}


def _weight(line: Line) -> float:
    """How much a line looks like running text: its letters, fewer when it is short, none when it is a link."""
    size = len(line.text)
    if line.link >= 0.5 or size < _LEAST:
        return 0.0
    if line.captioned or line.row:
        return 0.5 * size
    if size < _PROSE:
        return 0.2 * size
    if size >= _LONG_PROSE or "," in line.text or ends_sentence(line.text):
        return float(size)
    return 0.3 * size


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))
