"""Curation: which rows are accepted, repeat others, stand in test sets, and which split they go to.

These are decisions about rows that were scored before, so they cost seconds and no model. Articles are searched for
copies before they are paired, aligned rows after they are scored. A row that falls out at one step does not meet the
next one: what is not accepted is nobody's copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.engine.local import Engine
from corpus.engine.run import Run
from corpus.engine.steps import recall, remember, step_key
from corpus.errors import unknown
from corpus.pipeline.curating.decisions import Decisions, accept_rows, best_first, origins_of
from corpus.pipeline.curating.labelling import label_parts
from corpus.pipeline.curating.searching import find_hits
from corpus.pipeline.curating.sketching import SketchGroup, sketch_rows
from corpus.pipeline.curating.testsets import check_test_sets, hash_test_sets

if TYPE_CHECKING:
    from corpus.curation.splits import SplitTable
    from corpus.scoring import Thresholds

Array = Any

ARTICLE_LABELS = ("dedup",)
BITEXT_LABELS = ("accept", "dedup", "against", "split")
PII = ("flag", "mask", "off")
SPLITS = "splits.json"


@dataclass(frozen=True)
class Curation:
    """What is decided about scored rows.

    accept: thresholds by name (default, strict, loose) or a file of them
    against: files of test sets whose sentences must not be in the dataset
    pii: `flag` names personal data in a column, `mask` also masks it in what is published, `off` does neither
        (a matter of writing, so it is in no recipe below)
    validation, test: the size of these splits: a share below 1, or a number of rows
    rejected: whether rows that fell out are published too, in configurations of their own
    """

    accept: str = "default"
    against: tuple[str, ...] = ()
    pii: str = "flag"
    validation: float = 0.05
    test: float = 0.05
    rejected: bool = False

    def check(self) -> None:
        """Raises UsageError for what cannot be carried out, before any work."""
        from corpus.curation import check_sizes

        if self.pii not in PII:
            raise unknown("way with personal data", self.pii, PII)
        check_sizes(self.validation, self.test)
        check_test_sets(self.against)
        self.thresholds.signature  # noqa: B018 - read now, so that a broken file is told before any work

    @cached_property
    def thresholds(self) -> Thresholds:
        """The thresholds that `accept` names. Raises UsageError where there are none."""
        from corpus.scoring import load_thresholds

        return load_thresholds(self.accept)

    @property
    def article_recipe(self) -> str:
        """What becomes of articles, in one line."""
        return "dedup:v1"

    @property
    def bitext_recipe(self) -> str:
        """What becomes of scored rows, in one line."""
        against = f"against:v1({hash_test_sets(self.against)})"
        split = f"split:v1(validation={self.validation:g},test={self.test:g})"
        return f"accept:v1({self.thresholds.signature})|dedup:v1|{against}|{split}"


def curate_articles(run: Run, parts: Sequence[Path], curation: Curation, engine: Engine) -> list[Path]:
    """The parts of `articles` with what repeats another article labelled."""
    key = step_key(curation.article_recipe, parts)
    known = recall(run, "articles", key)
    if known is not None:
        return known
    groups = sketch_rows(run, "articles", parts, engine)
    labels = _judge_articles(groups).by_part()
    labelled = label_parts(run, "articles", parts, labels, engine, stages=ARTICLE_LABELS)
    return remember(run, "articles", key, labelled)


def _judge_articles(groups: Sequence[SketchGroup]) -> Decisions:
    """Which kept articles repeat another one: the earliest stays, then the longest."""
    from corpus.curation.duplicates import repeated_articles

    judged = Decisions(groups)
    [length] = judged.table.columns("length")
    judged.repeat(repeated_articles(judged.table, best_first(judged, lambda dates: (-length, dates))))
    return judged


def curate_bitext(run: Run, scored: Sequence[Path], curation: Curation, engine: Engine) -> list[Path]:
    """The parts of `bitext`: scored rows with what was decided about each."""
    key = step_key(curation.bitext_recipe, scored)
    known = recall(run, "bitext", key)
    if known is not None:
        return known
    labels = _judge_bitext(run, sketch_rows(run, "bitext", scored, engine), curation, engine).by_part()
    labelled = label_parts(run, "bitext", scored, labels, engine, stages=BITEXT_LABELS)
    return remember(run, "bitext", key, labelled)


def _judge_bitext(run: Run, groups: Sequence[SketchGroup], curation: Curation, engine: Engine) -> Decisions:
    """What becomes of every row that was not rejected before; each step sees what the steps before it let pass."""
    from corpus.curation.duplicates import repeated_pairs

    judged = Decisions(groups)
    accept_rows(judged, curation.thresholds)
    quality = judged.scores("quality")
    rows = best_first(judged, lambda dates: (dates, -quality))
    judged.repeat(repeated_pairs(judged.table, rows))
    if curation.against:
        judged.hit(find_hits(run, groups, curation.against, engine))
    judged.split(_split(run, judged, curation))
    return judged


def _split(run: Run, judged: Decisions, curation: Curation) -> SplitTable:
    """The clusters and splits, and the history of them for the next build."""
    from corpus.curation import from_history, to_history
    from corpus.curation.splits import split_rows

    sizes = {"validation": curation.validation, "test": curation.test}
    kept = _history(run)
    history = from_history(kept["history"]) if kept.get("sizes") == sizes else {}
    rows = judged.left()
    origins = origins_of(judged, rows)
    plan = split_rows(judged.table, rows, origins, validation=curation.validation, test=curation.test, history=history)
    (run.path / "learnt").mkdir(exist_ok=True)
    run.write_json(f"learnt/{SPLITS}", {"sizes": sizes, "history": to_history(plan.history)})
    return plan


def _history(run: Run) -> Mapping[str, Any]:
    return run.read_json(f"learnt/{SPLITS}") if (run.path / "learnt" / SPLITS).exists() else {}
