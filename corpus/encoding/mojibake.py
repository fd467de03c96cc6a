"""Mojibake inside text: find the lines, or the words of a line, that show a legacy encoding, and read them.

Once a survey has found an encoding, every accented word near a suspect line gets a label, the encoding that
it shows or none, by the path of least cost through the text. Changing the label costs more inside a line
than between lines; so a word that could be read either way goes with its neighbours, and a document that
mixes clean Unicode with mojibake is repaired where it needs it only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from corpus.encoding import doubled
from corpus.encoding.evidence import STATES, TOKEN, points, tokens
from corpus.encoding.losses import KEPT_HORN, restore_case, restore_horn
from corpus.encoding.survey import Profile, has_lost_horn, is_suspect, segments, survey
from corpus.encoding.tables import NAMES, legacy

SWITCH_IN_LINE = 2.5  # cost of another encoding in the next word of a line
STRETCH = 1 << 16  # code points judged at a time
NEAR = 3  # a line this near to a suspect one is judged with it


class Repaired(NamedTuple):
    """`repair` names what was done, joined by "+" ("tcvn3", "vni", "double-utf8:cp1252+tcvn3"); None:
    nothing."""

    text: str
    repair: str | None
    confidence: float


def repair(text: str) -> Repaired:
    """Text in NFC with its mojibake read: UTF-8 encoded twice, TCVN3, VNI, VISCII, windows-1258 shown as
    Latin-1.

    Clean text in any language is only brought to NFC. Confidence is the share of the repaired words that
    read as Vietnamese, drawn towards a half when there are few; 1.0 where nothing was repaired.

    >>> repair("Céng hoµ x· héi chñ nghÜa ViÖt Nam")
    Repaired(text='Cộng hoà xã hội chủ nghĩa Việt Nam', repair='tcvn3', confidence=0.9375)
    >>> repair("Café à la crème, façade").repair is None
    True
    """
    return repair_block(unicodedata.normalize("NFC", text), Profile())


def repair_block(text: str, profile: Profile) -> Repaired:
    """As `repair`, for a block of NFC text out of a longer one that has the given profile; the block adds
    to it what it shows itself."""
    if not is_suspect(text):
        return Repaired(text, None, 1.0)
    steps: list[str] = []
    good = total = 0
    for _ in range(doubled.ROUNDS):
        undone = doubled.undo(text)
        if undone.door is None:
            break
        steps.append(f"double-utf8:{undone.door}")
        text = unicodedata.normalize("NFC", undone.text)
        good, total = good + undone.runs, total + undone.runs + undone.left
    if is_suspect(text):
        profile = profile.merged(survey(text))
        if profile.encodings:
            text, counts, valid = mend(text, profile)
            steps += [name for name in NAMES if counts[name]]
            good, total = good + valid, total + sum(counts.values())
    confidence = (good + 0.5) / (total + 1) if steps else 1.0
    return Repaired(text, "+".join(dict.fromkeys(steps)) or None, confidence)


class Mended(NamedTuple):
    """Mended text, how many words each encoding accounts for, and how many of them read as Vietnamese."""

    text: str
    counts: Counter[str]
    good: int


def mend(text: str, profile: Profile) -> Mended:
    """Read the parts of NFC text that show one of the profile's encodings, and leave the others.

    >>> mend("Hà Nội có mưa.\\nC¨n cø NghÞ ®Þnh sè 15/CP", Profile(("tcvn3",))).text
    'Hà Nội có mưa.\\nCăn cứ Nghị định số 15/CP'
    """
    pieces: list[str] = []
    counts: Counter[str] = Counter()
    good = 0
    label: str | None = None
    for stretch, judged in _stretches(text, profile.prevails):
        nodes = [match for match in TOKEN.finditer(stretch) if not match.group().isascii()] if judged else []
        if not nodes:
            pieces.append(stretch)
            continue
        labels = _labels(stretch, nodes, label, profile)
        label = labels[-1]
        for node, shown in zip(nodes, labels, strict=True):
            if shown is not None:
                counts[shown] += 1
                good += points(node.group())[STATES.index(shown)] >= 0
        pieces += _read_runs(stretch, nodes, labels, profile.horn_lost)
    return Mended("".join(pieces), counts, good)


def _stretches(text: str, prevails: bool) -> Iterator[tuple[str, bool]]:
    """The text in stretches of whole segments: to judge (near a suspect one, or all of it) and to leave."""
    parts = list(segments(text))
    judged = b"\x01" * len(parts) if prevails else _near_suspects(parts)
    start = size = 0
    for at, part in enumerate(parts):
        if at > start and (judged[at] != judged[start] or size > STRETCH):
            yield "".join(parts[start:at]), bool(judged[start])
            start, size = at, 0
        size += len(part)
    if parts:
        yield "".join(parts[start:]), bool(judged[start])


def _near_suspects(parts: list[str]) -> bytes:
    near = bytearray(len(parts))
    for at, part in enumerate(parts):
        if is_suspect(part):
            first, last = max(0, at - NEAR), min(len(parts), at + NEAR + 1)
            near[first:last] = b"\x01" * (last - first)
    return bytes(near)


def _labels(stretch: str, nodes: list[re.Match[str]], entry: str | None, profile: Profile) -> list[str | None]:
    """The cheapest path of labels through the tokens of a stretch (Viterbi), coming from the label `entry`;
    None is text that is left alone, be it clean Vietnamese or another language."""
    columns = [0, 1, *(STATES.index(name) for name in profile.encodings)]
    labels = [None, None, *profile.encodings]
    states = range(len(labels))
    scores = [0.0 if label == entry else -profile.switch_at_line for label in labels]
    back: list[list[int]] = []
    end = 0
    for node in nodes:
        cost = SWITCH_IN_LINE if stretch.find("\n", end, node.start()) < 0 else profile.switch_at_line
        end = node.end()
        worth = points(node.group())
        top = max(scores)
        best, reach = scores.index(top), top - cost
        back.append([at if scores[at] >= reach else best for at in states])
        scores = [max(scores[at], reach) + worth[columns[at]] for at in states]
    at = scores.index(max(scores))
    path: list[str | None] = []
    for arrows in reversed(back):
        path.append(labels[at])
        at = arrows[at]
    return path[::-1]


def _read_runs(stretch: str, nodes: list[re.Match[str]], labels: list[str | None], horn_lost: bool) -> Iterator[str]:
    """The stretch in runs of one label each, read; a run ends at the first token of the next."""
    start, current = 0, labels[0]
    for node, label in zip(nodes, labels, strict=True):
        if label != current:
            yield read_as(current, stretch[start : node.start()], horn_lost)
            start, current = node.start(), label
    yield read_as(current, stretch[start:], horn_lost)


def read_document(name: str, shown: str, horn_lost: bool = False) -> str:
    """A whole document that shows one encoding, read in stretches; what its head lost is lost in all."""
    lost = horn_lost or (name == "tcvn3" and has_lost_horn(set(tokens(shown[: 2 * STRETCH]))))
    return "".join(read_as(name, stretch, lost) for stretch, _ in _stretches(shown, prevails=True))


def read_as(name: str | None, shown: str, horn_lost: bool = False) -> str:
    """Shown text read through one encoding, with what TCVN3 loses put back; None leaves it as it stands.

    >>> read_as("tcvn3", "Thñ tíng ChÝnh phñ"), read_as(None, "Thủ tướng")
    ('Thủ tướng Chính phủ', 'Thủ tướng')
    """
    if name is None:
        return shown
    text = legacy(name).read(shown)
    if name != "tcvn3":
        return text
    if not KEPT_HORN.search(shown):
        text = restore_horn(text, horn_lost)[0]
    return restore_case(text)
