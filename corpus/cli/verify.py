"""`songngu verify`: prove a run."""

from __future__ import annotations

import sys

import click

from corpus.cli.terminal import printable


@click.command("verify")
@click.argument("out")
@click.option(
    "--inputs",
    multiple=True,
    metavar="PATH",
    help="Where the inputs lie now, if not where the build found them. May be repeated.",
)
def command(out: str, inputs: tuple[str, ...]) -> None:
    """Re-read the sources and tables of the run in OUT and prove offsets, ledger and hashes.

    Prints a line for everything that is wrong, and exits with 1 if anything is.
    """
    from corpus.pipeline import verify

    findings = verify(out, inputs=inputs or None)
    for finding in findings:
        click.echo(printable(str(finding)))
    click.echo(f"{out}: {len(findings)} things are wrong" if findings else f"{out}: everything holds")
    sys.exit(1 if findings else 0)
