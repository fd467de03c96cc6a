"""Laws named without a number: Luật Đất đai 2024, Bộ luật Hình sự, the 2017 Fisheries Law, the Law on Cybersecurity.

A Vietnamese title ends where a reader who knows it ends it, so the titles are a table; a title before a year needs
none. In English the capitals tell.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.structure.records import Reference
from corpus.structure.rules import alternatives, entries

_YEAR = r"(?:19|20)[0-9]{2}"
_OTHER_DOCUMENT = r"(?!(?:The|A|Laws?|Codes?|Ordinances?|Decrees?|Resolutions?|Circulars?|No)(?!\w))"
_WORD = rf"{_OTHER_DOCUMENT}[A-Z][A-Za-z'’-]{{1,24}}"
_SMALL = r"(?:and|of|on|for|the|to|in|against|with)"
_LAW_ON = re.compile(
    rf"(?P<kind>Law|Ordinance)[ ]on[ ](?:the[ ])?{_WORD}"
    rf"(?:(?:,[ ]{_WORD}){{1,3}},?[ ]and[ ]{_WORD}|[ ](?:{_SMALL}[ ]){{0,2}}{_WORD}){{0,9}}"
    rf"(?:[ ]\(?(?P<year>{_YEAR})(?![\w-]))?"
)
_NOUN = re.compile(
    rf"[ ](?P<kind>Law|Code|Ordinance)(?![\w’'-])(?![ ][A-Z]|[ ](?:on|of)[ ])(?:[ ](?P<year>{_YEAR})(?!\w))?"
)
_TITLE_BEFORE = re.compile(
    rf"(?:(?<!\w)(?P<year>{_YEAR})[ ])?(?<!\w)(?P<title>{_WORD}(?:[ ](?:(?:and|of)[ ])?{_WORD}){{0,4}})\Z"
)
_YEAR_BEFORE = re.compile(rf"(?<!\w)({_YEAR})[ ]\Z")
_LONGEST_TITLE = 130  # characters that are looked back over for an English title


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(entries("law_words.txt", section))


@cache
def _vietnamese() -> re.Pattern[str]:
    titles = alternatives(entries("laws.tsv"))
    year = rf"[ ](?:năm[ ])?{_YEAR}(?!\w)"
    return re.compile(
        r"(?:[Bb]ộ luật|[Ll]uật|[Pp]háp lệnh)(?<!\w[Ll]uật)[ ]"
        rf"(?P<title>(?:{titles})(?!\w)|[^\W\d_]\w{{0,9}}(?:,?[ ]\w{{1,10}}){{0,11}}?(?={year}))"
        rf"(?:[ ]\(sửa đổi\))?(?:[ ](?:năm[ ])?(?P<year>{_YEAR})(?!\w))?"
    )


def find_laws(text: str) -> list[Reference]:
    """The laws named by title, in order, without overlap. `date` is the year if the name holds one.

    >>> [(law.kind, law.date) for law in find_laws("thực hiện Luật Biên phòng Việt Nam và Luật Đất đai năm 2024")]
    [('law', None), ('law', '2024')]
    >>> text = "to implement the 2017 Fisheries Law and the Law on Reserve Mobilization, said the Law Faculty."
    >>> [text[law.start : law.end] for law in find_laws(text)]
    ['2017 Fisheries Law', 'Law on Reserve Mobilization']
    """
    found: list[Reference] = []
    if "uật" in text or "áp lệnh" in text:
        found += [_vietnamese_law(match) for match in _vietnamese().finditer(text) if _is_title(text, match)]
    if " Law" in text or "Law on" in text or "Ordinance" in text or " Code" in text:
        found += [_law_on(text, match) for match in _LAW_ON.finditer(text) if not _inside_word(text, match.start())]
        named = (_named_law(text, match) for match in _NOUN.finditer(text))
        found += [law for law in named if law is not None]
    kept: list[Reference] = []
    for law in sorted(found, key=lambda law: (law.start, -law.end)):
        if not kept or law.start >= kept[-1].end:
            kept.append(law)
    return kept


def _inside_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether what stands between the word for the kind and a year is a title and not a clause."""
    title = match["title"]
    return title[0].isupper() and not _inside_word(text, match.start()) and _words("clause").isdisjoint(title.split())


def _vietnamese_law(match: re.Match[str]) -> Reference:
    kind = "ordinance" if match[0][0] in "Pp" else "law"
    return Reference(kind, None, None, match["year"], match.start(), match.end())


def _law_on(text: str, match: re.Match[str]) -> Reference:
    """The Law on something, with the year before or after it."""
    before = _YEAR_BEFORE.search(text, max(0, match.start() - 6), match.start())
    start = before.start() if before else match.start()
    return Reference(match["kind"].lower(), None, None, before[1] if before else match["year"], start, match.end())


def _named_law(text: str, noun: re.Match[str]) -> Reference | None:
    """An English title in front of its noun, without the words that only happen to be capitalised before it."""
    title = _TITLE_BEFORE.search(text, max(0, noun.start() - _LONGEST_TITLE), noun.start())
    if title is None:
        return None
    words = title["title"].split()
    start = title.start("title")
    while words and words[0] in _words("no_title"):
        start += len(words[0]) + 1
        words.pop(0)
    if not words or words[-1] in _words("no_title"):
        return None
    if noun["kind"] == "Code" and words[-1] not in _words("code"):
        return None
    whole = title["year"] and start == title.start("title")
    kind = "ordinance" if noun["kind"] == "Ordinance" else "law"
    return Reference(kind, None, None, title["year"] or noun["year"], title.start() if whole else start, noun.end())
