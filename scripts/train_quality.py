"""Fit the experts of `quality` on good pairs and on bad ones made from them.

    python scripts/train_quality.py DATA -o corpus/data/scoring/quality.json

Takes a few minutes. The pairs are those of the d2l, React and HF course translations; each source is scored with a
lexicon that has not seen it, since one that has would teach the experts to trust it too much. Faults are made at
random (seeded); see training/faults.py for their kinds. Equal input makes an equal file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from train_lexicon import SOURCES, build_lexicon
from training.faults import Case, Pair, cases

from benchmarks.gold import Document, read_set
from corpus.scoring.coverage import Matcher
from corpus.scoring.evidence import Evidence, measure
from corpus.scoring.experts import EXPERTS, Curve, hinges
from corpus.scoring.features import Features, cut_features, figures_features, form_features, meaning_features

Array = Any
LEARNT_FROM = ("d2l", "react", "hf")
MOST = 1500
"""The good pairs of a source at most, in whole documents: d2l is as large as all others together."""
STRICTNESS = 2.0
"""How strongly weights are drawn to zero (L2)."""
TRIM = {"form": 0.0, "meaning": 0.015, "figures": 0.0, "complete": 0.003}
"""The share of good pairs left out after a first fit: some gold links join sentences that are no translations."""
SOURCE = (
    "scripts/train_quality.py, on d2l-ai/d2l-vi (CC BY-SA 4.0), reactjs/vi.reactjs.org (CC BY 4.0) and "
    "huggingface/course (Apache-2.0); other languages from unicode-org/udhr"
)
SMOOTH = {"form": 0.0005, "meaning": 0.001, "figures": 0.01, "complete": 0.002}
"""The share of examples whose label is taken to be wrong, so that no verdict is surer than the gold is right. Numbers
and names are translated more freely in other texts than in technical ones."""
Row = tuple[Case, Evidence]


def gather(data: Path, source: str, matcher: Matcher) -> list[Row]:
    """The measured cases of one source."""
    random = Random(source)
    documents = [_pairs(document) for document in read_set(data / "sentalign" / SOURCES[source])]
    random.shuffle(documents)
    pool = [pair for document in documents for pair in document]
    foreign = _foreign(data)
    rows: list[Row] = []
    good = 0
    for document in documents:
        if good >= MOST:
            break
        some = document[: min(len(document), 80)]
        good += len(some)
        measured = [(case, measure(case.vi, case.en, matcher)) for case in cases(some, pool, foreign, random)]
        rows += [(case, evidence) for case, evidence in measured if case.expert or not _untranslated(evidence)]
    return rows


def _untranslated(evidence: Evidence) -> bool:
    """Whether a gold link only joins a line with its copy: no example of a good translation."""
    return (evidence.copy or 0.0) > 0.9 or min(evidence.lang_vi or 1.0, evidence.lang_en or 1.0) < 0.1


def _pairs(document: Document) -> list[Pair]:
    return [
        (" ".join(document.vi[i] for i in bead.vi), " ".join(document.en[j] for j in bead.en))
        for bead in document.gold
        if bead.vi and bead.en
    ]


def _foreign(data: Path) -> list[str]:
    lines = (data / "lid" / "other_udhr.tsv").read_text("utf-8").removesuffix("\n").split("\n")
    return [line.split("\t")[1] for line in lines]


def examples(rows: list[Row], expert: str) -> list[tuple[Features, bool]]:
    """What one expert learns from: good pairs, and those with a fault of its own."""
    own = [(case, evidence) for case, evidence in rows if case.expert in ("", expert)]
    if expert == "complete":
        return [
            (cut_features(evidence, side), case.cut != side)
            for case, evidence in own for side in ("vi", "en") if case.cut in ("", side)
        ]  # fmt: skip
    if expert == "figures":  # a name that is in no position to be missed teaches nothing
        own = [(case, evidence) for case, evidence in own if not case.expert or _is_noticed(evidence)]
    features = {"form": form_features, "meaning": meaning_features, "figures": figures_features}[expert]
    return [(features(evidence), not case.expert) for case, evidence in own]


def _is_noticed(evidence: Evidence) -> bool:
    numbers, names = evidence.numbers, evidence.names
    return numbers.lone_vi + numbers.lone_en + min(names.kept_vi, names.kept_en) > 0


def fit(expert: str, found: list[tuple[Features, bool]]) -> dict[str, Any]:
    """The expert's weights: as likely as can be, good and bad counting alike, all lines going their way."""
    curves = EXPERTS[expert]
    good = np.array([is_good for _, is_good in found])
    usual = {name: _usual([features[name] for features, is_good in found if is_good]) for name in curves}
    table = np.array([
        [part for name, curve in curves.items() for part in hinges(_known(features[name], usual[name]), curve.knots)]
        for features, _ in found
    ])  # fmt: skip
    weight = np.where(good, 0.5 / good.mean(), 0.5 / (1 - good.mean()))
    solution = _minimise(table, good, weight, curves, SMOOTH[expert])
    loss = np.logaddexp(0, -(table @ solution[1:] + solution[0]))
    worst = good & (loss > np.quantile(loss[good], 1 - TRIM[expert]))
    solution = _minimise(table, good, np.where(worst, 0, weight), curves, SMOOTH[expert])
    parts = iter(np.round(solution[1:], 4).tolist())
    weights = {name: [next(parts) for _ in curve.knots] for name, curve in curves.items()}
    return {"bias": round(float(solution[0]), 4), "usual": usual, "weights": weights}


