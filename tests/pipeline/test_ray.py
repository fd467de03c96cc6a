"""The Ray engine on a real Ray of two nodes: the bytes of a local build, also where a node dies; stages elsewhere."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.engine.local import LocalEngine
from corpus.engine.rescue import WorkerDiedError
from corpus.engine.stage import Stage
from tests.conftest import ARTICLES, ROOT, table_bytes
from tests.engine import culprits

ray = pytest.importorskip("ray", reason="Ray is not installed; install it with: pip install 'songngu[ray]'")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without processors and two nodes of one, on this machine alone."""
    from ray.cluster_utils import Cluster

    kept = {name: os.environ.get(name) for name in ("PYTHONPATH", "RAY_USAGE_STATS_ENABLED", "RAY_ADDRESS")}
    os.environ.update(PYTHONPATH=str(ROOT), RAY_USAGE_STATS_ENABLED="0")
    head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": 100 << 20}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    os.environ["RAY_ADDRESS"] = cluster.address
    for _ in range(2):
        cluster.add_node(num_cpus=1, object_store_memory=100 << 20)
    yield cluster
    ray.shutdown()
    cluster.shutdown()
    for name, value in kept.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough articles for some pieces."""
    folder = tmp_path / "many"
    for copy in range(15):
        for name, text in ARTICLES.items():
            path = folder / str(copy) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("12.000", f"{copy + 2}2.000").replace("12,000", f"{copy + 2}2,000"))
    return folder


def test_the_tables_are_the_bytes_of_a_local_build(cluster: Any, articles: Path, tmp_path: Path) -> None:
    here = corpus.build([articles], tmp_path / "here")
    there = corpus.build([articles], tmp_path / "there", engine="ray")
    assert table_bytes(there) == table_bytes(here)
    assert not ray.is_initialized()


def test_a_node_that_dies_costs_no_byte(cluster: Any, many: Path, tmp_path: Path) -> None:
    here = corpus.build([many], tmp_path / "here")
    doomed = cluster.add_node(num_cpus=1, object_store_memory=100 << 20)
    out = tmp_path / "there"

    def kill_in_the_middle() -> None:
        while not list(out.glob("parts/articles/*.parquet")):
            time.sleep(0.02)
        cluster.remove_node(doomed, allow_graceful=False)

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    there = corpus.build([many], out, engine="ray")
    killer.join(60)
    assert sum(node["Alive"] for node in alive_nodes(cluster)) == 3
    assert table_bytes(there) == table_bytes(here)


def alive_nodes(cluster: Any) -> list[dict[str, Any]]:
    ray.init(address=cluster.address, log_to_driver=False)
    try:
        return [node for node in ray.nodes() if node["Alive"]]
    finally:
        ray.shutdown()


def test_a_killer_is_labelled_and_an_error_comes_back(cluster: Any) -> None:
    from corpus.engine.cluster import RayEngine

    tasks = [["một", "hai"], ["ba", culprits.EXIT, "năm"], ["sáu"]]
    with RayEngine() as engine:
        results = list(engine.map(culprits.shout_all, tasks, culprits.RESCUE))
        assert results == [["MỘT", "HAI"], ["BA", "SHOUT-CRASHED", "NĂM"], ["SÁU"]]
        assert list(engine.map(len, ["x" * n for n in range(30)])) == list(range(30))
        with pytest.raises(ValueError, match="ba"):
            list(engine.map(int, ["1", "ba"]))
        with pytest.raises(WorkerDiedError, match="same command again"):
            list(engine.map(culprits.shout, [culprits.EXIT]))


def test_a_folder_the_nodes_do_not_see_is_refused(cluster: Any, tmp_path: Path) -> None:
    from corpus.engine.cluster import RayEngine

    with pytest.raises(corpus.UsageError, match=r"does not see .*nowhere; name a folder that all nodes share"):
        RayEngine(folder=tmp_path / "nowhere").__enter__()
    assert not ray.is_initialized()


def test_an_address_where_nobody_answers_is_refused(tmp_path: Path, articles: Path) -> None:
    with pytest.raises(corpus.UsageError, match=r"no Ray answers at 127\.0\.0\.1:9; start one"):
        corpus.build([articles], tmp_path / "out", engine="ray", ray_address="127.0.0.1:9")


def test_ray_that_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(corpus.UsageError, match=r"pip install 'songngu\[ray\]'"):
        corpus.build([ROOT / "seeds"], tmp_path / "out", engine="ray")


# A stage in pipelines of one's own


def shout(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not row["text"]:
        yield {**row, "reject": "shout:empty"}
        return
    for word in row["text"].split():
        yield {**row, "text": word.upper()}


WORDS = {"text": ["trời mưa", "", "gió"], "reject": [None, "", None]}
EXPECTED = [("TRỜI", None), ("MƯA", None), ("", "shout:empty"), ("GIÓ", None)]


def test_a_stage_in_a_ray_dataset() -> None:
    import pyarrow as pa
    import ray.data

    ray.init(
        address="local", num_cpus=2, include_dashboard=False, log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}},
    )  # fmt: skip
    try:
        table = pa.table({"text": WORDS["text"], "reject": pa.array([None] * 3, pa.string())})
        done = ray.data.from_arrow(table).map_batches(Stage("shout", 1, shout), batch_size=2)
        assert {(row["text"], row["reject"]) for row in done.take_all()} == set(EXPECTED)
    finally:
        ray.shutdown()


def test_a_stage_in_a_dataset() -> None:
    from datasets import Dataset, Features, Value, disable_progress_bars

    disable_progress_bars()
    features = Features({"text": Value("string"), "reject": Value("string")})
    data = Dataset.from_dict({"text": WORDS["text"], "reject": [None] * 3}, features=features)
    done = data.map(Stage("shout", 1, shout), batched=True, features=features)
    assert [(row["text"], row["reject"]) for row in done] == EXPECTED


def test_local_and_ray_engines_take_the_same_words() -> None:
    import inspect

    from corpus.engine.cluster import RayEngine

    assert inspect.signature(RayEngine.map) == inspect.signature(LocalEngine.map)
