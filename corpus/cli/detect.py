"""`songngu detect`: the language of files, or of every line."""

from __future__ import annotations

import click

from corpus.cli.files import read_lines, read_text
from corpus.cli.terminal import printable


@click.command("detect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--lines", is_flag=True, help="Judge every line alone: one row `label<TAB>score` a line.")
def command(files: tuple[str, ...], lines: bool) -> None:
    """Tell the language of each FILE (`-` for standard input): vi, en, mixed, other or und.

    Without --lines one row a file, `label<TAB>score<TAB>file`, judged paragraph by paragraph as one article.
    A line ends at a line feed only, and an empty line gives a row too.
    """
    from corpus.language import detect_lines, detect_parts

    for file in files:
        if lines:
            for language in detect_lines(read_lines(file)):
                click.echo(f"{language.label}\t{language.score:.4f}")
        else:
            whole, _ = detect_parts([line for line in read_text(file).split("\n") if line.strip()])
            click.echo(f"{whole.label}\t{whole.score:.4f}\t{printable(file)}")
