"""Beads and ladders: for each pair of articles the sentences of both sides as they were aligned, and how.

VI_ID-EN_ID.vi.txt   the Vietnamese sentences, one a line
VI_ID-EN_ID.en.txt   the English sentences
VI_ID-EN_ID.beads    `[0]:[0, 1]:0.97` a line: indices of lines, counted from 0, and the probability
VI_ID-EN_ID.ladder   or the rungs of hunalign: where each bead begins on both sides, and its probability

The sentences are those the beads speak of: an article's sentences in the other language took no part.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from corpus.alignment.beads import Bead
from corpus.alignment.formats import write_beads
from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.errors import UsageError
from corpus.exporting.plain import one_line
from corpus.exporting.selection import masked_rows


class SentenceStore:
    """The sentences of the articles that are needed, in a nameless file: memory holds one number an article."""

    def __init__(self, run: Run, needed: set[str], folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - lives as long as the store
        self._places: dict[str, int] = {}
        for name, sentences in _sentences(run, needed):
            self._places[name] = self._file.tell()
            self._file.write(json.dumps(sentences).encode() + b"\n")

    def __getitem__(self, article: str) -> list[str]:
        if article not in self._places:
            raise UsageError(f"article {article} is named by a pair and is not in the run; see: songngu verify")
        self._file.seek(self._places[article])
        sentences: list[str] = json.loads(self._file.readline())
        return sentences

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _sentences(run: Run, needed: set[str]) -> Iterator[tuple[str, list[str]]]:
    for row in masked_rows(run, "articles"):
        if row["id"] in needed:
            spans = row["sentences"] or ()
            yield row["id"], [one_line(row["text"][span["start"] : span["end"]]) for span in spans]


def write_bead_files(folder: Path, run: Run, pairs: Iterable[Row], again: Iterable[Row], style: str) -> None:
    """Write the files of every pair. `pairs` is read for the articles it names, `again` for the beads."""
    store = SentenceStore(run, {row[f"{lang}_id"] for row in pairs for lang in ("vi", "en")}, folder)
    try:
        for row in again:
            stem = f"{row['vi_id']}-{row['en_id']}"
            for ending, lines in _files(row, store, style):
                content = "".join(line + "\n" for line in lines)
                (folder / f"{stem}{ending}").write_text(content, encoding="utf-8", newline="\n")
    finally:
        store.close()


def _files(row: Row, store: SentenceStore, style: str) -> Iterator[tuple[str, Iterable[str]]]:
    beads: list[dict[str, Any]] = row["beads"] or []
    sides: dict[str, list[str]] = {}
    places: dict[str, dict[int, int]] = {}
    for lang in ("vi", "en"):
        aligned = sorted({index for bead in beads for index in bead[lang]})
        sentences = store[row[f"{lang}_id"]]
        sides[lang] = [sentences[index] for index in aligned]
        places[lang] = {index: place for place, index in enumerate(aligned)}
        yield f".{lang}.txt", sides[lang]
    renumbered = [
        Bead(_places(places["vi"], bead["vi"]), _places(places["en"], bead["en"]), bead["probability"])
        for bead in beads
    ]
    yield f".{style}", write_beads(renumbered, sides["vi"], sides["en"], style)


def _places(places: Mapping[int, int], indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(places[index] for index in indices)
