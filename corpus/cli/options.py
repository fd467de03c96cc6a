"""Options that several verbs share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corpus.errors import UsageError
from corpus.loaders.limits import Limits

if TYPE_CHECKING:
    from corpus.pipeline import Curation

Command = TypeVar("Command", bound=Callable[..., Any])

inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="No progress bars and no summary.")
field_option = click.option(
    "--field",
    "field",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of the input holds a field, for example --field text=body. May be repeated.",
)


def limit_options(command: Command) -> Command:
    """One `--max-…` option for each limit of the loaders, with the limit's own default and meaning."""
    for limit in reversed(fields(Limits)):
        command = click.option(
            f"--max-{limit.name.replace('_', '-')}",
            f"max_{limit.name}",
            type=click.IntRange(min=1),
            default=limit.default,
            show_default=True,
            help=limit.metadata["help"],
        )(command)
    return command


def take_limits(options: dict[str, Any]) -> Limits:
    """The limits among a verb's options, taken out of them."""
    return Limits(**{limit.name: options.pop(f"max_{limit.name}") for limit in fields(Limits)})


def take_fields(pairs: tuple[str, ...]) -> dict[str, str]:
    """`("text=body",)` as `{"text": "body"}`. Raises UsageError for a pair without `=`."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise UsageError(f"--field {pair} is not FIELD=COLUMN; write for example --field text=body")
        mapping[field] = column
    return mapping


def curation_options(command: Command) -> Command:
    """What `take_curation` reads: which rows are kept, and how they are split."""
    options = (
        click.option("--accept", default="default", show_default=True, metavar="NAME|FILE",
                     help="Thresholds on the scores: default, strict, loose, or a file of them."),
        click.option("--against", multiple=True, metavar="FILE",
                     help="A test set whose sentences must not be in the dataset. May be repeated."),
        click.option("--pii", default="flag", show_default=True, type=click.Choice(["flag", "mask", "off"]),
                     help="Personal data: name its kinds in a column, also mask it in the dataset, or neither."),
        click.option("--validation", default=0.05, show_default=True, metavar="SIZE",
                     help="Size of the validation split: a share below 1 or a number of rows."),
        click.option("--test", default=0.05, show_default=True, metavar="SIZE", help="Size of the test split."),
        click.option("--rejected", is_flag=True,
                     help="Publish the rows that fell out too, in configurations of their own."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def take_curation(options: dict[str, Any]) -> Curation:
    """The curation among a verb's options, taken out of them."""
    from corpus.pipeline import Curation

    return Curation(**{field.name: options.pop(field.name) for field in fields(Curation)})
