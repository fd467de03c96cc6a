"""What matched, in words: every pair says why it is one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from corpus.pairing.features import damped
from corpus.pairing.frequencies import Frequencies
from corpus.pairing.links import kind_names

Array = Any
MOST = 8
"""No more anchors than this are listed."""
_SHORTEST_NAME, _SHORTEST_NUMBER = 3, 2


class Shown(NamedTuple):
    """What evidence is told from: an article's anchors by sorted key, how often each occurs, and what each is called
    (that of the Vietnamese article is told), and its day of publication as it is written."""

    anchors: Array
    counts: Array
    labels: list[str]
    published: str | None


def describe(vi: Shown, en: Shown, frequencies: Frequencies, links: int, words: float) -> list[str]:
    """The evidence for a pair: links, the day of publication, shared anchors that weigh most, words.

    `links` has a bit for each kind of link, `words` is the cosine of the words.
    """
    listed = ["link:" + kind for kind in kind_names(links)]
    if vi.published and vi.published == en.published:
        listed.append("published:" + vi.published)
    listed += shared_anchors(vi, en, frequencies)
    if words > 0:
        listed.append(f"words:{words:.2f}")
    return listed


def shared_anchors(vi: Shown, en: Shown, frequencies: Frequencies) -> list[str]:
    """The anchors that two articles share, those that weigh most first; a name's words are left out beside the name."""
    shared, at_vi, at_en = np.intersect1d(vi.anchors, en.anchors, assume_unique=True, return_indices=True)
    weights = frequencies.weigh_anchors(shared)[1] ** 2 * damped(vi.counts[at_vi]) * damped(en.counts[at_en])
    labels = [vi.labels[k] for k in at_vi[np.lexsort((shared, -weights))].tolist()]
    whole = [label for label in labels if " " in label]
    return [label for label in labels if _tells(label) and not _is_part(label, whole)][:MOST]


def _tells(label: str) -> bool:
    """Initials and single figures are compared, but tell a reader nothing."""
    kind, _, value = label.partition(":")
    return len(value) >= (_SHORTEST_NAME if kind == "name" else _SHORTEST_NUMBER)


def _is_part(label: str, whole: list[str]) -> bool:
    """
    >>> _is_part("name:khanh", ["name:hoang quoc khanh"]), _is_part("name:lan", ["name:hoang quoc khanh"])
    (True, False)
    """
    kind, _, value = label.partition(":")
    return any(name != label and f" {value} " in f" {name.removeprefix(kind + ':')} " for name in whole)
