"""`songngu build`: from inputs to a run folder."""

from __future__ import annotations

from typing import Any

import click

from corpus.cli.options import (
    Command,
    curation_line,
    curation_options,
    field_option,
    inputs_argument,
    limit_options,
    quiet_option,
    take_curation,
    take_fields,
    take_limits,
)
from corpus.cli.tables import ledger_lines, one_language_lines
from corpus.engine.guard import MAX_SECONDS


def engine_options(command: Command) -> Command:
    """Where the work is done, for how long at most, and how its progress is told."""
    options = (
        click.option("--engine", default="local", show_default=True, metavar="NAME",
                     help="Where the work is done: local (processes of this machine) or ray (a cluster)."),
        click.option("--ray-address", metavar="HOST:PORT",
                     help="The Ray cluster; without it RAY_ADDRESS, or a Ray on this machine for as long as it takes."),
        click.option("--max-seconds", default=MAX_SECONDS, show_default=True, type=click.FloatRange(min=0.1),
                     help="Time for one record in one stage (<stage>:timeout)."),
        click.option("--log-json", is_flag=True, help="Progress as JSON lines on standard error."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command("build")
@inputs_argument
@click.option("--out", "-o", required=True, metavar="OUT", help="The run folder: new, empty, or an earlier run.")
@click.option("--num-proc", default=1, show_default=True, type=click.IntRange(min=1), help="Worker processes.")
@engine_options
@click.option(
    "--until",
    default="dataset",
    show_default=True,
    metavar="PHASE",
    help="Stop after a phase: articles, article_pairs, bitext or dataset.",
)
@click.option("--relearn", is_flag=True, help="Learn word translations from the articles again.")
@curation_options
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
    log_json: bool,
    engine: str,
    ray_address: str | None,
    max_seconds: float,
    **options: Any,
) -> None:
    """Build a run folder with its tables and dataset from INPUT: files, folders, globs, `-` for standard
    input, or a Hub dataset as hf://org/name.

    A second build in the same OUT does only what is new; with other thresholds or splits it costs seconds.
    """
    from corpus.pipeline import build
    from corpus.pipeline.watching import work_lines

    run = build(
        inputs,
        out,
        num_proc=num_proc,
        until=until,
        fields=take_fields(field),
        limits=take_limits(options),
        relearn=relearn,
        curation=take_curation(options, out),
        engine=engine,
        ray_address=ray_address,
        max_seconds=max_seconds,
        quiet=quiet,
        log_json=log_json,
    )
    if not quiet:
        click.echo("\n".join([*work_lines(run.work), ""]))
        click.echo("\n".join([*ledger_lines(run.ledger), "", *one_language_lines(run.ledger)]))
        click.echo(curation_line(run.manifest["options"]))
        click.echo(f"tables, ledger and dataset are in {run.path}; look at them with: songngu report {run.path}")
