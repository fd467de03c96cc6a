"""What a single line says of itself: by the elements round it, by its words, by how it is set."""

from __future__ import annotations

import re
from itertools import islice

from corpus.page.captions import ends_in_credit, is_credit
from corpus.page.lines import Line
from corpus.page.names import is_source, people
from corpus.page.published import DATED, read_day
from corpus.page.rules import starts_with
from corpus.page.text import ends_sentence, key
from corpus.structure.bylines import read_byline
from corpus.structure.names import is_syllable

SHORT = 60
LONGEST_BYLINE = 140
_LEAD = 40
_SHORT_CAPTION = 160
_LONGEST_CAPTION = 500
_LONGEST_POINTER = 100
_MOSTLY = 0.8
_WORDS_BESIDE_DATE = 24  # letters
_RIGHT = re.compile(r"text-align\s{0,9}:\s{0,9}(?:right|end)", re.I)
_CENTRE = re.compile(r"text-align\s{0,9}:\s{0,9}center", re.I)
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_NOT_LETTER = re.compile(r"[\W\d_]")
_POINTERS = (">", "»", "►", "▶", "•", "*", "-", "+")


def marked_role(line: Line, found: frozenset[str], sites: frozenset[str]) -> str | None:
    """The role that the elements close round a line give it; `found` is what they are for."""
    size = len(line.text)
    if (line.captioned or "caption" in found) and size <= _LONGEST_CAPTION:
        return "credit" if is_credit(line.text) else "caption"
    if "picture" in found and size <= _LONGEST_CAPTION and not _is_prose(line):
        return "credit" if "author" in found and size <= SHORT else "caption"
    if "lead" in found and size >= _LEAD:
        return "lead"
    if size > LONGEST_BYLINE or not found & (DATED | {"source", "author"}):
        return None
    named = bool(people(line.text, sites))
    if found & DATED and not named and read_day(line.text):
        return "dateline"
    if "source" in found and not named:
        return "source_line"
    return "byline" if "author" in found and named else None


def worded_role(line: Line, sites: frozenset[str]) -> str | None:
    """The role that the words alone give: a source, a credit, a signed line, a date."""
    text = line.text
    if len(text) > LONGEST_BYLINE:
        return None
    if is_source(text) and not line.after_picture:
        return "source_line"
    if is_credit(text):
        return "credit"
    if is_signed(text):
        return "byline"
    if read_day(text) and len(_NOT_LETTER.sub("", text)) <= _WORDS_BESIDE_DATE:
        return "byline" if people(text, sites) else "dateline"
    return None


def is_caption(line: Line) -> bool:
    """Whether a line stands below a picture as captions do, or ends in a photo credit."""
    if len(line.text) > _LONGEST_CAPTION or is_signed(line.text):
        return False
    if ends_in_credit(line.text):
        return True
    if not line.after_picture or line.heading:
        return False
    set_apart = line.italic > _MOSTLY or _is_set(line, _CENTRE, "center")
    return set_apart or (len(line.text) <= _SHORT_CAPTION and not ends_sentence(line.text))


def leads_away(line: Line) -> bool:
    """Whether a line leads to other pages, to sharing, to comments, or belongs to the site's imprint."""
    text = line.text
    if starts_with("imprint").match(text):
        return True
    pointer = starts_with("leads away").match(text)
    if pointer and (line.link > 0.5 or (len(text) <= _LONGEST_POINTER and not ends_sentence(text[:-1] or text))):
        return True
    label = starts_with("label").match(text)
    if label and (line.link > 0.5 or not text[label.end() :].strip(" :.»>()[]0123456789")):
        return True
    return line.link > 0.5 and text.startswith(_POINTERS)


def is_signed(text: str) -> bool:
    """Whether a label says that the line names who wrote the text: "Tin, ảnh: Hoài Thu"."""
    byline = read_byline(text)
    return byline is not None and byline.sure and bool(byline.authors)


def is_signature(line: Line, sites: frozenset[str]) -> bool:
    """Whether a line is a name alone: one that looks it, or capitalised words set to the right, bold or slanted."""
    if len(line.text) > SHORT or line.row or line.is_link or line.heading:
        return False
    names = people(line.text, sites)
    if not names:
        return False
    byline = read_byline(line.text)
    if byline is not None:
        return bool(byline.authors)
    if not (line.bold > _MOSTLY or line.italic > _MOSTLY or _is_set(line, _RIGHT, "right")):
        return False
    letters = sum(len(key(name)) for name in names)
    spelt = all(is_syllable(word) for name in names for word in name.split())
    return spelt and letters >= 0.6 * len(key(_BRACKETS.sub("", line.text)))


def _is_prose(line: Line) -> bool:
    """Whether a line near pictures is running text all the same."""
    if line.after_picture or ends_in_credit(line.text):
        return False
    return len(line.text) > _SHORT_CAPTION and ends_sentence(line.text)


def _is_set(line: Line, style: re.Pattern[str], value: str) -> bool:
    """Whether the line's block, the one round it or one in it is aligned so by style, attribute or class."""
    near = [line.element, line.element.getparent(), *islice(line.element, 2)]
    for element in near:
        if element is None:
            continue
        words = re.split(r"[\s_-]", (element.get("class") or "").lower()[:200])
        aligned = (element.get("align") or "").lower()
        if value in words or aligned == value or style.search(element.get("style") or ""):
            return True
    return False
