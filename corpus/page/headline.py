"""The title of an article: the headline a reader sees, before the one the head claims."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.page.metadata import Metadata, without_site
from corpus.page.survey import Survey
from corpus.page.text import key
from corpus.page.tree import Element, ancestors

_SHORTEST = 8
_SECTION_LENGTH = 22
_LONGEST = 400
_ENOUGH = 2.0
_LEVELS = {"h1": 5.0, "h2": 0.5, "h3": 0.0, "h4": -0.5}
_TITLED = frozenset(("div", "p", "span", "td"))
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Headline:
    """A title, and the half-open range of lines it is read from; the range is empty when no line shows it."""

    text: str | None
    first: int = 0
    last: int = 0

    @property
    def is_visible(self) -> bool:
        return self.last > self.first


def claimed_titles(metadata: Metadata, sites: frozenset[str]) -> frozenset[str]:
    """Keys of what the head calls the article."""
    return frozenset(key(without_site(claim, sites)) for claim in metadata.headlines())


def find_headline(survey: Survey, metadata: Metadata, sites: frozenset[str]) -> Headline:
    """The visible headline; else the claimed one, without the site's name."""
    sections = _sections(survey)
    claims = [without_site(claim, sites) for claim in metadata.headlines()]
    claims = [claim for claim in claims if len(claim) >= _SHORTEST and key(claim) not in sites | sections]
    judge = _Judge(survey, sites, sections, _confirmed(survey, frozenset(map(key, claims))))
    best, best_score = Headline(None), _ENOUGH - 0.01
    for first, last in _candidates(survey, judge.claimed):
        text = " ".join(line.text for line in survey.lines[first:last])
        if not _SHORTEST <= len(text) <= _LONGEST:
            continue
        score = judge.score(first, last, text)
        if score > best_score:
            best, best_score = Headline(text, first, last), score
    return best if best.text else Headline(claims[0] if claims else None)


def _confirmed(survey: Survey, claimed: frozenset[str]) -> frozenset[str]:
    """The claims that some line of the page bears out, in part at least: a title such as "Chi tiết tin" is none."""
    shown = [key(line.text) for line in survey.lines if not line.is_link and len(line.text) <= _LONGEST]
    return frozenset(claim for claim in claimed if any(_alike(claim, own) for own in shown))


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 15 and (one in other or other in one))


def _candidates(survey: Survey, claimed: frozenset[str]) -> list[tuple[int, int]]:
    """Lines that may be the headline: headings, elements whose class says title, lines that say what is claimed."""
    kinds = survey.layout.kinds
    marked = [
        (first, last)
        for element, (first, last) in survey.layout.spans.items()
        if 0 < last - first <= 3
        and (element.tag in _LEVELS or (element.tag in _TITLED and "title" in kinds.get(element, _NOTHING)))
    ]
    lines = enumerate(survey.lines)
    saying = [(number, number + 1) for number, line in lines if not line.is_link and key(line.text) in claimed]
    return marked + saying


def _sections(survey: Survey) -> frozenset[str]:
    """Keys of short links and of short lines in menus and breadcrumbs: names of sections."""
    return frozenset(
        key(line.text)
        for line, noise in zip(survey.lines, survey.noise, strict=True)
        if (noise or line.is_link) and len(line.text) <= 2 * _SECTION_LENGTH
    )


@dataclass(frozen=True)
class _Judge:
    """How surely some lines are the headline. A heading of level 1 wins unless it names the site or a section."""

    survey: Survey
    sites: frozenset[str]
    sections: frozenset[str]
    claimed: frozenset[str]

    def score(self, first: int, last: int, text: str) -> float:
        lines = self.survey.lines[first:last]
        own, level = key(text), lines[0].heading or lines[0].element.tag
        titled = "title" in self.survey.layout.kinds.get(lines[0].element, _NOTHING)
        score = _LEVELS.get(level, -0.5) + titled + self._claim(own, level == "h1", titled)
        if own in self.sites:
            score -= 6.0
        elif own not in self.claimed and own in self.sections:
            score -= 4.0
        elif own not in self.claimed and len(text) < _SECTION_LENGTH:
            score -= 2.0
        if all(line.is_link for line in lines):
            score -= 1.0 if own in self.claimed else 2.5
        if self.survey.noise[first]:
            score -= 3.0
        if _in_site_header(lines[0].element):
            score -= 3.0
        return score - first / (10 * len(self.survey.lines) + 1)  # of equals the first

    def _claim(self, own: str, is_first_level: bool, titled: bool) -> float:
        """What it counts that the head claims this title. If it claims none, class names must be believed."""
        if own in self.claimed:
            return 4.0
        if any(_alike(own, claim) for claim in self.claimed):
            return 2.0
        if is_first_level:
            return 0.0
        return 2.0 if titled and not self.claimed else -3.0


def _in_site_header(element: Element) -> bool:
    above = {outer.tag for outer in ancestors(element)}
    return bool(above & {"nav", "footer"}) or ("header" in above and not above & {"article", "main"})