def _known(value: float | None, usual: float) -> float:
    return usual if value is None else value


def _usual(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return round(float(np.median(known)), 4) if known else 0.0


def _minimise(table: Array, good: Array, weight: Array, curves: Any, smooth: float) -> Array:
    """L-BFGS-B on slopes: the sum of a curve's first k hinge weights is its slope there, and that keeps its sign."""
    from scipy.optimize import minimize

    sizes = [len(curve.knots) for curve in curves.values()]
    slopes = np.zeros((sum(sizes), sum(sizes)))  # hinge weights out of slopes
    at = 0
    for size in sizes:
        slopes[at : at + size, at : at + size] = np.eye(size) - np.eye(size, k=-1)
        at += size
    steps = table @ slopes
    spread = steps.std(axis=0) + 1e-3
    steps = np.c_[np.ones(len(table)), steps / spread]
    target = np.where(good, 1.0 - smooth, smooth)

    def loss(w: Array) -> tuple[float, Array]:
        total = steps @ w
        slope = weight * (1 / (1 + np.exp(-np.clip(total, -500, 500))) - target)
        value = weight @ (np.logaddexp(0, total) - target * total) + STRICTNESS / 2 * w[1:] @ w[1:]
        return float(value), steps.T @ slope + STRICTNESS * np.r_[0, w[1:]]

    ways = [_slope_bounds(curve) for curve in curves.values() for _ in curve.knots]
    bounds = [(None, None), *(
        tuple(None if end is None else end * scale for end in ends) for ends, scale in zip(ways, spread, strict=True)
    )]  # fmt: skip
    found = minimize(loss, np.zeros(steps.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds,
                     options={"maxiter": 300})  # fmt: skip
    return np.r_[found.x[0], slopes @ (found.x[1:] / spread)]


def _slope_bounds(curve: Curve) -> tuple[float | None, float | None]:
    low = 0.0 if curve.way > 0 else None if curve.steepest is None else -curve.steepest
    high = 0.0 if curve.way < 0 else curve.steepest
    return low, high


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds sentalign/ and lid/")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the file to write")
    args = parser.parse_args()
    rows: list[Row] = []
    for source in LEARNT_FROM:
        rows += gather(args.data, source, Matcher(build_lexicon(args.data, without=[source])))
        print(f"{source}: {len(rows)} cases so far", flush=True)
    experts = {expert: fit(expert, examples(rows, expert)) for expert in EXPERTS}
    args.out.write_text(json.dumps({"source": SOURCE, "experts": experts}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
