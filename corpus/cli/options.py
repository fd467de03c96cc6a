"""Options that several verbs share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import click

from corpus.errors import UsageError
from corpus.loaders.limits import Limits

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
