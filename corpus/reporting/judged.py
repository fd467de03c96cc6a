"""What a person's verdicts say of the run, where an audit was made: the precision, and whether `align_prob` keeps its
word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.engine.run import Run
from corpus.errors import UsageError
from corpus.reporting.counting import INDEPENDENT, Counts
from corpus.reporting.figures import draw_bands, draw_reliability
from corpus.reporting.sections import datum, note, section, table
from corpus.reporting.words import count, escape, plural

MOST_BINS, ROWS_A_BIN = 5, 10
"""So many levels of `align_prob`, each with so many judged rows at least."""
FEWEST = 20
"""Fewer rows than this say nothing about a score at each level of another."""

Bin = tuple[float, int, float, float, float]
"""Mean `align_prob` of a level, its rows, and the lower limit, the share and the upper limit of those found good."""


@dataclass
class Judgement:
    """An audit of this very build: `result` is audit.json, `verdicts` maps row ids to True (good) or False (bad)."""

    result: Mapping[str, Any] | None = None
    verdicts: dict[str, bool] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    """Why an audit that lies there was not used."""


def read_judgement(run: Run) -> Judgement:
    """The audit in a run folder, as far as it is one of the bitext that the run holds now."""
    from corpus.curation.audit import RESULT, SHEET, is_current

    found = Judgement()
    if (run.path / RESULT).exists():
        result = run.read_json(RESULT)
        if is_current(run, result) and result.get("precision") is not None:
            found.result = result
        else:
            found.remarks.append(f"{RESULT} is of an earlier build and is not shown; audit this one.")
    if (run.path / SHEET).exists():
        _read_sheet(run, found, SHEET)
    return found


def _read_sheet(run: Run, found: Judgement, name: str) -> None:
    from corpus.curation.audit_sample import dataset_hash
    from corpus.curation.audit_sheet import read_sheet

    try:
        lines = read_sheet((run.path / name).read_bytes(), name)
    except (OSError, UsageError) as error:
        found.remarks.append(f"{name} could not be read: {error}")
        return
    current = f"dataset={dataset_hash(run)}"
    if any(not line.draw.endswith(current) for line in lines):
        found.remarks.append(f"{name} was drawn from an earlier build and is not used.")
        return
    found.verdicts = {line.id: line.verdict == "good" for line in lines if line.verdict in ("good", "bad")}


def reliability(verdicts: Mapping[str, bool], probabilities: Mapping[str, float]) -> list[Bin]:
    """The judged rows in levels of `align_prob` with as many rows in each; none where there are too few.

    >>> judged = {str(k): k >= 5 for k in range(20)}
    >>> [(round(p, 3), n, good) for p, n, _, good, _ in reliability(judged, {str(k): k / 20 for k in range(20)})]
    [(0.225, 10, 0.5), (0.725, 10, 1.0)]
    """
    from corpus.curation.audit_precision import wilson

    judged = sorted((probabilities[name], good) for name, good in verdicts.items() if name in probabilities)
    bins = min(MOST_BINS, len(judged) // ROWS_A_BIN)
    found = []
    for k in range(bins):
        part = judged[len(judged) * k // bins : len(judged) * (k + 1) // bins]
        good = sum(verdict for _, verdict in part)
        low, high = wilson(good, len(part))
        found.append((sum(p for p, _ in part) / len(part), len(part), low, good / len(part), high))
    return found


def precision_table(judgement: Judgement) -> str:
    """The precision that an audit found, whole and by stratum; and why one that lies there is not shown."""
    remarks = "".join(note(escape(remark)) for remark in judgement.remarks)
    result = judgement.result
    if result is None:
        return remarks
    lines = [
        (datum(part["stratum"]), count(part["rows"]), count(part["good"]), count(part["bad"]), count(part["unsure"]),
         _share(part))
        for part in [{**result, "stratum": "all rows"}, *result["strata"]]
    ]  # fmt: skip
    said = (
        f"<p>A person judged {plural(result['judged'], 'row')} of this run: <b>{_share(result)}</b> of its kept rows "
        f"are good translations ({100 * result['confidence']:.0f} % confidence interval).</p>"
    )
    return said + table(("stratum", "rows", "good", "bad", "unsure", "share good"), lines) + remarks


def _share(part: Mapping[str, Any]) -> str:
    if part["precision"] is None:
        return "not judged"
    return f"{100 * part['precision']:.1f} % ({100 * part['low']:.1f}–{100 * part['high']:.1f})"


def probability(counts: Counts, judgement: Judgement) -> str:
    """How far to trust `align_prob`: what a person's verdicts say, or else only what other scores say."""
    judged = precision_table(judgement)
    if not counts.rows.histograms["align_prob"].values:
        return section("probability", "What a person found", judged) if judged else ""
    bins = reliability(judgement.verdicts, counts.rows.judged)
    parts = [judged, _calibration(bins) if bins else NOT_JUDGED, _agreement(counts)]
    return section("probability", "How far to trust align_prob", *parts)


NOT_JUDGED = (
    "<p>How often a row with an <code>align_prob</code> of 0.9 is right can only be told from rows that a person has "
    "judged, and there are too few of them here.</p>"
    + note("To measure it: draw a sheet with <code>songngu audit</code>, fill it in, and report again.")
)


def _calibration(bins: list[Bin]) -> str:
    judged = plural(sum(rows for _, rows, *_ in bins), "judged row")
    said = (
        f"<p>{judged} in {len(bins)} levels with about as many rows each: the point is the share found good, the bar "
        "its 95 % interval. On the dashed line a probability is what it says. The rows are counted as they were drawn, "
        "not weighted by stratum.</p>"
    )
    return f'{said}<div class="grid"><figure>{draw_reliability(bins)}</figure></div>'


def _agreement(counts: Counts) -> str:
    """How other scores go with `align_prob`, called what it is."""
    bands = {name: grid.bands() for name, grid in counts.rows.probable.items()}
    shown = [name for name in INDEPENDENT if sum(rows for _, rows, *_ in bands[name]) >= FEWEST]
    if not shown:
        return ""
    said = (
        "<h3>Agreement with other scores</h3><p>The median of a score at each level of <code>align_prob</code>, and "
        "the middle 80 % of the rows as a bar. <b>This is agreement between measures, not calibration</b>: they rest "
        "in part on the same words.</p>"
    )
    figures = "".join(f"<figure>{draw_bands(name, bands[name])}</figure>" for name in shown)
    return f'{said}<div class="grid">{figures}</div>'
