"""From parts to finished tables: the phases behind annotation, the dataset, the ledger and the manifest.

`build` ends here, and `curate` is nothing but this: what was annotated, paired, aligned and scored before is found
under its name, so only what other options change is done.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.engine.ledger import Ledger
from corpus.engine.local import Engine
from corpus.engine.parts import read_ledger
from corpus.engine.run import Run
from corpus.engine.shards import write_shards
from corpus.engine.stage import signature
from corpus.engine.steps import noted_parts, recall, remember, step_key
from corpus.errors import NothingUsableError
from corpus.pipeline.article_pairs import pair_articles, pair_recipe
from corpus.pipeline.bitext import make_bitext, score_recipe
from corpus.pipeline.curating import ARTICLE_LABELS, BITEXT_LABELS, Curation, curate_articles, curate_bitext
from corpus.pipeline.manifest import write_manifest
from corpus.pipeline.stages import ARTICLE_STAGES, GIVEN_STAGES

PHASES = ("articles", "article_pairs", "bitext", "dataset")
FLOW = {
    "articles": [stage.name for stage in ARTICLE_STAGES] + list(ARTICLE_LABELS),
    "article_pairs": ["pair"],
    "bitext": [*(stage.name for stage in GIVEN_STAGES), "align", *BITEXT_LABELS],
}
"""The stages a row of each table meets, in order."""
Tables = dict[str, list[Path]]
Shards = dict[str, dict[str, list[Path]]]


@dataclass(frozen=True)
class Order:
    """What is to be finished: the annotated parts, what was asked for, and what the inputs were."""

    articles: Sequence[Path]
    given: Sequence[Path]
    skipped: Sequence[Mapping[str, str]]
    inputs: Sequence[Mapping[str, Any]]
    options: Mapping[str, Any]
    curation: Curation

    def to_plain(self, run: Run) -> dict[str, Any]:
        """As JSON in the run folder, for `curate`."""
        plain = asdict(self)
        for name in ("articles", "given"):
            plain[name] = [part.relative_to(run.path).as_posix() for part in getattr(self, name)]
        return plain

    @classmethod
    def from_plain(cls, run: Run, plain: Mapping[str, Any], curation: Curation) -> Order:
        """The same order with another curation."""
        parts = {name: [run.path / part for part in plain[name]] for name in ("articles", "given")}
        return cls(**{**plain, **parts, "curation": curation})


def finish(run: Run, order: Order, engine: Engine, *, relearn: bool = False) -> None:
    """Make the tables of all phases asked for, the dataset, the ledger and the manifest.

    Raises NothingUsableError, after everything is written, where no row was kept.
    """
    from corpus.publishing.card import check_card, facts_of, write_card

    check_card(run.dataset)
    phases = PHASES[: PHASES.index(order.options["until"]) + 1]
    tables = _make_tables(run, order, phases, engine, relearn=relearn)
    for phase in PHASES[:-1]:
        if phase in tables:
            _write_table(run, phase, tables[phase], order.curation)
    for phase in PHASES:
        if phase not in phases:
            # What an earlier build made of a later phase is out of date.
            shutil.rmtree(run.path / phase, ignore_errors=True)
    stages = _ledger(tables)
    run.write_json("ledger.json", {"stages": stages, "skipped": list(order.skipped)})
    options = {**order.options, **asdict(order.curation)}
    recipe = _recipe(run, tables, order.curation)
    shards = _write_dataset(run, tables, order.curation) if "dataset" in phases else None
    write_manifest(run, order.inputs, options, recipe)
    if shards is not None:
        # The card tells what the manifest holds, so it is written last.
        write_card(run.dataset, shards, facts_of(run))
    _remove_others(run, order, tables)
    _refuse_empty(run, stages)


def _make_tables(run: Run, order: Order, phases: Sequence[str], engine: Engine, *, relearn: bool) -> Tables:
    """The finished parts of each table."""
    tables = {"articles": curate_articles(run, order.articles, order.curation, engine)}
    if "article_pairs" in phases:
        tables["article_pairs"] = pair_articles(run, tables["articles"], engine, relearn=relearn)
    if "bitext" in phases:
        scored = make_bitext(run, tables["articles"], tables["article_pairs"], order.given, engine, relearn=relearn)
        tables["bitext"] = curate_bitext(run, scored, order.curation, engine)
    return tables


def _write_table(run: Run, table: str, parts: Sequence[Path], curation: Curation) -> None:
    """The shards of a table, unless they were written of the same parts before.

    Personal data is looked for whatever was asked for, and forgotten here: so no part depends on what was.
    """
    from corpus.publishing.masking import forget_kinds

    off = curation.pii == "off"
    step, key = f"{table}_shards", step_key(f"shards:v2|pii:{'off' if off else 'flag'}", parts)
    if recall(run, step, key) is None:
        remember(run, step, key, write_shards(parts, run.table(table), select=forget_kinds if off else None))


def _write_dataset(run: Run, tables: Tables, curation: Curation) -> Shards:
    """The shards of the dataset, unless they were written of the same parts before."""
    from corpus.publishing.dataset import find_shards, write_dataset

    parts = [part for table in tables.values() for part in table]
    key = step_key(f"dataset:v2|rejected:{curation.rejected}|pii:{curation.pii}", parts)
    if recall(run, "dataset_shards", key) is not None:
        return find_shards(run.dataset)
    off = curation.pii == "off"
    shards = write_dataset(run, tables, rejected=curation.rejected, mask=_mask(curation), forget_pii=off)
    written = (path for splits in shards.values() for paths in splits.values() for path in paths)
    remember(run, "dataset_shards", key, written)
    return shards


def _mask(curation: Curation) -> Callable[[str], str] | None:
    """What masks personal data in the published rows, if that was asked for."""
    if curation.pii != "mask":
        return None
    from corpus.curation.pii import mask_personal

    return mask_personal


def _recipe(run: Run, tables: Tables, curation: Curation) -> dict[str, str]:
    """How each table was made, in one line a table."""
    recipe = {"articles": f"{signature(ARTICLE_STAGES)}|{curation.article_recipe}"}
    if "article_pairs" in tables:
        recipe["article_pairs"] = pair_recipe(run)
    if "bitext" in tables:
        recipe["bitext"] = f"{signature(GIVEN_STAGES)}|{score_recipe(run)}|{curation.bitext_recipe}"
    return recipe


def _ledger(tables: Tables) -> list[dict[str, Any]]:
    """One entry a table and stage, in the order a row meets them, whichever part is read first."""
    entries: list[dict[str, Any]] = []
    for table, stages in FLOW.items():
        if table in tables:
            total = Ledger()
            for stage in stages:
                total.count(stage, None, 0)
            for part in tables[table]:
                total.add(_whole_ledger(part, table))
            entries += [{"table": table, **entry} for entry in total.stages()]
    return entries


def _whole_ledger(part: Path, table: str) -> Ledger:
    """A part's ledger; what no table step labelled has passed the steps all the same."""
    ledger = read_ledger(part)
    known = {entry["stage"]: entry["kept"] for entry in ledger.stages()}
    if table == "articles" and "dedup" not in known:
        ledger.count("dedup", None, known.get(ARTICLE_STAGES[-1].name, 0))
    return ledger


def _remove_others(run: Run, order: Order, tables: Tables) -> None:
    """Parts that no record stands behind any more, or that an older recipe made, are of no further use."""
    parts = [*order.articles, *order.given, *(part for parts in tables.values() for part in parts)]
    wanted = {*parts, *noted_parts(run)}
    for path in (run.path / "parts").glob("*/*"):
        if path not in wanted:
            path.unlink()


def _refuse_empty(run: Run, stages: Sequence[Mapping[str, Any]]) -> None:
    """Raises NothingUsableError where every record fell out, or there was none."""
    loaded = sum(entry["in"] for entry in stages if entry["stage"] == "load")
    kept = sum(entry["kept"] for entry in stages if entry["stage"] == "segment")
    if not loaded:
        raise NothingUsableError(f"the inputs hold no article; see what was skipped with: songngu ledger {run.path}")
    if not kept:
        raise NothingUsableError(f"no article could be used; see the reasons with: songngu ledger {run.path}")
