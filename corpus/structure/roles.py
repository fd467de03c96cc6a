"""The role of each paragraph: what a line is by itself, then what its place on the page makes of it.

Above the running text is the head (menu, title, byline, date), inside it are headings, captions and lists; the foot
below it has a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.structure.boilerplate import is_edge_boilerplate, is_section
from corpus.structure.bylines import is_office_alone, read_byline
from corpus.structure.context import Page, make_page
from corpus.structure.foot import foot_roles
from corpus.structure.headings import is_heading
from corpus.structure.lines import Line
from corpus.structure.marks import OPENING, mark_lines
from corpus.structure.names import has_surname, is_name, is_place
from corpus.structure.openings import read_opening
from corpus.structure.scenes import tells
from corpus.structure.sources import names_site
from corpus.structure.zones import find_zones

_SAPO = 80  # characters of a lead that lost its full stop
_MOST_CAPTION_WORDS = 45
_MOST_PROSE_WORDS = 30  # of a caption that could be running text but for the credit below it
_MOST_TIMES = 2  # a caption is at most so many times as long as its translation with its credit
_MENU = 60  # lines above a line that are looked through for a menu
_BELOW_LEAD = 3  # lines below the lead where its byline may still stand


def assign_roles(lines: Sequence[Line], lang: str, known: Mapping[str, str]) -> list[str]:
    """The role of each line, in order."""
    marks = mark_lines(lines, known)
    page = make_page(lines, marks, find_zones(lines, marks), lang)
    first, last = page.zones.first, page.zones.last
    roles = [head_role(page, index) for index in range(min(first, len(lines)))]
    roles += _middle_roles(page)
    roles += foot_roles(page, max(last + 1, len(roles)))
    _mark_lead(page, roles)
    _give_credits_their_captions(page, roles)
    return roles


def head_role(page: Page, index: int) -> str:
    """The role of a line above the running text."""
    line, mark, title = page.lines[index], page.marks[index], page.zones.title
    if index == title:
        return "title"
    if mark is not None:
        return "boilerplate" if mark == OPENING else mark
    if is_section(line) or is_edge_boilerplate(line) or names_site(line.text):
        return "boilerplate"
    if title is not None and line.key.startswith(page.lines[title].key):
        return "boilerplate"
    if is_place(line.text):
        return "dateline"
    if is_office_alone(line.text) and title is not None and index > title:
        return "byline"
    if page.zones.first < len(page.lines) and read_byline(line.text) and not _is_shouted(line):
        return "byline"
    return _bare_head_role(page, line, title is not None and index > title)


def _bare_head_role(page: Page, line: Line, below_title: bool) -> str:
    """The role of a line in the head that says nothing about itself."""
    if page.zones.first >= len(page.lines):
        return "body"  # there is no running text: verse, a list, a lone line
    if page.shows_scene(line.index):
        return "caption"
    if line.is_legal_heading or (line.index and page.lines[line.index - 1].is_legal_heading):
        return "heading"
    if line.is_item or line.asks:
        return "body"
    if not below_title and _is_in_menu(page, line.index):
        return "boilerplate"
    if below_title and line.end - line.start >= _SAPO:
        return "lead"
    return "heading" if line.words > 3 and not line.goes_on else "boilerplate"


def _is_in_menu(page: Page, index: int) -> bool:
    """Whether a menu stands above the line."""
    above = range(max(0, index - _MENU), index)
    return any(page.marks[i] == "boilerplate" or is_section(page.lines[i]) for i in above)


def _middle_roles(page: Page) -> list[str]:
    """The roles from the first to the last running text."""
    roles = []
    other_articles = False
    for index in range(page.zones.first, page.zones.last + 1):
        mark = page.marks[index]
        if mark == OPENING:
            other_articles = True
        elif mark is None and page.is_running_text(index):
            other_articles = False
        if index == page.zones.title:
            roles.append("title")
        elif (mark is None and page.repeats_title(index)) or mark == OPENING or (other_articles and mark is None):
            roles.append("boilerplate")
        elif mark in ("byline", "dateline", "source_line"):
            roles.append(_stray_role(page, index))
        else:
            broken_off = page.is_fragment(index - 1) and bool(roles) and roles[-1] == "body"
            roles.append(mark or _unmarked_role(page, index, broken_off))
    return roles


def _stray_role(page: Page, index: int) -> str:
    """A byline, date or source among running text: real just below the lead, else a picture's or no such thing."""
    mark = page.marks[index] or "body"
    if mark == "source_line":
        return "credit"
    if index <= page.zones.first + _BELOW_LEAD:
        return mark
    byline = read_byline(page.lines[index].text)
    return mark if byline and byline.sure else "body"


