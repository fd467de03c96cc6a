"""The marks of the orthography room: do the two sides of a translation hold the same numbers and dates, and how fast.

A translator may write a number out or drop it, so full agreement is out of reach; what a wrong reading costs shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.mark import Mark
from corpus.orthography import find_dates, find_numbers, normalize, number_habit
from corpus.orthography.notation import Notation


def indices(side: str) -> list[int]:
    return [int(number) for number in side.strip("[] ").split(",") if number.strip()]


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def values(text: str, lang: str, habit: Notation) -> Counter[str]:
    """The numbers and dates of a sentence as a multiset."""
    numbers = (str(number.value) for number in find_numbers(text, lang, habit))
    return Counter(numbers) + Counter(date.iso for date in find_dates(text, lang))


def linked_values(folder: Path) -> Iterator[tuple[Counter[str], Counter[str]]]:
    """What both sides of every gold link hold, links without a number or date on either side left out."""
    for gold in sorted(folder.glob("*.gold")):
        vi, en = lines(gold.with_suffix(".vi")), lines(gold.with_suffix(".en"))
        vi_habit, en_habit = number_habit("\n".join(vi), "vi"), number_habit("\n".join(en), "en")
        for line in gold.read_text("utf-8").splitlines():
            left, right = (indices(side) for side in line.split(":")[:2])
            vi_values = values(" ".join(vi[i] for i in left), "vi", vi_habit)
            en_values = values(" ".join(en[i] for i in right), "en", en_habit)
            if left and right and (vi_values or en_values):
                yield vi_values, en_values


def agreement(folder: Path) -> tuple[float, float]:
    """The share of linked sentences that agree in full, and the F1 of their single values."""
    pairs = list(linked_values(folder))
    shared = sum((vi & en).total() for vi, en in pairs)
    return sum(vi == en for vi, en in pairs) / len(pairs), 2 * shared / sum((vi + en).total() for vi, en in pairs)


def megabytes_per_second(call: Callable[[str], Any], text: str) -> float:
    start = process_time()
    call(text)
    return len(text.encode()) / 1e6 / (process_time() - start)


def marks(data: Path) -> list[Mark]:
    news = data / "sentalign" / "ntrex_news"
    whole, single = agreement(news)
    vi = "\n".join(path.read_text("utf-8") for path in sorted(news.glob("*.vi")))
    bare = vi.translate(str.maketrans("", "", "0123456789"))
    return [
        Mark("ntrex_news: linked sentences whose numbers and dates agree", whole, 0.87),
        Mark("ntrex_news: F1 of single numbers and dates", single, 0.94),
        Mark("normalize, clean text", megabytes_per_second(normalize, vi), 100, " MB/s"),
        Mark("find_dates, no figures", megabytes_per_second(lambda text: find_dates(text, "vi"), bare), 5, " MB/s"),
        Mark("find_numbers, no figures", megabytes_per_second(lambda text: find_numbers(text, "vi"), bare), 5, " MB/s"),
    ]
