"""Write the pages that are derived from the code: docs/tables.md and docs/cli.md.

    python scripts/write_docs.py

The tests fail where a page no longer says what the code does; this script mends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from corpus import schema
from corpus.cli import VERBS, songngu

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 100
TABLES = {
    "articles": "One row an article, kept or rejected: `OUT/articles/*.parquet`.",
    "article_pairs": "One row a Vietnamese and an English article, paired or not: `OUT/article_pairs/*.parquet`.",
    "bitext": "One row an aligned pair, kept or rejected: `OUT/bitext/*.parquet`.",
}


def main() -> None:
    (DOCS / "tables.md").write_text(tables_page(), encoding="utf-8")
    (DOCS / "cli.md").write_text(cli_page(), encoding="utf-8")


def tables_page() -> str:
    """docs/tables.md: every column with its type, its meaning and when it is null."""
    lines = [
        "# The tables",
        "",
        "Written by `scripts/write_docs.py` from `corpus/schema.py`. A missing value is null, never an empty text.",
        "Offsets count code points of `text`, the end not included: `text[start:end]`.",
    ]
    for table, about in TABLES.items():
        lines += [
            "",
            f"## {table}",
            "",
            about,
            "",
            "| column | type | meaning | null when |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| `{column.name}` | {type_words(column.type)} | {column.meaning} | {column.null_when} |"
            for column in schema.columns(table)
        ]
    return "\n".join([*lines, ""])


def type_words(type_: Any) -> str:
    """A column's type in words.

    >>> type_words([{"start": "int32", "tokens": ["string"]}])
    'list of (start int32, tokens list of string)'
    """
    if isinstance(type_, list):
        return f"list of {type_words(type_[0])}"
    if isinstance(type_, dict):
        return "(" + ", ".join(f"{name} {type_words(inner)}" for name, inner in type_.items()) + ")"
    return "(vi string, en string)" if type_ == schema.TRANSLATION else str(type_)


def cli_page() -> str:
    """docs/cli.md: what `songngu --help` and every verb's `--help` print."""
    lines = ["# The command line", "", "Written by `scripts/write_docs.py` from `songngu --help`.", ""]
    for title, text in help_texts():
        lines += [f"## {title}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def help_texts() -> Iterator[tuple[str, str]]:
    """Each command's name and help."""
    context = click.Context(songngu, info_name="songngu", terminal_width=WIDTH, max_content_width=WIDTH)
    yield "songngu", songngu.get_help(context)
    for verb in VERBS:
        command = songngu.get_command(context, verb)
        assert command is not None
        inner = click.Context(command, parent=context, info_name=verb, terminal_width=WIDTH, max_content_width=WIDTH)
        yield f"songngu {verb}", command.get_help(inner)


if __name__ == "__main__":
    main()
