"""Marks of the shipped lexicon: how many of the words of running text it knows, and how many entries people wrote.

A word is known if the lexicon has a translation for it, or for a phrase that it is a part of. Every word counts each
time it stands in the text, names included; numbers do not count, for they need no translation. NTREX is measured only:
nothing is learnt from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.gold import read_set
from benchmarks.mark import Mark
from corpus.alignment.units import english_units, vietnamese_units
from corpus.language import detect_lines
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.shipped import hand_entries, shipped_lexicon

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
ENTRIES = 3000
SHOWN = 0.0
"""Coverage is shown, and nothing is asked of it: names, which no lexicon holds, are a good part of what it misses."""


def marks(data: Path) -> list[Mark]:
    """The entries written by hand, and the coverage of news and seeds: of the whole lexicon and of that half alone."""
    documents = read_set(data / "sentalign" / "ntrex_news")
    texts = {
        "ntrex_news": ([s for document in documents for s in document.vi], [s for d in documents for s in d.en]),
        "seeds": seed_lines(SEEDS),
    }
    entries = hand_entries()
    found = [Mark("entries written by hand", len({entry.vi for entry in entries}), ENTRIES)]
    for name, lexicon in (("shipped", shipped_lexicon()), ("by hand", from_entries(entries))):
        for text, (vi, en) in texts.items():
            found.append(Mark(f"{text}, Vietnamese syllables known, {name}", vietnamese_coverage(vi, lexicon), SHOWN))
            found.append(Mark(f"{text}, English words known, {name}", english_coverage(en, lexicon), SHOWN))
    return found


def seed_lines(folder: Path) -> tuple[list[str], list[str]]:
    """The Vietnamese and the English lines of the seeds; a line in neither language, or in both, is left out."""
    lines = [line for file in sorted(folder.glob("*.txt")) for line in file.read_text("utf-8").split("\n")]
    labels = [language.label for language in detect_lines(lines)]
    vi, en = ([line for line, label in zip(lines, labels, strict=True) if label == lang] for lang in ("vi", "en"))
    return vi, en


def vietnamese_coverage(sentences: Iterable[str], lexicon: Lexicon) -> float:
    """The share of running syllables that are translated, alone or in a phrase."""
    return _coverage(map(vietnamese_units, sentences), _translated(lexicon.vi, lexicon.forward))


def english_coverage(sentences: Iterable[str], lexicon: Lexicon) -> float:
    """The share of running words that are translated, alone or in a phrase."""
    return _coverage(map(english_units, sentences), _translated(lexicon.en, lexicon.backward))


def _translated(units: Sequence[str], table: Any) -> frozenset[str]:
    """The units and phrases that have a translation at all."""
    return frozenset(units[row] for row in np.flatnonzero(np.diff(table.indptr)).tolist())


def _coverage(sentences: Iterable[list[str]], known: frozenset[str]) -> float:
    longest = max((unit.count(" ") + 1 for unit in known), default=1)
    words = covered = 0
    for units in sentences:
        sentence = [unit for unit in units if unit[0] not in "@="]
        at = known_places(sentence, known, longest)
        places = [place for place, word in enumerate(sentence) if word[0] != "#"]
        words, covered = words + len(places), covered + len(at.intersection(places))
    return covered / max(words, 1)


def known_places(sentence: Sequence[str], known: frozenset[str], longest: int) -> set[int]:
    """The places of a sentence that lie in a known word, or in a known phrase of at most `longest` words.

    >>> sorted(known_places(["ông", "dự", "hội", "nghị"], frozenset({"ông", "hội nghị"}), 2))
    [0, 2, 3]
    """
    return {
        place
        for start in range(len(sentence))
        for end in range(start + 1, min(start + longest, len(sentence)) + 1)
        if " ".join(sentence[start:end]) in known
        for place in range(start, end)
    }
