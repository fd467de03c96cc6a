"""`songngu filter`: the pairs that pass a set of thresholds."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.score import pair_options
from corpus.errors import NothingUsableError
from corpus.pairfiles.rewriting import filter_file


@click.command("filter")
@pair_options
@click.option("--accept", default="default", show_default=True, metavar="PRESET",
              help="default, strict, loose, or a file with thresholds of your own.")  # fmt: skip
@click.option("--rejected", metavar="FILE", help="Write what falls out here, with the reason in `reject`.")
def command(pairs: tuple[str, ...], to: str, accept: str, rejected: str | None, quiet: bool, **options: Any) -> None:
    """Write the rows of PAIRS that pass the thresholds, and say how many fell out and why.

    PAIRS is what `songngu score` takes or wrote; rows without scores are scored first.
    """
    found = filter_file(pairs, to, accept=accept, rejected=rejected, **options)
    total = found.kept + found.rejected.total()
    if not quiet:
        click.echo(f"{found.kept:,} of {total:,} rows kept", err=True)
        for reason, count in sorted(found.rejected.items(), key=lambda entry: (-entry[1], entry[0])):
            click.echo(f"{count:>9,} {reason}", err=True)
    if not found.kept:
        raise NothingUsableError("no row passed; look at the reasons, or loosen the thresholds with --accept loose")
