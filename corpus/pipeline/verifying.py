"""`verify`: re-read sources and tables and prove what a run promises; say what is wrong and where.

Checked: the hash of every finished file; the declared schema; every offset of every row; sentences in order and apart;
tokens that spell their sentence; the ledger against the tables; and every source against the row that was made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import schema
from corpus.engine.run import Run
from corpus.engine.stage import Row
from corpus.errors import UsageError
from corpus.loaders.limits import Limits
from corpus.pipeline.manifest import hash_file
from corpus.pipeline.stages import ARTICLE_STAGES, GIVEN_STAGES

ROWS_AT_ONCE = 64
MOST_FINDINGS = 1000


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `where` names a file or a row, `what` says how it differs from what was promised."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(out: str | Path, *, inputs: Sequence[str | Path] | None = None) -> list[Finding]:
    """What is wrong with the run in `out`; an empty list if nothing is (at most `MOST_FINDINGS` are named).

    Sources are looked for where the build found them, or at `inputs`. Raises UsageError where `out` is no finished
    run, or where the sources are not to be found.
    """
    run = Run.open(out)
    findings: list[Finding] = []
    for finding in _findings(run, inputs):
        findings.append(finding)
        if len(findings) == MOST_FINDINGS:
            break
    return findings


def _findings(run: Run, inputs: Sequence[str | Path] | None) -> Iterator[Finding]:
    manifest = run.manifest
    broken = list(check_files(run, manifest["files"]))
    yield from broken
    if any(finding.where.endswith(".parquet") for finding in broken):
        return  # What a damaged table says of itself proves nothing.
    seen: dict[str, str] = {}
    counts: dict[str, Counter[str | None]] = {name: Counter() for name in ("articles", "given", "pair", "align")}
    for table in schema.TABLES:
        for row in table_rows(run, table):
            counts[_kind(table, row)][row["reject"]] += 1
            if row.get("source") is not None:
                seen[row["source"]] = row["source_sha256"] or ""
            yield from (Finding(_where(table, row), what) for what in check_row(table, row))
    yield from check_ledger(run.ledger, counts)
    yield from check_bitext(run)
    yield from check_sources(seen, _read_again(run, manifest, inputs))


def _kind(table: str, row: Row) -> str:
    """By which stages a row was made."""
    if table == "bitext":
        return "given" if row["origin"] == "given" else "align"
    return "pair" if table == "article_pairs" else table


def _where(table: str, row: Row) -> str:
    if table == "article_pairs":
        return f"{table} {row['vi_id']} {row['en_id']}"
    return f"{table} {row['id']}" + (f" ({row['source']})" if row["source"] else "")


def check_files(run: Run, hashes: Mapping[str, str]) -> Iterator[Finding]:
    """Files that are missing, changed, or that no build wrote."""
    for name, expected in hashes.items():
        path = run.path / name
        if not path.exists():
            yield Finding(name, "is missing; build the run again")
        elif hash_file(path) != expected:
            yield Finding(name, "is not the file the build wrote (its SHA-256 differs); build the run again")
    for table in schema.TABLES:
        for path in run.shards(table):
            if f"{table}/{path.name}" not in hashes:
                yield Finding(f"{table}/{path.name}", "was not written by the build; remove it")


def table_rows(run: Run, table: str) -> Iterator[Row]:
    """The rows of a finished table, a few in memory at a time."""
    import pyarrow.parquet as pq

    for shard in run.shards(table):
        with pq.ParquetFile(shard) as file:
            if not file.schema_arrow.equals(schema.arrow_schema(table)):
                raise UsageError(f"{shard} has other columns than this version writes; build the run again")
            for batch in file.iter_batches(ROWS_AT_ONCE):
                yield from batch.to_pylist()


def check_row(table: str, row: Row) -> Iterator[str]:
    """What is wrong inside one row."""
    if table == "articles" and row["text"] is not None:
        yield from _check_article(row)
    for column, value in row.items():
        if value == "":
            yield f"{column} is an empty string where null is meant"


def _check_article(row: Row) -> Iterator[str]:
    text = row["text"]
    for column in ("paragraphs", "sentences", "captions", "references", "dates"):
        for span in row[column] or ():
            start, end = span["start"], span["end"]
            if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip():
                yield f"{column} has a span [{start}, {end}) that is outside the text, empty or has blank edges"
    previous = 0
    for sentence in row["sentences"] or ():
        words = text[sentence["start"] : sentence["end"]]
        if sentence["start"] < previous:
            yield f"sentence at {sentence['start']} overlaps the one before it"
        if "".join("".join(sentence["tokens"]).split()) != "".join(words.split()):
            yield f"the tokens of the sentence at {sentence['start']} do not spell it"
        previous = sentence["end"]


def check_ledger(ledger: Mapping[str, Any], counts: Mapping[str, Counter[str | None]]) -> Iterator[Finding]:
    """Whether the ledger is what the rows' own `reject` labels add up to."""
    articles, given = ([stage.name for stage in stages] for stages in (ARTICLE_STAGES, GIVEN_STAGES))
    expected: dict[str, Counter[str]] = {}
    for kind, stages in (("articles", articles), ("given", given), ("pair", ["pair"]), ("align", ["align"])):
        remaining = counts[kind].total()
        for stage in stages:
            rejected = {str(reason): n for reason, n in counts[kind].items() if _stage_of(reason) == stage}
            total = expected.setdefault(stage, Counter())
            total["in"] += remaining
            remaining -= sum(rejected.values())
            total["kept"] += remaining
            total.update(rejected)
    for entry in ledger["stages"]:
        found = Counter({"in": entry["in"], "kept": entry["kept"], **entry["rejected"]})
        if found != expected.get(entry["stage"]):
            yield Finding("ledger.json", f"stage {entry['stage']} does not agree with the tables")
        if entry["in"] != entry["kept"] + sum(entry["rejected"].values()):
            yield Finding("ledger.json", f"stage {entry['stage']}: in is not kept + rejected")


