"""Headings among running text: short, without a full stop, with text of their own below.

Verse and lists are short and without full stops too, but come in runs; what follows a colon belongs to the sentence
above; a question heads a text only where it is the one question on a line of its own, for interviews have many.
"""

from __future__ import annotations

from corpus.structure.context import Page
from corpus.structure.rules import containing, opening

_LONGEST = 160  # characters
_MOST_WORDS = 26
_CLAUSE_WORDS = 10  # a heading of so many words may still open like a sentence, a longer one hardly
_VERSE = 3  # fragments in a row are verse or a list
_MARKS = "“\"*‘'"


def is_heading(page: Page, index: int, broken_off: bool = False) -> bool:
    """Whether line `index`, one that nothing marks, is a heading; `broken_off` if it follows verse or a list."""
    line = page.lines[index]
    if not line.key or line.end - line.start > _LONGEST or line.words > _MOST_WORDS or page.text_below[index] < 0:
        return False
    if page.text_below[index] > page.zones.last or not any(char.isalpha() for char in line.text):
        return False
    if line.is_legal_heading:
        return True
    if line.ends_sentence and not _is_lone_question(page, index):
        return False
    if line.goes_on or line.is_item or page.run_of_fragments(index) >= _VERSE:
        return False
    if line.words >= _CLAUSE_WORDS and _is_clause(line.key):
        return False
    above = page.text_above[index]
    if broken_off or (above >= 0 and page.lines[above].opens_list):
        return False
    return line.text[0].isupper() or line.text[0].isdigit() or line.text[0] in _MARKS


def _is_clause(key: str) -> bool:
    """Whether a line reads like a sentence that lost its full stop: "On September 12, …", "… đã biểu dương …"."""
    return bool(opening("scenes.txt", "connective").match(key) or containing("scenes.txt", "telling").search(key))


def _is_lone_question(page: Page, index: int) -> bool:
    return page.lines[index].asks and page.questions == 1
