"""A report: one HTML file that shows a person what a run made, with nothing to install and nothing fetched.

`stream` reads the tables, `counting` counts what passes, `sample` keeps a few rows of every kind, `alignments` sets
article pairs side by side, `figures` plots, `sections` writes the parts of the page and `page` puts them together.
"""

from __future__ import annotations

from corpus.reporting.writing import report

__all__ = ["report"]
