"""`songngu report`: what a run made, as a page to look at."""

from __future__ import annotations

import click


@click.command("report")
@click.argument("out")
@click.option("--output", "-o", metavar="FILE", help="The HTML file to write.  [default: OUT/report.html]")
def command(out: str, output: str | None) -> None:
    """Write a page that shows the run in OUT: counts, plots, rows to search, articles side by side.

    One HTML file that needs no network; of a large run it shows a sample and says so.
    """
    from corpus.reporting import report

    path = report(out, output)
    click.echo(f"{path}: open it in a browser")
