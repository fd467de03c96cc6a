"""What becomes of a collection before it is published: duplicates, test sets, splits that do not leak.

Plain values in and out. Nothing is deleted: a row that falls out has a label and, where it repeats another one, the id
of that one.
"""

from __future__ import annotations

from corpus.curation.against import AgainstIndex, Hit, find_against
from corpus.curation.copies import near_copies
from corpus.curation.duplicates import (
    ArticleRow,
    Duplicate,
    PairRow,
    date_key,
    duplicate_articles,
    duplicate_pairs,
    pair_priority,
)
from corpus.curation.history import Known, from_history, to_history
from corpus.curation.splits import Placement, SplitPlan, SplitRow, assign_splits, check_sizes

__all__ = [
    "AgainstIndex",
    "ArticleRow",
    "Duplicate",
    "Hit",
    "Known",
    "PairRow",
    "Placement",
    "SplitPlan",
    "SplitRow",
    "assign_splits",
    "check_sizes",
    "date_key",
    "duplicate_articles",
    "duplicate_pairs",
    "find_against",
    "from_history",
    "near_copies",
    "pair_priority",
    "to_history",
]
