"""The way an article walks: which stages a row goes through, which phases a build has, and how a run is proved."""

from __future__ import annotations

from corpus.pipeline.annotating import annotate
from corpus.pipeline.building import build, curate
from corpus.pipeline.curating import Curation
from corpus.pipeline.finishing import PHASES
from corpus.pipeline.loading import load
from corpus.pipeline.verifying import verify

__all__ = ["PHASES", "Curation", "annotate", "build", "curate", "load", "verify"]
