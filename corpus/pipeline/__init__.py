"""The way an article walks: which stages a row goes through, and which phases a build has."""

from __future__ import annotations

from corpus.pipeline.annotating import annotate
from corpus.pipeline.building import build, curate, last_curation
from corpus.pipeline.curating import Curation
from corpus.pipeline.finishing import PHASES
from corpus.pipeline.loading import load

__all__ = ["PHASES", "Curation", "annotate", "build", "curate", "last_curation", "load"]
