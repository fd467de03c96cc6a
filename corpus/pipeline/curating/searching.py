"""The test sets a user names, looked for in every row: a search that depends on a row alone, so it is done by group.

The sentences of the test sets are written into the run first, since a worker may not see the user's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.engine.local import Engine
from corpus.engine.parts import part_name, write_parquet
from corpus.engine.run import Run
from corpus.engine.steps import remember, step_key
from corpus.pipeline.curating.sketching import SketchGroup
from corpus.pipeline.curating.testsets import hash_test_sets, read_test_sets
from corpus.pipeline.store import read_part

if TYPE_CHECKING:
    from corpus.curation import AgainstIndex

VERSION = "against:v1"
Hits = dict[int, tuple[str, str]]
"""By the number of a row: exact or near, and where."""


class SearchTask(NamedTuple):
    """A group of parts, the test sets, and the file the hits go to."""

    sources: tuple[Path, ...]
    tests: Path
    part: Path


def find_hits(run: Run, groups: Sequence[SketchGroup], files: Sequence[str], engine: Engine) -> Hits:
    """The hits among the rows of some groups, counted through; groups that were searched before are not again."""
    tests = run.parts("against") / part_name(hashlib.sha256(hash_test_sets(files).encode()).hexdigest(), VERSION)
    if not tests.exists():
        _write_tests(tests, files)
    tasks = []
    for group in groups:
        key = hashlib.sha256(group.part.name.encode()).hexdigest()
        tasks.append(SearchTask(group.sources, tests, run.parts("against") / part_name(key, tests.name)))
    for _ in engine.map(search_group, (task for task in tasks if not task.part.exists())):
        pass
    made = [task.part for task in tasks]
    remember(run, "against", step_key(tests.name, made), [tests, *made])
    hits: Hits = {}
    start = 0
    for group, task in zip(groups, tasks, strict=True):
        found = read_part(task.part).to_pylist()
        hits.update({start + hit["row"]: (hit["kind"], hit["where"]) for hit in found})
        start += len(group)
    return hits


def search_group(task: SearchTask) -> None:
    """Write the hits of one group (runs in any process)."""
    import pyarrow as pa

    index, hits, number = _index(task.tests), [], 0
    for source in task.sources:
        table = read_part(source, ["translation", "reject"])
        kept = table.take(np.flatnonzero(table["reject"].is_null().to_numpy()))
        for sides in kept["translation"].to_pylist():
            hit = index.find(sides["vi"] or "", sides["en"] or "")
            if hit:
                hits.append({"row": number, "kind": hit.kind, "where": hit.where})
            number += 1
    columns = pa.schema({"row": pa.int64(), "kind": pa.string(), "where": pa.string()})
    write_parquet(task.part, [pa.Table.from_pylist(hits, columns)])


def _write_tests(path: Path, files: Sequence[str]) -> None:
    import pyarrow as pa

    rows = [{"name": name, "vi": vi, "en": en} for name, sides in read_test_sets(files) for vi, en in sides]
    columns = pa.schema({"name": pa.string(), "vi": pa.string(), "en": pa.string()})
    write_parquet(path, [pa.Table.from_pylist(rows, columns)])


@lru_cache(maxsize=1)
def _index(tests: Path) -> AgainstIndex:
    from corpus.curation import AgainstIndex

    rows = read_part(tests).to_pylist()
    return AgainstIndex(
        (name, [(row["vi"], row["en"]) for row in own]) for name, own in groupby(rows, lambda row: row["name"])
    )
