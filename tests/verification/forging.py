"""A run whose rows were changed by someone who put every name, hash and seal right again: as a bug would, not as a
broken disk. What `verify` finds then, it finds in the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from corpus.engine.parts import to_arrow, write_parquet
from corpus.engine.run import Run
from corpus.engine.sealing import seal
from corpus.engine.shards import hash_file

Rows = list[dict[str, Any]]
Change = Callable[[Rows], Rows]


def forge(run: Run, folder: str, change: Change, table: str | None = None) -> None:
    """Change the rows of the one shard in a folder of the run (`articles`, `dataset/bitext` …)."""
    [shard] = sorted((run.path / folder).glob("*.parquet"))
    rows = pq.read_table(shard, partitioning=None).to_pylist()
    write_parquet(shard, [to_arrow(change(rows), table or Path(folder).name)])
    rename(run, shard)


def rename(run: Run, shard: Path) -> None:
    """Give a shard the name and the line in the manifest that go with its bytes."""
    sha256 = hash_file(shard)
    named = shard.with_name(f"{shard.stem.rpartition('-')[0]}-{sha256[:16]}.parquet")
    shard.rename(named)
    manifest = run.manifest
    files = {name: old for name, old in manifest["files"].items() if name != relative(run, shard)}
    reseal(run, {**manifest, "files": {**files, relative(run, named): sha256}})


def rewrite_json(run: Run, name: str, content: dict[str, Any]) -> None:
    """Another ledger, with its hash."""
    run.write_json(name, content)
    manifest = run.manifest
    manifest["files"][name] = hash_file(run.path / name)
    reseal(run, manifest)


def reseal(run: Run, manifest: dict[str, Any]) -> None:
    run.write_json("manifest.json", seal(manifest))


def relative(run: Run, path: Path) -> str:
    return path.relative_to(run.path).as_posix()
