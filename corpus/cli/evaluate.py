"""`songngu evaluate`: predicted alignments against gold ones."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.cli.files import read_text
from corpus.errors import UsageError


@click.group("evaluate")
def command() -> None:
    """Score predictions against gold."""


@command.command("sentalign")
@click.argument("gold")
@click.argument("predicted")
@click.option("--suffix", default=".beads", show_default=True, help="Ending of the prediction files.")
def sentalign(gold: str, predicted: str, suffix: str) -> None:
    """Score the beads of PREDICTED against GOLD: two folders, <name>.gold and <name>.beads, or two files.

    Strict: the very same link. Lax: a link that shares a sentence pair. Links with an empty side do not count.
    """
    from corpus.alignment import evaluate, read_beads

    files = _files(Path(gold), Path(predicted), suffix)
    missing = sum(not found.exists() for _, found in files)
    true = [read_beads(read_text(str(path))) for path, _ in files]
    found = [read_beads(read_text(str(path))) if path.exists() else [] for _, path in files]
    scores = evaluate(true, found)
    for name, score in (("strict", scores.strict), ("lax", scores.lax)):
        click.echo(f"{name:6s} P {score.precision:.4f}  R {score.recall:.4f}  F1 {score.f1:.4f}")
    click.echo(f"{len(files)} documents, {missing} missing; links: gold {scores.gold}, predicted {scores.predicted}")


@command.command("docalign")
@click.argument("gold")
@click.argument("predicted")
def docalign(gold: str, predicted: str) -> None:
    """Score the article pairs of PREDICTED against GOLD: two lists as `songngu pair` writes them.

    A line is `vi file<TAB>en file`; further columns and the folders of the files do not count. GOLD may be the folder
    that holds gold.tsv.
    """
    from corpus.pairing.scoring import evaluate_pairs, read_pairs

    path = Path(gold) / "gold.tsv" if Path(gold).is_dir() else Path(gold)
    true, found = (read_pairs(read_text(file), file) for file in (str(path), predicted))
    if not true:
        raise UsageError(f"{path} lists no pair; write VI<TAB>EN, one pair a line")
    scores = evaluate_pairs(true, found)
    precision, recall, f1 = scores.score
    click.echo(f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")
    click.echo(f"pairs: gold {scores.gold}, predicted {scores.predicted}")


def _files(gold: Path, predicted: Path, suffix: str) -> list[tuple[Path, Path]]:
    """Each gold file with the prediction that belongs to it."""
    if gold.is_file():
        return [(gold, predicted)]
    files = sorted(gold.glob("*.gold"))
    if not files:
        raise UsageError(f"no .gold files in {gold}; name a folder of <document>.gold files, or one file")
    return [(path, predicted / (path.name.removesuffix(".gold") + suffix)) for path in files]
