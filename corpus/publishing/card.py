"""The dataset card: what the Hub and `load_dataset` read in its head, and what a person reads below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import __version__
from corpus.schema import columns, feature_dict

if TYPE_CHECKING:
    import pyarrow.parquet as pq

DEFAULT_CONFIG = "bitext"
ABOUT = {
    "articles": "one article a row: text, paragraphs with roles, sentences with words, captions, references, dates",
    "article_pairs": "a Vietnamese and an English article a row, with the alignment of their sentences",
    "bitext": "one aligned pair of a Vietnamese and an English side a row",
}


def write_card(path: Path, shards: Mapping[str, Sequence[Path]]) -> None:
    """Write the card of a dataset folder from the Parquet files of each configuration."""
    import pyarrow.parquet as pq
    import yaml

    footers = {table: [pq.read_metadata(shard) for shard in files] for table, files in shards.items()}
    rows = {table: sum(footer.num_rows for footer in found) for table, found in footers.items()}
    unpacked = {table: sum(map(_unpacked_bytes, found)) for table, found in footers.items()}
    packed = {table: sum(shard.stat().st_size for shard in files) for table, files in shards.items()}
    head = {
        "language": ["vi", "en"],
        "multilinguality": ["translation" if "bitext" in rows else "multilingual"],
        "pretty_name": "Vietnamese–English articles",
        "tags": ["songngu"],
        "configs": [_config(table, rows) for table in rows],
        "dataset_info": [_info(table, rows[table], unpacked[table], packed[table]) for table in rows],
    }
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    path.write_text(f"---\n{front}---\n{_prose(rows)}", encoding="utf-8")


def _config(table: str, rows: Mapping[str, int]) -> dict[str, Any]:
    default = table == (DEFAULT_CONFIG if DEFAULT_CONFIG in rows else next(iter(rows)))
    config = {"config_name": table, "data_files": [{"split": "train", "path": f"{table}/train-*"}]}
    return {**config, "default": True} if default else config


def _unpacked_bytes(footer: pq.FileMetaData) -> int:
    return sum(footer.row_group(index).total_byte_size for index in range(footer.num_row_groups))


def _info(table: str, rows: int, unpacked: int, packed: int) -> dict[str, Any]:
    """The `dataset_info` of one configuration, in the form `datasets` itself writes."""
    return {
        "config_name": table,
        "features": [_yaml_feature(name, feature) for name, feature in feature_dict(table).items()],
        "splits": [{"name": "train", "num_bytes": unpacked, "num_examples": rows}],
        "download_size": packed,
        "dataset_size": unpacked,
    }


def _yaml_feature(name: str, feature: Any) -> dict[str, Any]:
    if "_type" not in feature:
        return {"name": name, "struct": [_yaml_feature(key, inner) for key, inner in feature.items()]}
    if feature["_type"] == "List":
        inner = feature["feature"]
        if "_type" in inner:
            return {"name": name, "list": inner["dtype"]}
        return {"name": name, "list": [_yaml_feature(key, each) for key, each in inner.items()]}
    if feature["_type"] == "Translation":
        return {"name": name, "dtype": {"translation": {"languages": feature["languages"]}}}
    return {"name": name, "dtype": feature["dtype"]}


def _prose(rows: Mapping[str, int]) -> str:
    lines = ["", "# Vietnamese–English articles", "", f"Made by Song Ngữ {__version__}.", ""]
    for table, count in rows.items():
        lines += [
            f"## {table}",
            "",
            f"{count} rows: {ABOUT[table]}.",
            "",
            "| column | meaning |",
            "|---|---|",
        ]
        lines += [f"| `{column.name}` | {column.meaning} |" for column in columns(table)] + [""]
    lines += ["```python", "from datasets import load_dataset", ""]
    lines += [f'{table} = load_dataset("path/to/this/folder", "{table}", split="train")' for table in rows]
    return "\n".join([*lines, "```", ""])
