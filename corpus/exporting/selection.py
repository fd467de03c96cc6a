"""Which rows of a run are exported, and that they are masked where the dataset is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.errors import NothingUsableError, UsageError, unknown

SPLITS = ("train", "validation", "test")
_WHAT = {"bitext": "aligned pair", "articles": "article", "article_pairs": "pair of articles"}


class Counted(Iterator[Row]):
    """Rows, and how many of them have passed.

    >>> rows = Counted([{"id": "1f"}, {"id": "2e"}])
    >>> next(rows)["id"], rows.count
    ('1f', 1)
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self.count = iter(rows), 0

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row


def selected(run: Run, table: str, *, split: str | None = None, rejected: bool = False) -> Iterator[Row]:
    """The kept rows of a table, those of one split, or the rejected ones too; a few in memory at a time.

    Raises NothingUsableError where there is none, and UsageError where the run was not built so far, before any row is
    handed out.
    """
    if split is not None and split not in SPLITS:
        raise unknown("split", split, SPLITS)
    if split is not None and table != "bitext":
        raise UsageError(f"{table} has no splits; leave --split out, or export the table bitext")
    if not run.table(table).is_dir():
        raise UsageError(f"{run.path} holds no table {table}: it was built until an earlier phase; build it on with: "
                         f"songngu build INPUT -o {run.path}")  # fmt: skip
    return first_there(_chosen(run, table, split, rejected), lambda: _nothing(run, table, split, rejected))


def first_there(rows: Iterable[Row], error: Callable[[], Exception]) -> Iterator[Row]:
    """The same rows; raises `error` at once where there is none."""
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        raise error()
    return chain([first], stream)


def masked_rows(run: Run, table: str) -> Iterator[Row]:
    """The rows of a table, under the mask of the dataset where the run was built or curated with one."""
    from corpus.curation.pii import mask_personal
    from corpus.engine.shards import table_rows
    from corpus.publishing.masking import Masker

    rows = table_rows(run, table)
    if run.manifest.get("options", {}).get("pii") != "mask":
        return rows
    # Only rows of bitext quote an article.
    masker = Masker(mask_personal, run.shards("articles") if table == "bitext" else ())
    return (masker.mask_row(row, table) for row in rows)


def _chosen(run: Run, table: str, split: str | None, rejected: bool) -> Iterator[Row]:
    for row in masked_rows(run, table):
        if (rejected or row["reject"] is None) and split in (None, row.get("split")):
            yield row


def _nothing(run: Run, table: str, split: str | None, rejected: bool) -> NothingUsableError:
    what = _WHAT[table]
    if split is not None:
        return NothingUsableError(f"no {what} of {run.path} is in the split {split}; leave --split out to export all")
    state = f"is in {run.path}" if rejected else f"of {run.path} was kept"
    hint = "" if table == "articles" else "articles of both languages are needed, "
    return NothingUsableError(f"no {what} {state}; {hint}see what fell out and why with: songngu ledger {run.path}")
