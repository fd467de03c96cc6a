"""The bead: some sentences of one side and those of the other that say the same."""

from __future__ import annotations

from typing import NamedTuple


class Bead(NamedTuple):
    """Indices of sentences, counted from 0; one side is empty for a sentence without a partner.

    >>> Bead((3,), (2, 3), 0.97).type
    '1-2'
    """

    vi: tuple[int, ...]
    en: tuple[int, ...]
    probability: float

    @property
    def type(self) -> str:
        """Sentences on either side: `1-1`, `2-1`, `0-1` …"""
        return f"{len(self.vi)}-{len(self.en)}"
