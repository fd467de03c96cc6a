"""What a run learns from its own articles: word translations, and how long English is beside Vietnamese.

It is learnt once from a bounded sample, kept under OUT/learnt/ and part of the recipe, so that new articles are aligned
and scored as the old ones were, until the user asks to learn again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.engine.run import Run

if TYPE_CHECKING:
    from corpus.alignment import Aligner

ALIGN_VERSION = "align:v1"
USUAL = "usual.json"
SAMPLE = 2000
"""Pairs that the usual ratio of lengths is taken from."""
ENOUGH = 200
"""With fewer pairs than these the ratio is taken to be 1, and nothing is kept."""


def learnt_file(run: Run) -> Path | None:
    """The file of learnt word translations, if the run has one."""
    return next(iter(sorted((run.path / "learnt").glob("*.npz"))), None)


def align_recipe(run: Run) -> str:
    """What alignment in this run rests on, in one line."""
    from corpus.lexicon.shipped import shipped_hash

    learnt = learnt_file(run)
    return f"lexicon:{shipped_hash()}|learnt:{learnt.stem if learnt else 'nothing'}"


@lru_cache(maxsize=1)
def aligner_of(file: Path | None) -> Aligner:
    """The aligner with what stands in `file`, made once a process.

    Always read from the file, also by the build that wrote it: the file rounds, and every build must align alike.
    """
    from corpus.alignment import Aligner, Learnt

    return Aligner(learnt=Learnt.load(file) if file else None)


def kept_length_ratio(run: Run) -> float | None:
    """English characters per Vietnamese one, as is usual in this collection; None if it was not learnt."""
    file = run.path / "learnt" / USUAL
    return float(json.loads(file.read_text(encoding="utf-8"))["length_ratio"]) if file.exists() else None


def learn_length_ratio(run: Run, pairs: Iterable[tuple[str, str]]) -> None:
    """Measure the usual ratio of lengths on the first of these pairs and keep it, if they are enough."""
    from corpus.scoring import usual_ratio

    sample = list(islice(pairs, SAMPLE))
    file = run.path / "learnt" / USUAL
    file.unlink(missing_ok=True)
    if len(sample) >= ENOUGH:
        file.parent.mkdir(exist_ok=True)
        run.write_json(f"learnt/{USUAL}", {"length_ratio": round(usual_ratio(sample), 3)})
