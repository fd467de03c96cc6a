"""A stream of bytes to a stream of text: decided on the first megabyte, the rest decoded as it comes."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable, Iterator

from corpus.encoding.decoding import Shown, finish, read_bytes, sniff
from corpus.encoding.sniffing import HEAD, Decision
from corpus.encoding.survey import Profile, survey
from corpus.encoding.tables import NAMES

BLOCK = 1 << 18  # bytes, at least, that are decoded at a time
LF_IS_ONE_BYTE = frozenset({*NAMES, "cp1252", "utf-8", "utf-8-sig"})


class TextStream(Iterator[str]):
    """Text in pieces that end at line ends where there are any; `replaced` counts bytes replaced so far."""

    def __init__(self, pieces: Iterator[Shown], encoding: str, profile: Profile) -> None:
        self._pieces, self._encoding, self._profile = pieces, encoding, profile
        self.replaced = 0

    def __next__(self) -> str:
        shown = next(self._pieces)
        self.replaced += shown.replaced
        return finish(shown.text, self._encoding, self._profile).text


def text_chunks(chunks: Iterable[bytes], declared: str | None = None) -> tuple[Decision, TextStream]:
    """The text of a stream of bytes, decided on its first megabyte; memory does not grow with the stream.

    Joined, the pieces are the text that `decode` gives, except that mojibake is judged block by block and
    that a line without an end within the block may be cut. A rejected stream has no pieces.

    >>> decision, pieces = text_chunks([b"C\\xe9ng ho\\xb5 ", b"x\\xb7 h\\xe9i"])
    >>> str(decision), "".join(pieces), pieces.replaced
    ('tcvn3', 'Cộng hoà xã hội', 0)
    """
    source = iter(chunks)
    held = bytearray()
    for chunk in source:
        held += chunk
        if len(held) >= HEAD:
            break
    whole = len(held) < HEAD
    decision = sniff(bytes(held), declared, whole=whole)
    if decision.encoding is None:
        return decision, TextStream(iter(()), "utf-8", Profile())
    shown = unicodedata.normalize("NFC", read_bytes(bytes(held), decision.encoding).text)
    pieces = _lines if decision.encoding in LF_IS_ONE_BYTE else _decoded
    return decision, TextStream(pieces(held, source, decision.encoding), decision.encoding, survey(shown))


def _lines(held: bytearray, rest: Iterator[bytes], encoding: str) -> Iterator[Shown]:
    """Blocks of whole lines of an encoding in which LF is one byte."""
    for chunk in rest:
        if len(held) >= BLOCK:
            cut = _cut(held)
            yield read_bytes(bytes(held[:cut]), encoding)
            del held[:cut]
        held += chunk
    if held:
        yield read_bytes(bytes(held), encoding)


def _cut(held: bytearray) -> int:
    """Where to cut: after the last line end, a late space, or else between two characters of UTF-8."""
    at = held.rfind(b"\n") + 1 or held.rfind(b" ", len(held) // 2) + 1
    if at:
        return at
    at = len(held) - 1
    while at > len(held) - 4 and held[at] & 0xC0 == 0x80:
        at -= 1
    return at


def _decoded(held: bytearray, rest: Iterator[bytes], encoding: str) -> Iterator[Shown]:
    """Blocks of whole lines of any other encoding, through its incremental decoder."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    parts = [decoder.decode(bytes(held))]
    held.clear()
    for chunk in rest:
        if sum(map(len, parts)) >= BLOCK:
            text = "".join(parts)
            cut = text.rfind("\n") + 1 or text.rfind(" ", len(text) // 2) + 1 or len(text)
            yield Shown(text[:cut], None, text.count("\ufffd", 0, cut))
            parts = [text[cut:]]
        parts.append(decoder.decode(chunk))
    text = "".join(parts) + decoder.decode(b"", final=True)
    if text:
        yield Shown(text, None, text.count("\ufffd"))
