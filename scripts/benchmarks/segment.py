"""The marks of the segment room: sentences on DATA/sentsplit, words on DATA/wordseg, speed beside the models."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.mark import Mark
from corpus.segment import sentence_spans, split_sentences, token_spans, word_segment

BOUNDARY_F1 = 0.985
COST = 1.2  # times the bare tokeniser
SENTENCE_SPEED = 2.0  # megabytes of UTF-8 a second
ROUNDS = 5


def read_lines(path: Path) -> list[str]:
    """Only a newline ends a line."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def ends(parts: Iterable[str]) -> list[int]:
    """Where each part ends, in characters that are neither white space nor `_`."""
    found, position = [], 0
    for part in parts:
        position += len("".join(part.replace("_", "").split()))
        found.append(position)
    return found


def f1(gold: Sequence[set[object]], found: Sequence[set[object]]) -> float:
    """Micro-averaged over the units: twice what both hold, of all that either holds."""
    both = sum(len(g & p) for g, p in zip(gold, found, strict=True))
    return 2 * both / max(1, sum(map(len, gold)) + sum(map(len, found)))


def boundary_f1(paragraphs: Path, sentences: Path) -> float:
    """A paragraph's own end is no boundary to find."""
    gold = [block.split("\n") for block in sentences.read_text(encoding="utf-8").strip("\n").split("\n\n")]
    found = [split_sentences(paragraph, "vi") for paragraph in read_lines(paragraphs)]
    return f1([set(ends(block)[:-1]) for block in gold], [set(ends(block)[:-1]) for block in found])


def words(segmented: str) -> set[object]:
    stops = ends(segmented.split(" "))
    return set(zip([0, *stops], stops, strict=False))


def word_f1(raw: Path, segmented: Path, segment: Callable[[str], str]) -> float:
    gold = [words(line) for line in read_lines(segmented)]
    return f1(gold, [words(segment(line)) for line in read_lines(raw)])


def cost(lang: str, bare: Callable[[str], object], sentences: Sequence[str]) -> float:
    """How many times longer our tokens take than the bare tokeniser's; the best of some rounds, taken in turns."""

    def seconds(function: Callable[[str], object]) -> float:
        started = time.process_time()
        for sentence in sentences:
            function(sentence)
        return time.process_time() - started

    seconds(bare)  # loads
    rounds = [(seconds(partial(token_spans, lang=lang)), seconds(bare)) for _ in range(ROUNDS)]
    return min(own for own, _ in rounds) / min(other for _, other in rounds)


def megabytes_a_second(text: str, lang: str) -> float:
    def seconds() -> float:
        started = time.process_time()
        sentence_spans(text, lang)
        return time.process_time() - started

    return len(text.encode()) / min(seconds() for _ in range(ROUNDS)) / 1e6


def marks(data: Path) -> list[Mark]:
    from sacremoses import MosesTokenizer
    from underthesea import word_tokenize

    moses = partial(MosesTokenizer(lang="en").tokenize, escape=False)
    vietnamese = read_lines(data / "wordseg" / "vtb_dev.raw.txt")
    english = [line for path in sorted((data / "sentalign" / "ntrex_news").glob("*.en")) for line in read_lines(path)]
    measured = [
        Mark(f"{path.name} boundary F1", boundary_f1(path, sentences_of(path)), BOUNDARY_F1)
        for path in sorted((data / "sentsplit").glob("*.paragraphs.txt"))
    ]
    for raw in sorted((data / "wordseg").glob("*.raw.txt")):
        segmented = raw.with_name(raw.name.replace(".raw.", ".seg."))
        own = word_f1(raw, segmented, word_segment)
        measured.append(Mark(f"{raw.name} word F1", own, word_f1(raw, segmented, underthesea_alone)))
    return [
        *measured,
        Mark("tokens vi, times underthesea", cost("vi", word_tokenize, vietnamese), COST, "x", at_most=True),
        Mark("tokens en, times sacremoses", cost("en", moses, english), COST, "x", at_most=True),
        Mark("sentences vi", megabytes_a_second("\n".join(vietnamese), "vi"), SENTENCE_SPEED, " MB/s"),
        Mark("sentences en", megabytes_a_second("\n".join(english), "en"), SENTENCE_SPEED, " MB/s"),
    ]


def sentences_of(paragraphs: Path) -> Path:
    return paragraphs.with_name(paragraphs.name.replace(".paragraphs.", ".sentences."))


def underthesea_alone(sentence: str) -> str:
    from underthesea import word_tokenize

    segmented: str = word_tokenize(sentence, format="text")
    return segmented
