"""What every loader is told: the limits, and which column holds what."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.loaders.fields import Columns
from corpus.loaders.limits import Limits


@dataclass(frozen=True)
class Options:
    """The caller's choices, the same for every file of a run."""

    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns.choose)
