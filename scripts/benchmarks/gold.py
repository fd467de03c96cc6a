"""Reading gold alignments: `<document>.vi`, `.en` and `.gold` in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from corpus.alignment.beads import Bead
from corpus.alignment.formats import read_beads


class Document(NamedTuple):
    """One document with its true beads."""

    name: str
    vi: list[str]
    en: list[str]
    gold: list[Bead]


def read_set(folder: Path) -> list[Document]:
    """The documents of a folder, by name. Raises FileNotFoundError if there are none."""
    names = sorted(path.name.removesuffix(".gold") for path in folder.glob("*.gold"))
    if not names:
        raise FileNotFoundError(f"no .gold files in {folder}")
    return [
        Document(
            name, _lines(folder / f"{name}.vi"), _lines(folder / f"{name}.en"),
            read_beads((folder / f"{name}.gold").read_text("utf-8")),
        )
        for name in names
    ]  # fmt: skip


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n")
