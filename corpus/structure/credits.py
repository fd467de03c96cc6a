"""The credit of a picture: who took it, and where on the line the caption ends and the credit begins.

Captions end in a credit after a full stop, a dash or an opening bracket: "Ảnh: Hoài Thu", "(Photo: VNA)", "Photo
courtesy of Hoai Thu", "— VNA/VNS Photo Đoàn Tùng". "Ảnh minh họa" is a credit too, though it names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.orthography import shadow
from corpus.orthography.glance import glance
from corpus.structure.names import is_capitalised, is_name
from corpus.structure.rules import alternatives, entries, opening, phrases
from corpus.structure.sources import agency

_TAIL = 180  # characters at the end of a line in which its credit is looked for
_LONGEST_NAME = 70
_MOST_WORDS = 9
_MOST_WORDS_BELOW = 5  # of anything capitalised behind a caption and a mark
_LONGEST_CAPTION = 700  # characters; a credit at the end of a longer paragraph is none of a caption's
_NOBODY = frozenset(("minh họa", "tư liệu", "file", "illustration"))


class Credit(NamedTuple):
    """`end` is where the caption before the credit ends (0 if there is none); `name` is None if nobody is named."""

    end: int
    name: str | None


class _Form(NamedTuple):
    may_match: Callable[[str], bool]
    pattern: re.Pattern[str]


@cache
def _forms() -> tuple[_Form, ...]:
    """Each form of a credit, from the surest to the vaguest. `name` may be empty; no form begins inside a word."""
    marks = entries("credits.txt", "mark")
    mark = alternatives(marks)
    # "Ảnh:" opens a credit after a mere space; "ảnh:" in the middle of a sentence does not.
    large = alternatives(frozenset(form for word in marks for form in (word.capitalize(), word.title(), word.upper())))
    by = alternatives(entries("credits.txt", "by"))
    source = alternatives(entries("credits.txt", "source"))
    nobody = alternatives(entries("credits.txt", "nobody"))
    agency = r"[^\W\d_][\w+]{1,20}(?:\.\w{2,8}){0,2}(?:/[^\W\d_][\w+]{1,20}){0,2}"
    name = rf"(?P<name>[^:;()\[\]!?\n]{{1,{_LONGEST_NAME}}})"
    gap = r"(?:[ ]?[-–—/|•][ ]?|(?<=[.!?…\"”'’)\],;*])[ ]?|^)"
    end = r"(?:[ ]?\([^()]{1,40}\))?[ ]?[)\]]?[ ]?[.]?[)\]]?$"
    photo, colon = glance("photo", "ảnh", "image"), glance(":")
    forms = (
        (glance(*map(str.lower, entries("credits.txt", "nobody"))),
         rf"(?:{gap}|[ ])[(\[]?(?i:{nobody})(?:[ ]?[:-]?[ ]?{name})?{end}"),
        (colon, rf"(?:{gap}[(\[]?(?i:{mark})|[ ][(\[]?(?:{large}))[ ]?:[ ]?{name}{end}"),
        (colon, rf"(?:{gap}|[ ]?)[(\[](?i:{mark}|{source})[ ]?:[ ]?{name}{end}"),
        (glance(*map(str.lower, entries("credits.txt", "by"))),
         rf"(?:{gap}|[ ](?=[(\[]|P))[(\[]?(?i:{by})[ ]{name}{end}"),
        (photo, rf"{gap}[(\[]?(?P<agency>{agency})[ ](?i:photos?|file photo|image)[:]?(?:[ ]{name})?{end}"),
        (photo, rf"(?:[ ]?[-–—][ ]?|[ ]?[(\[])(?i:photo|ảnh)[ ]{name}{end}"),
        (photo, rf"(?:^|(?<=[.!?…”])[ ])(?:Photo|Ảnh)[ ](?P<person>[^:;()\[\]!?\n.]{{4,40}}){end}"),
    )  # fmt: skip
    return tuple(_Form(may_match, re.compile(form)) for may_match, form in forms)


@cache
def _words_of_credits() -> tuple[str, ...]:
    """The words that begin a mark; most lines have none and need not be tried against every form."""
    sections = ("mark", "by", "source", "nobody")
    words = {entry.split()[0].rstrip(":") for section in sections for entry in entries("credits.txt", section)}
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


@lru_cache(maxsize=2048)
def find_credit(text: str) -> Credit | None:
    """The credit at the end of a line, or None.

    >>> find_credit("Các đại biểu tham dự hội nghị. Ảnh: Hoài Thu")
    Credit(end=30, name='Hoài Thu')
    >>> find_credit("The conference scene. (Photo: Vi Hien)"), find_credit("Photo courtesy of Hoai Thu")
    (Credit(end=21, name='Vi Hien'), Credit(end=0, name='Hoai Thu'))
    >>> find_credit("Tuần tra biên giới. Ảnh minh họa"), find_credit("Hội nghị diễn ra trong một ngày.")
    (Credit(end=19, name=None), None)
    """
    if len(text) > _LONGEST_CAPTION:
        return None
    offset = max(0, len(text) - _TAIL)
    tail = text[offset:].rstrip(" |")
    folded = tail.casefold()
    if not any(word in folded for word in _words_of_credits()):
        return None
    for form in _forms():
        match = form.pattern.search(tail) if form.may_match(tail) else None
        if match is not None and (offset == 0 or match.start() > 0):
            found = _read(match, offset + match.start() > 0)
            if found is not None:
                return Credit(len(text[: offset + match.start()].rstrip(" -–—/|•*([")), found.name)
    return None


def _read(match: re.Match[str], below_caption: bool) -> Credit | None:
    """The name in a match, or None if what stands there cannot be a credit; its `end` is left open."""
    groups = match.groupdict()
    name = clean_name(groups.get("name") or "")
    person, signer = groups.get("person"), groups.get("agency")
    if person:
        return Credit(0, person.strip()) if is_name(person.strip()) else None
    if signer and not all(agency(part) or part.isupper() for part in signer.split("/")):
        return None
    if not name or shadow(name) in _NOBODY:
        return Credit(0, signer)
    short = below_caption and name[0].isupper() and len(name.split()) <= _MOST_WORDS_BELOW
    return Credit(0, name) if short or _can_be_credited(name) else None


def clean_name(name: str) -> str:
    """A credited name without closing marks and the words that introduce it."""
    return re.sub(r"(?i:^(?:by|courtesy of|from|of)[ ])", "", name.strip(" .-–—/|*,_")).strip(" .-–—/|*,_")


def _can_be_credited(name: str) -> bool:
    """Whether a short text names people, an agency or a site rather than describing a picture."""
    words = name.split()
    if len(words) > _MOST_WORDS or re.search(r"[.!?…][ ][^\W\d_]{3}", name):
        return False
    if is_name(name) or agency(name) or agency(words[0]) or opening("credits.txt", "office").match(shadow(name)):
        return True
    # "Son La Department of Culture" names an office; "Delegates attend the conference" describes.
    small = phrases("credits.txt", "small")
    return is_capitalised(" ".join(word for word in re.split(r"[ ,./&–-]+", name) if word and word not in small))
