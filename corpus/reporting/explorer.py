"""What the script shows, rows to search and article pairs with their beads: the data as JSON, the frames as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.reporting.counting import DOCUMENT, MOST_CHARACTERS, MOST_OF_A_FIELD, SCORE_NAMES, Counts
from corpus.reporting.matching import find_matches
from corpus.reporting.page import read_data
from corpus.reporting.sections import note, section
from corpus.reporting.words import count, cut, plural

Row = dict[str, Any]


def page_data(counts: Counts) -> Row:
    """The JSON of the page: `rows`, `documents` (what several rows share, once), `scores`, `pairs`."""
    scores = [name for name in SCORE_NAMES if counts.rows.histograms[name].values]
    documents: dict[tuple[str | None, ...], int] = {}
    rows = [_row(row, scores, documents) for row in counts.rows.sample.items()]
    return {
        "scores": scores,
        "documents": list(documents),
        "rows": rows,
        "pairs": [_rounded(pair) for pair in counts.alignments],
    }


def _row(row: Row, scores: Iterable[str], documents: dict[tuple[str | None, ...], int]) -> list[Any]:
    """id, vi, en, marks of both, bead, origin, split, reject, document, scores: a list, for it stands there often."""
    vi, en = (cut(row["translation"][lang] or "", MOST_CHARACTERS) for lang in ("vi", "en"))
    ([vi_marks], [en_marks]) = find_matches([vi], [en])
    document = tuple(cut(row[name], MOST_OF_A_FIELD) for name in DOCUMENT)
    place = documents.setdefault(document, len(documents))
    values = [_round(row[name]) for name in scores]
    fate = [row[name] for name in ("bead", "origin", "split", "reject")]
    return [row["id"], vi, en, vi_marks, en_marks, *fate, place, values]


def _round(value: float | None) -> float | None:
    return None if value is None or value != value or value in (float("inf"), float("-inf")) else round(value, 3)


def _rounded(pair: Row) -> Row:
    beads = [[vi, en, _round(p), fate, reject, _round(quality)] for vi, en, p, fate, reject, quality in pair["beads"]]
    facts: Row = {name: _round(pair[name]) for name in ("score", "coverage") if name in pair}
    return {**pair, **facts, "beads": beads}


def alignment_section(counts: Counts) -> str:
    """The frame of the alignment view."""
    if not counts.alignments:
        empty = note("No article pair was aligned in this run. Rows that came aligned are listed below.")
        return section("alignment", "Two articles side by side", empty) if counts.articles.total else ""
    shown, offered = counts.pairs_shown, counts.pairs_offered
    said = (
        f"{plural(shown, 'article pair')}: all that were aligned."
        if shown == offered
        else f"{count(shown)} of {count(offered)} aligned article pairs, some of every kind, the same ones every time."
    )
    return section("alignment", "Two articles side by side", f"<p>{said}</p>", read_data("alignment.html"))


def rows_section(counts: Counts) -> str:
    """The frame of the list of rows."""
    sample, total = counts.rows.sample, counts.rows.total
    if not total:
        return ""
    said = f"All {plural(total, 'row')} of the run."
    if not sample.whole:
        held = sample.held.total()
        said = (
            f"A sample: {count(held)} of {plural(total, 'row')}, kept ones and some of every reason, the same "
            "ones every time. The counts and plots on this page are of all rows."
        )
    return section("rows", "Rows", f"<p>{said}</p>", read_data("rows.html"))
