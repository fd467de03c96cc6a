"""`songngu lexicon`: learn a lexicon from aligned text, look into it, join several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.files import read_lines
from corpus.errors import NothingUsableError, UsageError

if TYPE_CHECKING:
    from corpus.lexicon.lexicon import Lexicon


@click.group("lexicon")
def command() -> None:
    """Learn, show and merge lexicons."""


@command.command("train")
@click.argument("vi")
@click.argument("en")
@click.option("--out", "-o", required=True, metavar="FILE.npz", help="Where to keep the lexicon.")
def train(vi: str, en: str, out: str) -> None:
    """Learn from aligned text: line by line, EN translates VI."""
    left, right = read_lines(vi), read_lines(en)
    if len(left) != len(right):
        raise UsageError(f"{vi} has {len(left)} lines and {en} {len(right)}; align them first with `songngu align`")
    from corpus.lexicon.pairs import learn_from_pairs
    from corpus.lexicon.store import content_hash, save_lexicon

    lexicon = learn_from_pairs([(a, b) for a, b in zip(left, right, strict=True) if a.strip() and b.strip()])
    if not lexicon.forward.nnz:
        raise NothingUsableError("no translation was learnt; give more text")
    save_lexicon(lexicon, out)
    click.echo(f"{out}: {lexicon.forward.nnz} translations from {len(left)} lines, {content_hash(lexicon)}")


@command.command("show")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--lexicon", "file", metavar="FILE", help="A lexicon (.npz or .tsv) in place of the one that comes along."
)
def show(words: tuple[str, ...], file: str | None) -> None:
    """Print the translations of Vietnamese WORDS (quote a phrase), as the stems the aligner compares."""
    lexicon = _open(file or "shipped")
    for word in words:
        found = ", ".join(f"{unit} {probability:.2f}" for unit, probability in lexicon.translations(word)[:12])
        click.echo(f"{word}: {found or '(not in the lexicon)'}")


@command.command("merge")
@click.argument("files", nargs=-1, required=True)
@click.option("--out", "-o", required=True, metavar="FILE.npz", help="Where to keep the joined lexicon.")
def merge(files: tuple[str, ...], out: str) -> None:
    """Join lexicons (.npz, .tsv, or the word `shipped`); the highest probability of each translation stays."""
    from corpus.lexicon.merge import merge_lexicons
    from corpus.lexicon.store import content_hash, save_lexicon

    lexicon = merge_lexicons([_open(file) for file in files])
    save_lexicon(lexicon, Path(out))
    click.echo(f"{out}: {lexicon.forward.nnz} translations, {content_hash(lexicon)}")


def _open(file: str) -> Lexicon:
    from corpus.lexicon.shipped import resolve_lexicon

    lexicon = resolve_lexicon(file)
    assert lexicon is not None  # a name is never None
    return lexicon
