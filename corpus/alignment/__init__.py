"""Sentences with sentences: which Vietnamese sentences and which English ones say the same.

In reading order: `search` finds the best path through a lattice of numbers, and how probable each step is; `units`
tells what sentences are compared by; `gain` what that evidence is worth; `collection` and `tables` bring documents
and lexicons to one vocabulary; `candidates` and `arcs` keep what is worth searching; `features` and `weights` judge a
bead; `aligner` does it all, twice. `cut` makes long documents short, `embeddings` lets sentence vectors join in,
`formats` and `scoring` write and judge the outcome.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.alignment.aligner import Aligner, align
    from corpus.alignment.beads import Bead
    from corpus.alignment.formats import read_beads, write_beads
    from corpus.alignment.learnt import Learnt
    from corpus.alignment.scoring import calibration_error, evaluate, reliability

_HOME = {
    "Aligner": "aligner", "align": "aligner", "Bead": "beads", "evaluate": "scoring", "reliability": "scoring",
    "calibration_error": "scoring", "Learnt": "learnt", "read_beads": "formats", "write_beads": "formats",
}  # fmt: skip

__all__ = [
    "Aligner", "Bead", "Learnt", "align", "calibration_error", "evaluate", "read_beads", "reliability", "write_beads",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    # numpy and scipy load when the first of these names is used, not when the package is imported.
    if name not in _HOME:
        raise AttributeError(f"module 'corpus.alignment' has no attribute {name!r}; there are: {', '.join(__all__)}")
    return getattr(import_module(f"corpus.alignment.{_HOME[name]}"), name)
