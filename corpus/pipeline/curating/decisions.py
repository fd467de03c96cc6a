"""What is decided about the sketched rows of a table, step by step, in arrays; at the end as labels, part by part.

A row that has fallen out at one step does not meet the next one. In memory a row takes some forty bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.curation.duplicates import EXACT, NEAR, Repeats, date_key
from corpus.curation.sketches import SketchTable
from corpus.pipeline.curating.labelling import Label, Labels
from corpus.pipeline.curating.sketching import SketchGroup, id_of
from corpus.pipeline.store import read_part

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.curation.clusters import Origins
    from corpus.curation.splits import SplitTable
    from corpus.scoring import Thresholds

Array = Any
_NONE = -1


class Decisions:
    """The rows of some groups, and why which of them fell out."""

    def __init__(self, groups: Sequence[SketchGroup]) -> None:
        self.groups = groups
        self.table = SketchTable(groups)
        self._reasons: list[str] = []
        self._reason = np.full(len(self.table), _NONE, np.int16)
        self._of = np.full(len(self.table), _NONE, np.int64)
        self._hits: Mapping[int, str] = {}
        self._place = np.full(len(self.table), _NONE, np.int64)
        self._splits: SplitTable | None = None

    def left(self) -> Array:
        """The rows that have not fallen out."""
        return np.flatnonzero(self._reason == _NONE)

    def reject(self, rows: Array, reason: str) -> None:
        """Let rows fall out, unless they have before."""
        self._reasons.append(reason)
        self._reason[rows[self._reason[rows] == _NONE]] = len(self._reasons) - 1

    def repeat(self, repeats: Repeats) -> None:
        """Rows that repeat another one."""
        self._of[repeats.row] = repeats.of
        self.reject(repeats.row[repeats.exact], EXACT)
        self.reject(repeats.row[~repeats.exact], NEAR)

    def hit(self, hits: Mapping[int, tuple[str, str]]) -> None:
        """Rows that stand in a test set: how, and where."""
        self._hits = {row: where for row, (_, where) in hits.items() if self._reason[row] == _NONE}
        for kind in sorted({kind for kind, _ in hits.values()}):
            rows = [row for row, (own, _) in hits.items() if own == kind]
            self.reject(np.array(rows, np.int64), f"against:{kind}")

    def split(self, splits: SplitTable) -> None:
        """Where the rows that are left belong."""
        rows = self.left()
        self._place[rows], self._splits = np.arange(len(rows)), splits

    def columns(self, *names: str) -> pa.Table:
        """Columns of all rows as Arrow holds them, with their nulls."""
        import pyarrow as pa

        return pa.concat_tables([read_part(group.part, list(names)) for group in self.groups])

    def scores(self, name: str) -> Array:
        """A score of every row, 0 where it is null."""
        import pyarrow.compute as pc

        found = self.columns(name)[name] if self.groups else None
        return np.zeros(0) if found is None else pc.fill_null(found, 0).to_numpy().astype(np.float64)

    def by_part(self) -> Iterator[Labels]:
        """The labels of each part, in order."""
        start = 0
        [ids] = self.table.columns("id")
        for group in self.groups:
            part, row = (group.read(["part", "row"])[name] for name in ("part", "row"))
            ends = np.searchsorted(part, np.arange(len(group.sources) + 1))
            for own in map(slice, ends[:-1].tolist(), ends[1:].tolist()):
                found = zip(row[own].tolist(), range(start + own.start, start + own.stop), strict=True)
                labels = {number: self._label(place, ids) for number, place in found}
                yield {number: label for number, label in labels.items() if label}
            start += len(group)

    def _label(self, row: int, ids: Array) -> Label | None:
        if self._reason[row] != _NONE:
            of = id_of(int(ids[self._of[row]])) if self._of[row] != _NONE else None
            return Label(self._reasons[self._reason[row]], of, self._hits.get(row))
        if self._splits is None:
            return None
        place = self._splits.place(int(self._place[row]))
        return Label(place.reject, cluster=place.cluster, split=place.split)


def accept_rows(judged: Decisions, thresholds: Thresholds) -> None:
    """Let rows fall out that break a bound, each for the first one it breaks."""
    if not (thresholds.bounds and judged.groups):
        return
    scores = judged.columns(*{bound.score for bound in thresholds.bounds})
    for bound in thresholds.bounds:
        null = scores[bound.score].is_null().to_numpy()
        value = scores[bound.score].to_numpy().astype(np.float64)
        broken = np.where(null, bound.needed, ~((value >= bound.least) & (value <= bound.most)))
        judged.reject(np.flatnonzero(broken), f"accept:{bound.score}")


def best_first(judged: Decisions, keys: Callable[[Array], tuple[Array, ...]]) -> Array:
    """The rows that are left by some keys, which are given the rank of each row's date; the last key counts most, the
    id least."""
    rows = judged.left()
    [ids] = judged.table.columns("id")
    ranks, _ = _dates(judged)
    return rows[np.lexsort([key[rows] for key in (ids, *keys(ranks))])]


def origins_of(judged: Decisions, rows: Array) -> Origins:
    """The units of these rows: the articles of a pair, or the record a row came aligned in."""
    import pyarrow as pa

    from corpus.curation.clusters import Origins

    if not judged.groups:
        return Origins([], [], rows)
    units = judged.columns("unit", "other_unit")
    chunks = [chunk for name in units.column_names for chunk in units[name].chunks]
    coded = pa.concat_arrays(chunks).dictionary_encode()
    names, codes = coded.dictionary.to_pylist(), coded.indices.to_numpy().reshape(2, -1)[:, rows]
    pairs, of = np.unique(codes[0] * np.int64(len(names)) + codes[1], return_inverse=True)
    ranks, dates = _dates(judged)
    first = np.full(len(pairs), len(dates))
    np.minimum.at(first, of, ranks[rows])
    both = ((names[pair // len(names)], names[pair % len(names)]) for pair in pairs.tolist())
    return Origins([tuple(sorted(set(own))) for own in both], [dates[rank] for rank in first.tolist()], of)


def _dates(judged: Decisions) -> tuple[Array, list[str]]:
    """The rank of each row's date of publication, and the date keys in their order."""
    if not judged.groups:
        return np.zeros(0, np.int64), []
    coded = judged.columns("published")["published"].combine_chunks().dictionary_encode(null_encoding="encode")
    keys = [date_key(date) for date in coded.dictionary.to_pylist()]
    dates = sorted(set(keys))
    ranks = np.array([dates.index(key) for key in keys], np.int64)
    return ranks[coded.indices.to_numpy()] if len(keys) else np.zeros(0, np.int64), dates
