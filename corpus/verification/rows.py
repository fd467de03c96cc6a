"""`verify`: what a table says row by row, and what the joins need to know of it.

One task reads one shard, some rows at a time, and hands back findings, counts and narrow columns of numbers: an id or a
source is 64 bits from here on, so that what is held of a row does not grow with its text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus import schema
from corpus.engine.stage import Row
from corpus.verification.files import Finding

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 256
MOST_FINDINGS = 1000
Array = Any


class Shard(NamedTuple):
    """One Parquet file of a table, its number among them, and where tasks leave notes for one another."""

    table: str
    number: int
    path: Path
    notes: Path


class Checked(NamedTuple):
    """What a task has to say of a shard: what is wrong, rows by origin and label, and columns of numbers by name."""

    findings: list[Finding]
    rows: Counter[tuple[str, str | None]]
    numbers: dict[str, Array]


def id_number(name: str | None) -> int:
    """64 bits of an id, which has 16 hexadecimal digits; 0 for none.

    >>> id_number("00000000000000ff")
    255
    """
    try:
        return int(name or "0", 16) & (2**64 - 1)
    except ValueError:
        return hash64(name or "")


def hash64(text: str) -> int:
    """64 bits of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def shown_id(number: int) -> str:
    """The id with these bits.

    >>> shown_id(255)
    '00000000000000ff'
    """
    return f"{number:016x}"


def read_batches(path: Path, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a shard, some at a time. Raises DamagedError where it is no table of this version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, memory_map=False, pre_buffer=False) as file:
            if not file.schema_arrow.equals(schema.arrow_schema(table)):
                raise DamagedError("has other columns than this version writes; build the run again")
            yield from file.iter_batches(ROWS_AT_ONCE, columns=columns, use_threads=False)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise DamagedError(f"is no table that can be read ({reason}); build the run again") from error


class DamagedError(Exception):
    """A shard cannot be read. It becomes a finding."""


def where(table: str, row: Row) -> str:
    """How a finding names a row."""
    if table == "article_pairs":
        return f"{table} {row['vi_id']} {row['en_id']}"
    return f"{table} {row['id']}" + (f" ({row['source']})" if row.get("source") else "")


def empty_strings(table: str, batch: pa.RecordBatch) -> Iterator[Finding]:
    """Columns that hold an empty string."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pa.types.is_string(column.type):
            for k in pc.indices_nonzero(pc.fill_null(pc.equal(column, ""), False)).to_pylist():
                row = batch.slice(k, 1).to_pylist()[0]
                yield Finding(where(table, row), f"{name} is an empty string where null is meant; build the run again")


def check_labels(table: str, row: Row) -> Iterator[str]:
    """What is wrong with the labels of a row that bears an id."""
    reject, stage = row["reject"], (row["reject"] or "").partition(":")[0]
    if (row["duplicate_of"] is not None) != (stage == "dedup"):
        yield f"is labelled {reject} but duplicate_of is {row['duplicate_of']}; build the run again"
    if table != "bitext":
        return
    if (row["against"] is not None) != (stage == "against"):
        yield f"is labelled {reject} but against is {row['against']}; build the run again"
    if reject is not None:
        return
    for name in ("quality", "cluster", "split"):
        if row[name] is None:
            yield f"is kept without {name}; build the run again"
    if row["split"] not in (None, "train", "validation", "test"):
        yield f"is in no split that there is ({row['split']}); build the run again"


def check_article(row: Row) -> Iterator[str]:
    """What is wrong with the spans of an article, in words: the laws of `spans`, one row at a time."""
    text = row["text"] or ""
    for column in ("paragraphs", "sentences", "captions", "references", "dates"):
        previous = 0
        for span in row[column] or ():
            start, end = span["start"], span["end"]
            if start is None or end is None or not 0 <= start < end <= len(text):
                yield f"{column} has a span [{start}, {end}) that is outside the text or empty"
                return
            if text[start:end] != text[start:end].strip():
                yield f"{column} has a span [{start}, {end}) with blank edges"
            if start < previous and column in ("paragraphs", "sentences"):
                yield f"{column} has a span [{start}, {end}) that overlaps the one before it"
            previous = end
    if _solid(text) != "".join(_solid(text[span["start"] : span["end"]]) for span in row["paragraphs"] or ()):
        yield "its paragraphs do not hold all of its text"
    if row["sentences"] is not None:
        yield from _check_sentences(row, text)


def _check_sentences(row: Row, text: str) -> Iterator[str]:
    regions = _regions(row)
    if regions is None:
        yield "has other captions than paragraphs that are captions"
        return
    for sentence in row["sentences"]:
        start, end = sentence["start"], sentence["end"]
        region = regions.get(sentence["paragraph"])
        if region is None or not region[0] <= start <= end <= region[1]:
            yield f"the sentence at {start} is outside of its paragraph"
        if _solid("".join(sentence["tokens"] or ())) != _solid(text[start:end]):
            yield f"the tokens of the sentence at {start} do not spell it"
    for number, (start, end) in regions.items():
        own = (text[each["start"] : each["end"]] for each in row["sentences"] if each["paragraph"] == number)
        if _solid(text[start:end]) != "".join(map(_solid, own)):
            yield f"the sentences of paragraph {number} do not cover it once"


def _regions(row: Row) -> dict[int, tuple[int, int]] | None:
    """The stretches that sentences are made of, by the number of their paragraph; None if captions do not match."""
    from corpus.structure.records import SENTENCE_ROLES

    paragraphs, captions = row["paragraphs"] or (), row["captions"] or ()
    regions = {k: (each["start"], each["end"]) for k, each in enumerate(paragraphs) if each["role"] in SENTENCE_ROLES}
    titled = [k for k, each in enumerate(paragraphs) if each["role"] == "caption"]
    if len(titled) != len(captions):
        return None
    regions.update({k: (each["start"], each["end"]) for k, each in zip(titled, captions, strict=True)})
    return dict(sorted(regions.items()))


def _solid(text: str) -> str:
    """
    >>> _solid("Hà Nội")
    'HàNội'
    """
    return "".join(text.split())
