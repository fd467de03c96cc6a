"""Scores of an aligned pair: what is measured once, kept in columns, and judged later by thresholds.

The files in reading order: `wordbook` and `coverage` (which words answer to which), `figures`, `names`, `surface`,
`endings` (one measure each), `evidence` (all of them), `features`, `experts` and `scorer` (quality), `thresholds`
(which pairs to keep).
"""

from __future__ import annotations

from corpus.scoring.figures import date_agreement, number_agreement
from corpus.scoring.names import legal_agreement, name_agreement
from corpus.scoring.scorer import Scorer, adequacy, truncation
from corpus.scoring.surface import copied, debris, length_ratio, markup_share, repeated, usual_ratio
from corpus.scoring.thresholds import PRESETS, Thresholds, load_thresholds

__all__ = [
    "PRESETS",
    "Scorer",
    "Thresholds",
    "adequacy",
    "copied",
    "date_agreement",
    "debris",
    "legal_agreement",
    "length_ratio",
    "load_thresholds",
    "markup_share",
    "name_agreement",
    "number_agreement",
    "repeated",
    "truncation",
    "usual_ratio",
]
