"""`verify`, fifth step: every source, read again, against the row that was made of it.

Of each row 24 bytes are held: source, hash and id, 64 bits each. Rows whose source is gone are named in a second
reading of the tables, which only a run with such rows needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.engine.run import Run
from corpus.errors import UsageError
from corpus.loaders.limits import Limits
from corpus.pipeline.manifest import INPUTS
from corpus.verification.files import Finding
from corpus.verification.rows import Array, hash64, id_number, read_batches

if TYPE_CHECKING:
    from corpus.loaders.record import Record

RECORDS_AT_ONCE = 1024
ORIGINS = ("articles", "bitext")


class Source(NamedTuple):
    """A record as it is read now: where it lies, the hash of its file, the id of the row it would become, and whether
    it came aligned."""

    source: str
    sha256: str
    id: int
    given: bool


def check_sources(run: Run, rows: Array, again: Iterable[Source]) -> Iterator[Finding]:
    """Sources that changed, are gone, or are new since the build; `rows` is sorted by source."""
    found = np.zeros(len(rows), bool)
    records = iter(again)
    while some := list(islice(records, RECORDS_AT_ONCE)):
        keys = np.array([hash64(each.source) for each in some], np.uint64)
        places = np.minimum(np.searchsorted(rows["source"], keys), max(len(rows) - 1, 0))
        known = rows["source"][places] == keys if len(rows) else np.zeros(len(keys), bool)
        found[places[known]] = True
        for each, place, there in zip(some, places, known, strict=True):
            yield from _differs(each, rows[place] if there else None)
    if not found.all():
        yield from _gone(run, rows["source"][~found])


def _differs(now: Source, row: Any) -> Iterator[Finding]:
    if row is None:
        yield Finding(now.source, "is in the inputs but not in the run; build again to add it")
    elif row["sha256"] != hash64(now.sha256):
        yield Finding(now.source, "has changed since the build; build again")
    elif row["id"] != now.id:
        yield Finding(now.source, "is another record than its row was made of; build again")


def _gone(run: Run, sources: Array) -> Iterator[Finding]:
    """The names of sources that were not met again; `sources` is sorted."""
    for table in ORIGINS:
        for shard in run.shards(table):
            for batch in read_batches(shard, table, ["source"]):
                for source in filter(None, batch.column("source").to_pylist()):
                    place = int(np.searchsorted(sources, np.uint64(hash64(source))))
                    if place < len(sources) and sources[place] == hash64(source):
                        what = "is in the run but not in the inputs any more; build again to remove it"
                        yield Finding(source, what)


def check_list(run: Run, records: int) -> Iterator[Finding]:
    """Whether inputs.jsonl counts as many records as there are rows that were read."""
    listed = 0
    with open(run.path / INPUTS, encoding="utf-8") as lines:
        for line in lines:
            listed += json.loads(line)["records"]
    if listed != records:
        yield Finding(INPUTS, f"lists {listed} records, but {records} rows were read; build the run again")


def read_again(inputs: Sequence[str | Path], options: Mapping[str, Any]) -> Iterator[Source]:
    """The records of the inputs, as they lie there now, read as the build read them."""
    from corpus.loaders import read

    paths = list(inputs)
    for record in read(paths, fields=options["fields"], limits=Limits(**options["limits"])):
        yield Source(record.source, record.source_sha256 or "", _id_of(record), record.given is not None)


def _id_of(record: Record) -> int:
    from corpus.pipeline.reading import start_row

    return id_number(start_row(record)["id"])


def find_input(run: Run, entry: Mapping[str, Any]) -> str:
    """Where an input lies now: as it was typed, or as it lay from the run folder."""
    from_run = run.path / entry["from_run"] if entry["from_run"] else None
    if Path(entry["named"]).exists() or from_run is None:
        return str(entry["named"])
    if from_run.exists():
        return str(from_run)
    raise UsageError(f"the input {entry['named']} is not where the build found it; name it with --inputs")
