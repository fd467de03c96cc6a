"""The sketches of a run's rows, kept beside its parts: what curation looks at, made once from a group of parts.

Parts are small, so some of them share one file of sketches; where one group ends is decided by the name of a part, so
a new part renews one group. Only rows that had not fallen out are sketched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus import schema
from corpus.curation.packed import PackedSets, join_sets
from corpus.curation.sketches import (
    ARTICLE_THRESHOLD,
    LEAK_THRESHOLD,
    PAIR_THRESHOLD,
    SIDES,
    sketch_articles,
    sketch_pairs,
)
from corpus.engine.local import Engine
from corpus.engine.parts import part_name, write_parquet
from corpus.engine.piece import cut_pieces
from corpus.engine.run import Run
from corpus.engine.steps import remember, step_key
from corpus.pipeline.store import read_part

if TYPE_CHECKING:
    import pyarrow as pa

Array = Any

RECIPES = {"articles": f"sketch:v1({ARTICLE_THRESHOLD})", "bitext": f"sketch:v1({PAIR_THRESHOLD},{LEAK_THRESHOLD})"}
PARTS_PER_GROUP = 16
_COPIED = {
    "articles": ["id", "published"],
    "bitext": ["id", "published", *(column.name for column in schema.SCORES)],
}
_READ = {
    "articles": ["lang", "text"],
    "bitext": ["translation", "vi_id", "en_id", "origin", "source", "url"],
}
_SETS = ("sets", "vi_plain", "en_plain", "vi_leaks", "en_leaks")
_BANDS = ("near", "vi_bands", "en_bands")


class SketchTask(NamedTuple):
    """Parts of a table, and the file their sketches go to."""

    table: str
    sources: tuple[Path, ...]
    part: Path


class SketchGroup:
    """The sketches of some parts, read from their file."""

    def __init__(self, task: SketchTask) -> None:
        import pyarrow.parquet as pq

        self.sources, self.part = task.sources, task.part
        self._length = int(pq.read_metadata(task.part).num_rows)

    def __len__(self) -> int:
        return self._length

    def read(self, names: Sequence[str]) -> dict[str, Any]:
        """Columns as arrays and sets; strings stay Arrow's."""
        needed = {own for name in names for own in _stored(name)}
        table = read_part(self.part, sorted(needed))
        return {name: _unpacked(table, name) for name in names}


def sketch_rows(run: Run, table: str, parts: Sequence[Path], engine: Engine) -> list[SketchGroup]:
    """The sketches of the kept rows of some parts, in order; those that exist are not made again."""
    tasks = []
    for piece in cut_pieces(parts, _mark, average=PARTS_PER_GROUP, most=4 * PARTS_PER_GROUP):
        path = run.parts(f"{table}_sketches") / part_name(piece.key, RECIPES[table])
        tasks.append(SketchTask(table, piece.items, path))
    for _ in engine.map(make_sketches, (task for task in tasks if not task.part.exists())):
        pass
    remember(run, f"{table}_sketches", step_key(RECIPES[table], parts), [task.part for task in tasks])
    return [SketchGroup(task) for task in tasks]


def _mark(part: Path) -> bytes:
    return hashlib.sha256(part.name.encode()).digest()


def make_sketches(task: SketchTask) -> None:
    """Write the sketches of one group (runs in any process)."""
    import numpy as np
    import pyarrow as pa

    read = partial(read_part, columns=["reject", *_COPIED[task.table], *_READ[task.table]])
    tables = list(map(read, task.sources))
    kept = [np.flatnonzero(table["reject"].is_null().to_numpy()) for table in tables]
    rows = pa.concat_tables([table.take(own) for table, own in zip(tables, kept, strict=True)])
    columns = {
        "part": np.repeat(np.arange(len(kept), dtype=np.int32), [len(own) for own in kept]),
        "row": np.concatenate(kept).astype(np.int32),
        **{name: rows[name] for name in _COPIED[task.table]},
        **(_pair_columns(rows) if task.table == "bitext" else _article_columns(rows)),
    }
    columns["id"] = _numbers_of(rows["id"].to_pylist())
    write_parquet(task.part, [pa.table({name: _packed(column) for name, column in columns.items()})])


def _article_columns(rows: pa.Table) -> dict[str, Any]:
    return sketch_articles([lang or "" for lang in rows["lang"].to_pylist()], _texts(rows["text"]))


def _pair_columns(rows: pa.Table) -> dict[str, Any]:
    """The sketches of pairs, and the two units a row comes from: its articles, or the record it came aligned in."""
    import pyarrow.compute as pc

    vi, en = (_texts(pc.struct_field(rows["translation"], side)) for side in SIDES)
    columns = sketch_pairs(vi, en)
    for side in SIDES:
        # A set that is the same for leakage is stored once.
        sets, differs = columns[f"{side}_leaks"], columns[f"{side}_differs"]
        columns[f"{side}_leaks"] = sets.only(differs)
    given = pc.equal(rows["origin"], "given")
    record = pc.if_else(pc.equal(pc.fill_null(rows["url"], ""), ""), rows["source"], rows["url"])
    columns["unit"] = pc.if_else(given, record, rows["vi_id"])
    columns["other_unit"] = pc.if_else(given, record, rows["en_id"])
    return columns


def _texts(column: pa.ChunkedArray) -> list[str]:
    return [text or "" for text in column.to_pylist()]


def _numbers_of(ids: Sequence[str]) -> Array:
    """Ids of 16 hexadecimal digits as the numbers they are, which sort alike."""
    import numpy as np

    return np.frombuffer(bytes.fromhex("".join(ids)), ">u8").astype(np.uint64)


def id_of(number: int) -> str:
    """The id with this number.

    >>> id_of(int(_numbers_of(["00ab00ab00ab00ab"])[0]))
    '00ab00ab00ab00ab'
    """
    return f"{number:016x}"


# Columns in a file


def _stored(name: str) -> tuple[str, ...]:
    """The columns of the file that hold a column of the sketches."""
    side = name.removesuffix("_leaks")
    return (name,) if side == name else (name, f"{side}_plain", f"{side}_differs")


def _packed(column: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    if isinstance(column, PackedSets):
        return pa.LargeListArray.from_arrays(column.starts, column.values)
    if isinstance(column, np.ndarray) and column.ndim == 2:
        starts = np.arange(0, column.size + 1, column.shape[1])
        return pa.LargeListArray.from_arrays(starts, np.ascontiguousarray(column).ravel())
    return column


def _unpacked(table: pa.Table, name: str) -> Any:
    import numpy as np

    if name in _SETS:
        sets = _sets(table, name)
        if name.endswith("_leaks"):
            differs, places = _array(table, name.replace("leaks", "differs")), np.arange(len(sets))
            plain = _sets(table, name.replace("leaks", "plain"))
            return join_sets([plain, sets]).take(places + np.where(differs, len(sets), 0))
        return sets
    if name in _BANDS:
        flat = table[name].combine_chunks().flatten().to_numpy()
        return flat.reshape(table.num_rows, -1) if len(flat) else np.zeros((0, 1), np.uint32)
    return _array(table, name)


def _sets(table: pa.Table, name: str) -> PackedSets:
    lists = table[name].combine_chunks()
    return PackedSets(lists.flatten().to_numpy(), lists.offsets.to_numpy() - lists.offsets[0].as_py())


def _array(table: pa.Table, name: str) -> Any:
    return table[name].to_numpy()
