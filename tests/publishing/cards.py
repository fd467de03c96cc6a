"""Small dataset folders and a look at their cards, for several tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from corpus.engine.ledger import Ledger
from corpus.engine.parts import write_part

Row = dict[str, Any]


def shards_of(folder: Path, **configs: Sequence[Row] | Mapping[str, Sequence[Row]]) -> dict[str, dict[str, list[Path]]]:
    """A dataset folder with these rows; a list of rows is the split train."""
    tables = {"rejected": "bitext", "rejected_articles": "articles"}
    shards: dict[str, dict[str, list[Path]]] = {}
    for config, given_rows in configs.items():
        splits = given_rows if isinstance(given_rows, Mapping) else {"train": given_rows}
        for split, rows in splits.items():
            path = folder / config / f"{split}-00000-{'0' * 16}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_part(path, list(rows), tables.get(config, config), Ledger(), "test:v1")
            shards.setdefault(config, {})[split] = [path]
    return shards


def pair(vi: str = "Xin chào các bạn.", en: str = "Hello friends.", **values: Any) -> Row:
    words = {"vi_words": "Xin_chào các bạn .", "en_words": "Hello friends ."}
    return {"id": vi, "translation": {"vi": vi, "en": en}, **words, "origin": "given", **values}


def article(lang: str = "vi", **values: Any) -> Row:
    return {"id": "a", "source": "bao/a.txt", "lang": lang, "text": "Xin chào.", **values}


def head(card: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(card.split("---\n")[1])
    return loaded


def section(card: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |^<!-- )", card, re.M | re.S)
    return found[1] if found else ""


def cells(text: str, first: str) -> list[str]:
    """The cells of the table row that starts with `first`."""
    [line] = [line for line in text.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]
