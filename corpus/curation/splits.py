"""Train, validation and test by cluster: no row that is held out has a copy in another split, and no row ever moves.

A cluster's split is a matter of a hash of its name, and its name comes from its earliest article. So it does not
depend on the other clusters, and stays when they come and go; what was decided once is kept in the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from corpus.curation.clusters import LARGEST, Forest, Origins, grow_clusters
from corpus.curation.duplicates import date_key
from corpus.curation.history import SPLITS, Known, next_generation, row_key
from corpus.curation.leaks import OUT, bridging_rows
from corpus.curation.shingles import hash64
from corpus.curation.sides import Side, side_of
from corpus.curation.sketches import SIDES, MemoryGroup, SketchTable, sketch_pairs
from corpus.errors import UsageError

Array = Any

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
    import numpy as np

    ordered = sorted(rows, key=lambda row: row.id)
    _check_ids(ordered)
    sketch = sketch_pairs([row.vi for row in ordered], [row.en for row in ordered])
    sizes = {"validation": validation, "test": test}
    table = SketchTable([MemoryGroup(sketch)])
    found = split_rows(table, np.arange(len(ordered)), _origins(ordered), **sizes, related=related, history=history)
    placed = (found.place(at) for at in range(len(ordered)))
    placements = {row.id: placement for row, placement in zip(ordered, placed, strict=True)}
    return SplitPlan(placements, found.history, found.rows, found.clusters, found.bridges)


@dataclass(frozen=True)
class SplitTable:
    """Where the rows of a table belong: for each row the number of its origin, and whether it is left out.

    `homes` has the split, cluster and generation of the rows of an origin, None where they belong nowhere.
    """

    origin_of: Array
    homes: Sequence[Known | None]
    out: Array
    history: dict[str, Known]

    def place(self, at: int) -> Placement:
        """What becomes of one row."""
        home = self.homes[self.origin_of[at]]
        return Placement(None, None, BRIDGE) if home is None or self.out[at] else self._placements[home]

    @cached_property
    def _placements(self) -> dict[Known, Placement]:
        return {home: Placement(home.cluster, home.split, None) for home in self.homes if home}

    @cached_property
    def _kept(self) -> Counter[Known]:
        """The kept rows of each home."""
        import numpy as np

        counts = np.bincount(self.origin_of[~self.out], minlength=len(self.homes)).tolist()
        found: Counter[Known] = Counter()
        for home, count in zip(self.homes, counts, strict=True):
            if home and count:
                found[home] += count
        return found

    @property
    def rows(self) -> dict[str, int]:
        """The rows that each split has got."""
        return {split: sum(count for home, count in self._kept.items() if home.split == split) for split in SPLITS}

    @property
    def clusters(self) -> dict[str, int]:
        """The clusters that each split has got."""
        found = Counter(split for split, _ in {(home.split, home.cluster) for home in self._kept})
        return {split: found[split] for split in SPLITS}

    @property
    def bridges(self) -> int:
        """The rows left out."""
        return len(self.origin_of) - sum(self._kept.values())


def split_rows(
    table: SketchTable,
    rows: Array,
    origins: Origins,
    *,
    validation: float = 0.0,
    test: float = 0.0,
    related: Iterable[tuple[str, str]] = (),
    history: Mapping[str, Known] | None = None,
) -> SplitTable:
    """The same for the sketches of rows; `origins` has an entry for each of them."""
    check_sizes(validation, test)
    history = {} if history is None else history
    sides = [side_of(table, side, rows) for side in SIDES]
    forest = grow_clusters(origins, sides, related, {unit: known.cluster for unit, known in history.items()})
    names = _cluster_names(forest, origins)
    splits = _cluster_splits(forest, names, history, validation, test, len(rows))
    generation = next_generation(history)
    homes = _homes(forest, origins.units, names, splits, history, generation)
    out = _bridges(sides, homes, origins.of)
    cluster_of = {unit: names[forest.root(unit)] for unit in forest.rows}
    after = {unit: Known(splits[cluster], cluster, generation) for unit, cluster in cluster_of.items()}
    after.update((row_key(own), home) for own, home in zip(origins.units, homes, strict=True) if home and len(own) > 1)
    return SplitTable(origins.of, homes, out, {**after, **history})


def _bridges(sides: Sequence[Side], homes: Sequence[Known | None], origin_of: Array) -> Array:
    """Which rows are left out, each by itself or because its origin belongs nowhere."""
    import numpy as np

    places = np.array([SPLITS.index(home.split) if home else OUT for home in homes], np.int64)[origin_of]
    generations = np.array([home.generation if home else 0 for home in homes], np.int64)[origin_of]
    return bridging_rows(sides, places, generations) | (places == OUT)


def _origins(rows: Sequence[SplitRow]) -> Origins:
    import numpy as np

    units = [tuple(sorted({unit for unit in row.units if unit})) or (f"row:{row.id}",) for row in rows]
    dates: dict[tuple[str, ...], str] = {}
    for own, row in zip(units, rows, strict=True):
        date = date_key(row.published)
        dates[own] = min(dates.get(own, date), date)
    number = {own: place for place, own in enumerate(dates)}
    return Origins(list(dates), list(dates.values()), np.array([number[own] for own in units], np.int64))


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


def _cluster_names(forest: Forest, origins: Origins) -> dict[str, str]:
    """By root: the known cluster, or 16 hexadecimal digits from the earliest unit, ties by hash."""
    first: dict[str, tuple[str, int, str]] = {}
    for own, date in zip(origins.units, origins.dates, strict=True):
        for unit in own:
            key = (date, hash64(unit), unit)
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
    """For each origin its split, cluster and generation; None if its units are in different splits."""
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
