"""Build the shipped lexicon: the entries written by hand, and what aligned open documentation teaches.

    python scripts/train_lexicon.py DATA -o corpus/data/alignment/lexicon.npz

DATA holds sentalign/<set>/<document>.{vi,en,gold}. Only sets whose licence and purpose allow it are learnt from; news
made for evaluation is not among them. Equal input makes equal bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np

from benchmarks.gold import read_set
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.merge import merge_lexicons
from corpus.lexicon.pairs import learn_from_pairs
from corpus.lexicon.shipped import hand_entries
from corpus.lexicon.store import content_hash, save_lexicon

SOURCES = {
    "d2l": "d2l_tech", "react": "docs_react", "hf": "docs_hf", "cncf": "docs_cncf", "cheatsheets": "cheatsheets",
    "udhr": "udhr_legal",
}  # fmt: skip


def learn_from_sets(data: Path, sources: Iterable[str]) -> Lexicon:
    """What the gold links of some sources teach, all taken together."""
    pairs = [
        (" ".join(document.vi[i] for i in bead.vi), " ".join(document.en[j] for j in bead.en))
        for source in sources
        for document in read_set(data / "sentalign" / SOURCES[source])
        for bead in document.gold
        if bead.vi and bead.en
    ]
    return learn_from_pairs(pairs)


def build_lexicon(data: Path, *, without: Collection[str] = (), hand: bool = True) -> Lexicon:
    """The lexicon as it is shipped, or without some of its sources."""
    learnt = learn_from_sets(data, [source for source in SOURCES if source not in without])
    return merge_lexicons([from_entries(hand_entries()), _compact(learnt)]) if hand else learnt


def _compact(lexicon: Lexicon) -> Lexicon:
    """Without the units that neither translate nor occur often enough to matter for the background."""
    vi = np.flatnonzero((np.diff(lexicon.forward.indptr) > 0) | (lexicon.counts_vi >= 3))
    en = np.flatnonzero((np.diff(lexicon.backward.indptr) > 0) | (lexicon.counts_en >= 3))
    vi = np.array([k for k in vi.tolist() if lexicon.vi[k][0] not in "@=#"])
    en = np.array([k for k in en.tolist() if lexicon.en[k][0] not in "@=#"])
    return Lexicon(
        [lexicon.vi[k] for k in vi.tolist()], [lexicon.en[k] for k in en.tolist()],
        lexicon.forward[vi][:, en].tocsr(), lexicon.backward[en][:, vi].tocsr(),
        lexicon.counts_vi[vi], lexicon.counts_en[en],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds sentalign/")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--without", nargs="*", default=(), choices=sorted(SOURCES), help="sources to leave out")
    args = parser.parse_args()
    lexicon = build_lexicon(args.data, without=args.without)
    save_lexicon(lexicon, args.out)
    print(f"{args.out}: {len(lexicon.vi)} Vietnamese and {len(lexicon.en)} English units, "
          f"{lexicon.forward.nnz} translations, hash {content_hash(lexicon)}")  # fmt: skip


if __name__ == "__main__":
    main()
