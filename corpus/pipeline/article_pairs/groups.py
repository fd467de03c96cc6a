"""Groups of articles on their way to candidates: gathered from parts of features, counted, and weighed as blocks.

    gather  parts of features -> groups of articles, their features end to end
    count   groups -> in how many articles each anchor stands, a range of keys a task
    weigh   a group -> a block of unit rows for each language

Each step is a task that reads and writes files of one folder; the main process keeps a few numbers an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.engine.local import Engine
from corpus.pipeline.article_pairs.features import read_features

if TYPE_CHECKING:
    from corpus.pairing.features import Features
    from corpus.pairing.frequencies import AnchorCounts, Frequencies

ARTICLES_PER_GROUP = 6144
KEYS_PER_RANGE = 4_000_000
LANGS = ("vi", "en")
FREQUENCIES = "frequencies.npz"
Array = Any


@dataclass(frozen=True)
class Side:
    """The articles of one language in order: the part (a number) and the row of each, a hash of its sentences, its day,
    its links; `bounds` tells where each group begins, and the last one ends."""

    part: Array
    row: Array
    text_hash: Array
    days: Array
    links: tuple[Array, Array]
    bounds: Array


class GroupTask(NamedTuple):
    """Some parts of features (the first of them has number `first`), and the stem of the files made of them."""

    parts: tuple[Path, ...]
    first: int
    stem: Path

    def raw(self, lang: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}-{lang}-raw.npz")

    @property
    def counts(self) -> Path:
        return self.stem.with_name(f"{self.stem.name}-counts.npz")

    def block(self, lang: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}-{lang}.npz")


class Gathered(NamedTuple):
    """What the main process keeps of a group: of each language the articles and the articles with each of the
    lexicon's units; and how many keys there are to count."""

    sides: tuple[dict[str, Array], dict[str, Array]]
    words: tuple[Array, Array]
    keys: int


def cut_groups(parts: Sequence[Path], folder: Path) -> Iterator[GroupTask]:
    """Consecutive parts, together some thousand articles; where there is no part, one empty group."""
    import pyarrow.parquet as pq

    if not parts:
        yield GroupTask((), 0, folder / f"{0:07}")
    first, articles = 0, 0
    for k, part in enumerate(parts):
        articles += pq.read_metadata(part).num_rows
        if articles >= ARTICLES_PER_GROUP or k + 1 == len(parts):
            yield GroupTask(tuple(parts[first : k + 1]), first, folder / f"{first:07}")
            first, articles = k + 1, 0


def gather(task: GroupTask) -> Gathered:
    """Read some parts of features, and write them end to end (runs in any process)."""
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing.frequencies import add_anchors, count_anchors, count_words

    sides, words, counts = [], [], []
    for lang in LANGS:
        listed = read_features(task.parts, lang)
        features = listed.features
        _save_features(task.raw(lang), features)
        sides.append({
            "part": listed.part + np.int32(task.first), "row": listed.row, "text_hash": listed.text_hash,
            "days": features.days, "links": features.links.keys, "owners": features.links.owners,
        })  # fmt: skip
        words.append(count_words(features.words, len(shipped_lexicon().en)))
        counts.append(count_anchors(features, lang))
    together = add_anchors(counts, least=1)
    np.savez(task.counts, **together._asdict())
    return Gathered((sides[0], sides[1]), (words[0], words[1]), len(together.keys))


def make_side(groups: Sequence[GroupTask], gathered: Sequence[Gathered], lang: int) -> Side:
    """The articles of one language in all groups."""
    found = [group.sides[lang] for group in gathered]
    bounds = np.cumsum([0, *(len(one["row"]) for one in found)])
    columns = {name: np.concatenate([one[name] for one in found]) for name in ("part", "row", "text_hash", "days")}
    keys = np.concatenate([one["links"] for one in found])
    owners = np.concatenate([one["owners"] + start for one, start in zip(found, bounds.tolist(), strict=False)])
    return Side(**columns, links=(keys, owners), bounds=bounds)


def _save_features(path: Path, features: Features) -> None:
    rows = {"anchors": features.anchors, "words": features.words}
    arrays = {f"{name}_{part}": array for name, one in rows.items() for part, array in one._asdict().items()}
    np.savez(path, days=features.days, **arrays)


def _load_features(path: Path) -> Features:
    from corpus.pairing.features import Features, Rows

    with np.load(path, allow_pickle=False) as file:
        anchors, words = (Rows(*(file[f"{name}_{part}"] for part in Rows._fields)) for name in ("anchors", "words"))
        nothing = Rows(np.zeros(1, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.float32))
        return Features(anchors, words, nothing, file["days"])


# Frequencies


class CountTask(NamedTuple):
    """Files of counts, and the range of keys to add up."""

    counts: tuple[Path, ...]
    low: int
    high: int


def count(folder: Path, groups: Sequence[GroupTask], gathered: Sequence[Gathered], engine: Engine) -> None:
    """Write the frequencies of all features."""
    from corpus.pairing.frequencies import AnchorCounts, key_ranges

    ranges = key_ranges(sum(group.keys for group in gathered) // KEYS_PER_RANGE + 1)
    files = tuple(group.counts for group in groups)
    found = list(engine.map(count_range, (CountTask(files, low, high) for low, high in ranges)))
    anchors = AnchorCounts(*(np.concatenate(column) for column in zip(*found, strict=True)))
    words = [np.sum([group.words[lang] for group in gathered], axis=0, dtype=np.uint32) for lang in (0, 1)]
    articles = [sum(len(group.sides[lang]["row"]) for group in gathered) for lang in (0, 1)]
    np.savez(folder / FREQUENCIES, articles=articles, words_vi=words[0], words_en=words[1], **anchors._asdict())


def count_range(task: CountTask) -> AnchorCounts:
    """In how many articles the anchors of a range stand, if in more than one (runs in any process)."""
    from corpus.pairing.frequencies import AnchorCounts, add_anchors

    counts = []
    for path in task.counts:
        with np.load(path, allow_pickle=False) as file:
            counts.append(AnchorCounts(*(file[name] for name in AnchorCounts._fields)).between(task.low, task.high))
    return add_anchors(counts)


def load_frequencies(path: Path) -> Frequencies:
    """The frequencies that `search` left in its folder."""
    from corpus.pairing.frequencies import AnchorCounts, Frequencies

    with np.load(path, allow_pickle=False) as file:
        anchors = AnchorCounts(*(file[name] for name in AnchorCounts._fields))
        vi, en = file["articles"].tolist()
        return Frequencies((vi, en), anchors, (file["words_vi"], file["words_en"]))


# Blocks


def weigh_group(task: GroupTask) -> None:
    """Write the blocks of a group (runs in any process)."""
    from corpus.pairing import thresholds
    from corpus.pairing.index import make_block

    frequencies = load_frequencies(task.stem.with_name(FREQUENCIES))
    for lang in LANGS:
        make_block(_load_features(task.raw(lang)), frequencies, lang, thresholds.POSTINGS).save(task.block(lang))
