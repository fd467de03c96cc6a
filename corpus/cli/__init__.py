"""The command `songngu`: one module a verb, each a few lines that call the library.

A verb's module is imported when the verb is used, so that `songngu --help` answers at once.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module

import click

from corpus import __version__
from corpus.errors import SongNguError, UsageError

VERBS = {
    "build": "Build a run folder with its tables and dataset from articles.",
    "load": "Print the records of the inputs as JSON lines, decoded and normalised.",
    "detect": "Tell the language of files, or of every line of a file.",
    "segment": "Split text into sentences, or sentences into words.",
    "align": "Align the sentences of Vietnamese texts with those of their English translations.",
    "pair": "Find which Vietnamese article belongs with which English one.",
    "score": "Measure the quality of pairs that one already has.",
    "filter": "Keep the pairs of a file whose scores are within thresholds.",
    "curate": "Apply other thresholds, test sets or splits to a run.",
    "audit": "Draw a sample for a person to judge, and tell the precision.",
    "report": "Show a run as one page to open in a browser.",
    "export": "Write a run as TMX, Moses, JSONL, CSV, beads or ladders.",
    "push": "Publish the dataset of a run on the Hugging Face Hub.",
    "lexicon": "Learn, show and merge lexicons.",
    "evaluate": "Score sentence or article alignments against gold.",
    "show": "Print one article with its roles, fields and sentences.",
    "ledger": "Print what every stage of a run took in, kept and rejected.",
    "verify": "Prove a run: offsets, ledger, hashes, sources.",
}


class Verbs(click.Group):
    """The verbs, in the order an article walks; a module is imported only when its verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"corpus.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = get_close_matches(args[0], VERBS, n=1)
        if args[0] not in VERBS and near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="songngu")
def songngu() -> None:
    """Song Ngữ: from Vietnamese and English articles to an annotated, aligned, traceable dataset.

    Exit codes: 0 fine, 1 nothing usable came of it (or verify found something wrong), 2 the caller's mistake.
    """


def main() -> None:
    """The console script."""
    run(songngu, "songngu")


def run(command: click.Command, name: str) -> None:
    """Run a command as the program `name`: errors become one line that ends in the next step, and an exit code."""
    try:
        command.main(prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except UsageError as error:
        click.echo(f"{name}: {error}", err=True)
        sys.exit(2)
    except SongNguError as error:
        # Nothing usable came of it, or a worker died: the work was done as far as it went.
        click.echo(f"{name}: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{name}: stopped; give the same command again to go on from here", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (`| head`) has left; that is no error of ours.
        sys.stderr.close()
        sys.exit(0)
