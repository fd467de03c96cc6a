"""Article pairs side by side: which are shown, their sentences, and what became of every bead.

A pair stands in `article_pairs`, or is one article that holds both languages (its rows in `bitext` are then the
beads). Sentences are listed once and beads refer to them by number, so that the page can draw what belongs together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.reporting.matching import find_matches
from corpus.reporting.sample import Sample
from corpus.reporting.words import cut, embed

PAIRS_ROOM, PAIRS_BYTES = 5_000, 1_400_000
"""No more sentences, and no more bytes, of article pairs are shown than this."""
MOST_BEADS = 250
MOST_CHARACTERS = 700
KEPT_WEIGHT = 4.0
ARTICLE_COLUMNS = ("id", "title", "source", "site", "url", "published", "lang", "text", "sentences")

Row = dict[str, Any]
Kind = tuple[str | None, str | None]
"""How an article pair relates and why it was refused: of every kind some are shown."""
Place = tuple[Any, ...]
"""Where a row of bitext stands: both articles and where its sides start in them."""


@dataclass
class Chosen:
    """An article pair on its way to the page: a row of `article_pairs`, or what one bilingual article holds."""

    vi_id: str
    en_id: str
    facts: Row
    beads: list[Row] | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """What it is an example of."""
        return self.facts["relation"], self.facts["reject"]

    @property
    def key(self) -> str:
        """What its lot is drawn by."""
        return f"{self.vi_id} {self.en_id}"


def _weight(kind: Kind) -> float:
    return KEPT_WEIGHT if kind[1] is None else 1.0


class Alignments:
    """Chooses article pairs while the tables pass, then writes what the page shows of them.

    The passes come in this order: `offer_pair` for article_pairs, `watch_row` for bitext, `show` with the articles.
    """

    def __init__(self) -> None:
        self.sample: Sample[Kind, Chosen] = Sample(PAIRS_ROOM, weight=_weight)
        self._wanted: dict[tuple[str, str], Chosen] = {}
        self._within: Chosen | None = None
        self._rows: dict[Place, Row] = {}

    def offer_pair(self, row: Row) -> None:
        """A row of article_pairs; a candidate that was never aligned has nothing to show."""
        if row["beads"]:
            facts = {name: row[name] for name in ("relation", "score", "coverage", "evidence", "reject")}
            beads = row["beads"][:MOST_BEADS]
            chosen = Chosen(row["vi_id"], row["en_id"], {**facts, "all": len(row["beads"])}, beads)
            sentences = sum(len(bead["vi"]) + len(bead["en"]) for bead in beads)
            self.sample.offer(chosen.kind, chosen.key, chosen, cost=sentences + 5)

    def start_rows(self) -> None:
        """All article pairs were offered: from here on the rows of those that stayed are remembered."""
        self._wanted = {(chosen.vi_id, chosen.en_id): chosen for chosen in self.sample.items()}

    def watch_row(self, row: Row) -> None:
        """A row of bitext; the rows of one bilingual article follow one another."""
        pair = (row["vi_id"], row["en_id"])
        if row["origin"] == "articles" and pair in self._wanted:
            self._rows[(*pair, row["vi_start"], row["en_start"])] = row
        elif row["origin"] == "within-article":
            if self._within is None or self._within.vi_id != row["vi_id"]:
                self.end_rows()
                self._within = Chosen(*pair, {"relation": "within-article", "reject": None, "all": 0})
            self._within.facts["all"] += 1
            if len(self._within.rows) < MOST_BEADS:
                self._within.rows.append(row)

    def end_rows(self) -> None:
        """Offer the bilingual article whose rows have all passed."""
        if self._within:
            self.sample.offer(self._within.kind, self._within.key, self._within, cost=2 * len(self._within.rows) + 5)
            self._within = None

    def article_ids(self) -> set[str]:
        """The articles whose text `show` needs."""
        return {name for chosen in self.sample.items() for name in (chosen.vi_id, chosen.en_id)}

    def show(self, articles: Mapping[str, Row]) -> list[Row]:
        """What the page draws: one dictionary a pair; kept ones first, and among them those that have most to show."""
        shown: Sample[Kind, Row] = Sample(PAIRS_BYTES, weight=_weight)
        for chosen in self.sample.items():
            if chosen.vi_id in articles and chosen.en_id in articles:
                pair = self._show(chosen, articles[chosen.vi_id], articles[chosen.en_id])
                shown.offer(chosen.kind, chosen.key, pair, cost=len(embed(pair).encode("utf-8", "replace")))
        return sorted(shown.items(), key=lambda pair: (pair["reject"] is not None, -_kinds(pair["beads"])))

    def _show(self, chosen: Chosen, vi: Row, en: Row) -> Row:
        beads = _beads_of_rows(chosen.rows, vi) if chosen.beads is None else chosen.beads
        sides = {lang: _places(beads, lang) for lang in ("vi", "en")}
        texts = {lang: [sentence_text(article, k) for k in sides[lang]] for lang, article in (("vi", vi), ("en", en))}
        marks: dict[str, list[list[int]]] = {lang: [[] for _ in texts[lang]] for lang in texts}
        drawn = []
        for bead in beads:
            left, right = ([sides[lang][k] for k in bead[lang]] for lang in ("vi", "en"))
            found = find_matches([texts["vi"][k] for k in left], [texts["en"][k] for k in right])
            for lang, places, spans in zip(("vi", "en"), (left, right), found, strict=True):
                for place, span in zip(places, spans, strict=True):
                    marks[lang][place] = span
            drawn.append([left, right, bead["probability"], *self._fate(chosen, bead, vi, en)])
        return {
            **chosen.facts,
            "within": chosen.beads is None,
            "articles": [_heading(vi), _heading(en)],
            "sentences": [texts["vi"], texts["en"]],
            "marks": [marks["vi"], marks["en"]],
            "beads": drawn,
        }

    def _fate(self, chosen: Chosen, bead: Row, vi: Row, en: Row) -> tuple[str, str | None, float | None]:
        """What became of a bead: kept, rejected (why), single (no partner) or unused (the articles are no pair)."""
        if not bead["vi"] or not bead["en"]:
            return "single", None, None
        starts = (article["sentences"][bead[lang][0]]["start"] for lang, article in (("vi", vi), ("en", en)))
        row = bead.get("row") or self._rows.get((chosen.vi_id, chosen.en_id, *starts))
        if row is None:
            return "unused", None, None
        return ("rejected" if row["reject"] else "kept"), row["reject"], row["quality"]


def _places(beads: Sequence[Row], lang: str) -> dict[int, int]:
    """The sentences of one side that stand in beads, each with its place on the page."""
    return {k: place for place, k in enumerate(sorted({k for bead in beads for k in bead[lang]}))}


def _kinds(beads: Sequence[Sequence[Any]]) -> int:
    """How many kinds of bead there are, by shape and fate."""
    return len({(len(vi), len(en), fate) for vi, en, _, fate, *_ in beads})


def _beads_of_rows(rows: Sequence[Row], article: Row) -> list[Row]:
    """The beads that rows from within one article stand for."""
    beads = []
    for row in rows:
        bead: Row = {"probability": row["align_prob"], "row": row}
        for lang in ("vi", "en"):
            start, end = row[f"{lang}_start"], row[f"{lang}_end"]
            spans = enumerate(article["sentences"])
            bead[lang] = [k for k, span in spans if start <= span["start"] and span["end"] <= end]
        beads.append(bead)
    return beads


def sentence_text(article: Row, index: int) -> str:
    """A sentence as the page shows it; one that no person would read to its end is cut."""
    span = article["sentences"][index]
    return cut(" ".join(article["text"][span["start"] : span["end"]].split()), MOST_CHARACTERS)


def _heading(article: Row) -> Row:
    return {name: cut(article[name], MOST_CHARACTERS) for name in ("title", "source", "site", "url", "published")}
