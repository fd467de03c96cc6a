"""The head of the card: the YAML that the Hub and `datasets` read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.publishing.card_facts import ConfigFacts, Facts
from corpus.publishing.card_licences import licence_head
from corpus.publishing.dataset import TABLE_OF
from corpus.schema import feature_dict

Shards = Mapping[str, Mapping[str, Sequence[Path]]]
SIZES = (
    (10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"), (10**9, "100M<n<1B"), (10**10, "1B<n<10B"), (10**11, "10B<n<100B"), (10**12, "100B<n<1T"),
)  # fmt: skip
_HUB_ID = re.compile(r"(?:hf://(?:datasets/)?)?(?P<id>[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})(?:[@/].*)?")


def make_head(facts: Facts, shards: Shards, inputs: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The head as plain values, in the order it is written; `shards` are the files of each split by configuration."""
    default = next(iter(facts.configs), None)
    langs = languages(facts)
    head: dict[str, Any] = {
        "language": langs,
        **licence_head({each for config in facts.configs.values() for each in config.licences}),
        "multilinguality": [_multilinguality(facts, langs)],
        "task_categories": _tasks(facts),
        "size_categories": [size_category(facts.rows(default) if default else 0)],
        "source_datasets": _source_datasets(inputs),
        "pretty_name": pretty_name(facts),
        "tags": ["songngu", *(["parallel-corpus", "sentence-alignment"] if "bitext" in facts.configs else [])],
    }
    if default:
        head["configs"] = [_config(name, shards[name], name == default) for name in facts.configs]
        head["dataset_info"] = [_info(name, config) for name, config in facts.configs.items()]
    return {key: value for key, value in head.items() if value}


def languages(facts: Facts) -> list[str]:
    """The languages of the published rows; both for an aligned pair, and where nothing says otherwise."""
    if "bitext" in facts.configs or "articles" not in facts.configs:
        return ["vi", "en"]
    found = facts.configs["articles"].langs
    return [lang for lang in ("vi", "en") if found[lang] or found["mixed"]] or ["vi", "en"]


def pretty_name(facts: Facts) -> str:
    """What the dataset is called until a person gives it a name."""
    if "bitext" in facts.configs:
        return "Vietnamese–English aligned sentences"
    named = " and ".join({"vi": "Vietnamese", "en": "English"}[lang] for lang in languages(facts))
    return f"{named} articles"


def size_category(rows: int) -> str:
    """
    >>> size_category(0), size_category(1000), size_category(10**12)
    ('n<1K', '1K<n<10K', 'n>1T')
    """
    return next((name for limit, name in SIZES if rows < limit), "n>1T")


def _multilinguality(facts: Facts, langs: list[str]) -> str:
    if "bitext" in facts.configs:
        return "translation"
    return "multilingual" if len(langs) > 1 else "monolingual"


def _tasks(facts: Facts) -> list[str]:
    tasks = {"bitext": "translation", "articles": "text-generation"}
    return [task for config, task in tasks.items() if config in facts.configs]


def _source_datasets(inputs: Iterable[Mapping[str, Any]]) -> list[str]:
    """The Hub ids that were named as inputs; `original` stands for everything else."""
    found = []
    for entry in inputs:
        named = None if entry.get("from_run") else _HUB_ID.fullmatch(str(entry.get("named", "")))
        found.append(named["id"] if named else "original")
    return sorted(set(found), key=lambda name: (name != "original", name)) or ["original"]


def _config(name: str, splits: Mapping[str, Sequence[Path]], default: bool) -> dict[str, Any]:
    """The files of a configuration, each by its name: that holds the hash of its bytes, and `datasets` takes what it
    read before from its cache as long as the card says the same."""
    files = [{"split": split, "path": [f"{name}/{path.name}" for path in paths]} for split, paths in splits.items()]
    return {"config_name": name, "data_files": files, **({"default": True} if default else {})}


def _info(name: str, config: ConfigFacts) -> dict[str, Any]:
    """The `dataset_info` of one configuration, in the form `datasets` itself writes."""
    return {
        "config_name": name,
        "features": yaml_features(TABLE_OF[name]),
        "splits": [
            {"name": split, "num_bytes": size.unpacked, "num_examples": size.rows}
            for split, size in config.sizes.items()
        ],
        "download_size": sum(size.packed for size in config.sizes.values()),
        "dataset_size": sum(size.unpacked for size in config.sizes.values()),
    }


def yaml_features(table: str) -> list[dict[str, Any]]:
    """The columns of a table as `dataset_info` spells them."""
    return [_yaml_feature(name, feature) for name, feature in feature_dict(table).items()]


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
