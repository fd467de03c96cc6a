"""Which rows and which articles say again what another one says.

A group of copies keeps its best member, and the rest points to it. Which one is best is a matter of the rows alone and
not of the order in which they come. What a row points to is always kept, so there are no chains; and it is itself like
the row, so nothing falls out for being like something that is like something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from corpus.curation.copies import Comparer, Copies, by_sets, find_copies
from corpus.curation.sketches import (
    ARTICLE_THRESHOLD,
    PAIR_THRESHOLD,
    SIDES,
    MemoryGroup,
    SketchTable,
    sketch_articles,
    sketch_pairs,
)

Array = Any

EXACT, NEAR = "dedup:exact", "dedup:near"


class PairRow(NamedTuple):
    """A pair of texts; the row with the smallest `priority`, then the smallest id, is the one that stays."""

    id: str
    vi: str
    en: str
    priority: tuple[Any, ...] = ()


class ArticleRow(NamedTuple):
    """An article in one language; `published` is an ISO 8601 date as precise as is known."""

    id: str
    lang: str
    text: str
    published: str | None = None


class Duplicate(NamedTuple):
    """What a row repeats: `of` is the id of a row that is kept."""

    reject: str
    of: str
    similarity: float


class Repeats(NamedTuple):
    """Rows that repeat another one, ascending by `row`: what they repeat, how near it is, and whether it is equal."""

    row: Array
    of: Array
    similarity: Array
    exact: Array


def pair_priority(quality: float | None, published: str | None) -> tuple[float, str]:
    """The usual priority of a pair: higher quality first, then earlier published.

    >>> pair_priority(0.9, "2021") < pair_priority(0.9, None) < pair_priority(0.5, "2020")
    True
    """
    return (0.0 if quality is None else -quality), date_key(published)


def date_key(published: str | None) -> str:
    """A key that sorts dates from the earliest; a date known by its year or month counts as its end.

    >>> sorted(["2020", "2020-05-01", "2020-05", "2021-01-01"], key=date_key)
    ['2020-05-01', '2020-05', '2020', '2021-01-01']
    """
    return (published or "") + "~"


def duplicate_pairs(rows: Iterable[PairRow], *, threshold: float = PAIR_THRESHOLD) -> dict[str, Duplicate]:
    """The rows that repeat another one on both sides, by id.

    Exact: both sides have the same shadow. Near: both sides have a Jaccard similarity of at least the threshold and the
    same numbers in the same order, since reports on weather and prices differ in nothing else and are good data. A side
    that comes back with another translation is neither. A row without any text repeats nothing.

    >>> duplicate_pairs([
    ...     PairRow("a", "Thuỷ điện Hoà Bình xả lũ.", "Hoa Binh hydropower plant opens its gates.", (0.9,)),
    ...     PairRow("b", "Thủy điện Hòa Bình xả lũ.", "Hoa Binh hydropower plant opens its gates.", (0.1,)),
    ...     PairRow("c", "Thủy điện Hòa Bình xả lũ.", "The Hoa Binh dam discharges water.", (0.5,)),
    ... ])
    {'a': Duplicate(reject='dedup:exact', of='b', similarity=1.0)}
    """
    import numpy as np

    ordered = sorted(rows, key=lambda row: (row.priority, row.id))
    sketch = sketch_pairs([row.vi for row in ordered], [row.en for row in ordered], threshold)
    return _named(repeated_pairs(_table(sketch), np.arange(len(ordered)), threshold), [row.id for row in ordered])


def duplicate_articles(rows: Iterable[ArticleRow], *, threshold: float = ARTICLE_THRESHOLD) -> dict[str, Duplicate]:
    """The articles that repeat another one in the same language, by id.

    Exact: the same shadow. Near: runs of five words with a Jaccard similarity of at least the threshold; so an article
    that a much longer one contains is none. The earliest published stays, then the longest, then the smallest id.
    """
    import numpy as np

    ordered = sorted(rows, key=lambda row: (date_key(row.published), -len(row.text), row.id))
    sketch = sketch_articles([row.lang for row in ordered], [row.text for row in ordered], threshold)
    return _named(repeated_articles(_table(sketch), np.arange(len(ordered)), threshold), [row.id for row in ordered])


def _table(sketch: dict[str, Any]) -> SketchTable:
    return SketchTable([MemoryGroup(sketch)])


def _named(repeats: Repeats, ids: Sequence[str]) -> dict[str, Duplicate]:
    return {
        ids[row]: Duplicate(EXACT if exact else NEAR, ids[of], value)
        for row, of, value, exact in zip(*(column.tolist() for column in repeats), strict=True)
    }


def repeated_pairs(table: SketchTable, rows: Array, threshold: float = PAIR_THRESHOLD) -> Repeats:
    """The same for the sketches of pairs; `rows` of the table are given the best one first."""
    exact = [column[rows] for column in table.columns("vi_exact", "en_exact")]
    # Reports on weather and prices differ in nothing but their numbers, and are kept apart by them.
    return _repeats(rows, exact, _near(table, rows, "numbers", partial(_comparing_sides, table), threshold))


def repeated_articles(table: SketchTable, rows: Array, threshold: float = ARTICLE_THRESHOLD) -> Repeats:
    """The same for the sketches of articles, of which those in one language are compared."""
    prepare = partial(_comparing_articles, table)
    return _repeats(rows, [table.columns("exact")[0][rows]], _near(table, rows, "lang", prepare, threshold))


def _near(
    table: SketchTable, rows: Array, kind: str, prepare: Callable[[Array, Array], Comparer], threshold: float
) -> Callable[[Array], Copies]:
    """What finds the near copies among some places of `rows`: of one kind, and not without a word."""
    import numpy as np

    def near(leaders: Array) -> Copies:
        tells, classes = table.columns("tells", kind)
        spelled = np.flatnonzero(tells[rows[leaders]])
        own = rows[leaders[spelled]]
        keys = table.columns("near")[0][own]
        found = find_copies(keys, partial(prepare, own), threshold, classes[own])
        return Copies(spelled[found.one], spelled[found.other], found.similarity)

    return near


def _comparing_articles(table: SketchTable, rows: Array, mates: Array) -> Comparer:
    return by_sets(lambda places: table.sets("sets", rows[places]))(mates)


def _comparing_sides(table: SketchTable, rows: Array, mates: Array) -> Comparer:
    """Compares pairs of texts by the side on which they differ more."""
    import numpy as np

    sides = [_comparing_side(table, side, rows[mates]) for side in SIDES]

    def compare(one: Array, other: Array) -> Array:
        places = np.searchsorted(mates, one), np.searchsorted(mates, other)
        return np.minimum(*(side(*places) for side in sides))

    return compare


def _comparing_side(table: SketchTable, side: str, rows: Array) -> Comparer:
    """Compares texts of one side; those without a word are alike if their shadows are equal."""
    import numpy as np

    sets, shadows = table.sets(f"{side}_plain", rows), table.columns(f"{side}_exact")[0][rows]

    def compare(one: Array, other: Array) -> Array:
        wordless = (sets.sizes[one] == 0) & (sets.sizes[other] == 0)
        return np.where(wordless, shadows[one] == shadows[other], sets.similarity(one, other))

    return compare


def _repeats(rows: Array, keys: Sequence[Array], near: Callable[[Array], Copies]) -> Repeats:
    """What repeats what among rows, the best one first: rows with equal keys are exact copies, unless all are 0.

    `near` is given the places of the first of equals, and gives their near copies by their places among these.
    """
    import numpy as np

    best = _first_of_equals(keys)
    leaders, group = np.unique(best, return_inverse=True)
    of, value = _repeated(len(leaders), near(leaders))
    kept = leaders[of[group]]
    fallen = np.flatnonzero(kept != np.arange(len(rows)))
    by_row = fallen[np.argsort(rows[fallen], kind="stable")]
    # A copy of what is itself a near copy is near to what that one repeats.
    exact = kept[by_row] == best[by_row]
    return Repeats(rows[by_row], rows[kept[by_row]], value[group[by_row]], exact)


def _first_of_equals(keys: Sequence[Array]) -> Array:
    """For each place the first one that has the same keys; itself where all are 0."""
    import numpy as np

    places = np.arange(len(keys[0]))
    order = np.lexsort(keys)
    changed = np.zeros(len(order), bool)
    changed[:1] = True
    for key in keys:
        changed[1:] |= np.diff(key[order]) != 0
    first = places.copy()
    first[order] = order[changed][np.cumsum(changed) - 1]
    blank = ~np.any(np.stack(keys), axis=0)
    first[blank] = places[blank]
    return first


def _repeated(total: int, copies: Copies) -> tuple[Array, Array]:
    """For each what it repeats, or itself: going down in priority, one falls out if a kept one is like it."""
    import numpy as np

    of, value = np.arange(total), np.ones(total)
    fallen = bytearray(total)
    order = np.lexsort((copies.one, -copies.similarity, copies.other))
    for one, other, near in zip(*(column[order].tolist() for column in copies), strict=True):
        # The nearest comes first, the better one of equals.
        if not (fallen[one] or fallen[other]):
            fallen[other] = True
            of[other], value[other] = one, near
    return of, value
