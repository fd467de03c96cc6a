"""What the card says, measured: one streaming pass over the columns it needs of each published file.

Counts are exact. Distributions are taken of all rows up to `MOST_SAMPLED`, and of every n-th row above that.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.publishing.card_sources import Sources
from corpus.publishing.dataset import TABLE_OF
from corpus.schema import SCORES

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

LANGS = ("vi", "en")
MOST_SAMPLED = 1_000_000
ROWS_AT_ONCE = 8192
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FIELDS = {
    "articles": ("title", "author", "published", "site", "url", "place", "license"),
    "bitext": ("title", "author", "published", "site", "url", "license"),
    "article_pairs": (),
}
LISTS = {"captions": "captions.list.element.start", "references": "references.list.element.start",
         "dates": "dates.list.element.start", "sentences": "sentences.list.element.start"}  # fmt: skip
"""List columns of articles, each by its cheapest leaf: enough to count what is in the list."""


@dataclass
class Size:
    """How much a split holds: rows, bytes, and per measure ("vi characters", "en words" …) the sum over all rows."""

    rows: int = 0
    packed: int = 0
    unpacked: int = 0
    sums: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Distribution:
    """Values at `QUANTILES`, over the rows that have one; `nulls` of `rows` have none."""

    name: str
    quantiles: tuple[float, ...]
    nulls: int
    rows: int


@dataclass
class ConfigFacts:
    """What was measured of one configuration."""

    sizes: dict[str, Size]
    filled: Counter[str] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    licences: Counter[str | None] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    pii: Counter[str] = field(default_factory=Counter)
    pii_rows: int = 0
    pii_searched: int = 0
    clusters: dict[str, int] = field(default_factory=dict)
    torn_clusters: int = 0
    distributions: list[Distribution] = field(default_factory=list)
    sampled: int = 0

    @property
    def rows(self) -> int:
        return sum(size.rows for size in self.sizes.values())


@dataclass(frozen=True)
class Facts:
    """What was measured of the whole dataset."""

    configs: dict[str, ConfigFacts]
    sources: Sources

    def rows(self, config: str) -> int:
        return self.configs[config].rows if config in self.configs else 0


def measure(shards: Mapping[str, Mapping[str, Sequence[Path]]]) -> Facts:
    """Measure the published files of every split of every configuration."""
    sources = Sources()
    configs = {}
    for config, splits in shards.items():
        configs[config] = _measure_config(config, splits, sources, alone="articles" not in shards)
    return Facts(configs, sources)


def _measure_config(config: str, splits: Mapping[str, Sequence[Path]], sources: Sources, *, alone: bool) -> ConfigFacts:
    table = TABLE_OF[config]
    facts = ConfigFacts({split: _footer_size(paths) for split, paths in splits.items()})
    samples = Samples(facts.rows)
    clusters: dict[str, list[np.ndarray[Any, Any]]] = {split: [] for split in splits}
    for split, paths in splits.items():
        for batch in _batches(paths, _columns(table)):
            _count_fields(facts, batch, table)
            if table == "bitext":
                _measure_sides(facts.sizes[split], batch, samples)
                clusters[split].append(_hashes(batch.column("cluster")))
            if table == "articles":
                _measure_text(facts.sizes[split], batch, samples)
            if config in ("articles", "bitext"):
                sources.add(batch, config, everything=alone)
    facts.clusters, facts.torn_clusters = _count_clusters(clusters)
    facts.distributions, facts.sampled = samples.distributions(), samples.taken
    return facts


def _footer_size(paths: Sequence[Path]) -> Size:
    import pyarrow.parquet as pq

    size = Size()
    for path in paths:
        footer = pq.read_metadata(path)
        size.rows += footer.num_rows
        size.packed += path.stat().st_size
        size.unpacked += sum(footer.row_group(index).total_byte_size for index in range(footer.num_row_groups))
    return size


def _columns(table: str) -> list[str]:
    if table == "article_pairs":
        return ["relation", "score", "coverage"]
    fields = [*FIELDS[table], "source", "pii"]
    if table == "articles":
        return [*fields, "lang", "text", *LISTS.values()]
    return [*fields, "translation", "vi_words", "en_words", "origin", "cluster", *(score.name for score in SCORES)]


def _batches(paths: Sequence[Path], columns: list[str]) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    for path in paths:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns)


def _count_fields(facts: ConfigFacts, batch: pa.RecordBatch, table: str) -> None:
    """Fields that are filled, and how often each language, origin, licence, relation and kind of personal data is."""
    import pyarrow.compute as pc

    for name in FIELDS[table]:
        facts.filled[name] += batch.num_rows - batch.column(name).null_count
    for name, counter in (("lang", facts.langs), ("origin", facts.origins), ("relation", facts.relations),
                          ("license", facts.licences)):  # fmt: skip
        if name in batch.schema.names:
            counter.update({each["values"]: each["counts"] for each in batch.column(name).value_counts().to_pylist()})
    if table == "articles":
        for name in LISTS:
            facts.filled[name] += pc.sum(pc.greater(pc.list_value_length(batch.column(name)), 0)).as_py() or 0
    if table != "article_pairs":
        pii = batch.column("pii")
        facts.pii_searched += batch.num_rows - pii.null_count
        for kinds in pii.drop_null().to_pylist():
            facts.pii.update(set(kinds))
            facts.pii_rows += bool(kinds)


def _measure_sides(size: Size, batch: pa.RecordBatch, samples: Samples) -> None:
    import pyarrow.compute as pc

    for lang in LANGS:
        characters = pc.utf8_length(pc.struct_field(batch.column("translation"), lang))
        words = pc.count_substring_regex(batch.column(f"{lang}_words"), r"\S+")
        for name, values in ((f"{lang} characters", characters), (f"{lang} words", words)):
            size.sums[name] += pc.sum(values).as_py() or 0
            samples.add(name, values)
    for score in SCORES:
        samples.add(score.name, batch.column(score.name))


def _measure_text(size: Size, batch: pa.RecordBatch, samples: Samples) -> None:
    import pyarrow.compute as pc

    lengths = {
        "characters": pc.utf8_length(batch.column("text")),
        "sentences": pc.list_value_length(batch.column("sentences")),
    }
    for name, values in lengths.items():
        size.sums[name] += pc.sum(values).as_py() or 0
        samples.add(name, values)


class Samples:
    """Values of every n-th row, by name, and how many rows had none; n is 1 up to `MOST_SAMPLED` rows."""

    def __init__(self, rows: int) -> None:
        self._every = -(-rows // MOST_SAMPLED) or 1
        self._rows = rows
        self._seen: Counter[str] = Counter()
        self._nulls: Counter[str] = Counter()
        self._values: dict[str, list[np.ndarray[Any, Any]]] = {}

    @property
    def taken(self) -> int:
        return -(-self._rows // self._every)

    def add(self, name: str, values: pa.Array) -> None:
        """The next rows' values under that name."""
        import numpy as np

        plain = values.cast("float32").to_numpy(zero_copy_only=False)
        first = -self._seen[name] % self._every
        self._seen[name] += len(values)
        self._nulls[name] += values.null_count
        taken = plain[first :: self._every]
        self._values.setdefault(name, []).append(taken[~np.isnan(taken)].astype(np.float32))

    def distributions(self) -> list[Distribution]:
        """Of every name that has a value. A quantile is a value that occurs (inverse of the distribution function)."""
        import numpy as np

        found = []
        for name, values in self._values.items():
            joined = np.concatenate(values)
            if joined.size:
                at = np.quantile(joined, QUANTILES, method="inverted_cdf")
                found.append(Distribution(name, tuple(map(float, at)), self._nulls[name], self._seen[name]))
        return found


def _hashes(clusters: pa.Array) -> np.ndarray[Any, Any]:
    """The distinct clusters as 8 bytes each, so that millions of them fit into memory."""
    import numpy as np

    names = clusters.unique().drop_null().to_pylist()
    digests = (hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.frombuffer(b"".join(digests), dtype=np.uint64)


def _count_clusters(clusters: Mapping[str, list[np.ndarray[Any, Any]]]) -> tuple[dict[str, int], int]:
    """Distinct clusters of each split, and how many stand in more than one: none should."""
    import numpy as np

    distinct = {split: np.unique(np.concatenate(found)) for split, found in clusters.items() if found}
    if not distinct:
        return {}, 0
    _, times = np.unique(np.concatenate(list(distinct.values())), return_counts=True)
    return {split: int(found.size) for split, found in distinct.items()}, int((times > 1).sum())
