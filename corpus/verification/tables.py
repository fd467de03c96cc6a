"""`verify`, second step: one task a shard. Bitext goes first: each side leaves a note for the shard of its article, and
the task that reads the articles looks every note up, so that no process holds texts of both tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.verification.files import Finding
from corpus.verification.rows import (
    MOST_FINDINGS,
    Array,
    Checked,
    DamagedError,
    Shard,
    check_article,
    check_labels,
    empty_strings,
    hash64,
    id_number,
    read_batches,
    shown_id,
    where,
)
from corpus.verification.spans import broken_rows

if TYPE_CHECKING:
    import pyarrow as pa

LANGS = ("vi", "en")
OTHER = {"vi": "en", "en": "vi"}
ARTICLES = np.dtype([("id", "u8"), ("shard", "u4"), ("own", "i4"), ("kept", "?")])
NOTES = np.dtype([("article", "u8"), ("side", "u8"), ("bitext", "u8"), ("start", "i4"), ("end", "i4")])
PAIRS = np.dtype([("pair", "u8"), ("rows", "u4")])
NAMES = np.dtype([("id", "u8"), ("kept", "?"), ("copied", "?")])
COPIES = np.dtype([("id", "u8"), ("of", "u8")])
PLACES = np.dtype([("cluster", "u8"), ("split", "u1")])
SOURCES = np.dtype([("source", "u8"), ("sha256", "u8"), ("id", "u8")])
SPLITS = (None, "train", "validation", "test")
INDEX = "articles.npy"
Numbers = dict[str, list[tuple[Any, ...]]]
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""An engine's `map`."""
DTYPES = {"names": NAMES, "copies": COPIES, "places": PLACES, "sources": SOURCES, "pairs": PAIRS}


def check_shard(shard: Shard) -> Checked:
    """All that can be said of one shard by itself and by the index of articles (runs in any process)."""
    check = {"articles": _check_articles, "article_pairs": _check_pairs, "bitext": _check_bitext}[shard.table]
    rows: Counter[tuple[str, str | None]] = Counter()
    numbers: Numbers = {name: [] for name in DTYPES}
    findings: list[Finding] = []
    try:
        for finding in check(shard, rows, numbers):
            findings.append(finding)
            if len(findings) == MOST_FINDINGS:
                break
    except DamagedError as error:
        findings.append(Finding(f"{shard.table}/{shard.path.name}", str(error)))
    return Checked(findings, rows, {name: np.array(found, DTYPES[name]) for name, found in numbers.items()})


def check_table(shards: Iterable[Shard], spread: Spread) -> Checked:
    """What all shards of a table say, in one."""
    findings: list[Finding] = []
    rows: Counter[tuple[str, str | None]] = Counter()
    numbers = {name: [np.zeros(0, dtype)] for name, dtype in DTYPES.items()}
    for each in spread(check_shard, shards):
        findings += each.findings[: MOST_FINDINGS - len(findings)]
        rows.update(each.rows)
        for name, found in each.numbers.items():
            numbers[name].append(found)
    return Checked(findings, rows, {name: np.concatenate(found) for name, found in numbers.items()})


# The index of articles


def write_index(shards: Sequence[Shard], notes: Path, spread: Spread) -> None:
    """Write what `check_shard` needs to know of all articles."""
    found = np.concatenate([np.zeros(0, ARTICLES), *spread(index_shard, shards)])
    np.save(notes / INDEX, np.sort(found, order="id"))


def index_shard(shard: Shard) -> Array:
    """Of every article its id, shard, number of sentences in its own language, and whether it is kept."""
    columns = ["id", "reject", "lang", "sentences.list.element.lang"]
    found: list[tuple[int, int, int, bool]] = []
    try:
        for batch in read_batches(shard.path, shard.table, columns):
            for row in batch.to_pylist():
                other = OTHER.get(row["lang"])
                own = sum(sentence["lang"] != other for sentence in row["sentences"] or ())
                found.append((id_number(row["id"]), shard.number, own, row["reject"] is None))
    except DamagedError:
        pass  # check_shard names it
    return np.array(found, ARTICLES)


