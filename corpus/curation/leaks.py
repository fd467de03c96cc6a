"""The last look at the splits: which rows must go so that nothing held out has a copy in another split.

Clusters keep most copies together; this makes sure of the rest, and takes no chances: every text of a row in validation
or test is looked up exactly among the texts of all other splits. Of two rows that cannot both stay goes the one of the
later build; in one build the one in train, else in validation. A held-out row that stands against more than ten rows
goes itself: one row in test is not worth every row that holds a stock phrase.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.curation.history import SPLITS
from corpus.curation.lookup import CopyIndex
from corpus.curation.sides import NEAR, STOCK, Side

TRAIN = SPLITS.index("train")
Rank = tuple[int, int]
"""Generation, then place of the split in SPLITS: of two rows in conflict the one with the smaller rank stays."""


def bridging_rows(sides: Sequence[Side], ranks: Sequence[Rank | None]) -> set[int]:
    """The rows to leave out. `ranks` has None for rows that are out already.

    >>> from corpus.curation.sides import read_side
    >>> side = read_side(["Hà Nội mưa rất to", "Hà Nội mưa rất to!", "Huế nắng đẹp cả ngày"])
    >>> bridging_rows([side], [(1, 0), (1, 2), (1, 2)])
    {1}
    """
    conflicts = [_conflicts(side, ranks) for side in sides]
    texts = list(zip(*(side.text_of for side in sides), strict=True))
    by_rank: dict[Rank, list[int]] = defaultdict(list)
    for row, rank in enumerate(ranks):
        if rank is not None:
            by_rank[rank].append(row)
    out: set[int] = set()
    for rank in sorted(by_rank):
        # Rows of one rank are in one split and never in conflict, so their order does not matter.
        fallen = {row for row in by_rank[rank] if _falls(texts[row], rank, conflicts)}
        for row in set(by_rank[rank]) - fallen:
            for text, conflict in zip(texts[row], conflicts, strict=True):
                conflict.kept[text].add(rank[1])
        out |= fallen
    return out


@dataclass
class _Conflicts:
    """Of one side: near texts of each text, groups that give way to many, and the splits of kept rows so far."""

    near: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    stock: set[tuple[int, Rank]] = field(default_factory=set)
    kept: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def _falls(texts: tuple[int, ...], rank: Rank, conflicts: Sequence[_Conflicts]) -> bool:
    for text, conflict in zip(texts, conflicts, strict=True):
        if text < 0:
            continue
        if (text, rank) in conflict.stock:
            return True
        if any(conflict.kept.get(near, set()) - {rank[1]} for near in (text, *conflict.near.get(text, ()))):
            return True
    return False


def _conflicts(side: Side, ranks: Sequence[Rank | None]) -> _Conflicts:
    carried = _carried(side, ranks)
    held = [text for text in sorted(carried) if any(place != TRAIN for _, place in carried[text])]
    index = CopyIndex([side.sets[text] for text in held], NEAR)
    place_of = {text: place for place, text in enumerate(held)}
    against: Counter[tuple[int, Rank]] = Counter()
    found = _Conflicts()
    for text in sorted(carried):
        near = [held[match.entry] for match in index.find(side.sets[text])] if side.sets[text] else []
        for other in near if side.sets[text] else [text] if text in place_of else []:
            if other != text:
                found.near[text].append(other)
                found.near[other].append(text)
            if _count_juniors(carried, text, other, against):
                index.drop(place_of[other])
    found.stock = {group for group, rows in against.items() if rows > STOCK}
    return found


def _carried(side: Side, ranks: Sequence[Rank | None]) -> dict[int, Counter[Rank]]:
    """How many rows of each rank carry each text."""
    found: dict[int, Counter[Rank]] = {}
    for text, rank in zip(side.text_of, ranks, strict=True):
        if rank is not None and text >= 0:
            found.setdefault(text, Counter())[rank] += 1
    return found


def _count_juniors(
    carried: dict[int, Counter[Rank]], text: int, other: int, against: Counter[tuple[int, Rank]]
) -> bool:
    """Count the rows of `text` against the held-out rows of `other` of their build; whether all of these give way."""
    held = [rank for rank in carried[other] if rank[1] != TRAIN]
    for rank in held:
        against[other, rank] += sum(
            rows for (generation, place), rows in carried[text].items() if generation == rank[0] and place > rank[1]
        )
    return all(against[other, rank] > STOCK for rank in held)
