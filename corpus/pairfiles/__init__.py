"""A corpus of pairs that one already has: read, scored, filtered and written row by row, in its own form or another.

    forms.py      which form a file has, by its name
    lines.py      the bytes of a file as lines that can be written back byte for byte
    reading.py    a file as rows; it can be read as often as needed
    survey.py     the first pass: how many rows, which columns, and a sample that tells the usual lengths
    judging.py    rows with their scores, over processes
    writing.py    rows to a file
    rewriting.py  `score_file` and `filter_file` put it together

No row is ever dropped or moved: row i of what comes out is row i of what went in.
"""

from __future__ import annotations

from corpus.pairfiles.judging import score_pairs
from corpus.pairfiles.rewriting import Filtered, filter_file, score_file

__all__ = ["Filtered", "filter_file", "score_file", "score_pairs"]
