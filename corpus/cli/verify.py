"""`songngu verify`: prove a run."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from corpus.cli.options import quiet_option
from corpus.cli.terminal import printable

WHAT = {
    "files": "files",
    "articles": "articles",
    "article_pairs": "pairs of articles",
    "bitext": "rows of bitext",
    "published": "published rows",
    "sources": "sources",
}


@click.command("verify")
@click.argument("out")
@click.option(
    "--inputs",
    multiple=True,
    metavar="PATH",
    help="Where the inputs lie now, if not where the build found them. May be repeated.",
)
@click.option("--num-proc", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that read.")
@quiet_option
def command(out: str, inputs: tuple[str, ...], num_proc: int, quiet: bool) -> None:
    """Re-read the sources and tables of the run in OUT and prove offsets, labels, ledger, dataset and hashes.

    Prints a line for everything that is wrong, and exits with 1 if anything is.
    """
    from corpus.progress import Steps, choose_mode
    from corpus.verification import inspect_run

    with Steps(choose_mode(quiet=quiet, log_json=False)) as progress:
        inspection = inspect_run(out, inputs=inputs or None, num_proc=num_proc, tell=progress.tell)
    for finding in inspection.findings:
        click.echo(printable(str(finding)))
    if not quiet:
        click.echo(summary(inspection.checked))
    wrong = len(inspection.findings)
    click.echo(f"{out}: {wrong} thing{'s are' if wrong > 1 else ' is'} wrong" if wrong else f"{out}: everything holds")
    sys.exit(1 if wrong else 0)


def summary(checked: Mapping[str, int]) -> str:
    """How much was looked at, in one line.

    >>> summary({"files": 12, "articles": 2060})
    'checked 12 files, 2,060 articles; not checked: pairs of articles, rows of bitext, published rows, sources'
    """
    done = ", ".join(f"{checked[name]:,} {what}" for name, what in WHAT.items() if checked.get(name))
    left = ", ".join(what for name, what in WHAT.items() if not checked.get(name))
    return f"checked {done or 'nothing'}" + (f"; not checked: {left}" if left else "")
