"""Beads in files: the formats of vecalign, hunalign, Moses, TMX, and tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from corpus import __version__
from corpus.alignment.beads import Bead
from corpus.errors import UsageError, unknown

FORMATS = ("beads", "jsonl", "tsv", "ladder", "moses", "tmx")
_TMX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    f'<header creationtool="songngu" creationtoolversion="{__version__}" segtype="sentence" '
    'o-tmf="songngu" adminlang="en" srclang="vi" '
    'datatype="plaintext"/>\n<body>'
)
_TMX_TAIL = "</body>\n</tmx>"


def check_format(name: str) -> str:
    """The name of a format. Raises UsageError for a name that is none."""
    if name not in FORMATS:
        raise unknown("format", name, FORMATS)
    return name


def bead_line(bead: Bead) -> str:
    """A bead as vecalign writes it, Vietnamese first.

    >>> bead_line(Bead((0,), (0, 1), 0.97)), bead_line(Bead((3,), (), 0.5))
    ('[0]:[0, 1]:0.97', '[3]:[]:0.5')
    """
    return f"{list(bead.vi)}:{list(bead.en)}:{bead.probability:g}"


def parse_bead(line: str) -> Bead:
    """A line that `bead_line` wrote; the probability may be missing. Raises UsageError for anything else.

    >>> parse_bead("[0]:[0, 1]")
    Bead(vi=(0,), en=(0, 1), probability=1.0)
    """
    parts = line.strip().split(":")
    try:
        vi, en = (
            tuple(int(index) for index in part.strip().removeprefix("[").removesuffix("]").split(",") if index.strip())
            for part in parts[:2]
        )
        probability = float(parts[2]) if len(parts) > 2 else 1.0
        if min((*vi, *en), default=0) < 0 or not 0 <= probability <= 1:  # NaN is not in between either
            raise ValueError("an index below 0, or a probability that is none")
        return Bead(vi, en, probability)
    except ValueError as error:
        raise UsageError(f"{line[:60]!r} is no bead; write one a line, such as [0]:[0, 1]:0.97") from error


def read_beads(text: str) -> list[Bead]:
    """The beads of a file, empty lines passed over."""
    return [parse_bead(line) for line in text.split("\n") if line.strip()]


def write_beads(beads: Sequence[Bead], vi: Sequence[str], en: Sequence[str], style: str) -> Iterator[str]:
    """The lines of one document's beads in one of FORMATS (for moses see `moses_sides`).

    >>> list(write_beads([Bead((0,), (0,), 0.9)], ["Mưa."], ["Rain."], "tsv"))
    ['0.9000\\tMưa.\\tRain.']
    """
    if check_format(style) == "beads":
        return map(bead_line, beads)
    if style == "ladder":
        return _ladder(beads, len(vi), len(en))
    if style == "tmx":
        return _tmx(beads, vi, en)
    write = {"jsonl": _json, "tsv": _row, "moses": _row}[style]
    return (write(bead, vi, en) for bead in beads if style == "jsonl" or (bead.vi and bead.en))


def moses_sides(beads: Iterable[Bead], vi: Sequence[str], en: Sequence[str]) -> tuple[list[str], list[str]]:
    """The two parallel files of Moses: one bead a line, lone sentences left out."""
    pairs = [_sides(bead, vi, en) for bead in beads if bead.vi and bead.en]
    return [left for left, _ in pairs], [right for _, right in pairs]


def _sides(bead: Bead, vi: Sequence[str], en: Sequence[str]) -> tuple[str, str]:
    """The text of both sides, each on one line."""
    left, right = (" ".join(side[k] for k in indices) for side, indices in ((vi, bead.vi), (en, bead.en)))
    return " ".join(left.split()), " ".join(right.split())


def _json(bead: Bead, vi: Sequence[str], en: Sequence[str]) -> str:
    left, right = _sides(bead, vi, en)
    row = {
        "vi": left, "en": right, "vi_indices": list(bead.vi), "en_indices": list(bead.en), "type": bead.type,
        "probability": bead.probability,
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def _row(bead: Bead, vi: Sequence[str], en: Sequence[str]) -> str:
    return "\t".join((f"{bead.probability:.4f}", *_sides(bead, vi, en)))


def _ladder(beads: Sequence[Bead], n: int, m: int) -> Iterator[str]:
    """hunalign's rungs: where each bead begins on both sides, and its score; the last rung ends the documents."""
    i = j = 0
    for bead in beads:
        yield f"{i}\t{j}\t{bead.probability:g}"
        i, j = i + len(bead.vi), j + len(bead.en)
    yield f"{n}\t{m}\t1"


def _tmx(beads: Sequence[Bead], vi: Sequence[str], en: Sequence[str]) -> Iterator[str]:
    yield _TMX_HEAD
    for bead in beads:
        if bead.vi and bead.en:
            left, right = (_xml(text) for text in _sides(bead, vi, en))
            yield (
                f'<tu><prop type="probability">{bead.probability:g}</prop>'
                f'<tuv xml:lang="vi"><seg>{left}</seg></tuv><tuv xml:lang="en"><seg>{right}</seg></tuv></tu>'
            )
    yield _TMX_TAIL


def _xml(text: str) -> str:
    """Text for XML: markup escaped, characters that XML 1.0 forbids left out."""
    return escape(
        "".join(
            char for char in text if char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
        )
    )
