"""Table steps: what sees a whole table is done once for what it saw, and remembered by its note.

A row stage is done when its part exists. A table step makes several parts at once, so a small file names them: the
step is done when the note has the key of today's input and recipe, and every part it names is there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.engine.run import Run


def step_key(recipe: str, inputs: Iterable[Path | str]) -> str:
    """The key of a step: its recipe and the names of the parts it reads, in order (a part's name tells its content)."""
    names = [path.name if isinstance(path, Path) else path for path in inputs]
    return hashlib.sha256(json.dumps([recipe, names]).encode()).hexdigest()


def recall(run: Run, step: str, key: str) -> list[Path] | None:
    """The parts of a step that was done before with this key and whose parts are all there."""
    note = run.path / "parts" / f"{step}.json"
    if not note.exists():
        return None
    known = json.loads(note.read_text(encoding="utf-8"))
    parts = [run.path / name for name in known["parts"]]
    return parts if known["key"] == key and all(part.exists() for part in parts) else None


def remember(run: Run, step: str, key: str, parts: Iterable[Path]) -> list[Path]:
    """Note that a step with this key made these parts; the parts."""
    made = list(parts)
    names = [part.relative_to(run.path).as_posix() for part in made]
    run.write_json(f"parts/{step}.json", {"key": key, "parts": names})
    return made


def noted_parts(run: Run) -> Iterator[Path]:
    """Every part that some step's note names."""
    for note in sorted((run.path / "parts").glob("*.json")):
        known = json.loads(note.read_text(encoding="utf-8"))
        yield from (run.path / name for name in known.get("parts", ()))
