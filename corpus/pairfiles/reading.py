"""A file of pairs as rows, in its own order; it can be read as often as needed.

A row is a dict: `vi` and `en` (text, "" where a row lacks it), then the further columns as they stand in the file.
A line that breaks the rules of its form is a row all the same: what can be told of it stands in `vi`, or, for JSON, the
line itself in `malformed`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from corpus import schema
from corpus.errors import UsageError
from corpus.loaders.containers import without_compression
from corpus.loaders.inputfile import InputFile
from corpus.loaders.record import Damaged
from corpus.pairfiles.forms import Named
from corpus.pairfiles.lines import open_bytes, text_lines, unreadable

Pair = dict[str, Any]
SCORE_NAMES = tuple(column.name for column in schema.SCORES if column.name != "align_prob")
_LONGEST_UNIT = 1 << 30
_AT_ONCE = 512


@dataclass(frozen=True)
class Source:
    """A file of pairs. `rows()` is a fresh pass; `arrow` its Arrow schema if it is Parquet."""

    name: str
    form: str
    rows: Callable[[], Iterator[Pair]]
    arrow: Any = None


def open_source(named: Named, stdin: BinaryIO | None = None) -> Source:
    """The rows of a named file. Raises UsageError where it holds no pairs at all."""
    files = [open_bytes(path, stdin) for path in named.paths]
    name = " and ".join(named.paths)
    if named.form == "moses":
        return Source(name, "moses", partial(_moses, files[0], files[1], _scores_beside(named.paths[0])))
    if named.form == "parquet":
        return _parquet_source(files[0])
    read = {"tsv": _tsv, "jsonl": _jsonl, "tmx": _tmx}[named.form]
    return Source(name, named.form, partial(read, files[0]))


def _tsv(file: InputFile) -> Iterator[Pair]:
    """vi, tab, en, and further columns. There is no header unless `songngu score` wrote one."""
    names: list[str] | None = None
    for number, line in enumerate(text_lines(file)):
        cells = line.split("\t")
        if number == 0 and cells[:2] == ["vi", "en"] and "quality" in cells:
            names = cells
            continue
        yield _named(cells, names)


def _named(cells: list[str], names: list[str] | None) -> Pair:
    """The cells of a line under the names of a header; a cell that none names is called after its place."""
    known = names or ["vi", "en"]
    row: Pair = dict.fromkeys(known, "")
    for place, cell in enumerate(cells):
        row[known[place] if place < len(known) else f"column_{place + 1}"] = cell
    return row


def _moses(vi: InputFile, en: InputFile, scores: str | None) -> Iterator[Pair]:
    """Line i with line i; a surplus line has no partner. The scores beside them are further columns."""
    beside = text_lines(open_bytes(scores)) if scores else iter(())
    names = next(beside, "").split("\t")
    if "quality" not in names:  # other projects have files of this name that hold something else
        beside = iter(())
    for left, right, line in zip_longest(text_lines(vi), text_lines(en), beside):
        if left is None and right is None:
            return
        row = {"vi": left or "", "en": right or ""}
        yield row if line is None else {**row, **dict(zip(names, line.split("\t"), strict=False))}


def _scores_beside(vi: str) -> str | None:
    """The `.scores` of a Moses export, if there is one."""
    path = Path(without_compression(vi)).with_suffix(".scores")
    return str(path) if path.is_file() else None


def _jsonl(file: InputFile) -> Iterator[Pair]:
    for line in text_lines(file):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        yield _sides(value) if isinstance(value, dict) else {"vi": "", "en": "", "malformed": line}


def _sides(value: Mapping[str, Any]) -> Pair:
    """An object with its two sides in front; those of a `translation` are taken out of it."""
    inner = value.get("translation")
    held = inner if isinstance(inner, Mapping) else value
    sides = {lang: _text(held.get(lang)) for lang in ("vi", "en")}
    return {**sides, **{name: member for name, member in value.items() if name not in sides}}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _tmx(file: InputFile) -> Iterator[Pair]:
    from corpus.loaders.tmx import parse

    try:
        for row in parse(file.chunks(), _LONGEST_UNIT):
            values = {name: str(value) for name, value in row.values.items()}
            yield {"vi": values.pop("vi", ""), "en": values.pop("en", ""), **values}
    except Damaged as damage:
        raise unreadable(file.source, damage) from None


def _parquet_source(file: InputFile) -> Source:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with file.seekable() as handle:
            arrow = pq.read_schema(handle)
    except (pa.ArrowException, OSError) as error:
        raise UsageError(f"{file.source} is no whole Parquet file ({error}); name another file") from error
    except Damaged as damage:
        raise unreadable(file.source, damage) from None
    if not {"vi", "en"} <= set(arrow.names) and "translation" not in arrow.names:
        raise UsageError(
            f"{file.source} has neither columns vi and en nor translation, but: {', '.join(arrow.names)}; "
            "rename them first"
        )
    return Source(file.source, "parquet", partial(_parquet, file), arrow)


def _parquet(file: InputFile) -> Iterator[Pair]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with file.seekable() as handle:
            for batch in pq.ParquetFile(handle).iter_batches(_AT_ONCE, use_threads=False):
                yield from map(_sides, batch.to_pylist())
    except (pa.ArrowException, ValueError, OverflowError, OSError) as error:  # a date beyond year 9999 overflows
        raise UsageError(f"{file.source} cannot be read to its end ({error}); mend it or name another file") from error
