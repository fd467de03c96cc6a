"""The fields of an article, each from the lines whose role proves it; where nothing proves a field it stays None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.structure.bylines import is_office, read_byline
from corpus.structure.datelines import read_date_line
from corpus.structure.licences import read_license
from corpus.structure.lines import Line
from corpus.structure.names import is_place
from corpus.structure.openings import read_opening
from corpus.structure.sources import Source, agency, is_publisher, read_source

_LONGEST_AUTHOR = 60  # characters of a byline that is kept as it stands
_AGENCY_TAIL = re.compile(
    r"(?:[.!?”\"][ ]?|\./\.[ ]?)[-–—/(]{0,2}[ ]?(?P<agency>[A-Z][\w+]{1,14}(?:/[A-Z][\w+]{1,14})?)\)?\.?$"
)
_TAIL = 60  # characters at the end of the last paragraph in which an agency may sign
_MOST_AUTHORS = 8  # more names are a list of something else
_MENU_LINES = 2  # lines of boilerplate above a title that make a menu; one is the name of the section
_MOST_DATES = 20  # date lines that are looked at


class Article(NamedTuple):
    """Lines with their roles; `first` and `last` are the indices of the first and last running text."""

    lines: Sequence[Line]
    roles: Sequence[str]
    first: int
    last: int

    def of(self, *roles: str) -> list[Line]:
        return [line for line, role in zip(self.lines, self.roles, strict=True) if role in roles]


def make_article(lines: Sequence[Line], roles: Sequence[str]) -> Article:
    """The article with the bounds of its running text."""
    running = [index for index, role in enumerate(roles) if role in ("lead", "body")]
    first, last = (running[0], running[-1]) if running else (len(lines), -1)
    return Article(lines, roles, first, last)


def find_author(article: Article) -> str | None:
    """The authors of the bylines above the text, else of those below it, joined by "; "."""
    above = [line for line in article.of("byline") if line.index <= article.last]
    below = [line for line in article.of("byline") if line.index > article.last]
    for lines in (above, below):
        names = [name for line in lines for name in _authors(article, line)]
        if names:
            return "; ".join(dict.fromkeys(names)) if len(names) <= _MOST_AUTHORS else None
    return None


def _authors(article: Article, line: Line) -> tuple[str, ...]:
    """Who a byline names. One that cannot be read is kept as it stands if a hint or a source below vouches for it."""
    byline = read_byline(line.text)
    if byline is not None:
        return byline.authors
    if is_office(line.text):
        return ()
    if line.hint is None and "source_line" not in article.roles[line.index + 1 : line.index + 3]:
        return ()
    name = line.text.strip(" *_-–—")
    return (name,) if 0 < len(name) <= _LONGEST_AUTHOR and not any(char.isdigit() for char in name) else ()


def find_published(article: Article) -> tuple[str | None, str | None]:
    """The date of publication and its precision: behind a label anywhere, else on a line beside title or byline."""
    dated = [(line, read_date_line(line.text)) for line in article.of("byline", "dateline")]
    known = [(line, found, found.date) for line, found in dated if found is not None and found.date is not None]
    for _, found, date in known:
        if found.labelled:
            return date.iso, date.precision
    for line, _, date in [*known[:_MOST_DATES], *known[_MOST_DATES:][-_MOST_DATES:]]:
        if _stands_beside(article, line):
            return date.iso, date.precision
    return None, None


def _stands_beside(article: Article, line: Line) -> bool:
    """Whether an unlabelled date belongs to the article: not to the clock of the page, nor to a signature."""
    if "," in line.text and is_place(line.text.split(",")[0]):
        return False
    if article.roles[line.index] == "byline":
        return True
    near = range(max(0, line.index - 2), min(len(article.lines), line.index + 3))
    if line.index > article.last:
        return any(article.roles[i] == "byline" for i in near)
    title = article.roles.index("title") if "title" in article.roles else None
    if title is not None and line.index < title:
        # A page shows today's date in its menu. Above the title only a date without a menu belongs to the article.
        others = [i for i in range(title + 1, len(article.lines)) if article.roles[i] == "dateline"]
        return list(article.roles[:title]).count("boilerplate") < _MENU_LINES and not others
    return title is not None or any(article.roles[i] == "byline" for i in near)


def find_sources(article: Article) -> Source:
    """Site and address, from the surest: a source line with an address, the opening, another source line, a byline."""
    sources = [(line, read_source(line.text)) for line in article.of("source_line")]
    found = [(line, source) for line, source in sources if source is not None]
    addressed = [(line, source) for line, source in found if source.url]
    labelled = [source for line, source in addressed if not line.text.startswith(("http", "www"))]
    if labelled or len(addressed) == 1:
        return labelled[0] if labelled else addressed[0][1]
    sites = [source.site for _, source in found if source.site]
    sites += [line.text for line, source in sources if source is None and is_publisher(line.text)]
    return Source(_opening_site(article) or (sites[0] if sites else None) or _signing_agency(article), None)


def _opening_site(article: Article) -> str | None:
    for line in _opening_lines(article):
        opening = read_opening(line.text)
        if opening and opening.site:
            return opening.site
    return None


def _opening_lines(article: Article) -> list[Line]:
    """The paragraphs that a dateline may open: the lead and the first running text."""
    first = [article.lines[article.first]] if article.first <= article.last else []
    return [*article.of("lead")[:1], *first]


def _signing_agency(article: Article) -> str | None:
    """The agency beside a byline or a date, or the one that signs the last paragraph: "…, he said. — VNS"."""
    for line in article.of("byline"):
        byline = read_byline(line.text)
        if byline and byline.site:
            return byline.site
    for line in article.of("dateline"):
        dated = read_date_line(line.text)
        for part in dated.rest.split("|") if dated else ():
            name = part.strip(" ()[],")
            if agency(name) or is_publisher(name):
                return name
    if article.last < 0:
        return None
    tail = _AGENCY_TAIL.search(article.lines[article.last].text[-_TAIL:])
    return tail["agency"] if tail and agency(tail["agency"]) else None


def find_place(article: Article) -> str | None:
    """The place that opens the lead, or the title before a colon, or that stands beside the date of the head."""
    for line in [*_opening_lines(article), *article.of("title")[:1]]:
        opening = read_opening(line.text)
        if opening and opening.place:
            return opening.place
    for line in article.of("dateline"):
        dated = read_date_line(line.text)
        rest = dated.rest.split("|")[0].strip(" ,") if dated else line.text
        if line.index < article.first and is_place(rest):
            return rest
    return None


def find_license(article: Article) -> str | None:
    """The licence of use that a line outside the text states."""
    for line in article.of("boilerplate", "source_line"):
        stated = read_license(line.text)
        if stated:
            return stated
    return None


def precision_of(published: str) -> str:
    """How precise an ISO date is: "2020" is a year, "2020-12" a month, anything longer a day.

    >>> precision_of("2020-12"), precision_of("2020-12-18T18:12:00+07:00")
    ('month', 'day')
    """
    return {4: "year", 7: "month"}.get(len(published), "day")
