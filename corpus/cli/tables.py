"""The ledger as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.cli.terminal import printable


def ledger_lines(ledger: Mapping[str, Any], *, all_skipped: bool = False) -> Iterator[str]:
    """One line a table and stage with its counts, one a reason below it, and what was skipped before the first stage.

    A stage that no row met is left out.
    """
    table = None
    for entry in ledger["stages"]:
        if not entry["in"] and entry["table"] != "articles":
            continue
        if entry["table"] != table:
            table = entry["table"]
            yield f"{table:<24}{'in':>10}{'kept':>10}{'rejected':>10}"
        rejected = sum(entry["rejected"].values())
        yield f"  {entry['stage']:<22}{entry['in']:>10}{entry['kept']:>10}{rejected:>10}"
        for reason, count in entry["rejected"].items():
            yield f"    {printable(reason):<40}{count:>10}"
    skipped = ledger["skipped"]
    for reason, count in sorted(Counter(entry["reason"] for entry in skipped).items()):
        yield f"{'skipped: ' + reason:<44}{count:>10}"
    if all_skipped:
        yield from (f"  {printable(entry['source'])}: {entry['reason']}" for entry in skipped)


def one_language_lines(ledger: Mapping[str, Any]) -> Iterator[str]:
    """Says so where articles were kept and none of them found a candidate to be aligned with."""
    counts = {(entry["table"], entry["stage"]): entry["in"] for entry in ledger["stages"]}
    if counts.get(("articles", "dedup")) and counts.get(("article_pairs", "pair")) == 0:
        aligned = sum(counts.get(("bitext", stage), 0) for stage in ("load", "align"))
        if not aligned:
            yield "no two articles could be compared: is every article in one language? Add those of the other one"
            yield ""
