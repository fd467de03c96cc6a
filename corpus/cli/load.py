"""`songngu load`: what the inputs hold, before anything is judged."""

from __future__ import annotations

import json
from typing import Any

import click

from corpus.cli.options import field_option, inputs_argument, limit_options, take_fields, take_limits


@click.command("load")
@inputs_argument
@field_option
@limit_options
def command(inputs: tuple[str, ...], field: tuple[str, ...], **options: Any) -> None:
    """Print every record of INPUT as a line of JSON: where it lies, how it was decoded, its text and its fields.

    A record that cannot be used is a line too, with the reason in `reject`.
    """
    from corpus.pipeline.loading import load

    for row in load(inputs, fields=take_fields(field), limits=take_limits(options)):
        click.echo(json.dumps(row, ensure_ascii=True))
