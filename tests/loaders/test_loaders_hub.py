"""The Hub: ids told from paths, no code run, and a stream that breaks ends in a row. No test touches the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import pytest

from corpus.errors import UsageError
from corpus.loaders import check_inputs, hub, read
from corpus.loaders.hub import HubId, hub_id


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    hub.open_dataset.cache_clear()
    yield
    hub.open_dataset.cache_clear()


@pytest.mark.parametrize(
    ("name", "expect"),
    [
        ("hf://nguoi-viet/bao", HubId("nguoi-viet/bao")),
        ("hf://datasets/nguoi-viet/bao@v1.0/tin", HubId("nguoi-viet/bao", "tin", "v1.0")),
        ("hf://squad", HubId("squad")),
        ("nguoi-viet/bao", HubId("nguoi-viet/bao")),
        ("nguoi-viet/bao.jsonl", None),
        ("nguoi-viet/bao.txt.gz", None),
        ("./nguoi-viet/bao", None),
        ("/nguoi-viet/bao", None),
        ("a/b/c", None),
        ("bao", None),
    ],
)
def test_ids_and_paths(name: str, expect: HubId | None) -> None:
    assert hub_id(name) == expect


def test_a_path_that_exists_or_whose_folder_does_is_no_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    assert hub_id("seeds/vi") is None
    with pytest.raises(UsageError, match="no file or folder 'seeds/vi'"):
        read("seeds/vi")
    with pytest.raises(UsageError, match="write hf://org/name"):
        read("hf://a b")


def test_a_dataset_is_read_as_a_stream_without_its_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"text": ["Mưa.", "Gió."], "title": ["a", "b"], "picture": [b"\0", b"\1"], "vector": [[0.5], [0.25]]}
    stream = datasets.Dataset.from_dict(content).to_iterable_dataset()
    asked: list[tuple[Any, ...]] = []

    def load(repo: str, config: str | None, **options: Any) -> dict[str, Any]:
        asked.append((repo, config, options))
        return {"train": stream}

    monkeypatch.setattr(datasets, "load_dataset", load)
    check_inputs("hf://nguoi-viet/bao@main/tin")
    records = list(read("hf://nguoi-viet/bao@main/tin"))
    assert asked == [("nguoi-viet/bao", "tin", {"revision": "main", "streaming": True})]
    assert [(record.source, record.text, record.fields) for record in records] == [
        ("nguoi-viet/bao/train#1", "Mưa.", {"title": "a"}), ("nguoi-viet/bao/train#2", "Gió.", {"title": "b"})
    ]  # fmt: skip
    assert all(record.source_sha256 == record.sha256 and record.format == "dataset" for record in records)


def test_a_translation_dataset_is_aligned_input(monkeypatch: pytest.MonkeyPatch) -> None:
    features = datasets.Features({"translation": datasets.Translation(languages=["en", "vi"])})
    pairs = datasets.Dataset.from_dict({"translation": [{"en": "Rain.", "vi": "Mưa."}]}, features=features)
    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: {"test": pairs.to_iterable_dataset()})
    (record,) = read("hf://nguoi-viet/song-ngu")
    assert record.given == {"vi": "Mưa.", "en": "Rain."}


def test_a_stream_that_breaks_ends_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> Iterator[dict[str, str]]:
        yield {"text": "Mưa."}
        raise ConnectionError("gone")

    broken = datasets.IterableDataset.from_generator(lines)
    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: {"train": broken})
    assert [record.reject for record in read("hf://a/b")] == [None, "load:unreadable"]


def test_a_dataset_that_does_not_open_is_an_error_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: Any, **__: Any) -> None:
        raise ValueError("Config name is missing.\nPlease pick one")

    monkeypatch.setattr(datasets, "load_dataset", load)
    with pytest.raises(UsageError, match=r"Config name is missing\..*hf://a/b/CONFIG"):
        check_inputs("hf://a/b")
