"""More training text out of clean text: sentences lost, passages lost, neighbours run together, short documents."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.gold import Document
from corpus.alignment.beads import Bead

Rows = list[tuple[list[str], list[str]]]
LOST = (0.05, 0.1, 0.15, 0.2)
"""The share of sentences lost on each side. High, so that a lone sentence often lies beside one of the other side: only
then do the weights learn that two sentences need more than neighbourhood to be a pair."""
MERGED = (0.02, 0.05, 0.08)
"""The share of sentences that are run together with the next."""


def cut_short(documents: list[Document], random: Random, least: int = 6, most: int = 30) -> Iterator[Rows]:
    """Stretches of `least` to `most` beads, each as the sentences of its beads."""
    for document in documents:
        rows = [([document.vi[i] for i in bead.vi], [document.en[j] for j in bead.en]) for bead in document.gold]
        while rows:
            size = random.randint(least, most)
            part, rows = rows[:size], rows[size:]
            if len(part) >= 5:
                yield part


def spoil(rows: Rows, random: Random) -> Document | None:
    """The same text with losses and mergers at rates drawn at random; None if a side is left empty."""
    lost, merged = random.choice(LOST), random.choice(MERGED)
    gone = _passages(len(rows), random) if random.random() < 0.3 else set()
    left: Rows = []
    for k, (vi, en) in enumerate(rows):
        vi = [] if (k, 0) in gone or random.random() < lost else vi
        en = [] if (k, 1) in gone or random.random() < lost else en
        if vi or en:
            left.append((vi, en))
    return _number(_run_together(left, random, merged))


def _passages(size: int, random: Random) -> set[tuple[int, int]]:
    """Beads of whole passages with the side on which they are missing."""
    gone: set[tuple[int, int]] = set()
    for _ in range(random.randint(1, 3) if size > 12 else 0):
        length = max(1, int(size * random.uniform(0.04, 0.15)))
        start, side = random.randrange(size - length + 1), random.randrange(2)
        gone.update((k, side) for k in range(start, start + length))
    return gone


def _run_together(rows: Rows, random: Random, share: float) -> Rows:
    """Of some adjacent pairs of single sentences one side on one line: beads of one and two."""
    merged: Rows = []
    k = 0
    while k < len(rows):
        here = rows[k]
        following = rows[k + 1] if k + 1 < len(rows) else ([], [])
        single = all(len(side) == 1 for side in (*here, *following))
        if single and random.random() < 2 * share:
            vi, en = [*here[0], *following[0]], [*here[1], *following[1]]
            merged.append(([" ".join(vi)], en) if random.random() < 0.5 else (vi, [" ".join(en)]))
            k += 2
        else:
            merged.append(here)
            k += 1
    return merged


def _number(rows: Rows) -> Document | None:
    """The rows as a document with its gold."""
    vi: list[str] = []
    en: list[str] = []
    gold = []
    for left, right in rows:
        at_vi, at_en = range(len(vi), len(vi) + len(left)), range(len(en), len(en) + len(right))
        gold.append(Bead(tuple(at_vi), tuple(at_en), 1.0))
        vi += left
        en += right
    return Document("spoiled", vi, en, gold) if vi and en else None
