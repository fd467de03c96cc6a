"""The kept articles of a run, found by id without holding them: a compact index in memory, the rows on disk.

A worker that needs two articles of a pair opens the parts they lie in; the last few parts stay open, since the
Vietnamese articles of neighbouring pairs lie next to one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.engine.stage import Row

if TYPE_CHECKING:
    import pyarrow as pa

OPEN_PARTS = 32
BOTH = ("vi", "en")
_INDEX = ["id", "reject", "sentences.list.element.lang"]
Array = Any


class Place(NamedTuple):
    """Where an article lies: its part, and the number of its row there."""

    part: Path
    row: int


class Places:
    """Where each article lies, by its id: some twenty bytes an article."""

    def __init__(self, parts: Sequence[Path], ids: Array, part: Array, row: Array) -> None:
        order = np.argsort(ids, kind="stable")
        self._parts, self._ids, self._part, self._row = parts, ids[order], part[order], row[order]

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, name: str) -> Place:
        at = int(np.searchsorted(self._ids, np.bytes_(name.encode())))
        if at == len(self._ids) or self._ids[at] != name.encode():
            raise KeyError(name)
        return Place(self._parts[int(self._part[at])], int(self._row[at]))


class ArticleStore:
    """The kept articles of some parts, in order."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self.parts = list(parts)
        self.bilingual: list[tuple[Path, list[int]]] = []
        """Parts, and the rows of articles in them that have sentences in both languages."""
        ids, rows = [np.zeros(0, "S16")], [np.zeros(0, np.int32)]
        for part in self.parts:
            table = read_part(part, _INDEX)
            kept = np.flatnonzero(table["reject"].is_null().to_numpy())
            ids.append(np.array(table["id"].take(kept).to_pylist(), "S16"))
            rows.append(kept.astype(np.int32))
            if bilingual := np.intersect1d(kept, _in_both(table["sentences"].combine_chunks())).tolist():
                self.bilingual.append((part, bilingual))
        part_of = np.repeat(np.arange(-1, len(self.parts), dtype=np.int32), [len(own) for own in rows])
        self.places = Places(self.parts, np.concatenate(ids), part_of, np.concatenate(rows))

    def __iter__(self) -> Iterator[Row]:
        """Every kept article, one at a time."""
        for part in self.parts:
            for row in read_rows(part):
                if row["reject"] is None:
                    yield row


def _in_both(sentences: pa.Array) -> Array:
    """The rows whose sentences are in both languages."""
    import pyarrow.compute as pc

    owner = pc.list_parent_indices(sentences).to_numpy()
    lang = pc.struct_field(pc.list_flatten(sentences), "lang")
    vi, en = (owner[pc.equal(lang, one).to_numpy(zero_copy_only=False)] for one in BOTH)
    return np.intersect1d(vi, en)


def read_article(place: Place) -> Row:
    """One article."""
    row: Row = _open_part(place.part).slice(place.row, 1).to_pylist()[0]
    return row


def read_rows(part: Path) -> Iterator[Row]:
    """The rows of a part, one at a time."""
    table = read_part(part)
    for number in range(table.num_rows):
        yield table.slice(number, 1).to_pylist()[0]


@lru_cache(maxsize=OPEN_PARTS)
def _open_part(part: Path) -> pa.Table:
    return read_part(part)


def read_part(part: Path, columns: list[str] | None = None) -> pa.Table:
    """A part, or some columns of it; `a.list.element.b` names one field of a list of structs."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(part) as file:
        return file.read(columns, use_threads=False)
