"""A run in other forms: what translation tools, trainers, spreadsheets and aligners read.

    selection.py     which rows
    tmx_file.py moses_files.py flat_files.py bead_files.py    one form each
    plain.py         values as the forms hold them
    target.py        files that are there whole or not at all
    forms.py         `export` puts it together

Everything is streamed: memory does not grow with the run.
"""

from __future__ import annotations

from corpus.exporting.forms import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
