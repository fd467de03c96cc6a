"""Phase `article_pairs`: which articles belong together, with the alignment of their sentences.

A table step: what it finds depends on every article. It is cut into tasks for the engine all the same, which name parts
and hand back numbers, so that no process holds the collection:

    pair_features  a part of articles -> what it is compared by
    pair_groups    features -> blocks of articles
    pair_search    blocks -> candidates, and how near they are
    pair_align     candidates -> beads, and whether they are pairs
    here           candidates and beads -> the rows of a part
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.engine.ledger import Ledger
from corpus.engine.local import Engine
from corpus.engine.parts import part_name, write_part
from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.engine.steps import recall, remember, step_key
from corpus.pipeline.article_pairs.align import AlignTask, LearnTask, Wanted, align, aligned_part, keep_aligned, learn
from corpus.pipeline.article_pairs.features import FeatureTask, feature_part, feature_recipe, make_features, read_shown
from corpus.pipeline.article_pairs.groups import FREQUENCIES, Side, load_frequencies
from corpus.pipeline.article_pairs.search import Tell, search, told
from corpus.pipeline.knowledge import ALIGN_VERSION, align_recipe, learnt_file
from corpus.pipeline.store import Place

if TYPE_CHECKING:
    from corpus.pairing.candidates import Candidates
    from corpus.pairing.frequencies import Frequencies
    from corpus.pairing.settling import Settled

VERSION = f"pair:v2|{ALIGN_VERSION}"
Array = Any


def pair_recipe(run: Run) -> str:
    """The recipe of this phase."""
    return f"{VERSION}|{feature_recipe()}|{align_recipe(run)}"


def _nobody(step: str, done: int, total: int) -> None:
    """Told of progress."""


def pair_articles(
    run: Run, articles: Sequence[Path], engine: Engine, *, relearn: bool = False, tell: Tell = _nobody
) -> list[Path]:
    """The parts of `article_pairs` that the articles in these parts yield.

    `tell(step, done, total)` is called as the work goes on; the steps are features, gather, compare, measure, learn,
    align (up to three times) and pairs.
    """
    known = None if relearn else recall(run, "article_pairs", step_key(pair_recipe(run), articles))
    if known is not None:
        return known
    features = _make_features(run, articles, engine, tell)
    with _scratch(run, step_key(feature_recipe(), articles)) as folder:
        candidates, sides = search(features, folder, engine, tell)
        phase = _Phase(run, articles, features, candidates, sides, engine, tell)
        if relearn or learnt_file(run) is None:
            phase.learn()
        parts = phase.write_rows(phase.settle(), folder / FREQUENCIES)
    return remember(run, "article_pairs", step_key(pair_recipe(run), articles), parts)


def _make_features(run: Run, articles: Sequence[Path], engine: Engine, tell: Tell) -> list[Path]:
    """The parts of features; those that exist are not made again."""
    recipe, folder = feature_recipe(), run.parts("features")
    tasks = [FeatureTask(part, feature_part(folder, part, recipe), recipe) for part in articles]
    missing = [task for task in tasks if not task.part.exists()]
    for _ in told(tell, "features", engine.map(make_features, missing), len(missing)):
        pass
    return remember(run, "features", step_key(recipe, articles), [task.part for task in tasks])


@contextmanager
def _scratch(run: Run, key: str) -> Iterator[Path]:
    """A new folder for what tasks hand on to one another; its name tells what it is made of, so that what a worker has
    read from it and remembers cannot be mistaken for another."""
    folder = run.path / "parts" / f"pairing-{key[:16]}"
    for old in (run.path / "parts").glob("pairing-*"):
        shutil.rmtree(old, ignore_errors=True)  # a build that was killed left it behind
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Phase(NamedTuple):
    """Candidates on their way to pairs."""

    run: Run
    articles: Sequence[Path]
    features: Sequence[Path]
    candidates: Candidates
    sides: tuple[Side, Side]
    engine: Engine
    tell: Tell

    def learn(self) -> None:
        """Learn word translations from the likeliest pairs, in place of what was learnt before."""
        pairs = tuple(
            (self._place(self.articles, 0, vi), self._place(self.articles, 1, en))
            for vi, en in self.candidates.likeliest().tolist()
        )
        task = LearnTask(pairs, self.run.path / "learnt")
        (learnt,) = told(self.tell, "learn", self.engine.map(learn, [task]), 1)
        for old in (self.run.path / "learnt").glob("*.npz"):
            if old != learnt:
                old.unlink()

    def settle(self) -> Settled:
        """Have those candidates aligned that may be pairs."""
        from corpus.pairing.settling import settle

        return settle(self.candidates, self._align)

    def _align(self, numbers: Array) -> Iterator[tuple[int, float]]:
        learnt = learnt_file(self.run)
        tasks = (
            AlignTask(self.articles[part], self._aligned(part), learnt, tuple(map(self._wanted, own)))
            for part, own in self._by_part(numbers)
        )
        for found in told(self.tell, "align", self.engine.map(align, tasks), len(self._parts_of(numbers))):
            yield from found

    def write_rows(self, settled: Settled, frequencies: Path) -> list[Path]:
        """The parts of the rows of all candidates, those of one part of Vietnamese articles in one part."""
        recipe, folder, numbers = (
            pair_recipe(self.run),
            self.run.parts("article_pairs"),
            np.arange(len(self.candidates)),
        )
        tasks = (
            RowsTask(
                self.features[part], self._aligned(part), frequencies, recipe, folder,
                tuple(self._finding(number, settled) for number in own),
            )
            for part, own in self._by_part(numbers)
        )  # fmt: skip
        parts = list(told(self.tell, "pairs", self.engine.map(write_rows, tasks), len(self._parts_of(numbers))))
        beads = [self._aligned(part) for part in self._parts_of(settled.aligned)]
        remember(self.run, "aligned", step_key(recipe, self.articles), beads)
        return parts

    def _aligned(self, part: int) -> Path:
        """Where the beads of a part of Vietnamese articles lie."""
        return aligned_part(self.run.parts("aligned"), self.articles[part], pair_recipe(self.run))

    def _by_part(self, numbers: Array) -> Iterator[tuple[int, list[int]]]:
        """Some candidates, sorted, by the part of their Vietnamese article."""
        owner = self.sides[0].part[self.candidates.pairs[numbers, 0]]
        for part in self._parts_of(numbers):
            first, last = np.searchsorted(owner, [part, part + 1])
            yield part, numbers[first:last].tolist()

    def _parts_of(self, numbers: Array) -> list[int]:
        """The parts of the Vietnamese articles of some candidates."""
        found: list[int] = np.unique(self.sides[0].part[self.candidates.pairs[numbers, 0]]).tolist()
        return found

    def _place(self, parts: Sequence[Path], side: int, number: int) -> Place:
        return Place(parts[int(self.sides[side].part[number])], int(self.sides[side].row[number]))

    def _wanted(self, number: int) -> Wanted:
        vi, en = self.candidates.pairs[number].tolist()
        return Wanted(int(self.sides[0].row[vi]), self._place(self.articles, 1, en), int(self.sides[1].text_hash[en]))

    def _finding(self, number: int, settled: Settled) -> Finding:
        from corpus.pairing.settling import NOT_ALIGNED

        wanted, en = self._wanted(number), int(self.candidates.pairs[number, 1])
        found = self.candidates
        return Finding(
            wanted._replace(en=self._place(self.features, 1, en)), round(float(found.score[number]), 4),
            float(found.words[number]), int(found.links[number]), settled.reject(number),
            bool(settled.relation[number] != NOT_ALIGNED),
        )  # fmt: skip


# Rows


class Finding(NamedTuple):
    """A candidate and what became of it; its English article is named by its place among the features."""

    wanted: Wanted
    score: float
    words: float
    links: int
    reject: str | None
    aligned: bool


class RowsTask(NamedTuple):
    """The candidates of a part of Vietnamese articles: its features, its beads, and where the rows go."""

    features: Path
    aligned: Path
    frequencies: Path
    recipe: str
    folder: Path
    findings: tuple[Finding, ...]


def write_rows(task: RowsTask) -> Path:
    """Write the rows of one part, pairs first (runs in any process)."""
    beads = keep_aligned(task.aligned, (found.wanted.key for found in task.findings if found.aligned))
    frequencies = _frequencies(task.frequencies)
    rows, ledger = [], Ledger()
    for found in sorted(task.findings, key=lambda found: found.reject is not None):
        aligned = beads[found.wanted.key] if found.aligned else None
        rows.append(_row(found, Place(task.features, found.wanted.vi), aligned, frequencies))
        ledger.count("pair", found.reject)
    key = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    part = task.folder / part_name(key, task.recipe)
    if not part.exists():
        write_part(part, rows, "article_pairs", ledger, task.recipe)
    return part


def _row(found: Finding, place: Place, aligned: Row | None, frequencies: Frequencies) -> Row:
    from corpus.pairing.evidence import describe
    from corpus.pairing.settling import RELATIONS

    (vi_id, vi), (en_id, en) = read_shown(place), read_shown(found.wanted.en)
    return {
        "vi_id": vi_id, "en_id": en_id, "score": found.score, "reject": found.reject,
        "evidence": describe(vi, en, frequencies, found.links, found.words),
        "relation": RELATIONS[aligned["relation"]] if aligned else None,
        "coverage": aligned["coverage"] if aligned else None,
        "beads": aligned["beads"] if aligned else [],
    }  # fmt: skip


@lru_cache(maxsize=1)
def _frequencies(path: Path) -> Frequencies:
    return load_frequencies(path)
