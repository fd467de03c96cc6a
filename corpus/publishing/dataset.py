"""The dataset folder: what `datasets.load_dataset` opens, a configuration a folder, a split a row of shards.

    OUT/dataset/bitext/train-00000-….parquet          kept rows; validation- and test- beside it where there are any
    OUT/dataset/articles/train-00000-….parquet        kept rows
    OUT/dataset/article_pairs/train-00000-….parquet   kept rows
    OUT/dataset/rejected/train-00000-….parquet            rows of bitext that fell out, on request
    OUT/dataset/rejected_articles/train-00000-….parquet   articles that fell out, on request
    OUT/dataset/README.md                             the card (see card.py)

A split or a configuration without rows is not written: `load_dataset` fails on one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.engine.run import Run
from corpus.engine.shards import remove_others, write_shards
from corpus.publishing.masking import Masker, forget_kinds

if TYPE_CHECKING:
    import pyarrow as pa

CARD = "README.md"
SPLITS = ("train", "validation", "test")
Shards = dict[str, dict[str, list[Path]]]
"""The Parquet files of each split of each configuration, in order."""
Alter = Callable[["pa.Table", str], "pa.Table"]
"""Writes something else into rows of the named table."""


@dataclass(frozen=True)
class Config:
    """A configuration: which table its rows come from and whether they are the kept or the rejected ones."""

    name: str
    table: str
    rejected: bool = False
    splits: tuple[str, ...] = ("train",)
    rows_per_shard: int = 4096


CONFIGS = (
    Config("bitext", "bitext", splits=SPLITS, rows_per_shard=32768),
    Config("articles", "articles"),
    Config("article_pairs", "article_pairs"),
    Config("rejected", "bitext", rejected=True, rows_per_shard=32768),
    Config("rejected_articles", "articles", rejected=True),
)
"""In the order of the card; the first that has rows is the default."""

TABLE_OF = {config.name: config.table for config in CONFIGS}


def write_dataset(
    run: Run,
    parts: Mapping[str, Sequence[Path]],
    *,
    rejected: bool = False,
    mask: Callable[[str], str] | None = None,
    forget_pii: bool = False,
) -> Shards:
    """Write or bring up to date the dataset of a run from the parts of each table, all but the card; its shards.

    `rejected` publishes the rows that fell out as well. `mask` gives a text with the personal data in it masked, of
    the same length; what is published holds no other text then, and the tables of the run stay as they are.
    `forget_pii` publishes the rows with `pii` null.
    """
    run.dataset.mkdir(parents=True, exist_ok=True)
    masker = Masker(mask, parts.get("articles", ())) if mask else None

    def alter(table: pa.Table, name: str) -> pa.Table:
        table = forget_kinds(table) if forget_pii else table
        return masker.mask(table, name) if masker else table

    shards: Shards = {}
    for config in CONFIGS:
        wanted = config.table in parts and (rejected or not config.rejected)
        splits = _write_config(run.dataset / config.name, config, parts[config.table], alter) if wanted else {}
        if splits:
            shards[config.name] = splits
    for path in run.dataset.iterdir():
        if path.is_dir() and path.name not in shards:
            shutil.rmtree(path)
    return shards


def find_shards(folder: Path) -> Shards:
    """The shards of a dataset folder that was written before."""
    shards: Shards = {}
    for config in CONFIGS:
        found = {split: sorted((folder / config.name).glob(f"{split}-*.parquet")) for split in config.splits}
        if any(found.values()):
            shards[config.name] = {split: paths for split, paths in found.items() if paths}
    return shards


def _write_config(folder: Path, config: Config, parts: Sequence[Path], alter: Alter) -> dict[str, list[Path]]:
    def select(table: pa.Table, split: str) -> pa.Table:
        return alter(_rows_of(table, config, split), config.table)

    written = {
        split: write_shards(
            parts,
            folder,
            select=lambda table, split=split: select(table, split),  # type: ignore[misc]
            prefix=f"{split}-",
            rows_per_shard=config.rows_per_shard,
        )
        for split in config.splits
    }
    remove_others(folder, [path for paths in written.values() for path in paths])
    return {split: paths for split, paths in written.items() if paths}


def _rows_of(table: pa.Table, config: Config, split: str) -> pa.Table:
    """The kept or the rejected rows, of one split where there are several; a row that names none is for training."""
    import pyarrow.compute as pc

    fell_out = pc.is_valid(table.column("reject"))
    table = table.filter(fell_out if config.rejected else pc.invert(fell_out))
    if config.splits == ("train",) or "split" not in table.column_names:
        return table
    return table.filter(pc.equal(pc.fill_null(table.column("split"), "train"), split))
