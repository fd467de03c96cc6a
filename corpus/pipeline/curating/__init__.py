"""Curation of a run: sketches of its rows, decisions about them, labels in their parts (phase.py puts it together)."""

from __future__ import annotations

from corpus.pipeline.curating.phase import (
    ARTICLE_LABELS,
    BITEXT_LABELS,
    Curation,
    curate_articles,
    curate_bitext,
)

__all__ = ["ARTICLE_LABELS", "BITEXT_LABELS", "Curation", "curate_articles", "curate_bitext"]
