"""Local folders that `datasets` wrote: which of their files are data, and which only describe it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection
from typing import NamedTuple

_STATE, _INFO, _DICT, _CARD = "state.json", "dataset_info.json", "dataset_dict.json", "README.md"
_CARD_KEYS = re.compile(r"\A---\s*$(?:.*\n){0,2000}?(?:configs|dataset_info):", re.MULTILINE)
_MOST_BYTES = 1 << 20


class DatasetFolder(NamedTuple):
    """`skip`: the reason for each file that is no data; `data`: the files that `save_to_disk` wrote."""

    skip: dict[str, str]
    data: frozenset[str]


def dataset_folder(path: str, names: Collection[str]) -> DatasetFolder:
    """What the files of a folder are, if it is one that `Dataset.save_to_disk` or `push_to_hub` wrote."""
    skip: dict[str, str] = {}
    data: frozenset[str] = frozenset()
    if _DICT in names:
        skip[_DICT] = "dataset-info"
    if _STATE in names and _INFO in names:
        data = _data_files(os.path.join(path, _STATE)) & frozenset(names)
        skip.update({_STATE: "dataset-info", _INFO: "dataset-info"})
        skip.update({name: "dataset-cache" for name in names if name.endswith(".arrow") and name not in data})
    if _CARD in names and _CARD_KEYS.match(_start(os.path.join(path, _CARD))):
        skip[_CARD] = "dataset-card"
    return DatasetFolder(skip, data)


def _data_files(state: str) -> frozenset[str]:
    try:
        listed = json.loads(_start(state))["_data_files"]
        return frozenset(str(entry["filename"]) for entry in listed)
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _start(path: str) -> str:
    try:
        if not os.path.isfile(path):
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return ""