@lru_cache(maxsize=1)
def _index(notes: Path) -> Array:
    """All articles, sorted by id, as `index_shard` gave them."""
    return np.load(notes / INDEX, mmap_mode="r")


def _look_up(index: Array, ids: Array) -> tuple[Array, Array]:
    """Where ids stand in the index, and whether they do."""
    if not len(index):
        return np.zeros(len(ids), np.int64), np.zeros(len(ids), bool)
    places = np.minimum(np.searchsorted(index["id"], ids), len(index) - 1)
    return places, index["id"][places] == ids


# Bitext


def _check_bitext(shard: Shard, rows: Counter[tuple[str, str | None]], numbers: Numbers) -> Iterator[Finding]:
    splits = {name: number for number, name in enumerate(SPLITS)}
    pairs: Counter[int] = Counter()
    places: set[tuple[int, int]] = set()
    for batch in read_batches(shard.path, shard.table, _BITEXT):
        notes: list[tuple[int, ...]] = []
        yield from empty_strings(shard.table, batch)
        for row in batch.to_pylist():
            rows[row["origin"], row["reject"]] += 1
            name = _note_names(row, numbers)
            if row["cluster"] is not None:
                places.add((hash64(row["cluster"]), splits.get(row["split"], 0)))
            if row["origin"] == "given":
                _note_source(row, numbers)
            else:
                pairs[hash64(f"{row['vi_id']} {row['en_id']}")] += row["origin"] == "articles"
                notes += _notes_of(row, name)
            yield from (Finding(where("bitext", row), what) for what in check_labels("bitext", row))
        yield from _leave_notes(shard, np.array(notes, NOTES))
    numbers["pairs"] += [(pair, count) for pair, count in pairs.items() if count]
    numbers["places"] += sorted(places)


_BITEXT = [
    "id", "origin", "translation", "vi_id", "en_id", "vi_start", "vi_end", "en_start", "en_end", "source",
    "source_sha256", "vi_words", "en_words", "title", "author", "site", "url", "published", "license",
    "quality", "duplicate_of", "against", "cluster", "split", "reject",
]  # fmt: skip


def _note_names(row: dict[str, Any], numbers: Numbers) -> int:
    name, stage = id_number(row["id"]), (row["reject"] or "").partition(":")[0]
    # What fell out behind the search for copies may well have copies.
    numbers["names"].append((name, row["reject"] is None, stage in ("", "against", "split")))
    if row["duplicate_of"] is not None:
        numbers["copies"].append((name, id_number(row["duplicate_of"])))
    return name


def _note_source(row: dict[str, Any], numbers: Numbers) -> None:
    if row["source"] is not None:
        numbers["sources"].append((hash64(row["source"]), hash64(row["source_sha256"] or ""), id_number(row["id"])))


def _notes_of(row: dict[str, Any], name: int) -> Iterator[tuple[int, ...]]:
    """What each side claims: that it stands in an article from here to there."""
    for lang in LANGS:
        start, end = (-1 if row[f"{lang}_{edge}"] is None else row[f"{lang}_{edge}"] for edge in ("start", "end"))
        yield id_number(row[f"{lang}_id"]), hash64(row["translation"][lang] or ""), name, start, end


def _leave_notes(shard: Shard, notes: Array) -> Iterator[Finding]:
    """Append the notes to the files of the shards that their articles are in."""
    index = _index(shard.notes)
    places, known = _look_up(index, notes["article"])
    for note in notes[~known]:
        missing = f"comes from article {shown_id(note['article'])}, which is not in the run; build the run again"
        yield Finding(f"bitext {shown_id(note['bitext'])}", missing)
    notes, places = notes[known], places[known]
    for note in notes[~index["kept"][places]]:
        fallen = f"comes from article {shown_id(note['article'])}, which was rejected; build the run again"
        yield Finding(f"bitext {shown_id(note['bitext'])}", fallen)
    shards = index["shard"][places]
    for number in np.unique(shards).tolist():
        with open(shard.notes / f"{number}-{shard.number}.notes", "ab") as file:
            notes[shards == number].tofile(file)


