"""The judge of each terminator: does a sentence end here?

The rules are tried in reading order and the first that knows answers. They are about writing, not about one text:
abbreviations and titles, initials, numbered lists and headings, ellipses, quotations, and what follows. Where none
knows, the answer is `UNSURE` and the splitter that proposed the place decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from corpus.orthography.syllable import is_syllable
from corpus.segment.glued import glued_end
from corpus.segment.tables import Rules
from corpus.segment.terminators import Terminator


class Verdict(Enum):
    """What a terminator is."""

    END = "end"
    INSIDE = "inside"
    MARKER = "marker"
    """Inside, and part of a list marker or heading: the words of the sentence only begin after it."""
    UNSURE = "unsure"


END, INSIDE, MARKER, UNSURE = Verdict.END, Verdict.INSIDE, Verdict.MARKER, Verdict.UNSURE
Rule = Callable[[Terminator, Rules], "Verdict | None"]

_ITEM = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-zđ]?|[IVXLC]{1,6}|[ivx]{1,4}|[A-Za-zĐđ]\d{0,2})"
_LATER_ITEM = re.compile(rf"(?:;\s*)?[(\[]?{_ITEM}[)\]]?")
_FIRST_ITEM = re.compile(r":\s+[(\[]?(?:1(?:\.1){0,2}|[IAa])[)\]]?")
_LETTERED_ITEM, _NUMBERED_ITEM = re.compile(r"(?:[a-zđ]|[ivx]{1,4})(?:\)|\.\s)"), re.compile(r"\d{1,3}\)")
_HEADING_NUMBER = re.compile(r"\d{1,4}[a-zđ]?(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-ZĐ]")
_NUMBER = re.compile(r"\d+|[IVXLC]+\b")
_LETTER, _INITIAL = re.compile(r"[A-Za-zĐđ]"), re.compile(r"[A-ZĐ]\.")
_CLOSING_BRACKETS, _QUOTES, _DASHES = tuple(")]}"), tuple("\"'”’»"), tuple("-–—")
_GOING_ON = re.compile(r"[,;:](?:\s|$)|[)\]}”»]")
_MARKS, _DOTS = frozenset(".?!…"), frozenset(".…")
_PLACE_LETTERS = frozenset("HXTQPFĐ")
"""Huyện, xã, tỉnh or thị, quận, phường (also F), đường: a capital letter that a place name follows."""


def judge(mark: Terminator, rules: Rules) -> Verdict:
    """What a terminator is under the rules of a language."""
    for rule in _RULES:
        verdict = rule(mark, rules)
        if verdict is not None:
            return verdict
    return UNSURE


def _ideographic(mark: Terminator, rules: Rules) -> Verdict | None:
    """The full stops of Chinese and Japanese need no white space and have no other use."""
    return END if set(mark.marks) & set("。！？") else None


def _glued(mark: Terminator, rules: Rules) -> Verdict | None:
    """No white space follows: a domain, a number, a version; or a missing space."""
    if mark.next.gap:
        return None
    return END if glued_end(mark, rules) and not rules.abbreviates(mark.token) else INSIDE


def _wordless(mark: Terminator, rules: Rules) -> Verdict | None:
    """Nothing was said yet ("... Rồi"), a blank in a form ("Chức vụ: ........"), a remark by itself ("(?)")."""
    if not mark.token and not mark.before:
        return INSIDE
    if mark.marks.startswith("....") and mark.token in ("", ":"):
        return INSIDE
    remark = not mark.token and mark.closers.startswith(_CLOSING_BRACKETS) and not _MARKS & set(mark.closers)
    return INSIDE if remark else None


def _going_on(mark: Terminator, rules: Rules) -> Verdict | None:
    """Punctuation that only stands inside a sentence follows, or the dash after a quotation: `"… con?" - tôi hỏi.`"""
    if _GOING_ON.match(mark.next.rest) and not mark.next.openers:
        return INSIDE
    quoted = mark.closers and mark.closers[-1] not in _MARKS
    return INSIDE if quoted and mark.next.bullet.startswith(_DASHES) else None


def _emphatic(mark: Terminator, rules: Rules) -> Verdict | None:
    """Anything but a single period: a question, an exclamation, an ellipsis, marks on both sides of a quote."""
    if mark.marks == "." and not _MARKS & set(mark.closers):
        return None
    if rules.abbreviates(mark.token + mark.marks):  # Yahoo!
        return END if rules.opens(mark.next.rest) else INSIDE
    if mark.next.word.isdigit() and not mark.next.bullet:
        return INSIDE if set(mark.marks) <= _DOTS and not mark.closers else END
    if mark.next.lower:
        return END if _opens_in_lower_case(mark) else INSIDE
    return END


def _opens_in_lower_case(mark: Terminator) -> bool:
    """Whether a list item or a quotation begins after the mark, which may do so in lower case."""
    if _LETTERED_ITEM.match(mark.next.rest):
        return True
    if mark.next.openers:
        ellipsis = mark.marks != "." and set(mark.marks) <= _DOTS
        over = not mark.closers or mark.closers[-1] in _MARKS
        return over and not ellipsis and "(" not in mark.next.openers
    return mark.next.bullet != "" and not mark.next.bullet.startswith(_DASHES)


def _marker(mark: Terminator, rules: Rules) -> Verdict | None:
    """The number or letter of a list item: "1. Mục tiêu", "IV. ", "a. ", "2.1. ", "gồm: 1. …; 2. …"."""
    item = _LATER_ITEM.fullmatch(mark.opening) or _FIRST_ITEM.fullmatch(mark.opening)
    return MARKER if item else None


def _heading(mark: Terminator, rules: Rules) -> Verdict | None:
    """The number of a heading at the start ("Điều 5. Phạm vi"), or a reference that goes down ("Điều 5. Khoản 2")."""
    part, _, number = mark.opening.lstrip(":; ").rpartition(" ")
    if part.lower() in rules.headings and _HEADING_NUMBER.fullmatch(number):
        return MARKER
    above = rules.headings.get(mark.before.lower())
    below = rules.headings.get(mark.next.word.lower())
    if above is None or below is None or not _HEADING_NUMBER.fullmatch(mark.token):
        return None
    return INSIDE if below > above else None


def _abbreviation(mark: Terminator, rules: Rules) -> Verdict | None:
    """What the table of abbreviations says, given the next word."""
    kinds = rules.kinds(mark.token)
    if not kinds or mark.closers.startswith(_QUOTES):
        return None
    if "number" in kinds and _NUMBER.match(mark.next.rest):
        return INSIDE
    if kinds == {"number"}:
        return None
    if kinds & {"name", "inside"} or mark.next.lower:
        return INSIDE
    if "capital" in kinds and not mark.closers:
        return END
    if "time" in kinds and not mark.closers:
        return END if mark.next.capital and mark.next.word.lower() not in rules.after_time else INSIDE
    quotation = mark.next.capital and mark.next.openers and "(" not in mark.next.openers
    return END if quotation or rules.opens(mark.next.rest) else INSIDE


def _initial(mark: Terminator, rules: Rules) -> Verdict | None:
    """A single letter: of a name that goes on (J. K. Rowling) or is withheld (ông H.), a unit, a vitamin."""
    if mark.closers or not _LETTER.fullmatch(mark.token):
        return None
    if mark.token.islower():
        return END if mark.next.capital else INSIDE
    if not mark.next.capital or _INITIAL.match(mark.next.rest):
        return INSIDE
    if rules.opens(mark.next.rest):
        return END
    if _INITIAL.fullmatch(mark.before):
        return INSIDE
    if rules.lang == "vi":
        return _vietnamese_initial(mark, rules)
    pronoun = mark.token == "I" and mark.before[:1].islower()
    return END if pronoun or mark.before.lower() in rules.before_letter else INSIDE


def _vietnamese_initial(mark: Terminator, rules: Rules) -> Verdict:
    """A name goes on after an initial only if it is foreign (P. Diddy), a place (H. Củ Chi) or signs (Ảnh: N. Minh)."""
    if not is_syllable(mark.next.word.lower()) or not mark.before[-1:].isalpha():
        return INSIDE
    before = mark.before.lower()
    person = before in rules.before_letter or (mark.before[0].isupper() and is_syllable(before))
    return END if person or mark.token not in _PLACE_LETTERS else INSIDE


def _next_word(mark: Terminator, rules: Rules) -> Verdict | None:
    """A single period after an ordinary word: what follows decides."""
    following = mark.next
    if following.word.isdigit():
        remark = "(" in following.openers and not _NUMBERED_ITEM.match(following.rest)
        return INSIDE if remark or (following.word == "000" and mark.token[-1:].isdigit()) else END
    if following.lower:
        return END if _ends_before_lower_case(mark, rules) else INSIDE
    unknown = rules.lang == "vi" and len(mark.token) < 5 and mark.token.isalpha() and not mark.token.isupper()
    return UNSURE if unknown and not is_syllable(mark.token.lower()) else END


def _ends_before_lower_case(mark: Terminator, rules: Rules) -> bool:
    """Whether what follows in lower case is a sentence all the same: a list item, a quotation, or careless Vietnamese.

    A Vietnamese abbreviation hardly ever looks like a whole syllable, so a period after one is meant as a full stop.
    """
    word = mark.token
    if _opens_in_lower_case(mark):
        return not _LETTER.fullmatch(word)
    if rules.lang != "vi" or mark.closers or mark.next.openers:
        return False
    return not _LETTER.fullmatch(word) and word.islower() and is_syllable(word) and word not in rules.unfinished


_RULES: tuple[Rule, ...] = (
    _ideographic,
    _glued,
    _wordless,
    _going_on,
    _emphatic,
    _marker,
    _heading,
    _abbreviation,
    _initial,
    _next_word,
)
