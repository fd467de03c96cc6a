"""The marks of the pairing room: DATA/docalign, bitext inside articles built from DATA/sentalign, growth, the seeds."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.mark import Mark
from corpus.alignment import Aligner
from corpus.language import detect
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.shipped import hand_entries, shipped_lexicon
from corpus.pairing import ArticleSentence, Document, Explainer, find_pairs, find_within
from corpus.pairing.finding import find_candidates

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLE_F1 = {"ntrex_news": 0.995, "ntrex_news_noisy": 0.99, "tech_docs_open": 0.985}
LEARNT_FROM = frozenset({"tech_docs_open"})  # the shipped lexicon has seen it: measured with the half written by hand
WITHIN_PRECISION, WITHIN_RECALL = 0.99, 0.95
ARRANGEMENTS = ("vi, en", "en, vi", "all vi, all en", "all en, all vi")
DOUBLINGS = (500, 1000, 2000)
GROWTH = 2.5  # times as long for twice as many; comparing all with all takes four times as long


class Translation(NamedTuple):
    """A document of DATA/sentalign: its lines on both sides and which belong together."""

    vi: list[str]
    en: list[str]
    links: list[tuple[list[int], list[int]]]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def translations(folder: Path) -> Iterator[Translation]:
    for gold in sorted(folder.glob("*.gold")):
        links = [tuple(indices(side) for side in line.split(":")[:2]) for line in lines(gold) if line]
        yield Translation(lines(gold.with_suffix(".vi")), lines(gold.with_suffix(".en")), [(a, b) for a, b in links])


def indices(side: str) -> list[int]:
    return [int(number) for number in side.strip("[] ").split(",") if number.strip()]


def documents(folder: Path) -> list[Document]:
    return [
        Document(path.name, path.read_text(encoding="utf-8"), name=path.name) for path in sorted(folder.glob("*.txt"))
    ]


def article_f1(folder: Path, lexicon: Lexicon) -> float:
    gold = {tuple(line.split("\t")[:2]) for line in lines(folder / "gold.tsv") if line}
    pairs = find_pairs(documents(folder / "vi"), documents(folder / "en"), lexicon=lexicon)
    found = {(pair.vi, pair.en) for pair in pairs if pair.reject is None}
    return 2 * len(found & gold) / (len(found) + len(gold))


def pairs_among_seeds(lexicon: Lexicon) -> int:
    """No seed translates another, though two tell of one committee."""
    seeds = documents(ROOT / "seeds")
    vi = [seed for seed in seeds if detect(seed.text).label == "vi"]
    en = [seed for seed in seeds if detect(seed.text).label != "vi"]
    return sum(pair.reject is None for pair in find_pairs(vi, en, lexicon=lexicon))


def arrange(
    document: Translation, arrangement: str, rng: random.Random
) -> tuple[list[ArticleSentence], set[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """An article made of both sides of a document, in paragraphs of one to three links, and its gold pairs."""
    links = document.links
    cuts = [0]
    while "all" not in arrangement and cuts[-1] < len(links):
        cuts.append(cuts[-1] + rng.randint(1, 3))
    blocks = [links[a:b] for a, b in zip(cuts, [*cuts[1:], len(links)], strict=True) if links[a:b]]
    sentences: list[ArticleSentence] = []
    place: dict[tuple[str, int], int] = {}
    segment = 0
    for block in blocks:
        for lang in ("vi", "en") if arrangement.find("vi") < arrangement.find("en") else ("en", "vi"):
            for link in block:
                for k in link[0] if lang == "vi" else link[1]:
                    place[lang, k] = len(sentences)
                    sentences.append(ArticleSentence(getattr(document, lang)[k], lang, segment, "body"))
                segment += "all" in arrangement
            segment += 1
    gold = {(tuple(place["vi", i] for i in a), tuple(place["en", j] for j in b)) for a, b in links if a and b}
    return sentences, gold


def within(
    news: Sequence[Translation], arrangement: str, explainer: Explainer, aligner: Aligner
) -> tuple[float, float]:
    """Precision and recall of the pairs inside articles that hold both languages."""
    rng = random.Random(0)
    right = found = expected = 0
    for document in news:
        sentences, gold = arrange(document, arrangement, rng)
        pairs = {(bead.vi, bead.en) for bead in find_within(sentences, explainer=explainer, aligner=aligner)}
        right, found, expected = right + len(pairs & gold), found + len(pairs), expected + len(gold)
    return right / max(found, 1), right / max(expected, 1)


def rows_among_strangers(news: Sequence[Translation], explainer: Explainer, aligner: Aligner) -> int:
    """Pairs in articles of one language, and in articles whose two halves tell of different things."""
    rows = 0
    for document, other in zip(news, [*news[7:], *news[:7]], strict=True):
        sides = [("vi", line) for line in document.vi], [("en", line) for line in document.en]
        mixed = sides[0] + [("en", line) for line in other.en]
        for article in (*sides, mixed):
            sentences = [ArticleSentence(line, lang, k, "body") for k, (lang, line) in enumerate(article)]
            rows += len(find_within(sentences, explainer=explainer, aligner=aligner))
    return rows


def invented(news: Sequence[Translation], count: int) -> tuple[list[Document], list[Document]]:
    """A collection of any size: articles of a dozen links drawn from all documents, one in ten lost on each side."""
    rng = random.Random(count)
    pool = [
        (" ".join(document.vi[i] for i in a), " ".join(document.en[j] for j in b))
        for document in news for a, b in document.links if a and b
    ]  # fmt: skip
    vi, en = [], []
    for k in range(count):
        chosen = rng.sample(pool, 12)
        vi.append(Document(str(k), "\n".join(side for side, _ in chosen if rng.random() > 0.1)))
        en.append(Document(str(k), "\n".join(side for _, side in chosen if rng.random() > 0.1)))
    return vi, en


def growth(news: Sequence[Translation], lexicon: Lexicon) -> list[Mark]:
    """Candidates of collections that double: the step that could compare all with all, and must not."""
    seconds = []
    for count in DOUBLINGS:
        vi, en = invented(news, count)
        started = time.process_time()
        find_candidates(vi, en, lexicon)
        seconds.append(time.process_time() - started)
    return [
        Mark(f"candidates, {count} + {count} in {after:.1f} s, times half as many", after / before, GROWTH, "x", True)
        for count, before, after in zip(DOUBLINGS[1:], seconds, seconds[1:], strict=False)
    ]


def marks(data: Path) -> list[Mark]:
    hand, shipped = from_entries(hand_entries()), shipped_lexicon()
    measured = [
        Mark(f"{name} F1", article_f1(data / "docalign" / name, hand if name in LEARNT_FROM else shipped), asked)
        for name, asked in ARTICLE_F1.items()
    ]
    measured.append(Mark("pairs among the seeds", pairs_among_seeds(shipped), 0, at_most=True))
    news = list(translations(data / "sentalign" / "ntrex_news"))
    explainer, aligner = Explainer(shipped), Aligner(shipped)
    for arrangement in ARRANGEMENTS:
        precision, recall = within(news, arrangement, explainer, aligner)
        measured.append(Mark(f"within: {arrangement}: precision", precision, WITHIN_PRECISION))
        measured.append(Mark(f"within: {arrangement}: recall", recall, WITHIN_RECALL))
    rows = rows_among_strangers(news, explainer, aligner)
    measured.append(Mark("within: pairs where there are none", rows, 0, at_most=True))
    return measured + growth(news, shipped)
