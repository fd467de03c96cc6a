"""Aligned pairs made of the project's own word list: plain enough to be no story, different enough to be no copies."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

LEXICON = ROOT / "corpus" / "data" / "lexicon"
WORDS_PER_SIDE = 9


@cache
def entries() -> list[tuple[str, str]]:
    """Vietnamese words with their first translation, in the order of the files."""
    lines = (line for file in sorted(LEXICON.glob("*.tsv")) for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    return [(vi, en.split("|")[0]) for vi, en in pairs]


def made_pair(number: int) -> tuple[str, str]:
    """The pair with this number: the same every time, and like no other."""
    chosen = random.Random(number).sample(entries(), WORDS_PER_SIDE)
    vi, en = (" ".join(entry[side] for entry in chosen) for side in (0, 1))
    return f"{vi.capitalize()}.", f"{en.capitalize()}."


def made_records(pages: int, *, first: int = 0, per_page: int = 5) -> list[dict[str, Any]]:
    """Records of `pages` pages with some pairs each; a page is told by its address."""
    return [
        {"vi": vi, "en": en, "url": f"https://example.vn/{page}.html"}
        for page in range(first, first + pages)
        for vi, en in (made_pair(page * per_page + k) for k in range(per_page))
    ]


def write_records(path: Path, records: list[dict[str, Any]]) -> Path:
    """Records as JSON lines."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path
