"""Below the running text: the byline, the source, and what the page adds.

A name at the foot is a byline only where nothing but page follows it; a list of names is a list. A short line in title
case right above the source line is the byline even if no name can be read in it: machine translation turns the name
Vì Hiện into "Because of the Present".
"""

from __future__ import annotations

from corpus.structure.boilerplate import is_edge_boilerplate, is_section
from corpus.structure.bylines import is_office_alone, is_unread_byline, read_byline
from corpus.structure.context import Page
from corpus.structure.lines import Line
from corpus.structure.marks import OPENING
from corpus.structure.names import has_surname, is_place
from corpus.structure.sources import is_publisher

_MOST_NAMES = 2  # bare names in a row; three are a list
_SENTENCE_WORDS = 6  # of a line without a full stop that may still be the end of the text
_LONGEST_FRAGMENT = 160  # characters
_MOST_SIGNING_WORDS = 16
_SHOUTED = 3  # words in capitals; more of them are a heading unless a surname begins them
_OFFICE_WORDS = 9
_FOOT = 200  # lines below a name that are looked through


def foot_roles(page: Page, start: int) -> list[str]:
    """The roles of the lines from `start` to the end of the page."""
    roles: list[str] = []
    closed = ended = False
    for index in range(start, len(page.lines)):
        role = _marked_role(page, index, closed) or _unmarked_role(page, index, closed, ended)
        closed = closed or page.marks[index] == OPENING or (role == "boilerplate" and _closes(page, page.lines[index]))
        ended = ended or role in ("byline", "source_line")
        roles.append(role)
    return roles


def _closes(page: Page, line: Line) -> bool:
    """Whether the page goes on with other things behind this line."""
    return is_edge_boilerplate(line) or page.repeats_title(line.index)


def _marked_role(page: Page, index: int, closed: bool) -> str | None:
    mark = page.marks[index]
    if mark == OPENING or (closed and mark in ("caption", "credit", "dateline")):
        return "boilerplate"
    return mark


def _unmarked_role(page: Page, index: int, closed: bool, ended: bool) -> str:
    line = page.lines[index]
    if closed or is_section(line) or is_edge_boilerplate(line) or page.repeats_title(line.index):
        return "boilerplate"
    if is_publisher(line.text) and not line.ends_sentence:
        return "source_line"
    if line.words <= _MOST_SIGNING_WORDS and _signs(page, index):
        return "byline"
    if not line.ends_sentence and line.end - line.start <= _LONGEST_FRAGMENT:
        if is_place(line.text):
            return "dateline"
        if ended or (line.words < 2 and index > page.zones.last):
            return "boilerplate"
    return "caption" if page.shows_scene(index) else "body"


def _signs(page: Page, index: int) -> bool:
    """Whether the line is the name below the article."""
    line = page.lines[index]
    if page.zones.last < 0 or is_place(line.text):
        return False
    if line.words <= _OFFICE_WORDS and is_office_alone(line.text):
        return _follows_text(page, index) and _nothing_below(page, index)
    if is_unread_byline(line.text) and (_is_source_next(page, index) or _is_last_word(page, index)):
        return True
    if read_byline(line.text) is None or (line.is_upper and line.words > _SHOUTED and not has_surname(line.text)):
        return False
    above, below = _bare_neighbours(page, index, -1), _bare_neighbours(page, index, 1)
    if above + 1 + below > _MOST_NAMES:
        return False
    return _follows_text(page, index - above) and _nothing_below(page, index + below)


def _is_source_next(page: Page, index: int) -> bool:
    below = page.marks[index + 1 : index + 3]
    return bool(below) and (below[0] == "source_line" or below[:2] == ["dateline", "source_line"])


def _is_last_word(page: Page, index: int) -> bool:
    """Whether a line of a few capitalised words ends an English page right below its text."""
    line = page.lines[index]
    last = index == len(page.lines) - 1 and index - 1 == page.zones.last
    return last and line.lang != "vi" and 2 <= line.words <= 4 and page.lines[index - 1].ends_sentence


def _bare_neighbours(page: Page, index: int, step: int) -> int:
    """How many more bare names stand next to this line in one direction, counted to the limit."""
    count = 0
    at = index + step
    while 0 <= at < len(page.lines) and page.marks[at] is None and count < _MOST_NAMES:
        if page.is_running_text(at) or read_byline(page.lines[at].text) is None:
            break
        count += 1
        at += step
    return count


def _follows_text(page: Page, index: int) -> bool:
    """Whether the line above is text, which may have lost its full stop, and not a list or the office of a signer."""
    if index == 0:
        return False
    above = page.lines[index - 1]
    if not page.is_fragment(index - 1) or index - 1 <= page.zones.last:
        return not above.opens_list
    alone = index < 2 or not page.is_fragment(index - 2) or index - 2 <= page.zones.last
    return alone and above.words >= _SENTENCE_WORDS and not above.is_upper


def _nothing_below(page: Page, index: int) -> bool:
    """Whether no sentence of the article follows."""
    for below in range(index + 1, min(index + 1 + _FOOT, len(page.lines))):
        if page.marks[below] == OPENING or is_edge_boilerplate(page.lines[below]):
            return True
        if page.marks[below] is None and page.lines[below].ends_sentence and not page.repeats_title(below):
            return False
    return True
