"""The marks of the language room: accuracy by kind of line on DATA/lid, and speed beside langdetect's."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.mark import Mark
from corpus.language import detect, detect_lines
from corpus.language.rest import english_share

OURS = ("vi", "en")
# file, the gold labels that count, the accuracy asked for
ACCURACY = (
    ("lingua_sentences", OURS, 0.995),
    ("udhr_vie", OURS, 0.995),
    ("udhr_eng", OURS, 0.995),
    ("vi_decomposed_nfd", OURS, 0.995),
    ("tatoeba_short_sentences", OURS, 0.985),
    ("lingua_word_pairs", OURS, 0.985),
    ("vi_uppercase_headlines", OURS, 0.985),
    ("lingua_single_words", OURS, 0.96),
    ("vi_no_diacritics_sentences", OURS, 0.985),
    ("vi_no_diacritics_short", OURS, 0.95),
    ("other_udhr", ("other",), 0.97),
    ("other_udhr_short", ("other",), 0.95),
    ("lingua_sentences", ("other",), 0.95),
    ("lingua_single_words", ("other",), 0.5),
    ("mixed_stacked_translation", ("mixed",), 0.95),
)
TIMES_LANGDETECT = 30.0
EVERY_NTH = 10  # line is given to langdetect, which would take a minute for all of them
CHUNK = 500


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Label and text of each line; only a newline ends a line."""
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [(label, text) for label, _, text in (line.partition("\t") for line in lines)]


def accuracy(rows: Sequence[tuple[str, str]], found: Sequence[str], labels: Sequence[str]) -> float:
    right = [gold == label for (gold, _), label in zip(rows, found, strict=True) if gold in labels]
    return sum(right) / len(right)


def seconds_per_line(function: Callable[[str], object], texts: Sequence[str]) -> float:
    started = time.process_time()
    for text in texts:
        function(text)
    return (time.process_time() - started) / len(texts)


def times_langdetect(texts: Sequence[str]) -> float:
    """How many lines we judge while langdetect judges one; each line is new to us, and both have loaded."""
    import langdetect

    def ask(text: str) -> str | None:
        try:
            return str(langdetect.detect(text))
        except langdetect.LangDetectException:
            return None

    ask("warm")
    detect("warm")
    english_share("warm")
    ours = theirs = 0.0
    for start in range(0, len(texts), CHUNK):  # in turn, so that a busy machine slows both
        chunk = texts[start : start + CHUNK]
        ours += seconds_per_line(detect, chunk) * len(chunk)
        theirs += seconds_per_line(ask, chunk[::EVERY_NTH]) * len(chunk)
    return theirs / ours


def marks(data: Path) -> list[Mark]:
    gold = {path.stem: read_rows(path) for path in sorted((data / "lid").glob("*.tsv"))}
    # speed first: a word once seen is remembered, and must not be when the clock runs
    speed = times_langdetect([text for rows in gold.values() for _, text in rows])
    found = {
        name: [language.label for language in detect_lines([text for _, text in rows])] for name, rows in gold.items()
    }
    measured = [
        Mark(f"{name} {'+'.join(labels)}", accuracy(gold[name], found[name], labels), asked)
        for name, labels, asked in ACCURACY
    ]
    return [*measured, Mark("speed, times langdetect with all profiles", speed, TIMES_LANGDETECT, "x")]
