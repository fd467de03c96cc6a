"""Who wrote the article, as its byline says: names, one or several, kept in the spelling of the article.

Vietnamese pages put the byline below the title with the date, or as the last line of the text, bare ("Quốc Tuấn"),
labelled ("Bài, ảnh: A - B") or with the agency it was taken from ("Theo Minh Đức/TTXVN"). Offices and agencies sign
too, but they are no authors: a wrong author is worse than none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.orthography import shadow
from corpus.structure.boilerplate import names_section
from corpus.structure.datelines import read_date_line
from corpus.structure.names import INITIALS, is_capitalised, is_name, is_place, is_title_case
from corpus.structure.rules import alternatives, opening, phrases
from corpus.structure.sources import agency, is_publisher

_LONGEST = 120  # characters of a byline
_MOST_OFFICE_WORDS = 9
_LONGEST_BARE = 60  # characters of a byline without a label
_SEPARATOR = re.compile(r"[ ]?[;,|•·+][ ]|[ ][-–—&][ ]?|[ ]?[–—/][ ]?|;|,|[ ](?:và|and|with)[ ]")
_OUTER = " \t*_-–—|•,;:"
_INITIAL_AT_END = re.compile(r"\.[^\W\d_]{0,2}\.$")
_REMARK = re.compile(r"[ ]?[(\[](?P<remark>[^()\[\]]{1,60})[)\]]$")


class Byline(NamedTuple):
    """`authors` are the people who wrote; `site` is the agency beside them; `sure` if a label or an agency says so."""

    authors: tuple[str, ...]
    site: str | None
    sure: bool


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    author, other = (alternatives(phrases("bylines.txt", name)) for name in ("author", "other"))
    bare = alternatives(phrases("bylines.txt", "bare"))
    return (
        re.compile(rf"(?:{author})[ ]?:[ ]?(?P<rest>.+)"),
        re.compile(rf"(?:{bare})[ ](?P<rest>.+)"),
        re.compile(rf"(?:{other})(?:[ ]?:[ ]?|[ ])(?P<rest>.+)"),
    )


@lru_cache(maxsize=2048)
def read_byline(text: str) -> Byline | None:
    """The authors a line names, or None if it is no byline.

    >>> read_byline("Hoai Thu DNUM_BIZBCZCACA 18:12").authors
    ('Hoai Thu',)
    >>> read_byline("Bài, ảnh: Hoài Thu - Thanh Huyền").authors
    ('Hoài Thu', 'Thanh Huyền')
    >>> read_byline("Theo Minh Đức/TTXVN")
    Byline(authors=('Minh Đức',), site='TTXVN', sure=True)
    >>> read_byline("Translated by Lan Anh").authors, read_byline("Kết thúc tốt đẹp")
    ((), None)
    """
    if len(text) > _LONGEST:
        return None
    line = text.strip(" \t*_")
    dated = read_date_line(line)
    if dated:
        pieces = [piece.strip() for piece in dated.rest.split("|")]
        pieces = [piece for piece in pieces if piece and not names_section(piece)]
        whole = _read_line(" | ".join(pieces))
        return whole if whole or not pieces else _read_line(pieces[0])
    return _read_line(line)


def _read_line(line: str) -> Byline | None:
    """The authors in a line without dates."""
    if not line:
        return None
    labelled = _read_labelled(line)
    if labelled is not None:
        return labelled
    if len(line) > _LONGEST_BARE:
        return None
    return _read_people(line, sure=False, lenient=False)


def _read_labelled(line: str) -> Byline | None:
    """A byline that begins with a label."""
    line = " ".join(line.split())
    key = shadow(line)
    if len(key) != len(line):
        return None
    author, bare, other = _labels()
    for pattern, lenient in ((author, True), (bare, False)):
        match = pattern.fullmatch(key)
        people = _read_people(line[match.start("rest") :], sure=True, lenient=lenient) if match else None
        if people:
            return people
    labelled = author.fullmatch(key)
    if labelled and _may_sign(line[labelled.start("rest") :]):
        return Byline((), None, True)
    helper = other.fullmatch(key)
    if helper and _read_people(line[helper.start("rest") :], sure=True, lenient=True):
        return Byline((), None, True)
    return None


def _may_sign(text: str) -> bool:
    """Whether what stands behind a label may be an office that signs: short, a capital first, no sentence."""
    return text[:1].isupper() and len(text.split()) <= _MOST_OFFICE_WORDS and not re.search(r"[.!?,:;…]", text)


def _read_people(text: str, *, sure: bool, lenient: bool) -> Byline | None:
    """The people and the agency in a list of names; None if a part is neither.

    A lenient reader takes any capitalised words behind a label for a name.
    """
    authors: list[str] = []
    site: str | None = None
    signed = False
    for part in _parts(_unwrapped(text)):
        task, name = _task(part)
        sure = sure or task != ""
        role = _signature(name)
        if role == "agency":
            site = site or name
        elif task == "other" or role == "editors" or (authors and is_office(name)):
            signed = True
        elif role == "reporter" or _names_person(name, lenient or task == "author"):
            authors.append(name)
        else:
            return None
    if not authors and not signed:
        return None
    return Byline(tuple(dict.fromkeys(authors)), site, sure or site is not None)


def _names_person(name: str, labelled: bool) -> bool:
    return is_name(name) or _is_initials(name) or (labelled and _is_labelled_name(name))


def _unwrapped(text: str) -> str:
    """A line without what only wraps it: brackets around the whole, a closing full stop or "./."."""
    text = text.strip(_OUTER)
    text = text[1:-1] if text[:1] + text[-1:] == "()" and "(" not in text[1:] else text
    return text.removesuffix("./.").rstrip()


def is_office(text: str) -> bool:
    """Whether `text` names an office rather than a person: "Trung tâm Truyền thông huyện", "VP UBND huyện"."""
    first = text.split()[0] if text.split() else ""
    acronym = first.isupper() and 2 <= len(first) <= 5 and first.isalpha() and not text.isupper()
    if acronym or agency(first.split("-")[0]):
        return True
    return opening("credits.txt", "office").match(shadow(text)) is not None


def is_office_alone(text: str) -> bool:
    """Whether a line is the name of an office and nothing else, so that no sentence is taken for one.

    >>> is_office_alone("Phòng Văn hóa huyện"), is_office_alone("Công an huyện bắt giữ hai đối tượng")
    (True, False)
    """
    words = text.split()
    known = phrases("bylines.txt", "office_word")
    return len(words) > 1 and is_office(text) and all(word[0].isupper() or shadow(word) in known for word in words)


def _task(part: str) -> tuple[str, str]:
    """What a label inside a byline says of the name behind it ("author", "other", or "" without one), and the name."""
    if part[:5].casefold() == "theo ":
        return "", part[5:].strip()
    label, colon, name = part.partition(":")
    if colon and name.strip():
        key = shadow(label)
        if key in phrases("bylines.txt", "author"):
            return "author", name.strip()
        if key in phrases("bylines.txt", "other") or key in phrases("credits.txt", "mark"):
            return "other", name.strip()
    return "", part


def _is_initials(name: str) -> bool:
    """Whether a name is one word of initials: "H.T", "N.Anh"."""
    return INITIALS.fullmatch(name) is not None and name[0].isupper() and not is_place(name)


def _parts(text: str) -> list[str]:
    """The pieces between separators, each without remarks such as "(tổng hợp)", which are pieces if they sign."""
    remark = _REMARK.search(text)
    signer = re.sub(r"(?i:^theo[ ])", "", remark["remark"].strip()) if remark else ""
    if remark:
        text = text[: remark.start()]
    pieces = [_REMARK.sub("", piece.strip(_OUTER)).strip() for piece in _SEPARATOR.split(text)]
    kept = [_without_stop(piece) for piece in pieces if piece and shadow(piece) not in phrases("bylines.txt", "remark")]
    return [*kept, signer] if agency(signer) else kept


def _without_stop(piece: str) -> str:
    """A piece without its full stop, unless that belongs to an initial: "Lan Anh." but "H.T."."""
    return piece if _INITIAL_AT_END.search(piece) else piece.rstrip(".")


def _signature(part: str) -> str | None:
    """Whether a piece signs for an agency, for an unnamed reporter or for an office."""
    key = shadow(part)
    if agency(part) or is_publisher(part):
        return "agency"
    if key in phrases("bylines.txt", "reporter"):
        return "reporter"
    return "editors" if key in phrases("bylines.txt", "editors") else None


def _is_labelled_name(part: str) -> bool:
    """Behind a label capitalised words are enough, and so are a pen name of one word and a rank before the name."""
    words = part.split()
    if not words or len(words) > 7 or len(part) > 50 or any(char.isdigit() for char in part):
        return False
    large = sum(word[0].isupper() for word in words)
    return is_capitalised(part) or (words[0][0].isupper() and words[-1][0].isupper() and large * 2 >= len(words))


def is_unread_byline(text: str) -> bool:
    """Whether a short line in title case could be a byline that a machine translated: "Because of the Present"."""
    words = text.split()
    return 1 <= len(words) <= 6 and len(text) <= 45 and is_title_case(text)
