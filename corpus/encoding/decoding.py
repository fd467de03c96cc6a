"""Bytes to text: decide on the head, decode all of it, and repair mojibake on the way."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from typing import NamedTuple

from corpus.encoding.mojibake import Repaired, read_as, read_document, repair_block
from corpus.encoding.sniffing import HEAD, Decision, identify, legacy_points
from corpus.encoding.survey import Profile
from corpus.encoding.tables import C1_AS_CP1252, NAMES

DAMAGED = 0.8  # the most confidence in text some of whose bytes were not of its encoding
DAMAGED_LINES = 2.0  # points with which lines that are not UTF-8 prove the encoding that they are in
BLANK = " \t\n\r\f\v\x00\x85\xa0\u2028\u2029\u200b\u3000\ufeff"
_DAMAGE = re.compile("[\udc80-\udcff]")


class Decoded(NamedTuple):
    """Text in NFC, the encoding it was in, how sure that is (0..1), what was repaired (names joined by
    "+"), and the reason why there is no text; `encoding` is None exactly where `reject` is not."""

    text: str
    encoding: str | None
    confidence: float
    repair: str | None
    reject: str | None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file's bytes. Bad data is labelled, never raised.

    Order of decision: byte order mark; declared charset, where plausible; UTF-16/32 without a mark; strict
    UTF-8; TCVN3, VNI, windows-1258, VISCII, TCVN 5712-1; windows-1252; charset-normalizer. `reject` is
    "load:empty", "load:binary" or "load:undecodable"; `repair` names repairs of mojibake (see `repair`),
    lines of another encoding inside UTF-8 ("lines:tcvn3"), and "replaced" where bytes became U+FFFD.

    >>> decode("Cộng hòa xã hội".encode("utf-8-sig"))
    Decoded(text='Cộng hòa xã hội', encoding='utf-8-sig', confidence=1.0, repair=None, reject=None)
    >>> decode(b"C\\xe9ng ho\\xb5 x\\xb7 h\\xe9i").text, decode(b"").reject
    ('Cộng hoà xã hội', 'load:empty')
    """
    decision = identify(data[:HEAD], declared, whole=len(data) <= HEAD)
    return _decoded(data, decision)


def sniff(head: bytes, declared: str | None = None, *, whole: bool = False) -> Decision:
    """Decide on the head of a file (1 MB is plenty); `whole` says that nothing follows.

    >>> decision = sniff("Căn cứ Luật số 15\\nChÕ ®é kÕ to¸n doanh nghiÖp".encode())
    >>> str(decision), decision.repair
    ('utf-8', 'tcvn3')
    """
    decision = identify(head, declared, whole)
    decoded = _decoded(head, decision)
    if decoded.reject:
        blank_so_far = decision.encoding is not None and not whole
        return decision if blank_so_far else Decision(None, decoded.confidence, reject=decoded.reject)
    return replace(decision, confidence=decoded.confidence, repair=decoded.repair)


def _decoded(data: bytes, decision: Decision) -> Decoded:
    if decision.encoding is None:
        return Decoded("", None, decision.confidence, None, decision.reject)
    shown = read_bytes(data, decision.encoding)
    text, steps, confidence = finish(shown.text, decision.encoding, Profile())
    if not text.strip(BLANK):
        return Decoded("", None, decision.confidence, None, "load:empty")
    sure = round(min(decision.confidence, confidence, DAMAGED if shown.damage else 1.0), 3)
    return Decoded(text, decision.encoding, sure, "+".join(filter(None, (shown.damage, steps))) or None, None)


class Shown(NamedTuple):
    """Bytes as text before any repair, what had to be done about damage, and how many bytes were replaced."""

    text: str
    damage: str | None
    replaced: int


def read_bytes(data: bytes, encoding: str) -> Shown:
    """Decode bytes in a decided encoding. Bytes that it does not have become U+FFFD and are counted."""
    if encoding in NAMES:
        return Shown(data.decode("latin-1"), None, 0)
    if encoding == "cp1252":
        return Shown(data.decode("latin-1").translate(C1_AS_CP1252), None, 0)
    if encoding in ("utf-8", "utf-8-sig"):
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            return Shown(data.decode("utf-8"), None, 0)
        except UnicodeDecodeError:
            return _read_damaged(data)
    text = data.decode(encoding, "replace")
    replaced = text.count("\ufffd")
    return Shown(text, "replaced" if replaced else None, replaced)


def _read_damaged(data: bytes) -> Shown:
    """UTF-8 some lines of which are not: lines of a legacy encoding are read as such, single bytes replaced.

    >>> _read_damaged("Cộng hòa\\n".encode() + b"x\\xb7 h\\xe9i ch\\xf1 ngh\\xdca")
    Shown(text='Cộng hòa\\nxã hội chủ nghĩa', damage='lines:tcvn3', replaced=0)
    """
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    wrong = [at for at, line in enumerate(lines) if _is_other_encoding(line)]
    other = b"\n".join(lines[at].encode("utf-8", "surrogateescape") for at in wrong)
    best, points = legacy_points(other)
    damage = []
    if points >= DAMAGED_LINES:
        damage.append(f"lines:{best}")
        for at, line in zip(wrong, read_as(best, other.decode("latin-1")).split("\n"), strict=True):
            lines[at] = line
    text = "\n".join(lines)
    replaced = len(_DAMAGE.findall(text))
    if replaced:
        damage.append("replaced")
    return Shown(_DAMAGE.sub("\ufffd", text), "+".join(damage), replaced)


def _is_other_encoding(line: str) -> bool:
    """Whether the wrong bytes of a line outnumber its characters that are good UTF-8 beyond ASCII."""
    if line.isascii():
        return False
    wrong = len(_DAMAGE.findall(line))
    return wrong > sum(not char.isascii() for char in line) - wrong


def finish(text: str, encoding: str, profile: Profile) -> Repaired:
    """Shown text read through its legacy encoding, or any other text repaired."""
    if encoding in NAMES:
        return Repaired(read_document(encoding, text, profile.horn_lost), None, 1.0)
    return repair_block(unicodedata.normalize("NFC", text), profile)
