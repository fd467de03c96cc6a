"""Moses: line i of one file with line i of the others.

name.en-vi.vi      the Vietnamese sides
name.en-vi.en      the English sides
name.en-vi.ids     the ids of the rows
name.en-vi.scores  a first line that names the scores, then one line a row; columns between tabs, null is empty
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus import schema
from corpus.engine.stage import Row
from corpus.exporting.plain import cell, one_line
from corpus.exporting.target import Outputs

ENDINGS = ("vi", "en", "ids", "scores")


def moses_paths(target: Path, name: str) -> list[Path]:
    """The files of a target: a folder that is there takes `name`, any other path is the prefix itself.

    >>> [path.name for path in moses_paths(Path("khong-co/tin"), "out")]
    ['tin.en-vi.vi', 'tin.en-vi.en', 'tin.en-vi.ids', 'tin.en-vi.scores']
    """
    prefix = target / name if target.is_dir() else target
    stem = prefix.name.removesuffix(".en-vi")
    return [prefix.with_name(f"{stem}.en-vi.{ending}") for ending in ENDINGS]


def write_moses(outputs: Outputs, paths: list[Path], rows: Iterable[Row]) -> None:
    """Write rows of the bitext."""
    vi, en, ids, scores = (outputs.open(path) for path in paths)
    names = [column.name for column in schema.SCORES]
    scores.write(("\t".join(names) + "\n").encode())
    for row in rows:
        for file, lang in ((vi, "vi"), (en, "en")):
            file.write((one_line(row["translation"][lang]) + "\n").encode())
        ids.write((one_line(row["id"]) + "\n").encode())
        scores.write(("\t".join(cell(row[name]) for name in names) + "\n").encode())
