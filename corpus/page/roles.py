"""What each line of the article is: the marks a page sets on it, its words and its neighbours decide, in that order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.page.captions import credit_of
from corpus.page.cues import (
    LONGEST_BYLINE,
    SHORT,
    is_caption,
    is_signature,
    leads_away,
    marked_role,
    worded_role,
)
from corpus.page.headline import Headline
from corpus.page.lines import Line
from corpus.page.published import read_day
from corpus.page.region import Region
from corpus.page.survey import Survey
from corpus.page.text import ends_sentence, key
from corpus.page.tree import ancestors

_LEAD = 40
_LONGEST_HEADING = 160
_COUNTS_ONCE = 15  # letters
_NO_WORDS = re.compile(r"[\W\d_]{1,40}")
_ABOVE = frozenset(("byline", "dateline"))
_HEADER = frozenset(("byline", "dateline", "lead", "caption", "credit", "source_line"))
_FOOT = frozenset(("byline", "dateline", "source_line"))


@dataclass
class Judged:
    """A line of the article with its role, and the photographer of a caption."""

    number: int
    role: str
    credit: str | None = None


class RoleReader:
    """Reads an article's lines in order and remembers: a title, a lead and a caption count once."""

    def __init__(self, survey: Survey, region: Region, headline: Headline, sites: frozenset[str]) -> None:
        self.survey, self.region, self.headline, self.sites = survey, region, headline, sites
        self.judged: list[Judged] = []
        self._once = {key(headline.text or "")}
        self._has_lead = False
        self._has_prose = False

    def read(self) -> list[Judged]:
        """The article from headline to foot: title, byline and date line, lead, body, signature.

        Outside the container of the body only what belongs to an article is taken; inside it nothing is thrown away,
        and what does not belong is boilerplate.
        """
        self.judged += [Judged(number, "title") for number in range(self.headline.first, self.headline.last)]
        for numbers, wanted in ((self.region.above, _ABOVE), (self.region.header, _HEADER)):
            for number in range(*numbers):
                role = self._around(number) or self._in_header(number)
                if role in wanted and not self._is_repeated(number):
                    self._keep(number, role)
        for number in range(*self.region.body):
            self._keep(number, self._inside(number))
        self._sign()
        self._trim()
        self._read_foot()
        return self.judged

    def _read_foot(self) -> None:
        """Author and source may stand right below the body; the first furniture of the site ends the article."""
        for number in range(*self.region.foot):
            if self.survey.noise[number]:
                return
            role = self._around(number)
            if role is None and is_signature(self.survey.lines[number], self.sites):
                role = "byline"
            if role in _FOOT:
                self._keep(number, role)

    def _keep(self, number: int, role: str) -> None:
        line = self.survey.lines[number]
        if role in ("lead", "caption", "heading", "body") and self._is_repeated(number):
            role = "boilerplate"
        if role in ("lead", "caption"):
            self._once.add(key(line.text))
        self._has_lead |= role == "lead"
        self._has_prose |= role == "body" and len(line.text) >= SHORT
        credit = credit_of(line.text) if role == "caption" else None
        if role == "credit":
            credit = credit_of(line.text) or (line.text if len(line.text) <= SHORT else None)
            if self.judged and self.judged[-1].role == "caption" and not self.judged[-1].credit:
                self.judged[-1].credit = credit
        self.judged.append(Judged(number, role, credit))

    def _is_repeated(self, number: int) -> bool:
        own = key(self.survey.lines[number].text)
        return len(own) > _COUNTS_ONCE and own in self._once

    def _around(self, number: int) -> str | None:
        """The role of a line outside the body's container; None for what belongs to the site."""
        if self.survey.noise[number]:
            return None
        line = self.survey.lines[number]
        found = self.survey.near_kinds(number, self.region.container)
        return marked_role(line, found, self.sites) or worded_role(line, self.sites)

    def _in_header(self, number: int) -> str | None:
        """The role of an unmarked line above the body: a name beside the date, or a lead outside the body."""
        line = self.survey.lines[number]
        if self.survey.noise[number] or line.is_link or leads_away(line):
            return None
        if self._is_name_beside_date(number):
            return "byline"
        return "lead" if len(line.text) >= SHORT or (line.heading and len(line.text) >= _LEAD) else None

    def _inside(self, number: int) -> str:
        """The role of a line of the body's container."""
        line = self.survey.lines[number]
        if self.survey.noise[number] or leads_away(line):
            return "boilerplate"
        found = self.survey.near_kinds(number, self.region.container)
        role = marked_role(line, found, self.sites)
        if role and not (role == "lead" and self._has_prose):
            return role
        if is_caption(line):
            return "caption"
        role = worded_role(line, self.sites)
        if role:
            return role
        if line.is_link or _NO_WORDS.fullmatch(line.text):
            return "boilerplate"
        if not self._has_prose and self._is_name_beside_date(number):
            return "byline"
        return self._heading_or_body(line)

    def _heading_or_body(self, line: Line) -> str:
        """Headings are marked so or all bold; before any running text a long one is the lead."""
        size, sentence = len(line.text), ends_sentence(line.text)
        if line.heading or line.bold > 0.95:
            opens = not self._has_prose and not self._has_lead
            if opens and size >= SHORT and (sentence or size >= _LONGEST_HEADING):
                return "lead"
            short = size <= _LONGEST_HEADING and (line.heading or not sentence or line.text.endswith("?"))
            return "heading" if short else "body"
        header_inside = self.headline.is_visible and self.region.body[0] == self.headline.last
        if header_inside and not self._has_prose and size < SHORT and not sentence:
            return "boilerplate"
        return "body"

    def _sign(self) -> None:
        """The last lines of the body may be who wrote it."""
        for judged in reversed(self.judged):
            if judged.role in ("body", "heading") and is_signature(self.survey.lines[judged.number], self.sites):
                judged.role = "byline"
            elif judged.role in ("title", "lead", "body", "heading"):
                return

    def _is_name_beside_date(self, number: int) -> bool:
        """Whether a line is a name next to a date line, as a byline stands in the head of an article."""
        lines = self.survey.lines
        if not is_signature(lines[number], self.sites):
            return False
        beside = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
        return any(len(line.text) <= LONGEST_BYLINE and read_day(line.text) for line in beside)

    def _trim(self) -> None:
        """Scraps below the last paragraph, outside the element they stand in, are the site's: "Theo dõi", a counter."""
        lines = self.survey.lines
        texts = [lines[item.number] for item in self.judged if item.role == "body"]
        full = [line for line in texts if len(line.text) >= SHORT or ends_sentence(line.text)]
        if not full:
            return
        home = full[-1].element.getparent()
        for judged in reversed(self.judged):
            line = lines[judged.number]
            if judged.role in ("body", "heading"):
                if line is full[-1] or home in ancestors(line.element):
                    return
                judged.role = "boilerplate"
