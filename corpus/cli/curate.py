"""`songngu curate`: the last steps of a build again, with other thresholds, test sets or splits."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.options import curation_line, curation_options, quiet_option, take_curation
from corpus.cli.tables import ledger_lines


@click.command("curate")
@click.argument("out")
@curation_options
@quiet_option
def command(out: str, quiet: bool, **options: Any) -> None:
    """Decide again which rows of the run in OUT are kept, and write its dataset anew.

    Nothing is read, aligned or scored again, so this takes seconds. Options that are not given stay as they were.
    """
    from corpus.pipeline import curate

    run = curate(out, take_curation(options, out))
    if not quiet:
        click.echo("\n".join([*ledger_lines(run.ledger), "", curation_line(run.manifest["options"])]))
        click.echo(f"the dataset is written anew; look at it with: songngu report {out}")
