"""The marks of the scoring room: how well `quality` tells good pairs from bad ones in DATA/filter, and how fast.

Each figure stands twice: over all rows, and over those whose text is news, which neither the weights nor the lexicon
have seen. A bad row counts as news if one of its sides stands in DATA/sentalign/ntrex_news.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

import numpy as np

from benchmarks.mark import Mark
from corpus.scoring.scorer import Scorer

AUC, EASY, HARD = 0.98, 0.95, 0.80
LOST = 0.01
"""The share of good pairs that the threshold may lose."""
HARD_KINDS = frozenset({"number_changed", "vi_truncated_half", "en_truncated_half"})
MILLISECONDS = 1.0
_FEW = 5  # kinds with fewer rows are not measured apart
_HEAD = 18  # characters by which a cut or changed sentence is known


class Row(NamedTuple):
    """A row of the gold file, whether its text is news, and its quality."""

    good: bool
    kind: str
    vi: str
    en: str
    news: bool
    quality: float


def read_rows(data: Path, scorer: Scorer) -> list[Row]:
    """The gold rows with their quality."""
    lines = (data / "filter" / "pairs.tsv").read_text("utf-8").removesuffix("\n").split("\n")
    known = _news(data)
    rows = []
    for line in lines:
        label, kind, vi, en = line.split("\t")
        quality = scorer.score(vi, en)["quality"]
        rows.append(Row(label == "good", kind, vi, en, _is_news(kind, vi, en, known), quality or 0.0))
    return rows


def _news(data: Path) -> set[str]:
    """The heads and tails of all sentences of the news set."""
    folder = data / "sentalign" / "ntrex_news"
    texts = [path.read_text("utf-8").split("\n") for path in sorted(folder.iterdir()) if path.suffix in (".vi", ".en")]
    return {key for lines in texts for line in lines for key in _keys(line)}


def _keys(line: str) -> tuple[str, str]:
    return line[:_HEAD], line[-_HEAD:]


def _is_news(kind: str, vi: str, en: str, known: set[str]) -> bool:
    if kind in ("ntrex_news", "d2l_tech", "docs_hf", "docs_react"):
        return kind == "ntrex_news"
    return any(key in known for side in (vi, en) if len(side) >= _HEAD for key in _keys(side))


def roc_auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """The probability that a good pair scores higher than a bad one; ties count half.

    >>> roc_auc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    ranked = np.sort(np.array(bad))
    below = np.searchsorted(ranked, good, "left") + np.searchsorted(ranked, good, "right")
    return float(below.sum()) / 2 / len(good) / len(bad)


def threshold(good: Iterable[float], lost: float = LOST) -> float:
    """The highest threshold that loses at most that share of the good pairs: what lies below it is rejected."""
    ranked = sorted(good)
    return ranked[int(lost * len(ranked))]


def measure_rows(rows: Sequence[Row], name: str) -> list[Mark]:
    good = [row.quality for row in rows if row.good]
    bad = [row for row in rows if not row.good]
    cut = threshold(good)
    marks = [Mark(f"{name}: ROC AUC ({len(good)} good, {len(bad)} bad)", roc_auc(good, [r.quality for r in bad]), AUC)]
    for kind in sorted({row.kind for row in bad}):
        found = [row.quality < cut for row in bad if row.kind == kind]
        if len(found) >= _FEW:
            asked = HARD if kind in HARD_KINDS else EASY
            marks.append(Mark(f"{name}: {kind} caught ({len(found)})", sum(found) / len(found), asked))
    return marks


def marks(data: Path) -> list[Mark]:
    scorer = Scorer()
    scorer.score("Trời mưa.", "It rains.")
    started = process_time()
    rows = read_rows(data, scorer)
    spent = (process_time() - started) / len(rows) * 1000
    return [
        *measure_rows(rows, "all"),
        *measure_rows([row for row in rows if row.news], "news"),
        Mark("a pair scored", spent, MILLISECONDS, " ms", at_most=True),
    ]
