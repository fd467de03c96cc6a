"""`songngu ledger`: what became of every record."""

from __future__ import annotations

import json

import click

from corpus.cli.tables import ledger_lines


@click.command("ledger")
@click.argument("out")
@click.option("--json", "as_json", is_flag=True, help="Print ledger.json itself.")
def command(out: str, as_json: bool) -> None:
    """Print what every stage of the run in OUT took in, kept and rejected, with the reasons."""
    from corpus.engine.run import Run

    ledger = Run.open(out).ledger
    if as_json:
        click.echo(json.dumps(ledger, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(ledger_lines(ledger, all_skipped=True)))
