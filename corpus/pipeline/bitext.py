"""Phase `bitext`, first half: the aligned pairs as rows, each with all its scores.

Rows come from three places: the beads of paired articles, bitext inside one article, and input that came aligned. Each
part of any of them is one task: it opens the articles it needs, makes the rows, scores them, and writes one part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.engine.ledger import Ledger
from corpus.engine.local import Engine
from corpus.engine.parts import part_name, read_ledger, write_part
from corpus.engine.run import Run
from corpus.engine.stage import Row, signature
from corpus.engine.steps import recall, remember, step_key
from corpus.pipeline.knowledge import (
    ALIGN_VERSION,
    align_recipe,
    aligner_of,
    kept_length_ratio,
    learn_length_ratio,
    learnt_file,
)
from corpus.pipeline.stages import ARTICLE_STAGES, personal_kinds
from corpus.pipeline.store import ArticleStore, Place, read_article, read_part, read_rows

if TYPE_CHECKING:
    from corpus.scoring import Scorer

VERSION = f"{ALIGN_VERSION}|score:v1"
SHARED_FIELDS = ("title", "author", "site", "url", "published", "license")


class BitextTask(NamedTuple):
    """One part of scored rows: what they are made of, and where they go.

    Of `pairs` (a part of article_pairs, with the places of its articles), `within` (the places of articles in two
    languages) and `given` (a part of rows that came aligned), one is set.
    """

    part: Path
    recipe: str
    usual: float
    pairs: Path | None = None
    places: Mapping[str, Place] = {}
    within: tuple[Place, ...] = ()
    learnt: Path | None = None
    given: Path | None = None


def score_recipe(run: Run) -> str:
    """The recipe of a scored row."""
    from corpus.scoring.experts import scoring_hash

    scores = f"weights:{scoring_hash()}|usual:{kept_length_ratio(run)}"
    return f"{VERSION}|{scores}|{align_recipe(run)}|{signature(ARTICLE_STAGES)}"


def make_bitext(
    run: Run, articles: Sequence[Path], pairs: Sequence[Path], given: Sequence[Path], engine: Engine,
    *, relearn: bool = False,
) -> list[Path]:  # fmt: skip
    """The parts of scored rows; those that exist are not made again."""
    inputs = [*articles, *pairs, *given]
    known = None if relearn else recall(run, "scored", step_key(score_recipe(run), inputs))
    if known is not None:
        return known
    plain = _tasks(run, ArticleStore(articles), pairs, given)
    if relearn or kept_length_ratio(run) is None:
        sides = ((row["translation"]["vi"], row["translation"]["en"]) for task in plain for row in _rows(task))
        learn_length_ratio(run, sides)
    recipe = score_recipe(run)
    tasks = [_named(run, task, recipe) for task in plain]
    for _ in engine.map(make_part, (task for task in tasks if not task.part.exists())):
        pass
    return remember(run, "scored", step_key(recipe, inputs), [task.part for task in tasks])


def _tasks(run: Run, store: ArticleStore, pairs: Sequence[Path], given: Sequence[Path]) -> list[BitextTask]:
    """Every task, its part still bearing the name of what it is made of."""
    tasks = []
    for part in pairs:
        ids = [row[side] for row in _accepted(part) for side in ("vi_id", "en_id")]
        if ids:
            tasks.append(BitextTask(part, "", 1.0, pairs=part, places={name: store.places[name] for name in ids}))
    for part, numbers in store.bilingual:
        places = tuple(Place(part, number) for number in numbers)
        tasks.append(BitextTask(part, "", 1.0, within=places, learnt=learnt_file(run)))
    return [*tasks, *(BitextTask(part, "", 1.0, given=part) for part in given)]


def _named(run: Run, task: BitextTask, recipe: str) -> BitextTask:
    """The task with the name of its part. Pairs are named by what stands in them: how near two articles are to each
    other than to others drifts with every new article, and says nothing about their rows."""
    made_of = json.dumps(list(_accepted(task.pairs))) if task.pairs else f"{task.part.parent.name}/{task.part.name}"
    key = hashlib.sha256(made_of.encode()).hexdigest()
    usual = kept_length_ratio(run) or 1.0
    return task._replace(part=run.parts("scored") / part_name(key, recipe), recipe=recipe, usual=usual)


def make_part(task: BitextTask) -> None:
    """Make the rows of one task, score them and write them (runs in any process)."""
    rows = [_scored(row, _scorer(task.usual)) for row in _rows(task)]
    ledger = read_ledger(task.given) if task.given else Ledger()
    if not task.given:
        ledger.count("align", None, len(rows))
    write_part(task.part, rows, "bitext", ledger, task.recipe)


@lru_cache(maxsize=1)
def _scorer(usual: float) -> Scorer:
    from corpus.scoring import Scorer

    return Scorer(usual_ratio=usual)


def _scored(row: Row, scorer: Scorer) -> Row:
    sides = row["translation"] or {"vi": None, "en": None}
    row = {**row, "pii": personal_kinds(row, sides["vi"], sides["en"])}
    if row["reject"] is not None:
        return row
    scores = scorer.score(sides["vi"], sides["en"], align_prob=row["align_prob"])
    return {**row, **scores}


# Rows


def _rows(task: BitextTask) -> Iterator[Row]:
    if task.pairs:
        return _between(task.pairs, task.places)
    return read_rows(task.given) if task.given else _within(task.within, task.learnt)


def _accepted(part: Path) -> Iterable[Row]:
    """The pairs of a part that were not rejected, with their beads."""
    rows = read_part(part, ["vi_id", "en_id", "beads", "reject"]).to_pylist()
    return (row for row in rows if row["reject"] is None)


def _between(part: Path, places: Mapping[str, Place]) -> Iterator[Row]:
    """The bitext of the accepted pairs: every bead with both sides."""
    for pair in read_rows(part):
        if pair["reject"] is None:
            vi, en = (read_article(places[pair[side]]) for side in ("vi_id", "en_id"))
            for bead in pair["beads"]:
                if bead["vi"] and bead["en"]:
                    yield _bitext_row(vi, en, bead, "articles")


def _within(places: Iterable[Place], learnt: Path | None) -> Iterator[Row]:
    """The bitext inside single articles."""
    from corpus.pairing import find_within, sentences_of_row

    for place in places:
        row = read_article(place)
        for bead in find_within(sentences_of_row(row), explainer=_explainer(), aligner=aligner_of(learnt)):
            yield _bitext_row(row, row, bead._asdict(), "within-article")


@lru_cache(maxsize=1)
def _explainer() -> Any:
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing import Explainer

    return Explainer(shipped_lexicon())


def _bitext_row(vi: Row, en: Row, bead: Mapping[str, Any], origin: str) -> Row:
    row: Row = {"origin": origin, "bead": f"{len(bead['vi'])}-{len(bead['en'])}", "align_prob": bead["probability"]}
    translation = {}
    for lang, article in (("vi", vi), ("en", en)):
        sentences = [article["sentences"][k] for k in bead[lang]]
        start, end = sentences[0]["start"], sentences[-1]["end"]
        translation[lang] = article["text"][start:end]
        words = (token for sentence in sentences for token in sentence["tokens"])
        row[f"{lang}_words"] = " ".join("_".join(token.split()) for token in words)
        row.update({f"{lang}_id": article["id"], f"{lang}_start": start, f"{lang}_end": end})
    place = [row[f"{lang}_{name}"] for lang in ("vi", "en") for name in ("id", "start", "end")]
    row["id"] = hashlib.sha256(json.dumps(place).encode()).hexdigest()[:16]
    row.update({name: vi[name] or en[name] for name in SHARED_FIELDS})
    return {**row, "translation": translation, "extra": [], "reject": None}
