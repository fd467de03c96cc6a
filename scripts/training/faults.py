"""Bad pairs made out of good ones, each with a fault that occurs in real bitext."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from corpus.orthography import find_names

Pair = tuple[str, str]
_RUN = re.compile(r"[0-9]+")
_CLAUSE = re.compile(r"[,;:] |\. (?=[A-ZĐ])")
_LOST_CONTROLS = re.compile("[\x80-\x9f]")


class Case(NamedTuple):
    """A pair, the expert that should find its fault ("" for a good pair), the kind of fault, and the side cut short."""

    vi: str
    en: str
    expert: str
    kind: str
    cut: str = ""


def cases(document: Sequence[Pair], pool: Sequence[Pair], foreign: Sequence[str], random: Random) -> list[Case]:
    """The good pairs of a document, some of them joined, and for each a few faults drawn at random."""
    found: list[Case] = []
    for at, pair in enumerate(document):
        joined = at + 1 < len(document) and random.random() < 0.15
        good = _join([pair, document[at + 1]]) if joined else pair
        found.append(Case(*good, "", "good"))
        made = (
            _cut(good, random), _cut(good, random), _renumber(good, random), _drop_clause(good, random),
            _rename(good, pool, random), _stranger(document, at, pool, random), _stranger(document, at, pool, random),
            _window(document, at, random), _spoil_form(good, foreign, random),
        )  # fmt: skip
        found += [case for case in made if case is not None and (case.vi, case.en) != good]
    return found


def _join(pairs: Sequence[Pair]) -> Pair:
    return " ".join(vi for vi, _ in pairs), " ".join(en for _, en in pairs)


def _with(pair: Pair, side: int, text: str) -> Pair:
    return (text, pair[1]) if side == 0 else (pair[0], text)


def _cut(pair: Pair, random: Random) -> Case | None:
    """Half of the words of one side, more or less."""
    side = random.randrange(2)
    words = pair[side].split()
    keep = int(len(words) * (0.5 if random.random() < 0.6 else random.uniform(0.35, 0.7)))
    if len(words) < 6 or not keep:
        return None
    return Case(*_with(pair, side, " ".join(words[:keep])), "complete", "truncated", ("vi", "en")[side])


def _drop_clause(pair: Pair, random: Random) -> Case | None:
    """One side without its last clauses, the end mark kept: what a hasty translator leaves out."""
    side = random.randrange(2)
    text = pair[side]
    places = [m.start() for m in _CLAUSE.finditer(text) if 0.3 < m.start() / len(text) < 0.65]
    if not places or len(text) < 60:
        return None
    last = text[-1] if text[-1] in ".!?:" else ""
    left = _with(pair, side, text[: random.choice(places)] + last)
    return Case(*left, "complete", "dropped_clause", ("vi", "en")[side])


def _window(document: Sequence[Pair], at: int, random: Random) -> Case | None:
    """Two sentences beside one of them, or beside one of them and the next."""
    rows = document[at : at + 3]
    if len(rows) < 3:
        return None
    side = random.randrange(2)
    if random.random() < 0.5:
        vi, en = _join(rows[:2])[0], _join(rows[1:])[1]
        return Case(vi, en, "meaning", "shifted_window")
    return Case(*_with(_join(rows[:2]), side, rows[0][side]), "complete", "partial", ("vi", "en")[side])


def _stranger(document: Sequence[Pair], at: int, pool: Sequence[Pair], random: Random) -> Case | None:
    """A sentence beside one from elsewhere: a neighbour of its partner, one of like length, or any."""
    vi, en = document[at]
    draw = random.random()
    if draw < 0.5:
        places = [k for k in (at - 1, at + 1, at + 2) if 0 <= k < len(document)]
        if not places:
            return None
        return Case(vi, document[random.choice(places)][1], "meaning", "next_sentence")
    some = random.sample(pool, 12)
    other = min(some, key=lambda row: abs(len(row[1]) - len(en))) if draw < 0.75 else some[0]
    return Case(vi, other[1], "meaning", "random_pair")


def _renumber(pair: Pair, random: Random) -> Case | None:
    """One number of one side replaced by another of as many digits; seldom a small one, which may well be told in
    words on the other side, so that nobody can tell."""
    side = random.randrange(2)
    runs = [m for m in _RUN.finditer(pair[side]) if 1 <= len(m[0]) <= 6]
    longer = [m for m in runs if len(m[0]) > 1]
    runs = longer or runs
    if not runs or (not longer and random.random() > 0.25):
        return None
    run = random.choice(runs)
    size = len(run[0])
    number = str(random.randrange(10 ** (size - 1), 10**size))
    text = pair[side][: run.start()] + number + pair[side][run.end() :]
    return None if number == run[0] else Case(*_with(pair, side, text), "figures", "number_changed")


def _rename(pair: Pair, pool: Sequence[Pair], random: Random) -> Case | None:
    """One name of one side, which stood on both, replaced by another."""
    side = random.randrange(2)
    text, other = pair[side], pair[1 - side]
    names = [n for n in find_names(text) if text[n.start : n.end] in other and n.start and len(n.words) < 4]
    strange = [row[side][n.start : n.end] for row in random.sample(pool, 6) for n in find_names(row[side]) if n.start]
    strange = [name for name in strange if name not in text and name not in other]
    if not names or not strange or random.random() > 0.3:
        return None
    name = random.choice(names)
    renamed = text[: name.start] + random.choice(strange) + text[name.end :]
    return Case(*_with(pair, side, renamed), "figures", "name_changed")


def _spoil_form(pair: Pair, foreign: Sequence[str], random: Random) -> Case | None:
    """A wrong encoding, another language, no translation, half of one, one said twice."""
    vi, en = pair
    words_vi, words_en = vi.split(), en.split()
    some_vi, some_en = " ".join(words_vi[: len(words_vi) // 2]), " ".join(words_en[len(words_en) // 2 :])
    strange = random.choice(foreign)
    spoilt_vi, spoilt_en, kind = random.choice([
        (_LOST_CONTROLS.sub("", vi.encode("utf-8").decode("latin-1")), en, "mojibake"),
        (vi.encode("utf-8").decode("cp1252", "replace"), en, "mojibake"),
        (strange, en, "other_language"), (vi, strange, "other_language"),
        (en, en, "copy"), (vi, vi, "copy"), (en, vi, "swapped"),
        (f"{some_vi} {some_en}", en, "half_translated"), (f"{vi} {vi}", en, "said_twice"),
    ])  # fmt: skip
    if kind in ("copy", "swapped", "half_translated", "mojibake") and min(len(words_vi), len(words_en)) < 4:
        return None
    return Case(spoilt_vi, spoilt_en, "form", kind)
