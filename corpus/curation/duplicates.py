"""Which rows and which articles say again what another one says.

A group of copies keeps its best member, and the rest points to it. Which one is best is a matter of the rows alone and
not of the order in which they come. What a row points to is always kept, so there are no chains; and it is itself like
the row, so nothing falls out for being like something that is like something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from corpus.curation.copies import Copy, near_sets
from corpus.curation.shingles import ARTICLE, PackedSets, hash64, numbers, shingle_set, similarity, words
from corpus.orthography import shadow

PAIR_THRESHOLD = 0.85
ARTICLE_THRESHOLD = 0.8
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


_Row = TypeVar("_Row", PairRow, ArticleRow)


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
    ordered = sorted(rows, key=lambda row: (row.priority, row.id))
    return _duplicates(
        ordered,
        [_key(row.id, shadow(row.vi), shadow(row.en)) for row in ordered],
        lambda leaders: _near_pairs(leaders, threshold),
    )


def duplicate_articles(rows: Iterable[ArticleRow], *, threshold: float = ARTICLE_THRESHOLD) -> dict[str, Duplicate]:
    """The articles that repeat another one in the same language, by id.

    Exact: the same shadow. Near: runs of five words with a Jaccard similarity of at least the threshold; so an article
    that a much longer one contains is none. The earliest published stays, then the longest, then the smallest id.
    """
    ordered = sorted(rows, key=lambda row: (date_key(row.published), -len(row.text), row.id))
    return _duplicates(
        ordered,
        [_key(row.id, shadow(row.text), mark=row.lang) for row in ordered],
        lambda leaders: _near_articles(leaders, threshold),
    )


def _key(id_: str, *shadows: str, mark: str = "") -> tuple[str, ...]:
    return (mark, *shadows) if any(shadows) else (mark, *shadows, id_)


def _duplicates(
    ordered: Sequence[_Row], keys: Sequence[tuple[str, ...]], near: Callable[[list[_Row]], list[Copy]]
) -> dict[str, Duplicate]:
    """The duplicates among rows in the order of their priority; rows with equal keys are exact copies."""
    groups: dict[tuple[str, ...], list[_Row]] = {}
    for row, key in zip(ordered, keys, strict=True):
        groups.setdefault(key, []).append(row)
    leaders = [group[0] for group in groups.values()]
    repeats = _repeats(len(leaders), near(leaders))
    found: dict[str, Duplicate] = {}
    for index, group in enumerate(groups.values()):
        of, value = repeats.get(index, (index, 1.0))
        if of != index:
            found.update((row.id, Duplicate(NEAR, leaders[of].id, value)) for row in group)
        else:
            found.update((row.id, Duplicate(EXACT, group[0].id, 1.0)) for row in group[1:])
    return found


def _repeats(total: int, copies: list[Copy]) -> dict[int, tuple[int, float]]:
    """For each that falls out, what it repeats: going down in priority, one falls out if a kept one is like it."""
    better: dict[int, list[tuple[float, int]]] = {}
    for i, j, value in copies:
        better.setdefault(j, []).append((-value, i))
    found: dict[int, tuple[int, float]] = {}
    for index in range(total):
        kept = [(value, i) for value, i in better.get(index, ()) if i not in found]
        if kept:
            value, of = min(kept)
            found[index] = (of, -value)
    return found


def _near_pairs(rows: list[PairRow], threshold: float) -> list[Copy]:
    """Candidates come from both sides as one set: if both sides reach a threshold, so do they together."""
    vi_sets = PackedSets(shingle_set(words(row.vi)) for row in rows)
    en_sets = PackedSets(shingle_set(words(row.en)) for row in rows)
    together = PackedSets(vi | frozenset(map(_other_side, en)) for vi, en in zip(vi_sets, en_sets, strict=True))
    figures = [(numbers(words(row.vi)), numbers(words(row.en))) for row in rows]
    found = []
    for i, j, _ in near_sets(together, threshold, classes=[hash64(repr(one)) for one in figures]):
        value = min(
            _side_similarity(rows[i].vi, rows[j].vi, vi_sets[i], vi_sets[j]),
            _side_similarity(rows[i].en, rows[j].en, en_sets[i], en_sets[j]),
        )
        if value >= threshold and figures[i] == figures[j]:
            found.append((i, j, value))
    return found


def _other_side(shingle: int) -> int:
    """Keep the English "an" and the Vietnamese "an" apart."""
    return ~shingle & (1 << 64) - 1


def _side_similarity(text: str, other: str, a: frozenset[int], b: frozenset[int]) -> float:
    if not a and not b:
        return float(shadow(text) == shadow(other))
    return similarity(a, b)


def _near_articles(rows: list[ArticleRow], threshold: float) -> list[Copy]:
    sets = PackedSets(shingle_set(words(row.text), ARTICLE) for row in rows)
    return near_sets(sets, threshold, classes=[hash64(row.lang) for row in rows])
