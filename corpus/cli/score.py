"""`songngu score`: the scores of pairs that one already has."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.options import Command
from corpus.cli.terminal import printable
from corpus.pairfiles.forms import FORMS
from corpus.pairfiles.rewriting import score_file


def pair_options(command: Command) -> Command:
    """The input and the options that `score` and `filter` share."""
    forms = ", ".join(FORMS)
    for decorate in (
        click.option("--quiet", "-q", is_flag=True, help="No summary."),
        click.option("--force", is_flag=True, help="Replace a file that songngu did not write."),
        click.option("--num-proc", default=1, show_default=True, type=click.IntRange(min=1), help="Processes."),
        click.option("--to", "form_out", metavar="FORM", help=f"Form of what is written: {forms} [by its name]."),
        click.option("--from", "form_in", metavar="FORM", help="Form of what is read [by its name]."),
        click.option("--out", "-o", "to", required=True, metavar="FILE", help="Where to write; - is standard output."),
        click.argument("pairs", nargs=-1, required=True, metavar="PAIRS"),
    ):
        command = decorate(command)
    return command


@click.command("score")
@pair_options
def command(pairs: tuple[str, ...], to: str, quiet: bool, **options: Any) -> None:
    """Write every row of PAIRS with every score by name and `quality`, from 0 to 1, higher is better.

    PAIRS is a file (.tsv without header: Vietnamese, tab, English; .jsonl, .tmx, .parquet), a Moses prefix, its two
    halves, or - for standard input. Same rows, same order; a row without a partner has quality 0.
    """
    count = score_file(pairs, to, **options, notice=lambda said: click.echo(f"note: {printable(said)}", err=True))
    if not quiet:
        click.echo(f"{count:,} rows scored", err=True)
