"""Train, validation and test by cluster: no row that is held out has a copy in another split, and no row ever moves.

A cluster's split is a matter of a hash of its name, and its name comes from its earliest article. So it does not
depend on the other clusters, and stays when they come and go; what was decided once is kept in the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.curation.clusters import LARGEST, Forest, grow_clusters
from corpus.curation.duplicates import date_key
from corpus.curation.history import SPLITS, Known, next_generation, row_key
from corpus.curation.leaks import Rank, bridging_rows
from corpus.curation.shingles import hash64
from corpus.curation.sides import read_side
from corpus.errors import UsageError

BRIDGE = "split:bridge"
FEWEST_CLUSTERS = 20
FEWEST_ROWS = 100
"""Below either of these a collection goes to train as a whole."""
_LARGEST_PART = 0.25


class SplitRow(NamedTuple):
    """A row and the units it comes from: both article ids, or the source record of a row that came aligned."""

    id: str
    units: tuple[str, ...]
    vi: str
    en: str
    published: str | None = None


class Placement(NamedTuple):
    """`cluster` and `split` of a row that is kept; `reject` of one that is not."""

    cluster: str | None
    split: str | None
    reject: str | None


class SplitPlan(NamedTuple):
    """Where each row belongs, by id; the history for the next build; the rows and clusters each split has got."""

    placements: dict[str, Placement]
    history: dict[str, Known]
    rows: dict[str, int]
    clusters: dict[str, int]
    bridges: int


def assign_splits(
    rows: Iterable[SplitRow],
    *,
    validation: float = 0.0,
    test: float = 0.0,
    related: Iterable[tuple[str, str]] = (),
    history: Mapping[str, Known] | None = None,
) -> SplitPlan:
    """Put every row into a split or leave it out as `split:bridge`.

    `validation` and `test` are shares below 1, or numbers of rows. `related` are pairs of units that are near copies of
    one another. `history` is that of the last build; give all rows again, old and new. Raises UsageError for sizes that
    cannot be and for an id that comes twice. The order of the rows does not matter.

    >>> rows = [SplitRow(f"r{n}", (f"vi{n}", f"en{n}"), f"câu {n}", f"sentence {n}") for n in range(3)]
    >>> assign_splits(rows, test=0.1).rows
    {'test': 0, 'validation': 0, 'train': 3}
    """
    check_sizes(validation, test)
    history = {} if history is None else history
    ordered = sorted(rows, key=lambda row: row.id)
    _check_ids(ordered)
    units = [tuple(sorted({unit for unit in row.units if unit})) or (f"row:{row.id}",) for row in ordered]
    sides = read_side(row.vi for row in ordered), read_side(row.en for row in ordered)
    forest = grow_clusters(units, sides, related, {unit: known.cluster for unit, known in history.items()})
    names = _cluster_names(forest, units, ordered)
    splits = _cluster_splits(forest, names, history, validation, test, len(ordered))
    generation = next_generation(history)
    homes = _homes(forest, units, names, splits, history, generation)
    out = bridging_rows(sides, [_rank(home) for home in homes])
    placements = _placements(ordered, homes, out)
    cluster_of = {unit: names[forest.root(unit)] for unit in forest.rows}
    after = {unit: Known(splits[cluster], cluster, generation) for unit, cluster in cluster_of.items()}
    after.update((row_key(own), home) for own, home in zip(units, homes, strict=True) if home and len(own) > 1)
    return SplitPlan(placements, {**after, **history}, *_reached(list(placements.values())))


def check_sizes(validation: float, test: float) -> None:
    """Raise UsageError unless both sizes are shares below 1 or whole numbers of rows, and leave something to train."""
    for name, size in (("validation", validation), ("test", test)):
        if not 0 <= size < float("inf") or (size >= 1 and size != int(size)):
            raise UsageError(f"the size of {name} is {size}; give a share below 1 (0.01) or a number of rows (2000)")
    if sum(size for size in (validation, test) if size < 1) >= 1:
        raise UsageError("validation and test together leave nothing to train; give smaller shares")


def _check_ids(ordered: Sequence[SplitRow]) -> None:
    for row, after in pairwise(ordered):
        if row.id == after.id:
            raise UsageError(f"two rows have the id {row.id!r}; give every row an id of its own")


def _cluster_names(forest: Forest, units: Sequence[tuple[str, ...]], rows: Sequence[SplitRow]) -> dict[str, str]:
    """By root: the known cluster, or 16 hexadecimal digits from the earliest unit, ties by hash."""
    first: dict[str, tuple[str, int, str]] = {}
    for own, row in zip(units, rows, strict=True):
        for unit in own:
            key = (date_key(row.published), hash64(unit), unit)
            root = forest.root(unit)
            first[root] = min(first.get(root, key), key)
    return {root: forest.known.get(root) or f"{hash64('cluster ' + unit):016x}" for root, (*_, unit) in first.items()}


def _cluster_splits(
    forest: Forest, names: Mapping[str, str], history: Mapping[str, Known], validation: float, test: float, rows: int
) -> dict[str, str]:
    """By name of the cluster: what history says; else train for what is small or too large; else by hash."""
    known = {entry.cluster: entry.split for entry in history.values()}
    small = rows < FEWEST_ROWS or len(names) < FEWEST_CLUSTERS
    shares = _share(validation, rows), _share(test, rows)
    found = {}
    for root, name in names.items():
        at_home = small or forest.rows[root] > LARGEST
        found[name] = known.get(name) or ("train" if at_home else _split_of(name, *shares))
    return found


def _share(size: float, rows: int) -> float:
    return size if size < 1 else min(size / max(rows, 1), _LARGEST_PART)


def _split_of(name: str, validation: float, test: float) -> str:
    """Test from the lower end and validation from the upper one, so that neither moves when the other grows."""
    point = hash64("split " + name) / 2**64
    return "test" if point < test else "validation" if point >= 1 - validation else "train"


def _homes(
    forest: Forest,
    units: Sequence[tuple[str, ...]],
    names: Mapping[str, str],
    splits: Mapping[str, str],
    history: Mapping[str, Known],
    generation: int,
) -> list[Known | None]:
    """For each row its split, cluster and generation; None if its units are in different splits."""
    found: list[Known | None] = []
    for own in units:
        clusters = sorted({names[forest.root(unit)] for unit in own})
        if len({splits[cluster] for cluster in clusters}) > 1:
            found.append(None)
            continue
        before = history.get(row_key(own))
        cluster = before.cluster if before else clusters[0]
        found.append(Known(splits[clusters[0]], cluster, before.generation if before else generation))
    return found


def _rank(home: Known | None) -> Rank | None:
    return None if home is None else (home.generation, SPLITS.index(home.split))


def _placements(rows: Sequence[SplitRow], homes: Sequence[Known | None], out: set[int]) -> dict[str, Placement]:
    found = {}
    for place, (row, home) in enumerate(zip(rows, homes, strict=True)):
        if home is None or place in out:
            found[row.id] = Placement(None, None, BRIDGE)
        else:
            found[row.id] = Placement(home.cluster, home.split, None)
    return found


def _reached(placements: Sequence[Placement]) -> tuple[dict[str, int], dict[str, int], int]:
    """Rows and clusters of each split, and the rows left out."""
    rows = Counter(placement.split for placement in placements)
    clusters = Counter(split for split, _ in {(placement.split, placement.cluster) for placement in placements})
    return {split: rows[split] for split in SPLITS}, {split: clusters[split] for split in SPLITS}, rows[None]
