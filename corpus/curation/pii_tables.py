"""What is known of numbers that belong to persons, read once from `corpus/data/pii`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

CUE_REACH = 40
"""How many characters before a number are searched for the words that say what it is."""
LONGEST_CUE = 5
"""Words in one cue."""


@cache
def sections(name: str) -> dict[str, str]:
    """The text under each `[section]` of a table (before the first one: under ""), comments left out.

    >>> sections("phones.txt")["area 8"].split()
    ['24', '28']
    """
    text = files("corpus").joinpath(f"data/pii/{name}").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    current = ""
    for line in map(str.strip, text.split("\n")):
        if line.startswith("["):
            current = line.strip("[]")
        elif line and not line.startswith("#"):
            found[current] = f"{found.get(current, '')}{line}\n"
    return found


@cache
def provinces() -> frozenset[str]:
    """The province codes of citizens' numbers.

    >>> len(provinces()), "024" in provinces(), "003" in provinces()
    (63, True, False)
    """
    return frozenset(sections("provinces.txt")[""].split())


class Plan(NamedTuple):
    """Which first digits a telephone number may have after the trunk 0, and its length with them."""

    mobile: dict[str, int]
    area: dict[str, int]
    former_area: dict[str, int]


@cache
def phone_plan() -> Plan:
    """The numbering plan.

    >>> phone_plan().mobile["91"], phone_plan().area["24"], phone_plan().area["204"], phone_plan().former_area["240"]
    (9, 10, 10, 10)
    """
    kinds: dict[str, dict[str, int]] = {"mobile": {}, "area": {}, "area-until-2017": {}}
    for head, body in sections("phones.txt").items():
        kind, rest = head.split()
        kinds.setdefault(kind, {}).update({prefix: len(prefix) + int(rest) for prefix in body.split()})
    return Plan(kinds["mobile"] | kinds["mobile-until-2018"], kinds["area"], kinds["area-until-2017"])


@cache
def card_lengths() -> dict[int, list[tuple[str, str, frozenset[int]]]]:
    """How many digits an issuer's prefix has -> first prefix, last prefix, lengths of its cards.

    >>> [(low, high) for low, high, lengths in card_lengths()[2] if 15 in lengths]
    [('34', '34'), ('37', '37')]
    """
    found: dict[int, list[tuple[str, str, frozenset[int]]]] = {}
    for line in sections("issuers.txt")[""].splitlines():
        span, lengths = line.split()
        low, high = span.split("-")
        found.setdefault(len(low), []).append((low, high, frozenset(map(int, lengths.split(",")))))
    return found


def cues(kind: str) -> list[str]:
    """The cues of a kind, in lower case, the longest first.

    >>> "mật khẩu" in cues("password"), "số định danh cá nhân" in cues("id")
    (True, True)
    """
    phrases = {phrase.strip() for phrase in sections("cues.txt")[kind].replace("\n", ",").split(",")} - {""}
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def cue_pattern(kind: str) -> str:
    """The cues of a kind as an alternation, with any white space between the words of one."""
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in cues(kind))


def cue_before(text: str, start: int, kind: str) -> int | None:
    """Where the last cue of a kind ends that stands before `start`, in the same line and sentence; None without one.

    >>> cue_before("CMND số 012345678", 8, "id")
    4
    >>> cue_before("Ông có thẻ CCCD. Số 012345678", 20, "id") is None
    True
    """
    first = max(0, start - CUE_REACH)
    end = _cues(text[first:start]).get(kind)
    return None if end is None else first + end


@lru_cache(maxsize=256)
def _cues(near: str) -> dict[str, int]:
    """Each kind of cue in a stretch of text, and where its last one ends (several questions are asked of one)."""
    first = max((match.end() for match in _BREAK.finditer(near)), default=0)
    words = list(_WORD.finditer(near, first))
    found: dict[str, int] = {}
    for begin, word in enumerate(words):
        for last in words[begin : begin + LONGEST_CUE]:
            phrase = " ".join(near[word.start() : last.end()].lower().split())
            for kind in _phrases().get(phrase, ()):
                found[kind] = max(last.end(), found.get(kind, 0))
    return found


@cache
def _phrases() -> dict[str, list[str]]:
    """A cue -> its kinds."""
    found: dict[str, list[str]] = {}
    for kind in ("phone", "id", "passport", "other"):
        for phrase in cues(kind):
            found.setdefault(phrase, []).append(kind)
    return found


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BREAK = re.compile(r"[\n;]|(?<=\w\w\w)[.!?] ")
