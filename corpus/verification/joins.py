"""`verify`, third step: what no row can prove by itself. Ids that come twice, copies of nothing, clusters torn apart,
bitext without its pair, and the ledger against the rows' own labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from corpus.pipeline.finishing import FLOW
from corpus.verification.files import Finding
from corpus.verification.rows import Array, shown_id
from corpus.verification.tables import SPLITS

Rows = Mapping[str, Counter[tuple[str, str | None]]]


def check_names(table: str, names: Array) -> Iterator[Finding]:
    """Ids that more than one row bears; `names` is sorted by id."""
    ids = names["id"]
    for name in np.unique(ids[1:][ids[1:] == ids[:-1]]).tolist():
        yield Finding(f"{table} {shown_id(name)}", "is the id of more than one row; build the run again")


def check_copies(table: str, names: Array, copies: Array) -> Iterator[Finding]:
    """Copies of what is not in the table, or fell out before copies were looked for; `names` is sorted by id."""
    if not len(copies):
        return
    places = np.minimum(np.searchsorted(names["id"], copies["of"]), len(names) - 1)
    there = names["id"][places] == copies["of"]
    for copy, known, original in zip(copies, there, names[places], strict=True):
        if not known or not original["copied"] or copy["id"] == copy["of"]:
            state = "is rejected itself" if known else "is not in the table"
            what = f"duplicate_of is {shown_id(copy['of'])}, which {state}; build the run again"
            yield Finding(f"{table} {shown_id(copy['id'])}", what)


def check_places(places: Array) -> Iterator[Finding]:
    """Clusters that stand in two splits."""
    found = np.unique(places)
    clusters = found["cluster"]
    for cluster in np.unique(clusters[1:][clusters[1:] == clusters[:-1]]):
        splits = ", ".join(str(SPLITS[split]) for split in found["split"][clusters == cluster].tolist())
        yield Finding("bitext", f"a cluster of rows is torn apart by the splits {splits}; build the run again")


def check_pairs(pairs: Array, bitext: Array) -> Iterator[Finding]:
    """Whether bitext has a row for every two-sided bead of every kept pair; both count rows by pair."""
    expected, found = _sum_rows(pairs), _sum_rows(bitext)
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name, 0) != found.get(name, 0):
            what = f"has {found.get(name, 0)} rows of a pair of articles with {expected.get(name, 0)} two-sided beads"
            yield Finding("bitext", f"{what}; build the run again")


def _sum_rows(pairs: Array) -> dict[int, int]:
    names, place = np.unique(pairs["pair"], return_inverse=True)
    sums = np.bincount(place, pairs["rows"], minlength=len(names)).astype(int)
    return dict(zip(names.tolist(), sums.tolist(), strict=True))


# The ledger


def check_ledger(ledger: Mapping[str, Any], rows: Rows, tables: Iterable[str]) -> Iterator[Finding]:
    """Whether the ledger is what the rows' own `reject` labels add up to, by table and stage.

    `rows` has them by table, then by origin and label.
    """
    expected = _expected(rows, tables)
    for entry in ledger["stages"]:
        name = f"{entry['table']}, stage {entry['stage']}"
        found = Counter({"in": entry["in"], "kept": entry["kept"], **entry["rejected"]})
        if +found != +expected.pop((entry["table"], entry["stage"]), Counter()):
            yield Finding("ledger.json", f"{name}: does not agree with the table; build the run again")
        if entry["in"] != entry["kept"] + sum(entry["rejected"].values()):
            yield Finding("ledger.json", f"{name}: in is not kept + rejected; build the run again")
    for table, stage in expected:
        yield Finding("ledger.json", f"{table}, stage {stage}: is missing; build the run again")


def _expected(rows: Rows, tables: Iterable[str]) -> dict[tuple[str, str], Counter[str]]:
    """What each stage took in, kept and rejected."""
    expected = {(table, stage): Counter[str]() for table in tables for stage in FLOW[table]}
    for table in tables:
        for origin in sorted({origin for origin, _ in rows[table]}):
            rejects = {reason: n for (own, reason), n in rows[table].items() if own == origin}
            remaining = sum(rejects.values())
            for stage in _flow(table, origin):
                rejected = {reason: n for reason, n in rejects.items() if reason and _stage_of(reason) == stage}
                total = expected[table, stage]
                total["in"] += remaining
                remaining -= sum(rejected.values())
                total["kept"] += remaining
                total.update(rejected)
    return expected


def _flow(table: str, origin: str) -> list[str]:
    """The stages a row met: one that came aligned was loaded and segmented, any other row of bitext was aligned."""
    if table != "bitext":
        return FLOW[table]
    others = ("align",) if origin == "given" else ("load", "segment")
    return [stage for stage in FLOW[table] if stage not in others]


def _stage_of(reason: str) -> str:
    return reason.partition(":")[0]


def check_stages(rows: Rows) -> Iterator[Finding]:
    """Labels of a stage that no row of the table meets."""
    for table, counts in rows.items():
        for reason in sorted({reason for _, reason in counts if reason and _stage_of(reason) not in FLOW[table]}):
            yield Finding(table, f"has rows labelled {reason}, of a stage that there is not; build the run again")
