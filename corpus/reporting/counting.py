"""What is counted while the tables pass once, a few rows in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.engine.run import Run
from corpus.engine.shards import table_rows
from corpus.reporting.alignments import ARTICLE_COLUMNS, Alignments
from corpus.reporting.histogram import Grid, Histogram
from corpus.reporting.sample import Sample
from corpus.reporting.words import embed
from corpus.schema import SCORES

Row = dict[str, Any]

METADATA = ("title", "author", "published", "site", "url", "place", "license")
SCORE_NAMES = tuple(column.name for column in SCORES)
ROW_COLUMNS = (
    "id", "translation", "vi_id", "en_id", "vi_start", "en_start", "vi_end", "en_end", "bead", "origin", "source",
    *SCORE_NAMES, "title", "author", "site", "url", "published", "license", "pii", "split", "reject",
)  # fmt: skip
COUNTED_ARTICLE_COLUMNS = ("reject", "author", "place", "license", *ARTICLE_COLUMNS)
UNUSED = ("tokens",)
"""Inside `sentences`: half of the bytes of the articles, and nothing here reads them."""
PAIR_COLUMNS = ("vi_id", "en_id", "score", "relation", "evidence", "coverage", "beads", "reject")
ROWS_ROOM = 2_200_000
"""Bytes that the sample of rows may take on the page."""
POINTS = 1_200
"""Points in a scatter plot: more would only lie on one another."""
ROW_COST, MOST_CHARACTERS, MOST_OF_A_FIELD = 260, 900, 300
"""Bytes of a row besides its text, and characters of a text and of a field that are shown."""
DOCUMENT = ("title", "author", "site", "url", "published", "license", "source")
"""What is said of the document a row comes from."""
TALL, WIDE = 0.0, 3.0
RANGES = {"length_ratio": (TALL, WIDE)}
"""The scores that are not between 0 and 1; what is beyond is counted in the last bar."""
INDEPENDENT = ("adequacy_vi", "adequacy_en", "quality")


@dataclass
class ArticleCounts:
    """Articles by language, month, site; how many carry each field."""

    total: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    fields: dict[str, Counter[str]] = field(default_factory=dict)
    sites: dict[str, Counter[str]] = field(default_factory=dict)

    def watch(self, row: Row) -> None:
        """Count one article; only kept ones count for dates, fields and sites."""
        self.total += 1
        lang = row["lang"] or "und"
        if row["reject"]:
            self.rejected[lang] += 1
            return
        self.kept[lang] += 1
        self.sentences[lang] += len(row["sentences"] or ())
        self.characters[lang] += len(row["text"] or "")
        if row["published"]:
            self.months.setdefault(lang, Counter())[row["published"][:7]] += 1
        present = [name for name in METADATA if row[name] is not None]
        self.fields.setdefault(lang, Counter()).update(present)
        site = self.sites.setdefault(_site(row), Counter())
        site.update([lang, f"license {row['license'] or ''}"])


def _site(row: Row) -> str:
    """The site of an article, or else the folder it was found in."""
    source: str = row["source"]
    return row["site"] or (source.rpartition("/")[0] or source.partition("#")[0]) + "/"


@dataclass
class RowCounts:
    """Rows of bitext by fate, origin, split and bead; histograms of their scores; and the samples.

    `judged` is the `align_prob` of the rows in `asked`.
    """

    total: int = 0
    kept: int = 0
    origins: Counter[str] = field(default_factory=Counter)
    splits: Counter[str] = field(default_factory=Counter)
    beads: Counter[str] = field(default_factory=Counter)
    pii: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    histograms: dict[str, Histogram] = field(default_factory=lambda: {name: _histogram(name) for name in SCORE_NAMES})
    probable: dict[str, Grid] = field(default_factory=lambda: {name: Grid() for name in INDEPENDENT})
    sample: Sample[tuple[str | None, str, str | None], Row] = field(default_factory=lambda: _row_sample())
    judged: dict[str, float] = field(default_factory=dict)
    asked: Collection[str] = ()
    points: Sample[bool, tuple[int, int, bool]] = field(default_factory=lambda: _point_sample())

    def watch(self, row: Row) -> None:
        """Count one row and offer it to the samples."""
        reject, vi, en = row["reject"], row["translation"]["vi"] or "", row["translation"]["en"] or ""
        self.total += 1
        for name, histogram in self.histograms.items():
            histogram.add(row[name], kept=reject is None)
        for name, grid in self.probable.items():
            grid.add(row["align_prob"], row[name])
        shown = [
            vi[:MOST_CHARACTERS],
            en[:MOST_CHARACTERS],
            *((row[name] or "")[:MOST_OF_A_FIELD] for name in DOCUMENT),
        ]
        cost = ROW_COST + len(embed(shown).encode("utf-8", "replace"))
        self.sample.offer((reject, row["origin"], row["split"]), row["id"], row, cost)
        self.points.offer(reject is None, row["id"], (len(vi), len(en), reject is None))
        self.pii.update(row["pii"] or ())
        if row["id"] in self.asked and row["align_prob"] is not None:
            self.judged[row["id"]] = row["align_prob"]
        if reject is None:
            self._watch_kept(row, len(vi), len(en))

    def _watch_kept(self, row: Row, vi: int, en: int) -> None:
        self.kept += 1
        self.origins[row["origin"]] += 1
        self.splits[row["split"] or ""] += 1
        self.beads[row["bead"] or "given"] += 1
        self.characters.update(vi=vi, en=en)
        self.fields.update(name for name in METADATA if row.get(name) is not None)


def _histogram(name: str) -> Histogram:
    return Histogram(*RANGES.get(name, (0.0, 1.0)))


def _row_sample() -> Sample[tuple[str | None, str, str | None], Row]:
    """Half of the sample and more for kept rows, if there are so many; every reason has its share of the rest."""
    return Sample(ROWS_ROOM, weight=lambda stratum: 6.0 if stratum[0] is None else 1.0)


def _point_sample() -> Sample[bool, tuple[int, int, bool]]:
    return Sample(POINTS, weight=lambda kept: 3.0 if kept else 1.0)


@dataclass
class Counts:
    """All that the page is made of."""

    articles: ArticleCounts = field(default_factory=ArticleCounts)
    rows: RowCounts = field(default_factory=RowCounts)
    relations: Counter[str] = field(default_factory=Counter)
    pairs_kept: int = 0
    alignments: list[Row] = field(default_factory=list)
    pairs_shown: int = 0
    pairs_offered: int = 0


def count_run(run: Run, asked: Collection[str] = ()) -> Counts:
    """Read every table of a run once: pairs, then rows, then articles, so that only the articles shown are held.

    `asked` are the ids of rows whose `align_prob` is wanted: those that a person has judged.
    """
    counts, alignments = Counts(rows=RowCounts(asked=asked)), Alignments()
    for row in table_rows(run, "article_pairs", PAIR_COLUMNS):
        counts.relations[row["relation"] or "not aligned"] += 1
        counts.pairs_kept += row["reject"] is None
        alignments.offer_pair(row)
    alignments.start_rows()
    for row in table_rows(run, "bitext", ROW_COLUMNS):
        counts.rows.watch(row)
        alignments.watch_row(row)
    alignments.end_rows()
    wanted = alignments.article_ids()
    held = {row["id"]: row for row in _watched(run, counts.articles) if row["id"] in wanted}
    counts.alignments = alignments.show(held)
    counts.pairs_shown, counts.pairs_offered = len(counts.alignments), alignments.sample.offered.total()
    return counts


def _watched(run: Run, counts: ArticleCounts) -> Iterator[Row]:
    for row in table_rows(run, "articles", COUNTED_ARTICLE_COLUMNS, leave_out=UNUSED):
        counts.watch(row)
        yield row
