"""From files to published rows: what every stage took in, kept and rejected, with the reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from corpus.engine.run import Run
from corpus.errors import UsageError
from corpus.reporting.sections import bar, datum, note, section, table
from corpus.reporting.words import count, escape, share

ABOUT = {
    "load": "read, decoded and normalised",
    "detect": "its language found",
    "structure": "title, byline, date and body told apart",
    "segment": "split into sentences and words",
    "dedup": "compared with all others for copies",
    "pair": "each candidate judged: do the two articles belong together",
    "align": "sentences aligned",
    "accept": "thresholds applied",
    "against": "searched for in the test sets that were named",
    "split": "given to train, validation or test",
}
UNITS = {"articles": "articles", "article_pairs": "article pairs", "bitext": "rows"}


def count_files(run: Run) -> int:
    """How many files the build read, from `inputs.jsonl`. Raises UsageError where it is not there or broken."""
    path = run.path / "inputs.jsonl"
    try:
        with open(path, encoding="utf-8") as file:
            return sum("source" in json.loads(line) for line in file if line.strip())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read ({error}); build the run again") from error


def funnel(ledger: Mapping[str, Any], files: int, published: Mapping[str, int]) -> str:
    """The funnel as a section: files, then the stages of every table, then what was published."""
    stages = [stage for stage in ledger["stages"] if stage["in"]]
    parts = [_files(files, ledger["skipped"])]
    for name, members in groupby(stages, key=lambda stage: stage["table"]):
        parts.append(_table(UNITS.get(name, escape(name)), list(members)))
    parts.append(_published(published))
    return section("funnel", "From files to rows", '<ol class="funnel">' + "".join(parts) + "</ol>")


def _files(files: int, skipped: Sequence[Mapping[str, str]]) -> str:
    reasons = Counter(entry["reason"] for entry in skipped)
    lines = [(datum(reason), count(times)) for reason, times in sorted(reasons.items())]
    line = (
        f'<span class="name">read</span><span class="about">what the inputs name, folders and archives opened</span>'
        f'{bar(files, len(skipped), files + len(skipped))}<span class="n"><b>{count(files)}</b> read</span>'
        f'<span class="n out">{count(len(skipped)) + " skipped" if skipped else "none skipped"}</span>'
    )
    if not skipped:
        return f'<li><h3>files</h3><div class="stage">{line}</div></li>'
    listed = table(("reason", "files"), lines)
    return f'<li><h3>files</h3><details><summary class="stage">{line}</summary>{listed}</details></li>'


def _table(unit: str, stages: Sequence[Mapping[str, Any]]) -> str:
    most = max(stage["in"] for stage in stages)
    return f"<li><h3>{unit}</h3>" + "".join(_stage(stage, most) for stage in stages) + "</li>"


def _stage(stage: Mapping[str, Any], most: int) -> str:
    """One stage: closed it shows its counts, open its reasons."""
    name, rejected = stage["stage"], sum(stage["rejected"].values())
    about = ABOUT.get(name.partition(":")[0], "")
    line = (
        f'<span class="name">{escape(name)}</span><span class="about">{about}</span>'
        f"{bar(stage['kept'], rejected, most)}"
        f'<span class="n"><b>{count(stage["kept"])}</b> kept</span>'
        f'<span class="n out">{count(rejected) + " rejected" if rejected else "none rejected"}</span>'
    )
    if not rejected:
        return f'<div class="stage">{line}</div>'
    reasons = sorted(stage["rejected"].items(), key=lambda item: (-item[1], item[0]))
    lines = [(f"<code>{datum(reason)}</code>", count(times), share(times, stage["in"])) for reason, times in reasons]
    listed = table(("reason", "rejected", f"of {count(stage['in'])}"), lines)
    return f'<details><summary class="stage">{line}</summary>{listed}</details>'


def _published(published: Mapping[str, int]) -> str:
    if not published:
        return "<li><h3>published</h3>" + note("The build stopped before the dataset was written.") + "</li>"
    lines = [(escape(name), count(rows)) for name, rows in published.items()]
    return f"<li><h3>published</h3>{table(('configuration', 'rows'), lines)}</li>"


def published_rows(run: Run) -> dict[str, int]:
    """Rows in the Parquet files of the dataset folder, by configuration and split."""
    import pyarrow.parquet as pq

    found: Counter[str] = Counter()
    for shard in sorted(run.dataset.glob("*/*.parquet")):
        found[f"{shard.parent.name}, {shard.name.partition('-')[0]}"] += pq.read_metadata(shard).num_rows
    return dict(found)
