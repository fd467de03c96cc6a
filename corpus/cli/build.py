"""`songngu build`: from inputs to a run folder."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.options import (
    field_option,
    inputs_argument,
    limit_options,
    quiet_option,
    take_fields,
    take_limits,
)
from corpus.cli.tables import ledger_lines


@click.command("build")
@inputs_argument
@click.option("--out", "-o", required=True, metavar="OUT", help="The run folder: new, empty, or an earlier run.")
@click.option("--num-proc", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that annotate.")
@click.option(
    "--until",
    default="dataset",
    show_default=True,
    metavar="PHASE",
    help="Stop after a phase: articles, article_pairs, bitext or dataset.",
)
@click.option("--relearn", is_flag=True, help="Learn word translations from the articles again.")
@field_option
@limit_options
@quiet_option
def command(
    inputs: tuple[str, ...],
    out: str,
    num_proc: int,
    until: str,
    relearn: bool,
    field: tuple[str, ...],
    quiet: bool,
    **options: Any,
) -> None:
    """Build a run folder with its tables and dataset from INPUT: files, folders, globs, `-` for standard
    input, or a Hub dataset as hf://org/name.

    A second build in the same OUT does only what is new.
    """
    from corpus.pipeline import build

    run = build(
        inputs,
        out,
        num_proc=num_proc,
        until=until,
        fields=take_fields(field),
        limits=take_limits(options),
        relearn=relearn,
        quiet=quiet,
    )
    if not quiet:
        click.echo("\n".join(ledger_lines(run.ledger)))
        click.echo(f"\ntables, ledger and dataset are in {run.path}; look at an article with: songngu show {run.path}")
