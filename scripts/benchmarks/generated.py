"""Collections of any size, made of real articles cut and recombined: every article has a known partner, or none.

An article is 12 to 25 segments of two or three documents of DATA/sentalign, in runs as they stand; each side loses
some of them by itself. A few thousand documents repeat themselves in a collection of a hundred thousand articles, so
what tells articles of an archive apart is varied: names and numbers that stand on both sides of a segment are replaced,
alike on both sides and throughout an article. Every article depends on the seed and its own number alone.

    python scripts/benchmarks/generated.py DATA OUT --pairs 50000 --lonely 5000
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.orthography import fold

SETS = ("ntrex_news", "d2l_tech", "docs_react", "docs_hf", "docs_cncf")
SEGMENTS = (12, 25)
DOCUMENTS = (2, 3)
LOST = 0.08
"""The share of segments that each side loses by itself."""
VARIED = 0.8
"""The share of an article's names and numbers that are replaced."""
LONGEST = 1500
"""Characters of a segment: a longer one is a page that was never cut."""
_NUMBER = re.compile(r"(?<![\w.,:/%-])\d{2,4}(?![\w:/-]|[.,]\d)")
_NAME = re.compile(r"(?<![\w'’-])[^\W\d_a-zà-ỹ][^\W\d_A-Z]{2,14}(?![\w'’-])")
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lò", "Giàng", "Quàng")
_MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Quốc", "Minh", "Thanh", "Ngọc", "Xuân", "Đình", "Bích", "Kim", "Trọng", "Mạnh")
_GIVEN = ("Thông", "Huy", "Mận", "Tủa", "Lan", "Hùng", "Dũng", "Hương", "Thảo", "Phúc", "Vinh", "Nga", "Yến", "Hiếu")
_HEADS = (
    "Bar",
    "Cor",
    "Dal",
    "Fen",
    "Gor",
    "Hal",
    "Jen",
    "Kar",
    "Lom",
    "Mar",
    "Nor",
    "Pel",
    "Ros",
    "Sal",
    "Tor",
    "Ver",
)
_TAILS = ("bert", "by", "den", "dor", "field", "ford", "gate", "holm", "ler", "man", "nel", "rick", "ton", "wick")


class Slot(NamedTuple):
    """What stands on both sides of a segment and may be replaced, as the Vietnamese side spells it."""

    old: str


Piece = str | Slot


class Segment(NamedTuple):
    """Both sides of a segment, each cut at its slots."""

    vi: tuple[Piece, ...]
    en: tuple[Piece, ...]


class Article(NamedTuple):
    """The lines of both sides; a lonely article has one."""

    vi: list[str]
    en: list[str]


def write_collection(data: Path, to: Path, pairs: int, *, lonely: int, seed: int = 0) -> None:
    """Write `pairs` articles in both languages and `lonely` more in each that have no partner.

    Under `to`: vi.jsonl and en.jsonl, one article a line (`text`), in an order that says nothing; gold.tsv, a line a
    pair, `vi.jsonl#3<TAB>en.jsonl#17`, as the `source` column of the articles table has it.
    """
    to.mkdir(parents=True, exist_ok=True)
    made = collection(data, pairs, lonely=lonely, seed=seed)
    places: dict[str, dict[int, int]] = {"vi": {}, "en": {}}
    for lang, articles in (("vi", made.vi), ("en", made.en)):
        with open(to / f"{lang}.jsonl", "w", encoding="utf-8") as file:
            for place, (number, lines) in enumerate(articles(), 1):
                file.write(json.dumps({"text": "\n".join(lines)}, ensure_ascii=False) + "\n")
                places[lang][number] = place
    gold = (f"vi.jsonl#{places['vi'][k]}\ten.jsonl#{places['en'][k]}\n" for k in range(pairs))
    (to / "gold.tsv").write_text("".join(gold), encoding="utf-8")


class Collection(NamedTuple):
    """Two streams of `(number, lines)`; articles with one number translate one another."""

    vi: Callable[[], Iterator[tuple[int, list[str]]]]
    en: Callable[[], Iterator[tuple[int, list[str]]]]


def collection(data: Path, pairs: int, *, lonely: int, seed: int = 0) -> Collection:
    """The articles of both languages, made as they are asked for. Numbers from `pairs` on have no partner."""
    documents = read_segments(data)

    def side(lang: int, first: int) -> Iterator[tuple[int, list[str]]]:
        numbers = [*range(pairs), *range(first, first + lonely)]
        random.Random(f"{seed} {lang}").shuffle(numbers)
        for number in numbers:
            yield number, make_article(documents, seed, number)[lang]

    return Collection(lambda: side(0, pairs), lambda: side(1, pairs + lonely))