# Articles


def _check_articles(shard: Shard, rows: Counter[tuple[str, str | None]], numbers: Numbers) -> Iterator[Finding]:
    notes = _read_notes(shard)
    for batch in read_batches(shard.path, shard.table):
        yield from empty_strings(shard.table, batch)
        for number in broken_rows(batch):
            row = batch.slice(number, 1).to_pylist()[0]
            yield from (Finding(where("articles", row), f"{what}; build the run again") for what in check_article(row))
        narrow = batch.select(["id", "source", "source_sha256", "duplicate_of", "reject"]).to_pylist()
        for row in narrow:
            rows["articles", row["reject"]] += 1
            _note_names(row, numbers)
            _note_source(row, numbers)
            yield from (Finding(where("articles", row), what) for what in check_labels("articles", row))
        yield from _check_notes(batch, notes)


def _read_notes(shard: Shard) -> Array:
    """What bitext claims of the articles of this shard, sorted by article."""
    files = sorted(shard.notes.glob(f"{shard.number}-*.notes"))
    notes = np.concatenate([np.zeros(0, NOTES), *(np.fromfile(file, NOTES) for file in files)])
    return notes[np.argsort(notes["article"], kind="stable")]


def _check_notes(batch: pa.RecordBatch, notes: Array) -> Iterator[Finding]:
    """Whether the sides that bitext takes from these articles are what stands there."""
    ids = np.array([id_number(name) for name in batch.column("id").to_pylist()], np.uint64)
    first, last = (np.searchsorted(notes["article"], ids, side) for side in ("left", "right"))
    texts, sources = batch.column("text"), batch.column("source")
    for k in np.flatnonzero(first < last).tolist():
        text = texts[k].as_py() or ""
        for note in notes[first[k] : last[k]]:
            if note["start"] < 0 or hash64(text[note["start"] : note["end"]]) != note["side"]:
                what = f"is not what stands in {sources[k].as_py()} at {note['start']}; build the run again"
                yield Finding(f"bitext {shown_id(note['bitext'])}", what)


# Pairs of articles


def _check_pairs(shard: Shard, rows: Counter[tuple[str, str | None]], numbers: Numbers) -> Iterator[Finding]:
    index = _index(shard.notes)
    for batch in read_batches(shard.path, shard.table):
        yield from empty_strings(shard.table, batch)
        for row in batch.to_pylist():
            rows["article_pairs", row["reject"]] += 1
            both = sum(bool(bead["vi"] and bead["en"]) for bead in row["beads"])
            if row["reject"] is None and both:
                numbers["pairs"].append((hash64(f"{row['vi_id']} {row['en_id']}"), both))
            yield from (Finding(where("article_pairs", row), what) for what in _check_pair(row, index))


def _check_pair(row: dict[str, Any], index: Array) -> Iterator[str]:
    ids = np.array([id_number(row[f"{lang}_id"]) for lang in LANGS], np.uint64)
    places, known = _look_up(index, ids)
    for lang, place, there in zip(LANGS, places, known, strict=True):
        if not there or not index["kept"][place]:
            state = "was rejected" if there else "is not in the run"
            yield f"article {row[f'{lang}_id']} {state}; build the run again"
        elif row["beads"]:
            yield from _check_beads(lang, [k for bead in row["beads"] for k in bead[lang]], int(index["own"][place]))
    if row["reject"] is None and not row["beads"]:
        yield "is kept without beads; build the run again"


def _check_beads(lang: str, order: list[int], own: int) -> Iterator[str]:
    if any(later <= sooner for sooner, later in pairwise(order)):
        yield f"its beads take sentences of {lang} twice or out of order; build the run again"
    elif len(order) != own:
        yield f"its beads cover {len(order)} of {own} sentences of {lang}; build the run again"


def shards_of(table: str, paths: Iterable[Path], notes: Path) -> list[Shard]:
    """The shards of a table as tasks."""
    return [Shard(table, number, path, notes) for number, path in enumerate(paths)]
