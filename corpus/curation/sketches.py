"""Sketches: all that curation looks at of a row, as numbers, made once from the row alone.

A sketch can be made anywhere and kept: it holds the hashes by which texts are equal, the sets by which they are near,
and the bands by which near ones meet. Sketches of many rows lie in groups, in memory or in files; small columns are
read as a whole, sets only of the rows that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from corpus.curation.packed import PackedSets, join_sets, pack_words
from corpus.curation.shingles import ARTICLE, hash64, is_generic, mask_numbers, numbers, words_of_shadow
from corpus.curation.signatures import bands, signatures
from corpus.orthography import shadow

Array = Any
Columns = Mapping[str, Any]
"""Arrays with an entry, or PackedSets with a set, for each row."""

PAIR_THRESHOLD = 0.85
ARTICLE_THRESHOLD = 0.8
LEAK_THRESHOLD = 0.7
SIDES = ("vi", "en")
_ALL_BITS = 0x7FFFFFFF


def sketch_pairs(vi: Sequence[str], en: Sequence[str], threshold: float = PAIR_THRESHOLD) -> dict[str, Any]:
    """The sketches of pairs of texts, each pair by itself.

    `numbers` is a hash of the numbers of both sides, `near` the bands of both sides as one set (if both sides reach a
    threshold, so do they together), `tells` whether there is any word. For the columns of each side see `sketch_side`.
    """
    import numpy as np

    found: dict[str, Any] = {}
    figures, tables = [], []
    # The English "an" and the Vietnamese "an" are kept apart.
    for side, texts, flip in (("vi", vi, 0), ("en", en, _ALL_BITS)):
        shadows = [shadow(text) for text in texts]
        spelled = [words_of_shadow(text) for text in shadows]
        figures.append([numbers(of) for of in spelled])
        columns, table = sketch_side(shadows, spelled, flip)
        found.update({f"{side}_{name}": column for name, column in columns.items()})
        tables.append(table)
    found["numbers"] = _hashes(repr(both) for both in zip(*figures, strict=True))
    found["near"] = bands(np.minimum(*tables), threshold)
    found["tells"] = (found["vi_plain"].sizes > 0) | (found["en_plain"].sizes > 0)
    return found


def sketch_side(
    shadows: Sequence[str], spelled: Sequence[Sequence[str]], flip: int = 0
) -> tuple[dict[str, Any], Array]:
    """The sketches of the texts of one side, and their signatures.

    `exact` is a hash of the shadow and `leak` one of the leak key (0: no text); `plain` and `leaks` are the sets of
    shingles as they are and for leakage (see `leak_words`), `tells` whether the latter has any, `bands` its bands, and
    `differs` whether the two are not the same.
    """
    import numpy as np

    masked = [leak_words(of) for of in spelled]
    differ = [k for k, (of, other) in enumerate(zip(spelled, masked, strict=True)) if of is not other]
    both = join_sets([pack_words(spelled), pack_words([() if is_generic(masked[k]) else masked[k] for k in differ])])
    leaks = np.arange(len(spelled))
    leaks[differ] = len(spelled) + np.arange(len(differ))
    table = signatures(PackedSets(both.values ^ np.int32(flip), both.starts))
    return {
        "exact": _hashes(shadows),
        "leak": _hashes(" ".join(of) or text for of, text in zip(masked, shadows, strict=True)),
        "plain": both.take(np.arange(len(spelled))),
        "leaks": both.take(leaks),
        "differs": leaks >= len(spelled),
        "tells": both.sizes[leaks] > 0,
        "bands": bands(table[leaks], LEAK_THRESHOLD),
    }, table[: len(spelled)]


def leak_words(of: Sequence[str]) -> Sequence[str]:
    """The words by which a text leaks: all numbers as one, but for a generic text, which is a list of its own.

    The same object where nothing is to be masked.
    """
    if is_generic(of):
        return list(of)
    return mask_numbers(of) if numbers(of) else of


def sketch_articles(langs: Sequence[str], texts: Sequence[str], threshold: float = ARTICLE_THRESHOLD) -> dict[str, Any]:
    """The sketches of articles: a hash of language and shadow (0: no text), the length, the sets and their bands."""
    import numpy as np

    shadows = [shadow(text) for text in texts]
    sets = pack_words([words_of_shadow(text) for text in shadows], ARTICLE)
    return {
        "exact": _hashes(f"{lang}\0{text}" if text else "" for lang, text in zip(langs, shadows, strict=True)),
        "lang": _hashes(langs),
        "length": np.array([len(text) for text in texts], np.int64),
        "sets": sets,
        "tells": sets.sizes > 0,
        "near": bands(signatures(sets), threshold),
    }


def sketch_texts(texts: Sequence[str]) -> tuple[dict[str, Any], Array]:
    """The sketches of one side from its texts."""
    shadows = [shadow(text) for text in texts]
    return sketch_side(shadows, [words_of_shadow(text) for text in shadows])


def _hashes(texts: Iterable[str]) -> Array:
    """64-bit hashes; 0 for an empty text alone."""
    import numpy as np

    return np.array([hash64(text) or 1 if text else 0 for text in texts], np.uint64)


class Group(Protocol):
    """The sketches of some rows."""

    def __len__(self) -> int: ...

    def read(self, names: Sequence[str]) -> Columns: ...


class MemoryGroup:
    """Sketches that were just made."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def read(self, names: Sequence[str]) -> Columns:
        return {name: self._columns[name] for name in names}


class SketchTable:
    """The sketches of several groups as those of one table, its rows counted through.

    >>> groups = [MemoryGroup(sketch_pairs([vi], [en])) for vi, en in (("Má ơi!", "Mum!"), ("Ơi má", ""))]
    >>> table = SketchTable(groups)
    >>> len(table), len(table.sets("vi_plain", [1, 0])[0] & table.sets("vi_plain", [0])[0])
    (2, 2)
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        import numpy as np

        self._groups = groups
        self._starts = np.cumsum([0, *map(len, groups)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def columns(self, *names: str) -> list[Array]:
        """Whole columns; every group is read once for all of them."""
        import numpy as np

        parts: dict[str, list[Array]] = {name: [] for name in names}
        for group in filter(len, self._groups):
            read = group.read(names)
            for name in names:
                parts[name].append(read[name])
        return [np.concatenate(found) if found else np.zeros(0, np.uint64) for found in parts.values()]

    def sets(self, name: str, rows: Array) -> PackedSets:
        """The sets of these rows, in their order."""
        import numpy as np

        order = np.argsort(rows, kind="stable")
        sets = join_sets([found for _, found in self.each_sets(name, np.asarray(rows)[order])])
        if (order[1:] > order[:-1]).all():
            return sets
        return sets.take(np.argsort(order))

    def each_sets(self, name: str, rows: Array) -> Iterator[tuple[slice, PackedSets]]:
        """The sets of these rows, which are ascending, group by group with the places in `rows` they are of."""
        import numpy as np

        ends = np.searchsorted(rows, self._starts).tolist()
        for number, group in enumerate(self._groups):
            own = slice(ends[number], ends[number + 1])
            if own.stop > own.start:
                yield own, group.read([name])[name].take(rows[own] - self._starts[number])