def _stage_of(reason: str | None) -> str:
    return (reason or "").partition(":")[0]


def check_bitext(run: Run) -> Iterator[Finding]:
    """Whether the sides of every row that came from articles are what stands in them."""
    spans: dict[str, list[tuple[int, int, str, str]]] = {}
    for row in table_rows(run, "bitext"):
        if row["origin"] != "given":
            for lang in ("vi", "en"):
                span = (row[f"{lang}_start"], row[f"{lang}_end"], row["translation"][lang], row["id"])
                spans.setdefault(row[f"{lang}_id"], []).append(span)
    for article in table_rows(run, "articles") if spans else ():
        for start, end, side, name in spans.pop(article["id"], ()):
            if article["text"][start:end] != side:
                yield Finding(f"bitext {name}", f"is not what stands in {article['source']} at {start}")
    for article_id, missing in spans.items():
        yield Finding(f"bitext {missing[0][3]}", f"comes from article {article_id}, which is not in the run")


def check_sources(seen: Mapping[str, str], again: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Sources that changed, are gone, or are new since the build. `again` is (source, SHA-256) as read now."""
    gone = dict(seen)
    for source, sha256 in again:
        if source not in seen:
            yield Finding(source, "is in the inputs but not in the run; build again to add it")
        elif gone.pop(source, sha256) != sha256:
            yield Finding(source, "has changed since the build; build again")
    for source in gone:
        yield Finding(source, "is in the run but not in the inputs any more; build again to remove it")


def _read_again(
    run: Run, manifest: Mapping[str, Any], inputs: Sequence[str | Path] | None
) -> Iterator[tuple[str, str]]:
    from corpus.loaders import read

    options = manifest["options"]
    paths = list(inputs or (_find_input(run, entry) for entry in manifest["inputs"]))
    for record in read(paths, fields=options["fields"], limits=Limits(**options["limits"])):
        yield record.source, record.source_sha256 or ""


def _find_input(run: Run, entry: Mapping[str, Any]) -> str:
    """Where an input lies now: as it was typed, or as it lay from the run folder."""
    from_run = run.path / entry["from_run"] if entry["from_run"] else None
    if Path(entry["named"]).exists() or from_run is None:
        return str(entry["named"])
    if from_run.exists():
        return str(from_run)
    raise UsageError(f"the input {entry['named']} is not where the build found it; name it with --inputs")
