"""List and front pages, which are no articles.

A list is told by what it lacks (running text that does not hang on a linked headline, one article named in the head,
a date line) and by what it has (cards, a list in JSON-LD, the address of a front page or a section). Both sides are
summed up as evidence; one sign alone decides nothing, for every sign is wrong on some site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.page.headline import Headline
from corpus.page.lines import Line
from corpus.page.metadata import Metadata
from corpus.page.roles import Judged
from corpus.page.survey import Survey
from corpus.page.text import key

_PARAGRAPH = 60
_LINK_TITLE = 20
_FEW_LINKS = 5
_FEW_TEASERS = 3
_MANY_LINKS = 50
_LITTLE_PROSE = 400
_SECTION_TITLE = 25
_FRONTS = ("", "index.html", "index.htm", "index.php", "home", "trang-chu", "default.aspx")
_ARTICLE_SLUG = re.compile(r"(?<![^/-])(?:[^/-]+-){4}|\d{5}")


@dataclass(frozen=True)
class _Prose:
    """Running text of the page's own: its letters, and its longest run of paragraphs between linked headlines."""

    letters: int
    run: int


def looks_like_list(survey: Survey) -> bool:
    """Whether a page without any article text leads to articles; else it is empty."""
    titles = sum(line.link > 0.5 and len(line.text) >= _LINK_TITLE for line in survey.lines)
    cards = zip(survey.lines, survey.carded, strict=True)
    teasers = sum(card and not line.is_link and len(line.text) >= _PARAGRAPH for line, card in cards)
    return titles >= _FEW_LINKS or teasers >= _FEW_TEASERS


def is_list(survey: Survey, headline: Headline, judged: list[Judged], metadata: Metadata, url: str | None) -> bool:
    """Whether the page is a list of articles, not an article."""
    prose = _own_prose(survey, judged)
    article = article_evidence(prose, headline, judged, metadata, url)
    return article <= list_evidence(survey, prose, headline, metadata, url)


def article_evidence(
    prose: _Prose, headline: Headline, judged: list[Judged], metadata: Metadata, url: str | None
) -> float:
    """Signs of one article: its running text above all, then what the head says of it."""
    roles = [item.role for item in judged]
    visible = headline.is_visible
    return (
        min(prose.letters / 300, 4.0)
        + 0.75 * min(prose.run, 4)
        + 0.5 * min(roles.count("caption"), 4)
        + 2.0 * (metadata.linked.articles == 1)
        + 1.0 * (metadata.meta("og:type") == "article")
        + 1.5 * ("article:published_time" in metadata.metas or "datepublished" in metadata.metas)
        + 1.5 * ("dateline" in roles)
        + 0.5 * ("byline" in roles)
        + 1.0 * (visible and len(headline.text or "") > _SECTION_TITLE)
        + 0.5 * (visible and any(key(headline.text or "") in key(claim) for claim in metadata.headlines()))
        + 1.0 * (url is not None and _has_article_slug(url))
    )


def list_evidence(survey: Survey, prose: _Prose, headline: Headline, metadata: Metadata, url: str | None) -> float:
    """Signs of a list: linked headlines, more text in cards than outside, a list or a whole site in the head."""
    lines = survey.lines
    carded = sum(len(line.text) for line, card in zip(lines, survey.carded, strict=True) if card and not line.is_link)
    return (
        2.0 * min(_linked_titles(survey) / _MANY_LINKS, 1.0)
        + 2.0 * (carded > prose.letters)
        + 1.0 * (prose.letters < _LITTLE_PROSE)
        + 1.0 * (prose.run <= 1)
        + 2.0 * (metadata.linked.is_list and metadata.linked.articles != 1)
        + 1.0 * (metadata.meta("og:type") in ("website", "blog", "profile"))
        + 1.5 * (not headline.is_visible)
        + 3.0 * (url is not None and _is_front(url))
    )


def _own_prose(survey: Survey, judged: list[Judged]) -> _Prose:
    letters = run = longest = 0
    for item in judged:
        line = survey.lines[item.number]
        if _is_linked_title(line):
            run = 0
        elif item.role not in ("body", "lead") or len(line.text) < _PARAGRAPH:
            continue
        elif not _follows_linked_title(survey, item.number):
            letters += len(line.text)
            run += 1
            longest = max(longest, run)
    return _Prose(letters, longest)


def _follows_linked_title(survey: Survey, number: int) -> bool:
    """Whether one linked headline stands right above, or above a short line such as a date; several are a list."""
    lines = survey.lines
    above = number - 1
    if above >= 0 and not lines[above].is_link and len(lines[above].text) <= _SECTION_TITLE:
        above -= 1
    return above >= 0 and _is_linked_title(lines[above]) and not (above and _is_linked_title(lines[above - 1]))


def _is_linked_title(line: Line) -> bool:
    return line.is_link and len(line.text) >= _LINK_TITLE


def _linked_titles(survey: Survey) -> int:
    return sum(map(_is_linked_title, survey.lines))


def _has_article_slug(url: str) -> bool:
    return _ARTICLE_SLUG.search(urlsplit(url).path.rsplit("/", 1)[-1]) is not None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/").lower() in _FRONTS and not parts.query
