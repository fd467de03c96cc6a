"""Which rows a person is asked about: a stratified sample that the same run and seed always give again."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.engine.run import Run
from corpus.errors import NothingUsableError, UsageError

BANDS = 5
ROWS_A_BAND = 10
SCORES = ("quality", "align_prob")
"""What the bands are cut by: the first of these that an origin's rows have."""


class Sample(NamedTuple):
    """Rows to be judged, in the order they are shown in, and how many rows each stratum has in the run."""

    dataset: str
    seed: int
    n: int
    strata: dict[str, int]
    rows: list[dict[str, Any]]
    """Rows of `bitext` with `stratum`, `weight` (rows that this one stands for), `vi_from` and `en_from`."""


class _Kept(NamedTuple):
    id: str
    origin: str
    scores: tuple[float | None, ...]


def draw_sample(run: Run, n: int, seed: int = 0) -> Sample:
    """`n` kept rows of a run's bitext, or all of them if there are fewer.

    Strata are the origins, each cut into up to five bands with as many rows by `quality`, else by `align_prob`; rows
    without either are one stratum. Each stratum gives rows in proportion to its size, two at least. Which rows follows
    from their ids and the seed alone; a larger `n` adds rows as long as the strata remain the same. Raises UsageError
    where `n` is too small for the strata or a table is damaged, NothingUsableError where the run keeps no bitext.
    """
    if n < 1:
        raise UsageError(f"a sample of {n} rows shows nothing; give -n 100 or more")
    kept = list(_kept_rows(run))
    if not kept:
        raise NothingUsableError(f"the run in {run.path} keeps no bitext row; see why with: songngu ledger {run.path}")
    strata: dict[str, list[str]] = {}
    for row, stratum in zip(kept, _strata(kept, n), strict=True):
        strata.setdefault(stratum, []).append(row.id)
    sizes = {stratum: len(strata[stratum]) for stratum in sorted(strata)}
    chosen: dict[str, tuple[str, float]] = {}
    for stratum, count in allot(sizes, n).items():
        for name in sorted(strata[stratum], key=lambda name: _lot(seed, name))[:count]:
            chosen[name] = (stratum, sizes[stratum] / count)
    rows = sorted(_read_rows(run, chosen), key=lambda row: _lot(seed, f"order {row['id']}"))
    return Sample(dataset_hash(run), seed, n, sizes, rows)


def dataset_hash(run: Run) -> str:
    """16 hexadecimal digits that change when the bitext of a run does: an audit holds for one build."""
    files = sorted(item for item in run.manifest.get("files", {}).items() if item[0].startswith("bitext/"))
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]


def allot(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of `n` rows each stratum gives: in proportion to its size, but two at least where it has them.

    >>> allot({"a": 900, "b": 98, "c": 2, "d": 1}, 20), allot({"a": 3, "b": 1}, 10)
    ({'a': 14, 'b': 3, 'c': 2, 'd': 1}, {'a': 3, 'b': 1})
    """
    if n < len(sizes):
        raise UsageError(f"a sample of {n} cannot show {len(sizes)} strata; give -n {2 * len(sizes)} or more")
    least = 2 if n >= 2 * len(sizes) else 1
    given = {stratum: min(size, least) for stratum, size in sizes.items()}
    free = min(n, sum(sizes.values())) - sum(given.values())
    open_rows = sum(size - given[stratum] for stratum, size in sizes.items())
    shares = {stratum: free * (size - given[stratum]) / max(1, open_rows) for stratum, size in sizes.items()}
    for stratum, share in shares.items():
        given[stratum] += int(share)
    left = min(n, sum(sizes.values())) - sum(given.values())
    # What rounding left over goes to the largest remainders (Hamilton's method).
    for stratum in sorted(shares, key=lambda name: (int(shares[name]) - shares[name], name))[:left]:
        given[stratum] += 1
    return given


def band_edges(scores: Sequence[float], bands: int) -> list[float]:
    """The highest score of each band but the last: as many rows in each band, but equal scores stay together.

    >>> band_edges([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3), band_edges([0.9, 0.9, 0.9, 0.9], 2)
    ([0.2, 0.4], [])
    """
    ordered = sorted(scores)
    edges = {ordered[len(ordered) * band // bands - 1] for band in range(1, bands)}
    return sorted(edges - {ordered[-1]})


def _kept_rows(run: Run) -> Iterator[_Kept]:
    from corpus.engine.shards import table_rows

    for row in table_rows(run, "bitext", ("id", "origin", "reject", *SCORES)):
        if row["reject"] is None:
            yield _Kept(row["id"], row["origin"], tuple(row[score] for score in SCORES))


def _strata(kept: Sequence[_Kept], n: int) -> Iterator[str]:
    """The stratum of each row."""
    counts = Counter(row.origin for row in kept)
    edges: dict[str, list[float]] = {}
    used: dict[str, int] = {}
    for origin, rows in counts.items():
        scores = [row.scores for row in kept if row.origin == origin]
        used[origin] = next((i for i in range(len(SCORES)) if any(row[i] is not None for row in scores)), 0)
        values = [row[used[origin]] for row in scores]
        known = [value for value in values if value is not None]
        bands = max(1, min(BANDS, rows // ROWS_A_BAND, n // (2 * len(counts))))
        edges[origin] = band_edges(known, bands) if known else []
    for row in kept:
        yield _name(row.origin, SCORES[used[row.origin]], row.scores[used[row.origin]], edges[row.origin])


def _name(origin: str, score: str, value: float | None, edges: Sequence[float]) -> str:
    """The name of a stratum.

    >>> _name("articles", "quality", 0.7, [0.5, 0.9]), _name("given", "quality", None, [])
    ('articles: quality, band 2 of 3 (above 0.5000, to 0.9000)', 'given: no quality')
    """
    if value is None:
        return f"{origin}: no {score}"
    if not edges:
        return f"{origin}: any {score}"
    band = bisect_left(edges, value)
    low = f"above {edges[band - 1]:.4f}" if band else ""
    high = f"to {edges[band]:.4f}" if band < len(edges) else ""
    return f"{origin}: {score}, band {band + 1} of {len(edges) + 1} ({', '.join(filter(None, (low, high)))})"


def _lot(seed: int, name: str) -> bytes:
    """The lot that decides: even, and the same on every machine."""
    return hashlib.sha256(f"{seed} {name}".encode("utf-8", "replace")).digest()


def _read_rows(run: Run, chosen: Mapping[str, tuple[str, float]]) -> Iterator[dict[str, Any]]:
    """The chosen rows in full, with where each side comes from."""
    from corpus.engine.shards import table_rows

    rows = [dict(row) for row in table_rows(run, "bitext") if row["id"] in chosen and row["reject"] is None]
    wanted = {row[side] for row in rows for side in ("vi_id", "en_id")} - {None}
    articles = table_rows(run, "articles", ("id", "source", "url")) if wanted else ()
    homes = {row["id"]: row["url"] or row["source"] for row in articles if row["id"] in wanted}
    for row in rows:
        stratum, weight = chosen[row["id"]]
        here = row.get("url") or row.get("source")
        sides = {f"{lang}_from": homes.get(row[f"{lang}_id"], here) for lang in ("vi", "en")}
        yield {**row, "stratum": stratum, "weight": weight, **sides}
