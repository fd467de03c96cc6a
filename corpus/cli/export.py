"""`songngu export`: a run in another form."""

from __future__ import annotations

import click

from corpus.exporting.forms import FORMATS, export
from corpus.publishing.card_markdown import plural


@click.command("export")
@click.argument("out")
@click.option("--format", "style", required=True, metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")
@click.option("--out", "-o", "to", required=True, metavar="TARGET",
              help="The file; for moses a prefix or a folder, for beads and ladder a new folder.")  # fmt: skip
@click.option("--table", metavar="TABLE", help="With jsonl: articles or article_pairs in place of bitext.")
@click.option("--split", metavar="SPLIT", help="Only the rows of train, validation or test.")
@click.option("--rejected", is_flag=True, help="The rows that fell out too, with their reason (not with moses).")
@click.option("--force", is_flag=True, help="Replace a file that songngu did not write.")
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
def command(
    out: str, style: str, to: str, table: str | None, split: str | None, rejected: bool, force: bool, quiet: bool
) -> None:
    """Write the kept rows of the run OUT as TMX, Moses files, JSON Lines, CSV, or beads.

    TMX, Moses, JSONL and CSV load back equal with `songngu load`. A target is there whole or as it was before.
    """
    exported = export(out, style, to, table=table, split=split, rejected=rejected, force=force)
    if not quiet:
        names = ", ".join(map(str, exported.paths))
        what = "article pair" if style in ("beads", "ladder") else "row"
        click.echo(f"{plural(exported.rows, what)} in {names}", err=True)
