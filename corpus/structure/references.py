"""The legal and administrative documents an article names: Resolution No. 182/NQ-CP, Chỉ thị số 38-CT/TW, Luật Đất đai.

A number such as 607-QD/TU is sure by its form: figures, an abbreviation of the kind, an abbreviation of the issuer.
The word in front says the kind better than the abbreviation does (QĐ is a decision or a regulation). Bare figures
("Directive 01 of the Prime Minister") count only behind such a word, and never where they count something else
("kế hoạch 5 năm"). The numbering follows Decree 30/2020/NĐ-CP and, for the Party, Guideline 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corpus.orthography import Date, fold, shadow
from corpus.structure.laws import find_laws
from corpus.structure.records import Reference
from corpus.structure.reference_context import Timeline, date_of, issuer_of
from corpus.structure.rules import alternatives, entries, rows

_UPPER = "A-ZĐƯƠÂĂÊÔ"
_PIECE = rf"[{_UPPER}]{{1,12}}(?:[a-zđ]{{1,2}}[{_UPPER}]{{0,6}})?[0-9]{{0,2}}"
_SEP = r"[ ]?[-–/][ ]?"
_FIGURES = r"(?<![\w/-])(?<![0-9][.,])(?:[0-9]{1,2}\.[0-9]{3}|[0-9]{1,6}[a-z]?)"
_FULL = re.compile(
    rf"(?P<figures>{_FIGURES})(?:{_SEP}(?P<year>(?:19|20)[0-9]{{2}}))?{_SEP}"
    rf"(?P<code>{_PIECE}(?:(?:[-–/&.]|[ ][-–/][ ]){_PIECE}){{0,4}})(?![\w])"
)
_INTRODUCED = re.compile(r"(?:[ ]{1,2}(?:số|Số|SỐ|[Nn]os?\.?|NO\.|[Nn]umbers?|#))?[ ]{0,2}:?[ ]{0,2}\Z")
_BARE = re.compile(r"(?<![\w/-])(?<![0-9][.,])[0-9]{1,5}[a-z]?(?![\w]|[-–/.,:]\w|[%°])")
_LONGEST_KIND = 4  # words
_LIST_GAP = re.compile(r"[ ]?[,;]?[ ]?(?:and|và|&)?[ ]?(?:(?:số|Số|[Nn]os?\.?)[ ]?)?")
_TITLE_GAP = re.compile(r"[ ]?[,(]?[ ]?(?:số|[Nn]o\.?)?[ ]?")
_LOOK_BACK = 60
# Without a word for "number" in between, only these kinds are named by bare figures, and only in such company.
_BARE_KINDS = ("resolution", "decree", "decision", "directive", "circular", "conclusion", "project", "program")
_COMPANY = re.compile(
    r"[ ]?(?:$|[.,;:)\n”\"]|(?:của|do|ngày|về|và|năm|khóa|of|dated|on|and|issued|from|by|in)(?!\w))", re.I
)


@cache
def _measured() -> re.Pattern[str]:
    """What follows figures that count or measure: "5 năm", "3 nội dung", "20 %", "2020-2025"."""
    units = alternatives(entries("measures.txt"))
    return re.compile(rf"[ ]?(?:%|[-–][ ]?\d|[-–]?(?:{units})(?!\w))", re.I)


class _Kinds(NamedTuple):
    """Words and codes of the kinds: shadow of a word -> kind, folded code -> kind; the words that are plural."""

    words: dict[str, str]
    plural: frozenset[str]
    codes: dict[str, str]


@cache
def _kinds() -> _Kinds:
    words: dict[str, str] = {}
    codes: dict[str, str] = {}
    plural: set[str] = set()
    for kind, kind_codes, vietnamese, english, *more in rows("document_kinds.tsv"):
        plurals = [word for cell in more for word in cell.split("|") if word]
        for word in [*vietnamese.split("|"), *english.split("|"), *plurals]:
            words[shadow(word)] = kind
        plural.update(map(shadow, plurals))
        for code in filter(None, kind_codes.split("|")):
            codes.setdefault(fold(code).upper(), kind)
    return _Kinds(words, frozenset(plural), codes)


class _Lead(NamedTuple):
    """What introduces a number: the kind, the word for it and where it starts, and whether "số" or "No." follows it."""

    kind: str
    word: str
    start: int
    numbered: bool


def _lead_of(text: str, number: int) -> _Lead | None:
    """The word or the code for the kind that stands right before the number at `number`, the longest that fits."""
    floor = max(0, number - _LOOK_BACK)
    introduced = _INTRODUCED.search(text, floor, number)
    if introduced is None:
        return None
    found, start = None, introduced.start()
    for _ in range(_LONGEST_KIND):
        start = text.rfind(" ", floor, max(floor, start - 1)) + 1 or floor
        word = text[start : introduced.start()].lstrip("(“\"‘'[")
        kind = _kinds().words.get(shadow(word)) or (
            _kind_of_code(word) if len(word) > 1 and word[0].isupper() else None
        )
        if kind:
            found = _Lead(kind, word, introduced.start() - len(word), introduced[0].strip(" :") != "")
        if start <= floor:
            break
    return found


def find_references(text: str, dates: Sequence[Date]) -> list[Reference]:
    """The documents named in `text`, in order; `dates` are the dates of the same text.

    Plurals give a reference each. The span runs from the word for the kind to the end of the number. Linear in `text`.

    >>> text = "Nghị quyết số 16-NQ/TW ngày 10/10/2017 của Bộ Chính trị"
    >>> reference = find_references(text, [Date(28, 38, "2017-10-10", "day")])[0]
    >>> reference.kind, reference.number, reference.issuer, reference.date
    ('resolution', '16-NQ/TW', 'politburo', '2017-10-10')
    >>> [(r.kind, r.number) for r in find_references("Resolutions No. 18-NQ/TW and 19-NQ/TW; Directive 01", [])]
    [('resolution', '18-NQ/TW'), ('resolution', '19-NQ/TW'), ('directive', '01')]
    """
    timeline = Timeline.of(dates)
    numbered = _find_full(text, timeline)
    taken = [(r.start, r.end) for r in numbered]
    bare = _outside(_find_bare(text, timeline), taken)
    laws = _outside(find_laws(text), sorted([*taken, *((r.start, r.end) for r in bare)]))
    return _join_titles(text, sorted([*numbered, *bare, *laws], key=lambda reference: reference.start))


def _join_titles(text: str, found: list[Reference]) -> list[Reference]:
    """A title right before a number names the same law: "Law on Environmental Protection No. 72/2020/QH14"."""
    joined: list[Reference] = []
    for reference in found:
        title = joined[-1] if joined else None
        if title and _is_titled(text, title, reference):
            joined[-1] = reference._replace(start=title.start)
        else:
            joined.append(reference)
    return joined


def _is_titled(text: str, title: Reference, reference: Reference) -> bool:
    if title.number is not None or reference.number is None or reference.kind != title.kind:
        return False
    return _TITLE_GAP.fullmatch(text[title.end : reference.start][:_LOOK_BACK]) is not None


def _outside(found: list[Reference], taken: list[tuple[int, int]]) -> list[Reference]:
    """Those of `found` that overlap none of the sorted spans; both run from left to right."""
    kept, at = [], 0
    for reference in found:
        while at < len(taken) and taken[at][1] <= reference.start:
            at += 1
        if at == len(taken) or reference.end <= taken[at][0]:
            kept.append(reference)
    return kept


def _find_full(text: str, dates: Timeline) -> list[Reference]:
    """The documents with a full number."""
    found: list[Reference] = []
    matches = list(_FULL.finditer(text))
    for at, match in enumerate(matches):
        kind, start = _kind_of(text, match, found)
        if kind is None:
            continue
        until = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        number = re.sub(r"\s", "", match[0])
        date = date_of(text, dates, start, match.end(), until)
        issuer = issuer_of(text, match.end(), date, match["code"])
        found.append(Reference(kind, number, issuer, date.iso if date else None, start, match.end()))
    return found


def _kind_of(text: str, match: re.Match[str], found: list[Reference]) -> tuple[str | None, int]:
    """The kind of a numbered document and where its mention starts."""
    lead = _lead_of(text, match.start())
    if lead:
        return lead.kind, lead.start
    coded = _kind_of_code(match["code"])
    if found and _LIST_GAP.fullmatch(text[found[-1].end : match.start()][:_LOOK_BACK]):
        inherited = found[-1].kind
        # QĐ after "Quy định" goes on meaning a regulation; NQ after "Chỉ thị" begins something else.
        if coded in (None, inherited, "decision"):
            return inherited, match.start()
    if len(re.split(r"[-–/&. ]+", match["code"])) < 2 and not match["year"]:
        return None, match.start()
    if coded is None and match["year"] and match["code"].startswith(("QH", "UBTVQH")):
        coded = "law" if match["code"].startswith("QH") else "ordinance"
    return coded, match.start()


def _kind_of_code(code: str) -> str | None:
    """The kind that the first abbreviation of a number stands for."""
    return _kinds().codes.get(fold(re.split(r"[-–/&. ]+", code)[0]).upper())


def _find_bare(text: str, dates: Timeline) -> list[Reference]:
    """The documents whose number is figures alone."""
    found = []
    for match in _BARE.finditer(text):
        lead = _lead_of(text, match.start())
        if lead is None or not _is_number(text, match, lead):
            continue
        date = date_of(text, dates, lead.start, match.end(), len(text))
        issuer = issuer_of(text, match.end(), date, "")
        found.append(Reference(lead.kind, match[0], issuer, date.iso if date else None, lead.start, match.end()))
    return found


def _is_number(text: str, match: re.Match[str], lead: _Lead) -> bool:
    """Whether bare figures number the document rather than count something or tell a year."""
    if _measured().match(text, match.end()) or shadow(lead.word) in _kinds().plural:
        return False
    if lead.numbered:
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", match[0]) is not None
    numbering = lead.word[0].isupper() and len(match[0]) > 1 and not year and text[match.start() - 2] != ":"
    return lead.kind in _BARE_KINDS and numbering and _COMPANY.match(text, match.end()) is not None
