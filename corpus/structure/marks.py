"""What a line is by itself, whatever stands around it: a credit, a date line, a labelled byline, a button of the page.

A mark is a role, or "opening" for the head of a list of other articles, or None where only the context can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.orthography import shadow
from corpus.structure.boilerplate import is_boilerplate, names_section, opens_other_articles
from corpus.structure.bylines import read_byline
from corpus.structure.captions import has_caption_and_credit, is_credit_only
from corpus.structure.datelines import read_date_line
from corpus.structure.licences import read_license
from corpus.structure.lines import SHORT, Line
from corpus.structure.names import is_place
from corpus.structure.records import ROLES
from corpus.structure.sources import agency, is_publisher, read_source

OPENING = "opening"
_LONGEST_INITIALS = 3  # letters; a reporter's mark beside the date: "26/03/2020 HH"


def mark_lines(lines: Sequence[Line], known: Mapping[str, str]) -> list[str | None]:
    """The mark of each line; `known` are fields given with the article, whose title and author a line may repeat."""
    repeated = {shadow(known[name]): role for name, role in (("author", "byline"), ("title", "title")) if name in known}
    marks: list[str | None] = []
    titled = any(line.hint == "title" for line in lines)
    for line in lines:
        mark = repeated.get(line.key) if line.key and line.hint is None else None
        if mark == "title" and titled:
            mark = "boilerplate"
        titled = titled or mark == "title"
        marks.append(mark or _mark(line))
    return marks


def _mark(line: Line) -> str | None:
    if line.hint in ROLES:
        return _hinted(line)
    if not line.key:
        return "source_line" if len(line.text) < 6 * SHORT and read_source(line.text) else None
    if opens_other_articles(line):
        return OPENING
    dated = _dated(line)
    if dated == "dateline":
        return dated
    if is_boilerplate(line):
        return "boilerplate"
    if read_source(line.text) is not None:
        return "source_line"
    if is_credit_only(line):
        return "credit"
    if read_license(line.text) is not None:
        return "boilerplate"
    return dated or ("caption" if has_caption_and_credit(line) else None)


def _hinted(line: Line) -> str | None:
    """The hint, but that a caption which holds a credit alone is a credit."""
    return "credit" if line.hint == "caption" and is_credit_only(line) else line.hint


def _dated(line: Line) -> str | None:
    """A byline that says so, or that stands on one line with a date; a line of date and place alone."""
    byline = read_byline(line.text)
    dated = read_date_line(line.text)
    if byline and (byline.sure or dated):
        return "byline"
    if dated is None:
        return None
    rest = [part.strip() for part in dated.rest.split("|") if part.strip()]
    return "dateline" if all(is_place(part) or _is_small(part) for part in rest) else None


def _is_small(part: str) -> bool:
    """Whether what is left beside a date is the name of a section or a newspaper, which date lines carry along."""
    name = part.strip(" ()[],")
    if all(word.isupper() and len(word) <= _LONGEST_INITIALS for word in name.split()):
        return True
    return names_section(name) or agency(name) is not None or is_publisher(name)
