"""Song Ngữ: from Vietnamese and English articles to an annotated, aligned, traceable dataset.

    >>> import corpus
    >>> corpus.split_sentences("TP.HCM đón 1.200.000 khách. PGS.TS. Lan nói vậy.")
    ['TP.HCM đón 1.200.000 khách.', 'PGS.TS. Lan nói vậy.']

Importing this package loads no model, touches no network and changes no global state: each name below is looked up
in its room when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from corpus.alignment import Aligner, Bead, align
    from corpus.encoding import decode, repair
    from corpus.errors import NothingUsableError, SongNguError, UsageError
    from corpus.exporting import Exported, export
    from corpus.language import detect, detect_lines, detect_parts
    from corpus.orthography import find_dates, find_numbers, fold, normalize, tone_key
    from corpus.page import extract
    from corpus.pairfiles import filter_file, score_file, score_pairs
    from corpus.pairing import find_pairs
    from corpus.pipeline import Curation, annotate, build, curate, load
    from corpus.publishing.hub import Pushed, publish
    from corpus.reporting import report
    from corpus.schema import features
    from corpus.segment import split_sentences, tokenize, word_segment
    from corpus.structure import analyse
    from corpus.verification import verify

_ROOMS = {
    "corpus.alignment": ("Aligner", "Bead", "align"),
    "corpus.pairfiles": ("filter_file", "score_file", "score_pairs"),
    "corpus.pairing": ("find_pairs",),
    "corpus.pipeline": ("Curation", "annotate", "build", "curate", "load"),
    "corpus.encoding": ("decode", "repair"),
    "corpus.exporting": ("Exported", "export"),
    "corpus.errors": ("NothingUsableError", "SongNguError", "UsageError"),
    "corpus.language": ("detect", "detect_lines", "detect_parts"),
    "corpus.orthography": ("find_dates", "find_numbers", "fold", "normalize", "tone_key"),
    "corpus.page": ("extract",),
    "corpus.publishing.hub": ("Pushed", "publish"),
    "corpus.reporting": ("report",),
    "corpus.schema": ("features",),
    "corpus.segment": ("split_sentences", "tokenize", "word_segment"),
    "corpus.structure": ("analyse",),
    "corpus.verification": ("verify",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [  # noqa: RUF022 - in the order an article walks
    "load", "decode", "repair", "normalize", "tone_key", "fold", "find_numbers", "find_dates", "extract",
    "detect", "detect_lines", "detect_parts", "analyse", "split_sentences", "tokenize", "word_segment",
    "find_pairs", "align", "Aligner", "Bead", "annotate", "build", "curate", "Curation", "verify",
    "score_pairs", "score_file", "filter_file", "report", "export", "Exported", "publish", "Pushed", "features",
    "SongNguError", "UsageError", "NothingUsableError",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'corpus' has no attribute {name!r}; there are: {', '.join(__all__)}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
