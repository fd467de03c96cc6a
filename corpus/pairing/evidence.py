"""What matched, in words: every pair says why it is one."""

from __future__ import annotations

import numpy as np

from corpus.pairing.candidates import Candidates

MOST = 8
"""No more anchors than this are listed."""
_SHORTEST_NAME, _SHORTEST_NUMBER = 3, 2


def describe(candidates: Candidates, k: int, published: tuple[str | None, str | None]) -> tuple[str, ...]:
    """The evidence for candidate k: links, the day of publication, shared anchors that weigh most, words."""
    vi, en = candidates.pairs[k]
    listed = ["link:" + kind for kind in candidates.links.get(k, ())]
    if published[0] and published[0] == published[1]:
        listed.append("published:" + published[0])
    listed += shared_anchors(candidates, int(vi), int(en))
    if candidates.words[k] > 0:
        listed.append(f"words:{candidates.words[k]:.2f}")
    return tuple(listed)


def shared_anchors(candidates: Candidates, vi: int, en: int) -> list[str]:
    """The anchors that two articles share, those that weigh most first; a name's words are left out beside the name."""
    shared = candidates.anchors.vi[vi].multiply(candidates.anchors.en[en]).tocoo()
    order = np.lexsort((shared.col, -shared.data))
    labels = [candidates.anchors.labels[column] for column in shared.col[order]]
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
