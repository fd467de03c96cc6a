"""Marks of sentence alignment: strict F1 with and without a lexicon, calibration, speed.

Lexicon and weights come with the package, and were learnt from d2l, React, HF, CNCF, cheat sheets and UDHR, never from
NTREX. For the other sets the weights are fitted again without the set's source: `scripts/train_weights.py --held-out`
writes them to held_out_weights.json beside this file; a lexicon without the source is built on the spot.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from benchmarks.gold import Document, read_set
from benchmarks.mark import Mark
from corpus.alignment import Aligner, Bead, calibration_error, evaluate, reliability
from corpus.alignment.weights import Weights, shipped_weights
from corpus.lexicon.lexicon import Lexicon

WITHOUT_LEXICON = (
    ("ntrex_news_noisy", None, 0.945),
    ("docs_react_noisy", "react", 0.945), ("docs_react_gaps", "react", 0.955),
    ("docs_hf_noisy", "hf", 0.968), ("docs_hf_gaps", "hf", 0.978),
    ("docs_cncf_noisy", "cncf", 0.92), ("cheatsheets_noisy", "cheatsheets", 0.945), ("udhr_legal_noisy", "udhr", 0.92),
    ("d2l_tech_noisy", "d2l", 0.945), ("d2l_tech_gaps", "d2l", 0.955),
)  # fmt: skip
CLEAN = (
    ("ntrex_news", None),
    ("docs_react", "react"),
    ("docs_hf", "hf"),
    ("docs_cncf", "cncf"),
    ("cheatsheets", "cheatsheets"),
)
HELD_OUT = Path(__file__).with_name("held_out_weights.json")


def marks(data: Path) -> list[Mark]:
    """The marks: F1 without a lexicon, with the shipped one, halves of it, calibration, speed."""
    folder = data / "sentalign"
    found = [_without_lexicon(folder, name, source, goal) for name, source, goal in WITHOUT_LEXICON]
    found += [_without_lexicon(folder, name, source, 0.99) for name, source in CLEAN]
    found += _with_lexicon(folder, data)
    return [*found, _speed(folder)]


def held_out_weights(source: str | None) -> Weights:
    """The weights fitted without a source; those of the package for None."""
    if source is None:
        return shipped_weights()
    # Situations that no held-out mark asks for need not be in the file.
    return {**shipped_weights(), **json.loads(HELD_OUT.read_text("utf-8"))[source]}


def _without_lexicon(folder: Path, name: str, source: str | None, goal: float) -> Mark:
    documents = read_set(folder / name)
    beads = _align(Aligner(None, weights=held_out_weights(source)), documents)
    return Mark(f"{name}, no lexicon, strict F1", _f1(documents, beads), goal)


def _with_lexicon(folder: Path, data: Path) -> list[Mark]:
    from train_lexicon import build_lexicon

    from corpus.lexicon.lexicon import from_entries
    from corpus.lexicon.shipped import hand_entries

    documents = read_set(folder / "ntrex_news_noisy")
    beads = _align(Aligner(), documents)
    rows = reliability([document.gold for document in documents], beads)
    for row in rows:
        print(f"    said {row.mean_probability:.3f}  right {row.share_right:.3f}  of {row.beads}")
    udhr = read_set(folder / "udhr_legal_noisy")
    halves: list[tuple[str, Lexicon]] = [
        ("hand-written half", from_entries(hand_entries())), ("learnt half", build_lexicon(data, hand=False)),
    ]  # fmt: skip
    return [
        Mark("ntrex_news_noisy, shipped lexicon, strict F1", _f1(documents, beads), 0.98),
        Mark("ntrex_news_noisy, calibration error", calibration_error(rows), 0.03, at_most=True),
        *(
            Mark(f"ntrex_news_noisy, {name}", _f1(documents, _align(Aligner(half), documents)), 0.96)
            for name, half in halves
        ),
        Mark("udhr_legal_noisy, lexicon and weights without it", _f1(udhr, _align(
            Aligner(build_lexicon(data, without=["udhr"]), weights=held_out_weights("udhr")), udhr)), 0.96),
    ]  # fmt: skip


def _speed(folder: Path) -> Mark:
    documents = read_set(folder / "d2l_tech_noisy")
    aligner = Aligner(None)
    started = time.process_time()
    _align(aligner, documents)
    return Mark("d2l_tech_noisy, two passes, no lexicon", time.process_time() - started, 3.0, " s", at_most=True)


def _align(aligner: Aligner, documents: list[Document]) -> list[list[Bead]]:
    return aligner.align_all([(document.vi, document.en) for document in documents])


def _f1(documents: list[Document], beads: list[list[Bead]]) -> float:
    return evaluate([document.gold for document in documents], beads).strict.f1
