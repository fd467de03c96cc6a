"""`songngu segment`: sentences and words of plain text."""

from __future__ import annotations

from collections.abc import Iterator

import click

from corpus.cli.files import read_lines
from corpus.cli.terminal import write_line


@click.command("segment")
@click.argument("file")
@click.option("--lang", type=click.Choice(["vi", "en"]), required=True, help="The language of the text.")
@click.option("--lines", is_flag=True, help="Each line is a sentence already: one line out per line in.")
@click.option("--words", is_flag=True, help="Put spaces between words and join the syllables of a word by `_`.")
def command(file: str, lang: str, lines: bool, words: bool) -> None:
    """Print the sentences of FILE (`-` for standard input), one a line, an empty line between paragraphs.

    A paragraph is a line of the file.
    """
    from corpus.segment import word_segment

    source = read_lines(file)
    for sentence in source if lines else _sentences(source, lang):
        write_line(word_segment(sentence, lang) if words else sentence)


def _sentences(paragraphs: list[str], lang: str) -> Iterator[str]:
    """The sentences of each paragraph, with an empty string between two paragraphs."""
    from corpus.segment import split_sentences

    first = True
    for paragraph in paragraphs:
        sentences = split_sentences(paragraph, lang)
        if sentences and not first:
            yield ""
        first = first and not sentences
        yield from sentences
