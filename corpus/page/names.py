"""Who a byline names: people, told from the site, from offices and accounts.

A site signs with its own name wherever a template asks for an author. The difference is told by the names the site goes
by and by the lists in `corpus/data/page/names.txt`, never by the site's address. Lines of text are read by
`corpus.structure.bylines`; what stands in an element meant for the author may be untidier, and is taken apart here.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.page.rules import section, starts_with
from corpus.page.text import key
from corpus.structure.bylines import read_byline
from corpus.structure.datelines import read_date_line
from corpus.structure.names import is_name
from corpus.structure.sources import agency, is_publisher, read_source

_LONGEST = 300
_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_CONTACT = re.compile(r"\S{1,80}@\S{1,80}|https?://\S{1,200}|\+?\d[\d .]{7,16}")
_SEPARATOR = re.compile(r"\s{0,3}[;,/|•·&+]\s{0,3}|\s[-–—]\s?|\s?[-–—]\s|\s(?:và|and|with|cùng)\s", re.I)
_WORD = re.compile(r"[^\W\d_]{1,16}(?:['’.-][^\W\d_]{1,12}){0,3}\.?")
_AVATAR = re.compile(r"^([^\W\d_])\s(?=\1)")
_THEO = re.compile(r"^[(\[]?theo\s", re.I)
_EDGES = " .:-–—\"'*|"
_MOST_WORDS = 6
_MOST_LETTERS = 45
_SHORTEST_SITE = 6


def people(text: str, sites: frozenset[str] = frozenset()) -> list[str]:
    """The people a byline names, in order; none when it names the site, an office or nobody.

    >>> people("Bài, ảnh: Minh Đức - Hoài Thu 15/11/2025 21:05")
    ['Minh Đức', 'Hoài Thu']
    >>> people("Báo Sơn La"), people("TUỔI TRẺ ONLINE"), people("Theo TTXVN"), people("Theo Nguyễn Văn A")
    ([], [], [], ['Nguyễn Văn A'])
    >>> people("K Kim Phong 15:21, 14/08/2026"), people("Quỳnh Chi - VOV5"), people("Thạch Bắc tổng hợp")
    (['Kim Phong'], ['Quỳnh Chi'], ['Thạch Bắc'])
    """
    byline = read_byline(text)
    names = byline.authors if byline is not None else _take_apart(text[:_LONGEST])
    return [name for name in dict.fromkeys(names) if not is_office(name, sites)]


def _take_apart(text: str) -> list[str]:
    """The names in an author's element: without time, address, label and deed, each part read by itself."""
    dated = read_date_line(text)
    rest = _THEO.sub("", _CONTACT.sub(" ", _BRACKETS.sub(" ", dated.rest if dated else text)))
    label = starts_with("author label").match(rest)
    names: list[str] = []
    for part in _SEPARATOR.split(rest[label.end() :] if label else rest):
        part = _AVATAR.sub("", _without_deed(part).strip(_EDGES))
        byline = read_byline(part)
        if byline is not None:
            names += byline.authors
        elif is_person(part):
            names.append(part)
    return names


def is_person(name: str) -> bool:
    """Whether this can be the name of one person: a few capitalised words that are no office or account.

    >>> [is_person(name) for name in ("Hà", "Bảo Sơn", "H'Linh Niê", "Báo Sơn La", "xem thêm")]
    [True, True, True, False, False]
    """
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not 2 <= len(name) <= _MOST_LETTERS:
        return False
    if not all(_WORD.fullmatch(word) and word[0].isupper() for word in words):
        return False
    initials = len(words) == 1 and name.isupper() and len(name) <= 5
    return not initials and not is_office(name)


def is_office(name: str, sites: frozenset[str] = frozenset()) -> bool:
    """Whether the name is the site's own, an outlet's, an office's or an account's, or a word of the calendar.

    >>> is_office("VnExpress International", frozenset({"vnexpress"})), is_office("Sở Y tế Sơn La"), is_office("Thu Hà")
    (True, True, False)
    """
    own = key(name)
    if not own or own in sites or own.removesuffix("online") in sites or own in _no_people():
        return True
    if any(_is_part(own, site) or _is_part(site, own) for site in sites):
        return True
    lowered = " ".join(name.lower().split()) + " "
    offices = tuple(entry + " " for entry in section("names", "office"))
    if lowered.startswith(offices) or agency(name) is not None:
        return True
    return is_publisher(name) and not is_name(name)


def is_source(text: str) -> bool:
    """Whether a short line only says where the text was taken from.

    >>> [is_source(text) for text in ("Nguồn: Báo Sơn La", "(TTXVN/Vietnam+)", "Theo ông Nam, lúa đã chín.")]
    [True, True, False]
    """
    if read_source(text) is not None:
        return True
    borrowed = _THEO.match(text)
    return borrowed is not None and is_office(text[borrowed.end() :].strip(" ()[]*.–—-"))


def _without_deed(part: str) -> str:
    words = part.split()
    for size in (3, 2, 1):
        if len(words) > size and " ".join(words[-size:]).lower() in section("names", "deed"):
            return " ".join(words[:-size])
    return part


def _is_part(short: str, long: str) -> bool:
    """Whether a name begins a longer one, or makes up most of it: "baonghean" and "baongheandientu"."""
    if len(short) < _SHORTEST_SITE or short not in long:
        return False
    return long.startswith(short) or len(short) >= 0.6 * len(long)


@cache
def _no_people() -> frozenset[str]:
    return frozenset(key(entry) for name in ("account", "calendar", "outlet") for entry in section("names", name))
