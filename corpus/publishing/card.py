"""The dataset card: measured facts only, as YAML for the Hub and as prose for people.

Everything generated stands in the head and in one block between two markers; what a person writes above or below the
block, or into the head, survives the next build and the next push (see card_merge.py).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import __version__
from corpus.engine.run import Run
from corpus.errors import UsageError
from corpus.publishing.card_facts import measure
from corpus.publishing.card_head import make_head
from corpus.publishing.card_merge import BEGIN, END, merge_cards
from corpus.publishing.card_text import make_text
from corpus.publishing.dataset import CARD, find_shards

HERE = "path/to/this/folder"
LONG_LINE = 10**6  # YAML would fold longer lines, and a person's diff would show it


@dataclass(frozen=True)
class RunFacts:
    """What the card tells of the run, beside what is measured in the published files.

    ledger, recipe, options, packages, inputs: as in `ledger.json` and `manifest.json`
    audit: as in `audit.json`, where a person judged a sample, and whether that was a sample of these very rows
    """

    ledger: Mapping[str, Any] = field(default_factory=dict)
    recipe: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    packages: Mapping[str, str | None] = field(default_factory=dict)
    inputs: Sequence[Mapping[str, Any]] = ()
    audit: Mapping[str, Any] | None = None
    audit_is_current: bool = True
    version: str = __version__


def facts_of(run: Run) -> RunFacts:
    """What a finished run says of itself."""
    from corpus.curation.audit import RESULT, is_current

    manifest = run.manifest
    judged = run.read_json(RESULT) if (run.path / RESULT).exists() else None
    return RunFacts(
        ledger=run.ledger,
        recipe=manifest["recipe"],
        options=manifest["options"],
        packages=manifest["packages"],
        inputs=manifest["inputs"],
        audit=judged,
        audit_is_current=judged is None or is_current(run, judged),
        version=manifest["songngu"],
    )


def make_card(shards: Mapping[str, Mapping[str, Sequence[Path]]], facts: RunFacts, *, name: str = HERE) -> str:
    """The card of these files: their head, and the block between its markers. `name` is what a user will load."""
    import yaml

    measured = measure(shards)
    head = make_head(measured, shards, facts.inputs)
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=LONG_LINE)
    return f"---\n{front}---\n{BEGIN}\n{make_text(measured, facts, name)}{END}\n"


def write_card(
    folder: Path, shards: Mapping[str, Mapping[str, Sequence[Path]]], facts: RunFacts, *, name: str = HERE
) -> None:
    """Write the card of a dataset folder; what a person wrote on the one that is there stays.

    Raises UsageError where that one cannot be read or merged with: it is left as it is.
    """
    path = folder / CARD
    card = make_card(shards, facts, name=name)
    if path.exists():
        card = merge_cards(_read(path), card)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(card, encoding="utf-8", newline="\n")
    os.replace(temporary, path)


def check_card(folder: Path) -> None:
    """Raise UsageError, before anything is written, where the card that is there cannot be read or merged with."""
    path = folder / CARD
    if path.exists():
        merge_cards(_read(path), f"{BEGIN}\n{END}\n")


def renew_card(run: Run) -> None:
    """Write the card of a finished run's dataset anew: what it tells may have changed, as by an audit."""
    if run.dataset.is_dir():
        write_card(run.dataset, find_shards(run.dataset), facts_of(run))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); save it as UTF-8 or move it away, then go on") from error
