"""Fit the weights of the sentence aligner on gold alignments.

    python scripts/train_weights.py DATA -o corpus/data/alignment/weights.json \\
        --held-out scripts/benchmarks/held_out_weights.json

Takes about six minutes, and two without `--held-out`.

Learnt from are the noisy, the gapped and the clean sets of six sources, and short documents cut out of the clean ones
and spoiled at random (seeded). Where the weights are for use with a lexicon, the lexicon has not seen the source of
the text it is used on: one that has would teach the weights to trust it too much. With `--held-out` a second file
gets one set of weights for each source, fitted without it, for measuring.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from train_lexicon import SOURCES, build_lexicon
from training.fit import fit, starting_weights
from training.noise import cut_short, spoil
from training.segments import Segment, segments_of

from benchmarks.gold import Document, read_set
from corpus.alignment.features import NAMES

Array = Any
TWINS = {
    "d2l": ("d2l_tech_noisy", "d2l_tech_gaps"), "react": ("docs_react_noisy", "docs_react_gaps"),
    "hf": ("docs_hf_noisy", "docs_hf_gaps"), "cncf": ("docs_cncf_noisy",), "cheatsheets": ("cheatsheets_noisy",),
    "udhr": ("udhr_legal_noisy",),
}  # fmt: skip


class Share(NamedTuple):
    """How much a set counts, and how many documents are read and beads fitted of it at most."""

    weight: float
    documents: int
    beads: int


NOISY, CLEAN, SPOILED = Share(1.0, 40, 700), Share(0.15, 40, 210), Share(1.5, 150, 1800)
TIMES = 3
"""How often the clean sets are cut and spoiled: each time elsewhere."""
Weighed = list[tuple[Segment, float]]


def text_of(data: Path, source: str) -> list[tuple[list[Document], Share]]:
    """The training text of one source: sets of documents, and how much each set counts."""
    random = Random(source)
    folder = data / "sentalign"
    clean = read_set(folder / SOURCES[source])
    spoiled = [document for _ in range(TIMES) for rows in cut_short(clean, random) if (document := spoil(rows, random))]
    sets = [(spoiled, SPOILED), *((read_set(folder / name), NOISY) for name in TWINS[source]), (clean, CLEAN)]
    return [(_some(documents, share.documents, random), share) for documents, share in sets]


def _some(documents: list[Document], most: int, random: Random) -> list[Document]:
    return random.sample(documents, most) if len(documents) > most else documents


def gather(data: Path, source: str, *, lexicon: bool) -> tuple[Weighed, Weighed]:
    """The segments of one source for both passes, each with its importance."""
    random = Random(f"segments of {source}")
    known = build_lexicon(data, without=[source]) if lexicon else None
    passes: tuple[Weighed, Weighed] = ([], [])
    for documents, share in text_of(data, source):
        for into, segments in zip(passes, segments_of(documents, known, starting_weights(), random), strict=True):
            random.shuffle(segments)
            beads = np.cumsum([len(segment.gold) for segment in segments])
            into += [(s, share.weight) for s, n in zip(segments, beads, strict=True) if n <= share.beads]
    return passes


def fit_all(gathered: dict[str, Weighed], without: str | None) -> dict[str, float]:
    """Weights fitted on all sources but one; sources count by the square root of their size."""
    segments: list[Segment] = []
    importance: list[float] = []
    for source, weighed in gathered.items():
        if source != without and weighed:
            size = sum(len(segment.gold) * share for segment, share in weighed)
            segments += [segment for segment, _ in weighed]
            importance += [share * (3000 / max(size, 300)) ** 0.5 for _, share in weighed]
    weights = fit(segments, np.array(importance))
    return {name: round(float(value), 3) for name, value in zip(NAMES, weights, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds sentalign/")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--held-out", type=Path, help="a second file: for each source, weights fitted without it")
    args = parser.parse_args()
    situations = gather_all(args.data)
    weights = {name: fit_all(gathered, None) for name, gathered in situations.items()}
    told = "scripts/train_weights.py, on d2l, React, HF course, CNCF glossary, cheat sheets and UDHR"
    _write(args.out, {"source": told, "weights": weights})
    if args.held_out:
        _write(args.held_out, {s: {name: fit_all(g, s) for name, g in situations.items()} for s in SOURCES})


def gather_all(data: Path) -> dict[str, dict[str, Weighed]]:
    """The segments for each of the four situations, by source."""
    situations: dict[str, dict[str, Weighed]] = {}
    for names, lexicon in ((("anchors", "learnt"), False), (("lexicon", "lexicon+learnt"), True)):
        gathered = {source: gather(data, source, lexicon=lexicon) for source in SOURCES}
        for k, name in enumerate(names):
            situations[name] = {source: passes[k] for source, passes in gathered.items()}
            print(f"{name}: {sum(map(len, situations[name].values()))} segments", flush=True)
    return situations


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
