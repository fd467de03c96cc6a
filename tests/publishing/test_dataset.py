"""The dataset folder: a card that `datasets` reads without complaint, and no configuration without rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import corpus
from corpus import schema
from corpus.publishing.card import write_card


def front_matter(path: Path) -> dict[str, object]:
    head = path.read_text(encoding="utf-8").split("---\n")[1]
    loaded: dict[str, object] = yaml.safe_load(head)
    return loaded


def test_the_card_is_read_without_complaint(articles: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from datasets import load_dataset_builder
    from datasets.utils.logging import get_logger

    run = corpus.build([articles], tmp_path / "out")
    logger = get_logger("datasets.info")
    logger.propagate = True
    logger.addHandler(caplog.handler)
    builder = load_dataset_builder(str(run.dataset), "bitext", cache_dir=str(tmp_path / "cache"))
    logger.removeHandler(caplog.handler)
    assert "Ignoring" not in caplog.text
    assert builder.info.features == corpus.features("bitext")
    assert builder.info.splits["train"].num_examples == len(load_rows(run.dataset / "bitext"))


def load_rows(folder: Path) -> list[object]:
    import pyarrow.parquet as pq

    return [row for shard in sorted(folder.glob("*.parquet")) for row in pq.read_table(shard).to_pylist()]


def test_bitext_is_the_default_where_there_is_any(articles: Path, tmp_path: Path) -> None:
    run = corpus.build([articles], tmp_path / "out")
    configs = front_matter(run.dataset / "README.md")["configs"]
    assert isinstance(configs, list)
    assert {config["config_name"]: config.get("default", False) for config in configs} == {
        "articles": False, "article_pairs": False, "bitext": True,
    }  # fmt: skip


def test_a_table_without_kept_rows_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The committee met on Monday to discuss the budget of the province.\n")
    run = corpus.build([tmp_path / "a.txt"], tmp_path / "out")
    card = front_matter(run.dataset / "README.md")
    assert [config["config_name"] for config in card["configs"]] == ["articles"]  # type: ignore[attr-defined]
    assert sorted(path.name for path in run.dataset.iterdir()) == ["README.md", "articles"]


def test_the_features_of_the_card_are_those_of_the_schema(tmp_path: Path) -> None:
    import pyarrow.parquet as pq
    from datasets import Features

    from corpus.engine.parts import to_arrow

    for table in schema.TABLES:
        shard = tmp_path / f"{table}.parquet"
        pq.write_table(to_arrow([{}], table), shard)
        write_card(tmp_path / "README.md", {table: [shard]})
        [info] = front_matter(tmp_path / "README.md")["dataset_info"]  # type: ignore[misc]
        assert Features._from_yaml_list(info["features"]) == corpus.features(table)
