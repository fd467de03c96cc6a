"""What a run was made of and with: versions, options, recipe, inputs, and the hash of every finished file."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from corpus import __version__
from corpus.engine.parts import is_temporary
from corpus.engine.run import MANIFEST, Run
from corpus.engine.sealing import seal
from corpus.engine.shards import hash_file as hash_file  # part of what this module offers
from corpus.engine.stage import package_version
from corpus.loaders.record import Record
from corpus.schema import SCHEMA_VERSION

PACKAGES = (
    "underthesea",
    "sacremoses",
    "langdetect",
    "lxml",
    "datasets",
    "pyarrow",
    "charset-normalizer",
)
INPUTS = "inputs.jsonl"
CARD = "README.md"
RECORD_NUMBER = re.compile(r"#[0-9]+$")
HASHED = ("articles", "article_pairs", "bitext", "dataset", "learnt")


class InputList:
    """Writes `inputs.jsonl` while the records pass: one line a file, with its hash and how many records it held."""

    def __init__(self, run: Run) -> None:
        self._path = run.path / INPUTS
        self._temporary = run.path / f".{INPUTS}.tmp"
        self._file: IO[str]

    def __enter__(self) -> InputList:
        self._file = open(self._temporary, "w", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if error is None:
            os.replace(self._temporary, self._path)

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """The same records; those of one file follow one another."""
        current: dict[str, Any] | None = None
        for record in records:
            file = RECORD_NUMBER.sub("", record.source)
            if current is None or current["source"] != file:
                self._write(current)
                current = {"source": file, "sha256": record.source_sha256, "records": 0}
            current["records"] += 1
            yield record
        self._write(current)

    def _write(self, entry: Mapping[str, Any] | None) -> None:
        if entry is not None:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def describe_inputs(run: Run, inputs: Sequence[str | Path]) -> list[dict[str, str | None]]:
    """Inputs as they were typed and as seen from the run folder, never absolute unless they were typed so: a home
    folder has no business in what may be shared."""
    return [{"named": str(name), "from_run": _from_run(run, name)} for name in inputs]


def write_manifest(
    run: Run, inputs: Sequence[Mapping[str, Any]], options: Mapping[str, Any], recipe: Mapping[str, str]
) -> None:
    """Write `manifest.json`; `inputs` as `describe_inputs` gives them."""
    manifest: dict[str, Any] = {
        "songngu": __version__,
        "schema": SCHEMA_VERSION,
        "python": platform.python_version(),
        "packages": package_versions(),
        "options": dict(options),
        "inputs": list(inputs),
        "recipe": dict(recipe),
        "files": {path.relative_to(run.path).as_posix(): hash_file(path) for path in _finished_files(run)},
    }
    run.write_json(MANIFEST, seal(manifest))


def _finished_files(run: Run) -> Iterator[Path]:
    """What a build vouches for. Not the card: people write on it; nor what a worker that died left unfinished."""
    for name in HASHED:
        files = (path for path in sorted((run.path / name).rglob("*")) if path.is_file())
        yield from (path for path in files if path.name != CARD and not is_temporary(path.name))
    yield from (run.path / INPUTS, run.path / "ledger.json")


def package_versions() -> dict[str, str | None]:
    """The versions of the packages that can change a row."""
    return {name: package_version(name) for name in PACKAGES}


def _from_run(run: Run, name: str | Path) -> str | None:
    return Path(os.path.relpath(name, run.path)).as_posix() if os.path.exists(name) else None