def _unmarked_role(page: Page, index: int, broken_off: bool) -> str:
    """The role of a line among running text that nothing marks; `broken_off` if it follows verse or a list."""
    if _is_byline_below_lead(page, index):
        return "byline"
    if _repeats_caption(page, index) or page.shows_scene(index):
        return "caption"
    return "heading" if is_heading(page, index, broken_off) else "body"


def _is_byline_below_lead(page: Page, index: int) -> bool:
    """A bare name between the lead and the text, where a date or a surname in capitals says that it is a byline."""
    line = page.lines[index]
    if index > page.zones.first + 2 or not is_name(line.text):
        return False
    dated = "dateline" in page.marks[max(0, index - 1) : index + 2]
    return dated or (line.is_upper and not _is_shouted(line) and "byline" not in page.marks[:index])


def _is_shouted(line: Line) -> bool:
    """Whether a line in capitals could be a heading as well as a name: it begins with no surname."""
    return line.is_upper and not has_surname(line.text)


def _repeats_caption(page: Page, index: int) -> bool:
    """Whether a short line beside a caption says the same, in the other language or once more."""
    line = page.lines[index]
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(page.lines) and page.marks[at] == "caption"]
    return any(
        _is_same(line, page.lines[at])
        or (not _has_translation(page, at) and _may_translate(page, line, page.lines[at]))
        for at in beside
    )


def _is_same(line: Line, caption: Line) -> bool:
    """Whether the line is the caption once more without its credit, as the text behind a picture often is."""
    return bool(line.key) and caption.key.lstrip("| ").startswith(line.key.rstrip(" .|"))


def _has_translation(page: Page, index: int) -> bool:
    """Whether a caption already stands beside a caption in the other language."""
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(page.lines) and page.marks[at] == "caption"]
    return any(page.lines[at].lang != page.lines[index].lang for at in beside)


def _may_translate(page: Page, line: Line, caption: Line) -> bool:
    """Whether a line is of the other language and of a caption's length, and no heading of the article."""
    if {line.lang, caption.lang} != {"vi", "en"} or line.words > _MOST_CAPTION_WORDS:
        return False
    size, other = line.end - line.start, caption.end - caption.start
    joined = page.spaced and (line.attached if caption.index < line.index else caption.attached)
    return size <= _MOST_TIMES * other and (joined or line.lang != page.lang or line.ends_sentence)


def _mark_lead(page: Page, roles: list[str]) -> None:
    """The first running paragraph is the lead if a title or a byline stands above it or a dateline opens it."""
    inside = range(page.zones.first, page.zones.last + 1)
    first = next((index for index in inside if roles[index] != "caption"), -1)
    if first < 0 or roles[first] != "body" or page.lines[first].hint or page.lines[first].is_item or "lead" in roles:
        return
    if first > 0 and page.lines[first - 1].is_legal_heading:
        return
    headed = any(role in ("title", "byline", "dateline") for role in roles[:first])
    if headed or read_opening(page.lines[first].text):
        roles[first] = "lead"


def _give_credits_their_captions(page: Page, roles: list[str]) -> None:
    """A short line right above a line that is a credit and nothing else is that picture's caption."""
    for index in range(1, len(roles)):
        line = page.lines[index - 1]
        if roles[index] == "credit" and roles[index - 1] in ("body", "heading") and line.hint is None:
            most = _MOST_PROSE_WORDS if line.is_prose else _MOST_CAPTION_WORDS
            if line.words <= most and not (line.is_item or line.goes_on or tells(line)):
                roles[index - 1] = "caption"
