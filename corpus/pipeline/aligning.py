"""Phases `article_pairs` and `bitext`: which articles belong together, and which of their sentences say the same.

Both are table steps: they see every article. What was learnt from the collection is learnt once, kept in the run under
its hash and is part of the recipe; what was aligned once is looked up by the sentences themselves, so that new articles
cost what they bring and an incremental build gives the bytes of a fresh one with the same learnt file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.engine.ledger import Ledger
from corpus.engine.parts import part_name, write_part
from corpus.engine.run import Run
from corpus.engine.stage import Row

if TYPE_CHECKING:
    from corpus.alignment import Aligner, Bead
    from corpus.pairing import Document, Pair

VERSION = "pair:v1|align:v1"
SHARED_FIELDS = ("title", "author", "site", "url", "published", "license")
OTHER = {"vi": "en", "en": "vi"}


def align_articles(run: Run, article_parts: Sequence[Path], *, relearn: bool = False) -> tuple[Path, Path]:
    """The part of `article_pairs` and the part of `bitext` that the articles in `article_parts` yield."""
    key = hashlib.sha256("\n".join(part.name for part in article_parts).encode()).hexdigest()
    recipe = _recipe(run)
    pairs_part = run.parts("article_pairs") / part_name(key, recipe)
    bitext_part = run.parts("bitext") / part_name(key, recipe)
    if relearn or not (pairs_part.exists() and bitext_part.exists()):
        rows = {row["id"]: row for row in _kept_rows(article_parts)}
        aligner = _aligner(run, rows.values(), relearn=relearn)
        recipe = _recipe(run)
        pairs_part, bitext_part = (part.with_name(part_name(key, recipe)) for part in (pairs_part, bitext_part))
        with AlignmentCache(run, aligner, recipe) as cached:
            pair_rows = [_pair_row(pair, rows) for pair in _find_pairs(rows.values(), cached)]
            bitext = [*_between(pair_rows, rows), *_within(rows.values(), aligner)]
        write_part(pairs_part, pair_rows, "article_pairs", _count("pair", pair_rows), recipe)
        write_part(bitext_part, bitext, "bitext", _count("align", bitext), recipe)
    return pairs_part, bitext_part


def _count(stage: str, rows: Iterable[Row]) -> Ledger:
    ledger = Ledger()
    for row in rows:
        ledger.count(stage, row.get("reject"))
    return ledger


def _kept_rows(parts: Iterable[Path]) -> Iterator[Row]:
    import pyarrow.parquet as pq

    for part in parts:
        yield from (row for row in pq.read_table(part, partitioning=None).to_pylist() if row["reject"] is None)


# What is learnt


def _learnt_file(run: Run) -> Path | None:
    return next(iter(sorted((run.path / "learnt").glob("*.npz"))), None)


def _recipe(run: Run) -> str:
    from corpus.lexicon.shipped import shipped_hash

    learnt = _learnt_file(run)
    return f"{VERSION}|lexicon:{shipped_hash()}|learnt:{learnt.stem if learnt else 'nothing'}"


def _aligner(run: Run, rows: Iterable[Row], *, relearn: bool) -> Aligner:
    """The aligner of this run: with what an earlier build learnt, or with what these articles teach."""
    from corpus.alignment import Aligner, Learnt
    from corpus.pairing import learn_aligner

    file = _learnt_file(run)
    if file and not relearn:
        return Aligner(learnt=Learnt.load(file))
    aligner = learn_aligner(*_documents(rows))
    for old in (run.path / "learnt").glob("*"):
        old.unlink()
    if not aligner.learnt:
        return aligner
    file = run.path / "learnt" / f"{aligner.learnt.hash}.npz"
    file.parent.mkdir(exist_ok=True)
    aligner.learnt.save(file)
    # Read back: the file rounds, and this build must align as the next one will.
    return Aligner(learnt=Learnt.load(file))


class AlignmentCache:
    """An aligner that looks up what an earlier build aligned with the same recipe. Kept as `parts/beads.jsonl`."""

    def __init__(self, run: Run, aligner: Aligner, recipe: str) -> None:
        self._path, self._aligner, self._recipe = run.path / "parts" / "beads.jsonl", aligner, recipe
        self._old: dict[str, list[Any]] = {}
        self._used: dict[str, list[Any]] = {}

    def __enter__(self) -> AlignmentCache:
        if self._path.exists():
            with open(self._path, encoding="utf-8") as file:
                self._old = dict(json.loads(line) for line in file)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            temporary = self._path.with_suffix(".tmp")
            with open(temporary, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(entry) + "\n" for entry in self._used.items())
            temporary.replace(self._path)

    def align_all(self, documents: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[Bead]]:
        """The beads of each document pair, each aligned by itself so that no pair depends on what came with it."""
        return [self._align(vi, en) for vi, en in documents]

    def _align(self, vi: Sequence[str], en: Sequence[str]) -> list[Bead]:
        from corpus.alignment import Bead

        key = hashlib.sha256(json.dumps([self._recipe, list(vi), list(en)]).encode()).hexdigest()
        if key not in self._used:
            self._used[key] = self._old.get(key) or [list(bead) for bead in self._aligner.align(vi, en)]
        return [Bead(tuple(left), tuple(right), p) for left, right, p in self._used[key]]


# Articles with articles


def _own_sentences(row: Row) -> list[int]:
    """The sentences that are aligned with another article: all but those in the other language."""
    return [k for k, sentence in enumerate(row["sentences"]) if sentence["lang"] != OTHER[row["lang"]]]


def _documents(rows: Iterable[Row]) -> tuple[list[Document], list[Document]]:
    sides: dict[str, list[Document]] = {"vi": [], "en": []}
    for row in rows:
        if row["lang"] in sides:
            sides[row["lang"]].append(_document(row))
    return sides["vi"], sides["en"]


def _document(row: Row) -> Document:
    from corpus.pairing import Document

    spans = (row["sentences"][k] for k in _own_sentences(row))
    sentences = [row["text"][span["start"] : span["end"]] for span in spans]
    return Document(
        row["id"], row["text"], row["published"], row["url"], row["source"], row["pair"], sentences=sentences
    )


def _find_pairs(rows: Iterable[Row], aligner: AlignmentCache) -> list[Pair]:
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing import find_pairs

    return find_pairs(*_documents(rows), lexicon=shipped_lexicon(), aligner=aligner)


def _pair_row(pair: Pair, rows: Mapping[str, Row]) -> Row:
    vi, en = _own_sentences(rows[pair.vi]), _own_sentences(rows[pair.en])
    beads = [
        {"vi": [vi[k] for k in bead.vi], "en": [en[k] for k in bead.en], "probability": bead.probability}
        for bead in pair.beads
    ]
    row = {**pair._asdict(), "vi_id": pair.vi, "en_id": pair.en, "beads": beads}
    return {**row, "evidence": list(pair.evidence)}


# Bitext


def _between(pair_rows: Iterable[Row], rows: Mapping[str, Row]) -> Iterator[Row]:
    """The bitext of the accepted pairs: every bead with both sides."""
    for pair in pair_rows:
        if pair["reject"] is None:
            for bead in pair["beads"]:
                if bead["vi"] and bead["en"]:
                    yield _bitext_row(rows[pair["vi_id"]], rows[pair["en_id"]], bead, "articles")


def _within(rows: Iterable[Row], aligner: Aligner) -> Iterator[Row]:
    """The bitext inside single articles."""
    from corpus.lexicon.shipped import shipped_lexicon
    from corpus.pairing import Explainer, find_within, sentences_of_row

    explainer: Explainer | None = None
    for row in rows:
        if {"vi", "en"} <= {sentence["lang"] for sentence in row["sentences"]}:
            explainer = explainer or Explainer(shipped_lexicon())
            for bead in find_within(sentences_of_row(row), explainer=explainer, aligner=aligner):
                yield _bitext_row(row, row, bead._asdict(), "within-article")


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
