"""`songngu pair`: which article belongs with which."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli.terminal import printable
from corpus.errors import NothingUsableError, UsageError

if TYPE_CHECKING:
    from corpus.pairing import Pair


@click.command("pair")
@click.argument("vi_dir")
@click.argument("en_dir")
@click.option("-o", "out", required=True, metavar="FILE", help="Where the accepted pairs go, as TSV.")
@click.option("--all", "rejected", metavar="FILE", help="Write the rejected candidates too, with their reasons.")
@click.option("--lexicon", metavar="FILE", help="A lexicon in place of the one that comes with the package.")
def command(vi_dir: str, en_dir: str, out: str, rejected: str | None, lexicon: str | None) -> None:
    """Find out which article of VI_DIR belongs with which one of EN_DIR.

    FILE gets a line a pair, `vi file<TAB>en file<TAB>score`: the accepted pairs only (parallel or partial), one partner
    each. In the file of --all the reason, the relation, the coverage and the evidence follow.
    """
    from corpus.lexicon.shipped import resolve_lexicon
    from corpus.pairing import find_pairs
    from corpus.pairing.folders import check_languages, read_documents

    for file in filter(None, (out, rejected)):
        if not Path(file).absolute().parent.is_dir():
            raise UsageError(f"the folder of {file} does not exist; make it first, or name another file")
    chosen = resolve_lexicon(lexicon or "shipped")
    vi, en = read_documents(vi_dir), read_documents(en_dir)
    check_languages(vi, en, (vi_dir, en_dir))
    for name, problem in (*vi.unusable, *en.unusable):
        click.echo(f"{printable(name)}: left out, {problem}", err=True)
    pairs = find_pairs(vi.documents, en.documents, lexicon=chosen)
    accepted = [pair for pair in pairs if pair.reject is None]
    _write(out, (f"{pair.vi}\t{pair.en}\t{pair.score:.4f}" for pair in accepted))
    if rejected:
        _write(rejected, (_rejected_line(pair) for pair in pairs if pair.reject))
    unpaired = len(vi.documents) + len(en.documents) - 2 * len(accepted)
    click.echo(f"{len(accepted)} pairs; {unpaired} articles without a partner", err=True)
    if not accepted:
        raise NothingUsableError("no two articles translate one another; --all FILE shows the nearest candidates")


def _write(file: str, lines: Iterable[str]) -> None:
    Path(file).write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def _rejected_line(pair: Pair) -> str:
    """Names, score, reason, relation and coverage (`-` where the sentences were not aligned), evidence."""
    evidence = " ".join(item.replace(" ", "_") for item in pair.evidence)
    coverage = "-" if pair.coverage is None else f"{pair.coverage:.3f}"
    fields = pair.vi, pair.en, f"{pair.score:.4f}", pair.reject or "", pair.relation or "-", coverage, evidence
    return "\t".join(fields)
