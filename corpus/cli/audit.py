"""`songngu audit`: how many of the kept pairs a person finds good."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.terminal import printable
from corpus.errors import UsageError


@click.command("audit")
@click.argument("out")
@click.option("-n", "n", type=int, metavar="N", help="How many rows to judge.  [default: 200]")
@click.option("--seed", type=int, metavar="N", help="Another seed gives other rows.  [default: 0]")
@click.option("-o", "--out", "sheet", metavar="FILE.csv", help="Where the sheet goes.  [default: OUT/audit.csv]")
@click.option("--read", "filled", metavar="FILE.csv", help="Read a filled sheet and write OUT/audit.json.")
def command(out: str, n: int | None, seed: int | None, sheet: str | None, filled: str | None) -> None:
    """Draw rows of the bitext in OUT as a sheet to fill in, or read the filled sheet with --read.

    Write good, bad or unsure into the first column (đúng, sai, không chắc will do). Reading gives the share of good
    rows in the whole bitext with its 95 % confidence interval, which goes on the dataset card.
    """
    from corpus.curation.audit import RESULT, read_audit, write_sheet
    from corpus.engine.run import Run
    from corpus.publishing.card import renew_card

    run = Run.open(out)
    if filled is not None:
        if (n, seed, sheet) != (None, None, None):
            raise UsageError("--read takes n and seed from the sheet; leave -n, --seed and -o out")
        click.echo("\n".join(_lines(read_audit(run, filled))))
        renew_card(run)
        onto = " and onto the card" if run.dataset.is_dir() else ""
        click.echo(f"written to {run.path / RESULT}{onto}")
        return
    path, sample = write_sheet(run, 200 if n is None else n, seed or 0, sheet)
    click.echo(
        f"{len(sample.rows)} of {sum(sample.strata.values())} rows are in {path}; write good, bad or unsure into its "
        f"first column, then: songngu audit {out} --read {path}"
    )


def _lines(result: dict[str, Any]) -> list[str]:
    """The result for a terminal: a line a stratum, then the whole."""
    lines = [f"{'rows':>9}  {'good':>5}  {'bad':>5}  {'unsure':>6}  {'precision':>20}  stratum"]
    for part in [*result["strata"], {**result, "stratum": "all rows"}]:
        counts = f"{part['rows']:>9}  {part['good']:>5}  {part['bad']:>5}  {part['unsure']:>6}"
        lines.append(f"{counts}  {_share(part):>20}  {printable(part['stratum'])}")
    return lines


def _share(part: dict[str, Any]) -> str:
    """A share with its interval.

    >>> _share({"precision": 0.875, "low": 0.79, "high": 0.912}), _share({"precision": None})
    ('0.875 (0.790–0.912)', 'not judged')
    """
    if part["precision"] is None:
        return "not judged"
    return f"{part['precision']:.3f} ({part['low']:.3f}–{part['high']:.3f})"
