"""`songngu align`: sentences of two files, of two folders, or of listed pairs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import click

from corpus.cli.files import read_lines
from corpus.errors import NothingUsableError, UsageError

FORMATS = ("beads", "jsonl", "tsv", "ladder", "moses", "tmx")
_SUFFIX = {"beads": ".beads", "jsonl": ".jsonl", "tsv": ".tsv", "ladder": ".ladder", "tmx": ".tmx"}


class Pair(NamedTuple):
    """Two files that are to be aligned, and the name of what comes of them."""

    vi: Path
    en: Path
    name: str


@click.command("align")
@click.argument("vi", required=False)
@click.argument("en", required=False)
@click.option("--pairs", metavar="FILE.tsv", help="Vietnamese and English file of each pair, separated by a tab.")
@click.option("--lines", is_flag=True, help="Each line is one sentence already.")
@click.option(
    "--format", "style", type=click.Choice(FORMATS), default="beads", show_default=True, help="What to write."
)
@click.option(
    "--out", "-o", metavar="DIR", help="Write one file a document into this folder; needed for more than one."
)
@click.option("--lexicon", metavar="FILE", help="A lexicon (.npz or .tsv) in place of the one that comes along.")
@click.option("--no-lexicon", is_flag=True, help="Use only what the texts show by themselves.")
@click.option("--embed", metavar="MODEL", help="A sentence-transformers model, or model2vec:NAME, to join in.")
def command(
    vi: str | None, en: str | None, pairs: str | None, lines: bool, style: str, out: str | None,
    lexicon: str | None, no_lexicon: bool, embed: str | None,
) -> None:  # fmt: skip
    """Align the sentences of VI with those of EN: two text files, or two folders whose files have the same names.

    A bead is written as `[0]:[0, 1]:0.97`, Vietnamese first, with its probability; `[3]:[]` has no partner.
    """
    if lexicon and no_lexicon:
        raise UsageError("--lexicon and --no-lexicon exclude each other; give one of them")
    found = _listed(pairs, vi, en) if pairs else _named(vi, en)
    if out is None and (len(found) > 1 or style == "moses"):
        what = f"{len(found)} documents need" if len(found) > 1 else "moses writes two files and needs"
        raise UsageError(f"{what} a folder to go to; add -o DIR")
    from corpus.alignment import Aligner

    aligner = Aligner(None if no_lexicon else lexicon or "shipped", embed=embed)
    texts = [(_sentences(pair.vi, "vi", lines), _sentences(pair.en, "en", lines)) for pair in found]
    _warn_of_languages(found, texts)
    beads = aligner.align_all(texts)
    for pair, (left, right), path in zip(found, texts, beads, strict=True):
        _write(pair, left, right, path, style, out)
    if not any(bead.vi and bead.en for path in beads for bead in path):
        raise NothingUsableError("no sentence found a partner; check that the files are translations of one another")


def _named(vi: str | None, en: str | None) -> list[Pair]:
    """The pair of two files, or the pairs of two folders."""
    if vi is None or en is None:
        raise UsageError("two files or two folders are needed; songngu align VI EN, or --pairs FILE.tsv")
    left, right = Path(vi), Path(en)
    if left.is_dir() != right.is_dir():
        raise UsageError(f"{vi} and {en} are not of a kind; name two files or two folders")
    if not left.is_dir():
        return [Pair(left, right, _stem(left))]
    stems = {_stem(path): path for path in sorted(right.iterdir()) if path.is_file()}
    files = [path for path in sorted(left.iterdir()) if path.is_file()]
    pairs = [Pair(path, stems[_stem(path)], _stem(path)) for path in files if _stem(path) in stems]
    if not pairs:
        raise UsageError(
            f"no file of {vi} has its name in {en}; give the files the same names, or list them with --pairs"
        )
    if lone := len(files) + len(stems) - 2 * len(pairs):
        click.echo(f"songngu: {lone} files have no namesake and were passed over", err=True)
    return pairs


def _stem(path: Path) -> str:
    """A file's name less its last suffix; other dots stay.

    >>> _stem(Path("vi/rel-0.6.1.txt"))
    'rel-0.6.1'
    """
    return path.name.removesuffix(path.suffix)


def _listed(file: str, vi: str | None, en: str | None) -> list[Pair]:
    """The pairs of a list; names are relative to the folders VI and EN if given, else to the list's own folder."""
    home = Path(file).parent
    pairs = []
    for number, line in enumerate(read_lines(file), 1):
        columns = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(columns) < 2 or not all(columns[:2]):
            raise UsageError(f"{file}, line {number}: not VI<TAB>EN; write the two file names separated by a tab")
        left, right = Path(vi or home) / columns[0], Path(en or home) / columns[1]
        pairs.append(Pair(left, right, _stem(left)))
    if not pairs:
        raise UsageError(f"{file} lists no pair; write VI<TAB>EN, one pair a line")
    names = [pair.name for pair in pairs]
    if len(set(names)) < len(names):
        pairs = [pair._replace(name=f"{pair.name}.{_stem(pair.en)}") for pair in pairs]
    return pairs


def _sentences(path: Path, lang: str, lines: bool) -> list[str]:
    if lines:
        return read_lines(str(path))
    from corpus.segment import split_sentences

    return [sentence for paragraph in read_lines(str(path)) for sentence in split_sentences(paragraph, lang)]


def _warn_of_languages(pairs: list[Pair], texts: list[tuple[list[str], list[str]]]) -> None:
    """Say so when a side is not in its language: the arguments may be swapped."""
    from corpus.language import detect

    for pair, (vi, en) in zip(pairs, texts, strict=True):
        left, right = (detect(" ".join(side[:40])[:4000]).label for side in (vi, en))
        if left == "en" and right == "vi":
            click.echo(
                f"songngu: {pair.vi} is English and {pair.en} Vietnamese; Vietnamese comes first, swap them", err=True
            )
        elif left == right and left in ("vi", "en"):
            click.echo(
                f"songngu: {pair.vi} and {pair.en} are both {left}; one side of each language is needed", err=True
            )
        elif "other" in (left, right):
            wrong = pair.vi if left == "other" else pair.en
            click.echo(f"songngu: {wrong} is neither Vietnamese nor English; expect nothing of it", err=True)


def _write(pair: Pair, vi: list[str], en: list[str], beads: list, style: str, out: str | None) -> None:  # type: ignore[type-arg]
    from corpus.alignment.formats import moses_sides, write_beads

    if style == "moses" and out is not None:
        for lang, side in zip(("vi", "en"), moses_sides(beads, vi, en), strict=True):
            _write_file(Path(out) / f"{pair.name}.en-vi.{lang}", side)
        return
    lines = write_beads(beads, vi, en, style)
    if out is not None:
        _write_file(Path(out) / f"{pair.name}{_SUFFIX[style]}", list(lines))
    else:
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8", errors="replace") + b"\n")


def _write_file(path: Path, lines: list[str]) -> None:
    with _opened(path) as file:
        file.write("".join(line + "\n" for line in lines).encode("utf-8", errors="replace"))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            yield file
    except OSError as error:
        raise UsageError(f"cannot write {path} ({error.strerror}); name a folder you may write to with -o") from error
