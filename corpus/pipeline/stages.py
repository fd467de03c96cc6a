"""The row stages: thin wrappers that turn the rooms' plain functions into `row -> rows`.

`ARTICLE_STAGES` is the way of an article, `GIVEN_STAGES` the way of a record that came aligned. A stage's version goes
up with every change, in its room or here, that can change a row: stored parts of the old version are then done again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.engine.stage import Row, Stage
from corpus.pipeline.reading import read_article, read_given

FIELDS = ("title", "author", "site", "url", "place", "license")
METADATA = ("title", "author", "published", "published_precision", "site", "url", "place", "license")


def detect(row: Row) -> Iterator[Row]:
    """Language of the article and of each paragraph; `other` and `und` fall out.

    A page with a verdict passes whatever its language: what it falls out for is said by `structure`.
    """
    from corpus.language import detect_parts

    text, paragraphs = row["text"], row["paragraphs"]
    whole, parts = detect_parts([text[paragraph["start"] : paragraph["end"]] for paragraph in paragraphs])
    row["paragraphs"] = [{**paragraph, "lang": part.label} for paragraph, part in zip(paragraphs, parts, strict=True)]
    row.update(lang=whole.label, lang_score=whole.score, unaccented=whole.unaccented)
    if whole.label in ("other", "und") and not row.get("_verdict"):
        row.update(reject=f"detect:{whole.label}", pii=personal_kinds(row, text))
    yield row


def structure(row: Row) -> Iterator[Row]:
    """Roles of the paragraphs, metadata, captions, legal references, dates and personal data. What the input said wins.

    A page that is a list of articles falls out here: the page room has said so in its verdict.
    """
    if row.get("_verdict"):
        yield {**row, "reject": row["_verdict"], "pii": personal_kinds(row, row["text"])}
        return
    from corpus.structure import analyse

    paragraphs = row["paragraphs"]
    known = {name: row[name] for name in METADATA if row.get(name)}
    found = analyse(
        row["text"],
        row["lang"],
        [(paragraph["start"], paragraph["end"]) for paragraph in paragraphs],
        [paragraph["lang"] for paragraph in paragraphs],
        hints=[paragraph["role"] for paragraph in paragraphs],
        known=known,
        credits=row.get("_credits"),
    )
    row.update({name: getattr(found, name) for name in METADATA})
    for name in ("paragraphs", "captions", "references", "dates"):
        row[name] = [record._asdict() for record in getattr(found, name)]
    row["pii"] = personal_kinds(row, row["text"])
    yield row


def personal_kinds(row: Row, *texts: str | None) -> list[str]:
    """The kinds of personal data that stand in the texts of a row or in its fields, sorted.

    >>> personal_kinds({"author": "lan.anh@example.vn", "extra": [{"key": "hotline", "value": "0912.345.678"}]}, "Tin")
    ['email', 'phone']
    """
    from corpus.curation.pii import find_personal

    fields = [row.get(name) for name in FIELDS]
    extra = [field["value"] for field in row.get("extra") or ()]
    return sorted({found.kind for text in (*texts, *fields, *extra) if text for found in find_personal(text)})


def segment(row: Row) -> Iterator[Row]:
    """Sentences of the paragraphs that have any, each with its words."""
    from corpus.segment import sentence_spans, tokenize
    from corpus.structure import Caption, Paragraph, Structure, sentence_regions

    text, sentences = row["text"], []
    paragraphs = [Paragraph(**paragraph) for paragraph in row["paragraphs"]]
    captions = [Caption(**caption) for caption in row["captions"]]
    for index, start, end in sentence_regions(Structure(paragraphs, captions=captions)):
        lang = paragraphs[index].lang
        for first, last in sentence_spans(text[start:end], lang, wrapped=True):
            sentences.append(_sentence(text, start + first, start + last, lang, index, tokenize))
    row["sentences"] = sentences
    if not sentences:
        row["reject"] = "segment:empty"
    yield row


def _sentence(text: str, start: int, end: int, lang: str, paragraph: int, tokenize: Any) -> dict[str, Any]:
    tokens = tokenize(text[start:end], lang)
    return {"start": start, "end": end, "lang": lang, "paragraph": paragraph, "tokens": tokens}


def segment_given(row: Row) -> Iterator[Row]:
    """The words of both sides of a pair that came aligned."""
    from corpus.segment import word_segment

    for lang in ("vi", "en"):
        row[f"{lang}_words"] = word_segment(row["translation"][lang], lang)
    yield row


TOKENISERS = ("underthesea", "sacremoses")
ARTICLE_STAGES = (
    Stage("load", 1, read_article, packages=("lxml", "charset-normalizer")),
    Stage("detect", 2, detect),
    Stage("structure", 3, structure),
    Stage("segment", 1, segment, packages=TOKENISERS),
)
GIVEN_STAGES = (Stage("load", 1, read_given), Stage("segment", 1, segment_given, packages=TOKENISERS))
STAGES = {"articles": ARTICLE_STAGES, "bitext": GIVEN_STAGES}
"""The way of the records of each kind, by the table they go to."""
