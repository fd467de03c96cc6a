"""Options that several verbs share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
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
        click.option("--accept", metavar="NAME|FILE",
                     help="Thresholds on the scores: default, strict, loose, or a file of them.  [first: default]"),
        click.option("--against", multiple=True, metavar="FILE",
                     help="A test set whose sentences must not be in the dataset. May be repeated."),
        click.option("--pii", type=click.Choice(["flag", "mask", "off"]),
                     help="Personal data: name its kinds in a column, also mask it in the dataset, or neither."
                     "  [first: flag]"),
        click.option("--validation", type=float, metavar="SIZE",
                     help="Size of the validation split: a share below 1 or a number of rows.  [first: 0.05]"),
        click.option("--test", type=float, metavar="SIZE", help="Size of the test split.  [first: 0.05]"),
        click.option("--rejected/--no-rejected", default=None,
                     help="Publish the rows that fell out too, in configurations of their own."),
        click.option("--reset", is_flag=True,
                     help="Start from the defaults; otherwise what is not given stays as it was in this folder."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def take_curation(options: dict[str, Any], out: str) -> Curation:
    """The curation among a verb's options, taken out of them; what is not given is as it was in `out` the last time."""
    from corpus.pipeline import Curation, last_curation

    last = Curation() if options.pop("reset") else last_curation(out)
    given = {field.name: options.pop(field.name) for field in fields(Curation)}
    return replace(last, **{name: value for name, value in given.items() if value not in (None, ())})


def curation_line(options: dict[str, Any]) -> str:
    """How a run is curated, in one line for its user; `options` are those of its manifest."""
    shown = ["accept", "pii", "validation", "test", *(name for name in ("against", "rejected") if options.get(name))]
    return "curation: " + ", ".join(f"{name} {_plain(options[name])}" for name in shown)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        " ".join(value)
        if isinstance(value, (list, tuple))
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
