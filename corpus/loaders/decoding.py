"""Files of many records: their text in pieces, and its lines, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.loaders.record import Damaged, Decision


class Line(NamedTuple):
    """A line without its end; `reject` where only its start was kept because it is longer than allowed."""

    text: str
    reject: str | None = None


def decode_stream(chunks: Iterable[bytes]) -> tuple[Decision, Iterator[str]]:
    """The decision about a stream of bytes, and its text in pieces.

    Raises Damaged where no encoding reads it; where the bytes break off, the pieces end in the Damaged of the bytes.

    >>> decision, pieces = decode_stream(["Chào buổi sáng".encode()])
    >>> decision.encoding, "".join(pieces)
    ('utf-8', 'Chào buổi sáng')
    """
    from corpus.encoding import text_chunks

    damages: list[Damaged] = []
    decision, stream = text_chunks(_unbroken(chunks, damages))
    if decision.reject is not None:
        raise damages[0] if damages else Damaged(decision.reject)
    return Decision(decision.encoding, decision.confidence, decision.repair), _broken(stream, damages)


def _unbroken(chunks: Iterable[bytes], damages: list[Damaged]) -> Iterator[bytes]:
    """The chunks up to where they break off, so that whoever holds some of them back still hands them out."""
    try:
        yield from chunks
    except Damaged as damage:
        damages.append(damage)


def _broken(pieces: Iterator[str], damages: list[Damaged]) -> Iterator[str]:
    yield from pieces
    if damages:
        raise damages[0]


def lines(pieces: Iterable[str], limit: int) -> Iterator[Line]:
    """The lines of a text that comes in pieces; only `\\n` ends a line, and a `\\r` before it goes.

    >>> [line.text for line in lines(["một\\r\\nh", "ai\\nba"], 100)]
    ['một', 'hai', 'ba']
    """
    parts: list[str] = []
    size, over = 0, False
    for piece in pieces:
        *ends, rest = piece.split("\n")
        for end in ends:
            yield _line(parts, end, over or size + len(end) > limit, limit)
            parts, size, over = [], 0, False
        size += len(rest)
        over = over or size > limit
        if rest and not over:
            parts.append(rest)
    if parts or over:
        yield _line(parts, "", over, limit)


def _line(parts: list[str], end: str, over: bool, limit: int) -> Line:
    text = "".join((*parts, end)) if parts else end
    return Line(text[:limit], "load:too-large") if over else Line(text.removesuffix("\r"))
