"""The marks of the structure room: facts right on the golden articles, precision of the fields, speed on the seeds.

No public set has roles and metadata of Vietnamese articles, so the golden articles of the tests stand in; a field that
the articles do not prove must stay empty, which is counted apart.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from benchmarks.mark import Mark
from corpus.structure import Structure, analyse, split_paragraphs

ROOT = Path(__file__).parents[2]
FIELDS = ("title", "author", "published", "site", "url", "place", "license")
ROUNDS = 5


def golden() -> list[dict[str, Any]]:
    files = sorted((ROOT / "tests" / "golden").glob("structure_*.json"))
    cases = [case for file in files for case in json.loads(file.read_text("utf-8"))]
    return [case for case in cases if "roles" in case["expect"]]


def structure_of(case: dict[str, Any]) -> Structure:
    spans = split_paragraphs(case["text"])
    langs = [case.get("langs", {}).get(str(index), case["lang"]) for index in range(len(spans))]
    return analyse(case["text"], case["lang"], spans, langs)


def share(right: int, of: int) -> float:
    return right / of if of else 1.0


def role_accuracy(cases: list[dict[str, Any]]) -> float:
    pairs = [
        (paragraph.role, role)
        for case in cases
        for paragraph, role in zip(structure_of(case).paragraphs, case["expect"]["roles"], strict=False)
    ]
    return share(sum(found == role for found, role in pairs), len(pairs))


def field_marks(cases: list[dict[str, Any]]) -> tuple[float, float]:
    """Of the fields that were filled, how many are right; of those that should be, how many are."""
    pairs = [(getattr(structure_of(case), name), case["expect"][name]) for case in cases for name in FIELDS]
    right = sum(found == expected for found, expected in pairs if expected is not None)
    filled = sum(found is not None for found, _ in pairs)
    return share(right, filled), share(right, sum(expected is not None for _, expected in pairs))


def megabytes_a_second() -> float:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]

    def seconds() -> float:
        started = time.process_time()
        for text in texts:
            spans = split_paragraphs(text)
            analyse(text, "en", spans, ["en"] * len(spans))
        return time.process_time() - started

    return sum(len(text.encode()) for text in texts) / min(seconds() for _ in range(ROUNDS)) / 1e6


def marks(data: Path) -> list[Mark]:
    cases = golden()
    precision, recall = field_marks(cases)
    return [
        Mark(f"roles, {len(cases)} golden articles", role_accuracy(cases), 0.98),
        Mark("fields, precision", precision, 0.99),
        Mark("fields, recall", recall, 0.95),
        Mark("structure of the seeds", megabytes_a_second(), 0.5, " MB/s"),
    ]
