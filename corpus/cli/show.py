"""`songngu show`: one article, so that a person can read what happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from corpus.cli.terminal import printable
from corpus.errors import UsageError

FIELDS = ("title", "author", "published", "site", "url", "place", "license")
ROLE_WIDTH = 12
MOST_COMPARED = 10_000
INPUTS = "inputs.jsonl"


@click.command("show")
@click.argument("path")
@click.argument("article", required=False)
def command(path: str, article: str | None) -> None:
    """Print one article with its roles, fields and sentences.

    PATH is a run folder, or an input that is annotated on the spot. ARTICLE is the article's id, or a part of its
    source; without it the first article is shown.
    """
    row = _find(path, article)
    click.echo("\n".join(article_lines(row)))


def _find(path: str, article: str | None) -> dict[str, Any]:
    sources: list[str] = []
    for row in _rows(path):
        if article is None or article == row["id"] or article in row["source"]:
            return row
        if len(sources) < MOST_COMPARED:
            sources.append(row["source"])
    what = f"article {article!r}" if article else "article"
    raise UsageError(f"{path} holds no {what}; {_hint(path, article or '', sources)}")


def _hint(path: str, article: str, sources: list[str]) -> str:
    """The sources that are nearest by their whole or their last part; else where they all stand."""
    names = {name: source for source in sources for name in (source, source.rpartition("/")[2])}
    near = dict.fromkeys(names[name] for name in get_close_matches(article, names, n=3))
    if near:
        return f"the nearest: {', '.join(map(printable, near))}"
    if (Path(path) / INPUTS).exists():
        return f"the sources stand in {Path(path) / INPUTS}"
    return f"list the sources with: songngu load {path}"


def _rows(path: str) -> Iterator[dict[str, Any]]:
    from corpus.engine.run import MARKER, Run
    from corpus.engine.shards import table_rows
    from corpus.pipeline.annotating import annotate_inputs

    if (Path(path) / MARKER).exists():
        return table_rows(Run.open(path), "articles")
    return annotate_inputs([path])


def article_lines(row: dict[str, Any]) -> Iterator[str]:
    """An article as lines: its fields, then every paragraph with its role and its sentences, then what was found."""
    yield f"{row['id']}  {printable(row['source'])}"
    yield f"  {'format':<{ROLE_WIDTH}}{row['format']}{_decoded(row)}"
    if row["lang"]:
        bare = ", typed without diacritics" if row["unaccented"] else ""
        yield f"  {'lang':<{ROLE_WIDTH}}{row['lang']} ({row['lang_score']:.2f}){bare}"
    yield from (f"  {name:<{ROLE_WIDTH}}{_one_line(row[name])}" for name in FIELDS if row[name])
    if row["reject"]:
        yield f"  {'reject':<{ROLE_WIDTH}}{printable(row['reject'])}"
    yield from _paragraph_lines(row)
    yield from _found_lines(row)


def _decoded(row: dict[str, Any]) -> str:
    repair = f", repaired: {row['repair']}" if row["repair"] else ""
    return f", {row['encoding']} ({row['encoding_confidence']:.2f}){repair}" if row["encoding"] else ""


def _paragraph_lines(row: dict[str, Any]) -> Iterator[str]:
    text = row["text"]
    for index, paragraph in enumerate(row["paragraphs"] or ()):
        yield ""
        yield f"[{paragraph['role'] or '?'} {paragraph['lang'] or '?'}]"
        inside = [sentence for sentence in row["sentences"] or () if sentence["paragraph"] == index]
        if inside:
            yield from (f"  | {_one_line(text[each['start'] : each['end']])}" for each in inside)
        else:
            yield f"    {_one_line(text[paragraph['start'] : paragraph['end']])}"


def _found_lines(row: dict[str, Any]) -> Iterator[str]:
    text = row["text"]
    for name, facts in (
        ("captions", ("lang", "credit")),
        ("references", ("kind", "number", "issuer", "date")),
        ("dates", ("iso", "precision")),
    ):
        records = row[name] or ()
        if records:
            yield f"\n{name}"
        for record in records:
            values = ", ".join(f"{fact} {_one_line(record[fact])}" for fact in facts if record[fact])
            yield f"  {values}: {_one_line(text[record['start'] : record['end']])}"


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