def make_article(documents: Sequence[Sequence[Segment]], seed: int, number: int) -> Article:
    """One article and its translation."""
    rng = random.Random(seed * 1_000_003 + number)
    names: dict[str, tuple[str, str]] = {}
    sides: tuple[list[str], list[str]] = ([], [])
    for segment in _choose(documents, rng):
        for pieces, lines, lang in ((segment.vi, sides[0], 0), (segment.en, sides[1], 1)):
            if rng.random() >= LOST or not lines:
                lines.append("".join(_spell(piece, names, rng, lang) for piece in pieces))
    return Article(*sides)


def _choose(documents: Sequence[Sequence[Segment]], rng: random.Random) -> Iterator[Segment]:
    """Runs of segments of some documents, one after the other."""
    left = rng.randint(*SEGMENTS)
    parts = rng.randint(*DOCUMENTS)
    while left > 0:
        document = documents[int(rng.random() * len(documents))]
        length = min(left, max(3, rng.randint(left // (2 * parts), left)), len(document))
        start = rng.randint(0, len(document) - length)
        yield from document[start : start + length]
        left -= length


def _spell(piece: Piece, names: dict[str, tuple[str, str]], rng: random.Random, lang: int) -> str:
    if isinstance(piece, str):
        return piece
    if piece.old not in names:
        names[piece.old] = _replacement(piece.old, rng)
    return names[piece.old][lang]


def _replacement(old: str, rng: random.Random) -> tuple[str, str]:
    """What a name or number becomes, in Vietnamese and in English."""
    if rng.random() > VARIED:
        return old, old if old.isdigit() else fold(old)
    if old.isdigit():
        is_year = len(old) == 4 and old[:2] in ("19", "20")
        number = rng.randrange(1990, 2030) if is_year else rng.randrange(10 ** (len(old) - 1), 10 ** len(old))
        return str(number), str(number)
    if rng.random() < 0.5:
        name = rng.choice(_HEADS) + rng.choice(_TAILS)
        return name, name
    name = " ".join(rng.choice(words) for words in (_SURNAMES, _MIDDLE, _GIVEN))
    return name, fold(name)


# The segments of real documents


@cache
def read_segments(data: Path) -> list[list[Segment]]:
    """The documents of DATA/sentalign as segments with both sides, in order."""
    documents = []
    for name in SETS:
        for gold in sorted((data / "sentalign" / name).glob("*.gold")):
            segments = list(_segments(gold))
            if len(segments) >= SEGMENTS[0] // DOCUMENTS[1]:
                documents.append(segments)
    return documents


def _segments(gold: Path) -> Iterator[Segment]:
    vi, en = (gold.with_suffix(suffix).read_text(encoding="utf-8").split("\n") for suffix in (".vi", ".en"))
    for line in gold.read_text(encoding="utf-8").split("\n"):
        numbers = [[int(number) for number in re.findall(r"\d+", side)] for side in line.split(":")[:2]]
        if len(numbers) == 2 and all(numbers):
            sides = " ".join(vi[k] for k in numbers[0]), " ".join(en[k] for k in numbers[1])
            if max(map(len, sides)) <= LONGEST:
                yield _cut(*sides)


def _cut(vi: str, en: str) -> Segment:
    """A segment with its slots: numbers and names that stand once on either side."""
    found = [_candidates(text) for text in (vi, en)]
    shared = found[0].keys() & found[1].keys()
    old = {key: vi[slice(*found[0][key])] for key in shared}
    return Segment(*(
        _pieces(text, sorted((spans[key], Slot(old[key])) for key in shared))
        for text, spans in zip((vi, en), found, strict=True)
    ))  # fmt: skip


def _candidates(text: str) -> dict[str, tuple[int, int]]:
    """Where the names and numbers stand that occur once, by what both languages spell alike; not the first word."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for match in (*_NUMBER.finditer(text), *_NAME.finditer(text, 1)):
        spans.setdefault(fold(match[0]), []).append(match.span())
    return {key: places[0] for key, places in spans.items() if len(places) == 1}


def _pieces(text: str, slots: Sequence[tuple[tuple[int, int], Slot]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    end = 0
    for (start, stop), slot in slots:
        pieces += [text[end:start], slot]
        end = stop
    return (*pieces, text[end:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of gold data")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--lonely", type=int, default=100, help="articles without a partner, on each side")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    write_collection(args.data, args.out, args.pairs, lonely=args.lonely, seed=args.seed)


if __name__ == "__main__":
    main()
