"""The features of a run's articles, part by part: made once for a part of articles, whatever comes to stand beside it.

A part of features lies under the name of its part of articles, so new articles cost what they bring.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.engine.parts import part_name, write_parquet
from corpus.engine.stage import Row
from corpus.pipeline.store import Place, read_part

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.pairing import Document
    from corpus.pairing.evidence import Shown
    from corpus.pairing.features import Features
    from corpus.pairing.words import WordFinder

VERSION = "features:v1"
OTHER = {"vi": "en", "en": "vi"}
OPEN_PARTS = 32
COLUMNS = [
    "id", "lang", "text", "published", "url", "source", "pair", "reject",
    *(f"sentences.list.element.{field}" for field in ("start", "end", "lang")),
]  # fmt: skip
"""Of an article pairing reads these columns."""
_FIXED = ["row", "text_hash", "day"]
_LISTS = ["anchors", "counts", "words", "strengths", "links"]
Array = Any


class FeatureTask(NamedTuple):
    """A part of articles, and where its features go."""

    articles: Path
    part: Path
    recipe: str


def feature_recipe() -> str:
    """What features rest on, in one line."""
    from corpus.lexicon.shipped import shipped_hash

    return f"{VERSION}|lexicon:{shipped_hash()}"


def feature_part(folder: Path, articles: Path, recipe: str) -> Path:
    """Where the features of a part of articles lie."""
    return folder / part_name(hashlib.sha256(articles.name.encode()).hexdigest(), recipe)


def make_features(task: FeatureTask) -> None:
    """Write the features of the kept Vietnamese and English articles of a part (runs in any process)."""
    from corpus.pairing.features import article_features

    rows = [(k, row) for k, row in enumerate(read_part(task.articles, COLUMNS).to_pylist()) if is_paired(row)]
    found: list[Row] = []
    for lang in OTHER:
        own = [(k, row) for k, row in rows if row["lang"] == lang]
        documents = [to_document(row) for _, row in own]
        features = article_features(documents, lang, _finder())
        for (k, row), document, article in zip(own, documents, features, strict=True):
            fixed = {"row": k, **{name: row[name] for name in ("id", "lang", "published")}}
            found.append({**fixed, **article._asdict(), "text_hash": _hash_sentences(row, document)})
    import pyarrow as pa

    write_parquet(task.part, [pa.Table.from_pylist(found, schema=_schema())])


def is_paired(row: Row) -> bool:
    """Whether an article is one to be paired."""
    return row["reject"] is None and row["lang"] in OTHER


def own_sentences(row: Row) -> list[int]:
    """The sentences that are aligned with another article: all but those in the other language."""
    return [k for k, sentence in enumerate(row["sentences"]) if sentence["lang"] != OTHER[row["lang"]]]


def to_document(row: Row) -> Document:
    """A row of the articles table as pairing sees it."""
    from corpus.pairing import Document

    spans = (row["sentences"][k] for k in own_sentences(row))
    sentences = [row["text"][span["start"] : span["end"]] for span in spans]
    return Document(
        row["id"], row["text"], row["published"], row["url"], row["source"], row["pair"], sentences=sentences
    )


def _hash_sentences(row: Row, document: Document) -> int:
    """64 bits that stand for all that alignment sees of an article."""
    seen = json.dumps([own_sentences(row), list(document.sentences or ())])
    return int.from_bytes(hashlib.sha256(seen.encode()).digest()[:8], "little")


@lru_cache(maxsize=1)
def _finder() -> WordFinder:
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing.words import WordFinder

    return WordFinder(shipped_lexicon())


def _schema() -> pa.Schema:
    import pyarrow as pa

    keys, numbers = pa.list_(pa.uint64()), pa.list_(pa.int32())
    return pa.schema([
        ("row", pa.int32()), ("id", pa.string()), ("lang", pa.string()), ("published", pa.string()),
        ("day", pa.int32()), ("text_hash", pa.uint64()), ("anchors", keys), ("counts", numbers),
        ("labels", pa.list_(pa.string())), ("words", numbers), ("strengths", pa.list_(pa.float32())), ("links", keys),
    ])  # fmt: skip


# Reading them back


class Listed(NamedTuple):
    """Some articles of one language, in order, with the part of each (a number) and its row there."""

    part: Array
    row: Array
    text_hash: Array
    features: Features


def read_features(parts: Sequence[Path], lang: str) -> Listed:
    """The articles of one language in some parts of features."""
    from corpus.pairing.features import Features, Rows, damped

    found = [_read_one(part, lang) for part in parts] or [_arrays(_schema().empty_table())]
    owner = np.repeat(np.arange(len(found), dtype=np.int32), [len(one["row"]) for one in found])
    whole = {name: np.concatenate([one.pop(name) for one in found]) for name in list(found[0])}
    starts = {
        name: np.cumsum(np.append(0, whole[f"{name}_length"]), dtype=np.int64) for name in ("anchors", "words", "links")
    }
    features = Features(
        Rows(starts["anchors"], whole["anchors"], damped(whole["counts"])),
        Rows(starts["words"], whole["words"], whole["strengths"]),
        Rows(starts["links"], whole["links"], np.zeros(0, np.float32)),
        whole["day"],
    )
    return Listed(owner, whole["row"], whole["text_hash"], features)


def _read_one(part: Path, lang: str) -> dict[str, Array]:
    import pyarrow.compute as pc

    table = read_part(part, ["lang", *_FIXED, *_LISTS])
    return _arrays(table.filter(pc.equal(table["lang"], lang)))


def _arrays(table: pa.Table) -> dict[str, Array]:
    """The columns as plain arrays; lists end to end, and how long each is."""
    import pyarrow.compute as pc

    arrays = {name: table[name].to_numpy() for name in _FIXED}
    for name in _LISTS:
        arrays[name] = pc.list_flatten(table[name]).to_numpy()
        arrays[f"{name}_length"] = pc.list_value_length(table[name]).to_numpy()
    return arrays


def read_shown(place: Place) -> tuple[str, Shown]:
    """The id of an article and what its evidence is told from; `place` is its part of *features* and its row among the
    articles."""
    from corpus.pairing.evidence import Shown

    table, at = _open_part(place.part)
    row = table.slice(at[place.row], 1)
    anchors, counts = (row[name].combine_chunks().flatten().to_numpy() for name in ("anchors", "counts"))
    labels, published = row["labels"][0].as_py(), row["published"][0].as_py()
    return row["id"][0].as_py(), Shown(anchors, counts, labels, published)


@lru_cache(maxsize=OPEN_PARTS)
def _open_part(part: Path) -> tuple[pa.Table, dict[int, int]]:
    table = read_part(part, ["row", "id", "published", "anchors", "counts", "labels"])
    return table, {row: k for k, row in enumerate(table["row"].to_pylist())}
