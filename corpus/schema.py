"""The tables: every column with its type, its meaning and when it is null.

This is the one place where columns are declared. Arrow schemas, Hugging Face `Features`, the dataset card and
docs/tables.md are all derived from it, so a column whose values are all null still keeps its type everywhere.

Types are written as plain values: a name ("string", "int32", "float32", "bool"), a list of one type for a list,
a dict for a struct, and TRANSLATION for the `Translation` feature that translation trainers expect.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.errors import unknown

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

TRANSLATION = "translation"
SCHEMA_VERSION = 2


@dataclass(frozen=True)
class Column:
    """One column: `null_when` says in words when a kept row holds null there ("never" if it cannot)."""

    name: str
    type: Any
    meaning: str
    null_when: str = "never"


ARTICLES = (
    Column("id", "string", "16 hexadecimal digits derived from `source` and the record's own hash"),
    Column("source", "string", "where the record lies, from the named input down: `folder/x.html`, `a.jsonl#3`"),
    Column("source_sha256", "string", "SHA-256 of the bytes the record was read from", "the file was not read"),
    Column("format", "string", "text, markdown, html, jsonl, csv, parquet …", "the file was not read"),
    Column("encoding", "string", "the encoding the bytes were read as", "the text came as characters"),
    Column("encoding_confidence", "float32", "confidence of that decision, 0 to 1", "as `encoding`"),
    Column("repair", "string", "what was mended in the characters: `tcvn3`, `vni` …", "nothing was"),
    Column("lang", "string", "vi, en, mixed, other or und", "rejected before detection"),
    Column("lang_score", "float32", "confidence of `lang`, 0 to 1", "as `lang`"),
    Column("unaccented", "bool", "Vietnamese typed without diacritics", "as `lang`"),
    Column("title", "string", "the visible title", "none was found"),
    Column("author", "string", "as the byline spells it; several joined by `; `", "none was found"),
    Column("published", "string", "date of publication, ISO 8601", "no evidence of a publication date"),
    Column("published_precision", "string", "day, month or year", "as `published`"),
    Column("site", "string", "the site or newspaper, as the article spells it", "none was found"),
    Column("url", "string", "the address of the page", "none was found"),
    Column("place", "string", "the place in the dateline", "none was found"),
    Column("license", "string", "the licence the source states", "none was stated"),
    Column("pair", "string", "an explicit key the input gives to articles that belong together", "none was given"),
    Column("text", "string", "the article in NFC with its own spelling; every offset counts its code points",
           "rejected before it was read"),
    Column("paragraphs", [{"role": "string", "lang": "string", "start": "int32", "end": "int32"}],
           "spans of `text`: title, byline, dateline, lead, body, heading, caption, credit, source_line, boilerplate"),
    Column("sentences",
           [{"start": "int32", "end": "int32", "lang": "string", "paragraph": "int32", "tokens": ["string"]}],
           "spans of `text` with the index of their paragraph and their words, in the text's own characters"),
    Column("captions", [{"start": "int32", "end": "int32", "lang": "string", "credit": "string"}],
           "spans of picture captions without the credit, and whom the picture is credited to"),
    Column("references",
           [{"kind": "string", "number": "string", "issuer": "string", "date": "string",
             "start": "int32", "end": "int32"}],
           "legal documents the article names: resolution, decree, decision, directive, plan, law …"),
    Column("dates", [{"start": "int32", "end": "int32", "iso": "string", "precision": "string"}],
           "every date in the text; a day and month without a year is `--MM-DD`"),
    Column("extra", [{"key": "string", "value": "string"}], "fields of the input that no column above takes"),
    Column("pii", ["string"], "kinds of personal data in the text and the fields: email, phone, id, card, secret",
           "nobody looked (`--pii off`)"),
    Column("duplicate_of", "string", "`articles.id` of the article that this one repeats", "it repeats none"),
    Column("reject", "string", "`<stage>:<reason>` for a row that fell out", "the row is kept"),
)  # fmt: skip

SCORES = (
    Column("align_prob", "float32", "posterior probability of the bead", "origin is `given`"),
    Column("adequacy_vi", "float32", "share of the Vietnamese words that the English side accounts for, 0 to 1",
           "no word is known"),
    Column("adequacy_en", "float32", "share of the English words that the Vietnamese side accounts for, 0 to 1",
           "no word is known"),
    Column("numbers", "float32", "share of the numbers that stand on both sides, 0 to 1", "neither side has any"),
    Column("dates", "float32", "share of the dates that stand on both sides, 0 to 1", "neither side has any"),
    Column("names", "float32", "share of the names that stand on both sides, without diacritics, 0 to 1",
           "neither side has any"),
    Column("legal", "float32", "share of the numbers of legal documents that stand on both sides, 0 to 1",
           "neither side has any"),
    Column("length_ratio", "float32",
           "English characters per Vietnamese one, over the collection's own ratio; 1 is usual", "a side is empty"),
    Column("lang_vi", "float32", "how surely the Vietnamese side is Vietnamese, 0 to 1", "it has no letters"),
    Column("lang_en", "float32", "how surely the English side is English, 0 to 1", "it has no letters"),
    Column("copy", "float32", "share of the words that one side merely copies from the other, 0 to 1",
           "a side has no word"),
    Column("mojibake", "float32", "share of the characters that are the debris of a wrong encoding, 0 to 1",
           "both sides are empty"),
    Column("repetition", "float32", "share of the worse side that says again what it said, 0 to 1",
           "both sides are empty"),
    Column("truncated", "float32", "how surely a side breaks off before the other one ends, 0 to 1",
           "a side is empty"),
    Column("markup", "float32", "share of the characters that are tags, entities, code or addresses, 0 to 1",
           "both sides are empty"),
    Column("quality", "float32", "all of the scores in one: how surely the pair is a good translation, 0 to 1",
           "the row fell out before it was scored"),
)  # fmt: skip
"""What is measured of an aligned pair, once; thresholds are applied to it later (see docs/filters.md)."""

BITEXT = (
    Column("id", "string", "16 hexadecimal digits derived from where both sides stand"),
    Column("translation", TRANSLATION, "the Vietnamese and the English side"),
    Column("vi_words", "string", "the Vietnamese side in words: syllables of a word joined by `_`", "rejected"),
    Column("en_words", "string", "the English side in words", "rejected"),
    Column("vi_id", "string", "`articles.id` of the Vietnamese side", "origin is `given`"),
    Column("en_id", "string", "`articles.id` of the English side", "origin is `given`"),
    Column("vi_start", "int32", "where the Vietnamese side starts in its article's text", "origin is `given`"),
    Column("vi_end", "int32", "where it ends", "origin is `given`"),
    Column("en_start", "int32", "where the English side starts in its article's text", "origin is `given`"),
    Column("en_end", "int32", "where it ends", "origin is `given`"),
    Column("bead", "string", "sentences on each side, `1-2`", "origin is `given`"),
    Column("origin", "string", "`articles`, `within-article`, or `given` for input that came aligned"),
    Column("source", "string", "where a given row was read", "origin is not `given`"),
    Column("source_sha256", "string", "SHA-256 of the bytes a given row was read from", "origin is not `given`"),
    *SCORES,
    Column("title", "string", "title of the Vietnamese article, else of the English one; so below", "none was found"),
    Column("author", "string", "author of the article", "none was found"),
    Column("site", "string", "the site or newspaper", "none was found"),
    Column("url", "string", "the address of the page", "none was found"),
    Column("published", "string", "date of publication, ISO 8601", "none was found"),
    Column("license", "string", "the licence the source states", "none was stated"),
    Column("extra", [{"key": "string", "value": "string"}], "fields of the input that no column above takes"),
    Column("pii", ["string"], "kinds of personal data on either side and in the fields: email, phone, id, card, secret",
           "nobody looked (`--pii off`), or the row fell out before it was scored"),
    Column("duplicate_of", "string", "`bitext.id` of the row that this one repeats", "it repeats none"),
    Column("against", "string", "where a test set holds this row: `phomt.test.vi#311`", "none does"),
    Column("cluster", "string", "the same for rows that must not be torn apart by a split", "the row is rejected"),
    Column("split", "string", "train, validation or test", "the row is rejected before the splits are made"),
    Column("reject", "string", "`<stage>:<reason>` for a row that fell out", "the row is kept"),
)  # fmt: skip

ARTICLE_PAIRS = (
    Column("vi_id", "string", "`articles.id` of the Vietnamese article"),
    Column("en_id", "string", "`articles.id` of the English article"),
    Column("score", "float32", "how much nearer to each other than to others; 1 is no nearer"),
    Column("relation", "string", "parallel, partial or comparable, by `coverage`", "a candidate that was not aligned"),
    Column("evidence", ["string"], "what matched, the most telling first: `name:hoang quoc khanh`, `date:2020-12-22`"),
    Column("coverage", "float32", "share of the text of both articles that stands in probable beads, 0 to 1",
           "as `relation`"),
    Column("beads", [{"vi": ["int32"], "en": ["int32"], "probability": "float32"}],
           "indices into the articles' `sentences`; one side is empty for a sentence without a partner"),
    Column("reject", "string", "`pair:<reason>` for a candidate that is no pair", "the pair is kept"),
)  # fmt: skip

TABLES: dict[str, tuple[Column, ...]] = {"articles": ARTICLES, "article_pairs": ARTICLE_PAIRS, "bitext": BITEXT}


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order.

    >>> [column.name for column in columns("articles")][:3]
    ['id', 'source', 'source_sha256']
    """
    if table not in TABLES:
        raise unknown("table", table, TABLES)
    return TABLES[table]


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema, with the Hugging Face features in its metadata so that `datasets` reads them back."""
    import pyarrow as pa

    fields = [pa.field(column.name, _arrow_type(column.type)) for column in columns(table)]
    info = {"info": {"features": feature_dict(table)}}
    return pa.schema(fields, metadata={"huggingface": json.dumps(info, sort_keys=True)})


def features(table: str) -> datasets.Features:
    """The same columns as Hugging Face `Features`."""
    from datasets import Features

    return Features.from_dict(feature_dict(table))


def feature_dict(table: str) -> dict[str, Any]:
    """The features as the JSON that `datasets.Features.from_dict` reads; needs no `datasets` to be imported."""
    return {column.name: _feature(column.type) for column in columns(table)}


def _arrow_type(type_: Any) -> pa.DataType:
    import pyarrow as pa

    if type_ == TRANSLATION:
        return pa.struct([("en", pa.string()), ("vi", pa.string())])
    if isinstance(type_, list):
        return pa.list_(_arrow_type(type_[0]))
    if isinstance(type_, dict):
        return pa.struct([(name, _arrow_type(inner)) for name, inner in type_.items()])
    return {"string": pa.string(), "int32": pa.int32(), "float32": pa.float32(), "bool": pa.bool_()}[type_]


def _feature(type_: Any) -> Any:
    if type_ == TRANSLATION:
        return {"languages": ["vi", "en"], "_type": "Translation"}
    if isinstance(type_, list):
        return {"feature": _feature(type_[0]), "_type": "List"}
    if isinstance(type_, dict):
        return {name: _feature(inner) for name, inner in type_.items()}
    return {"dtype": type_, "_type": "Value"}
