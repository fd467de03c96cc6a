"""The sentences of candidates, aligned: a task for each part of Vietnamese articles, the beads beside it on disk.

What was aligned once stands in a part under the name of the articles' part, each pair with a hash of what it was made
of, so a later build finds it there. A build leaves just the pairs it asked for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.engine.parts import part_name, temporary_for, write_parquet
from corpus.engine.stage import Row
from corpus.pipeline.article_pairs.features import COLUMNS, OPEN_PARTS, own_sentences, to_document
from corpus.pipeline.knowledge import aligner_of
from corpus.pipeline.store import Place, read_part

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.alignment import Bead
    from corpus.alignment.alone import AloneAligner

Sentences = list[str]
Key = tuple[int, int]
"""The row of a Vietnamese article in its part, and the hash of an English one."""


class Wanted(NamedTuple):
    """A candidate: the row of the Vietnamese article, where the English one lies, and its hash."""

    vi: int
    en: Place
    en_hash: int

    @property
    def key(self) -> Key:
        return self.vi, self.en_hash


class AlignTask(NamedTuple):
    """Candidates of a part of Vietnamese articles, where their beads go, and what was learnt."""

    articles: Path
    aligned: Path
    learnt: Path | None
    wanted: tuple[Wanted, ...]


def aligned_part(folder: Path, articles: Path, recipe: str) -> Path:
    """Where the beads of a part of Vietnamese articles lie."""
    return folder / part_name(hashlib.sha256(articles.name.encode()).hexdigest(), recipe)


def align(task: AlignTask) -> list[tuple[int, float]]:
    """Align what was not aligned before; the relation (a number of RELATIONS) and the coverage of each candidate
    (runs in any process). Each is aligned as if by itself, so that none depends on what came with it."""
    known = read_aligned(task.aligned)
    missing = [wanted for wanted in task.wanted if wanted.key not in known]
    if missing:
        known.update(zip((wanted.key for wanted in missing), _align(missing, task), strict=True))
        write_aligned(task.aligned, known)
    return [(known[wanted.key]["relation"], known[wanted.key]["coverage"]) for wanted in task.wanted]


def _align(missing: Sequence[Wanted], task: AlignTask) -> Iterator[Row]:
    """The beads of some candidates, by the sentences of the articles, and what they say."""
    from corpus.pairing import judge
    from corpus.pairing.settling import RELATIONS

    articles = [(read_sentences(Place(task.articles, wanted.vi)), read_sentences(wanted.en)) for wanted in missing]
    found = _aligner(task.learnt).align_all([(vi, en) for (_, vi), (_, en) in articles])
    for wanted, beads, ((numbers_vi, vi), (numbers_en, en)) in zip(missing, found, articles, strict=True):
        judgement = judge(beads, vi, en)
        yield {
            "vi": wanted.vi, "en_hash": wanted.en_hash,
            "relation": RELATIONS.index(judgement.relation), "coverage": judgement.coverage,
            "beads": [_renumbered(bead, numbers_vi, numbers_en) for bead in beads],
        }  # fmt: skip


def _renumbered(bead: Bead, vi: list[int], en: list[int]) -> Row:
    return {"vi": [vi[k] for k in bead.vi], "en": [en[k] for k in bead.en], "probability": bead.probability}


@lru_cache(maxsize=1)
def _aligner(learnt: Path | None) -> AloneAligner:
    from corpus.alignment.alone import AloneAligner
    from corpus.lexicon.shipped import shipped_lexicon

    return AloneAligner(shipped_lexicon(), aligner_of(learnt).learnt)


def read_sentences(place: Place) -> tuple[list[int], Sentences]:
    """The sentences of an article that are aligned with another one: their numbers, and their text."""
    row = _open_part(place.part).slice(place.row, 1).to_pylist()[0]
    return own_sentences(row), list(to_document(row).sentences or ())


@lru_cache(maxsize=OPEN_PARTS)
def _open_part(part: Path) -> pa.Table:
    return read_part(part, COLUMNS)


# Beads on disk


def read_aligned(part: Path) -> dict[Key, Row]:
    """What was aligned of a part of Vietnamese articles; nothing if there is no such part yet."""
    if not part.exists():
        return {}
    return {(row["vi"], row["en_hash"]): row for row in read_part(part).to_pylist()}


def write_aligned(part: Path, rows: Mapping[Key, Row]) -> None:
    """Write it, in an order that does not tell what was aligned first."""
    import pyarrow as pa

    write_parquet(part, [pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=_schema())])


def keep_aligned(part: Path, keys: Iterable[Key]) -> dict[Key, Row]:
    """The beads of some candidates; all others of the part are forgotten, so that it holds what a first build would
    have aligned."""
    known, wanted = read_aligned(part), set(keys)
    kept = {key: row for key, row in known.items() if key in wanted}
    if not kept:
        part.unlink(missing_ok=True)
    elif len(kept) < len(known):
        write_aligned(part, kept)
    return kept


def _schema() -> pa.Schema:
    import pyarrow as pa

    numbers = pa.list_(pa.int32())
    bead = pa.struct([("vi", numbers), ("en", numbers), ("probability", pa.float32())])
    return pa.schema([
        ("vi", pa.int32()), ("en_hash", pa.uint64()), ("relation", pa.int8()), ("coverage", pa.float64()),
        ("beads", pa.list_(bead)),
    ])  # fmt: skip


# What is learnt


class LearnTask(NamedTuple):
    """The likeliest pairs of articles."""

    pairs: tuple[tuple[Place, Place], ...]
    folder: Path


def learn(task: LearnTask) -> Path | None:
    """Learn word translations from some pairs, and write them; the file, if they were enough (runs in any process).

    What was learnt before goes first: a build that is killed leaves one file or none, and then the next one learns.
    """
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing import teach_aligner

    documents = [(read_sentences(vi)[1], read_sentences(en)[1]) for vi, en in task.pairs]
    learnt = teach_aligner(documents, shipped_lexicon()).learnt
    if learnt is None:
        return None
    task.folder.mkdir(exist_ok=True)
    file = task.folder / f"{learnt.hash}.npz"
    temporary = temporary_for(file)
    try:
        learnt.save(temporary)
        with open(temporary, "rb") as written:
            os.fsync(written.fileno())
        for old in set(task.folder.glob("*.npz")) - {file}:
            old.unlink()
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    return file
