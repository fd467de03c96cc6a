"""Terminators without white space after them: mostly inside domains, numbers and names, at times a missing space."""

from __future__ import annotations

import re

from corpus.orthography.syllable import is_syllable
from corpus.segment.tables import Rules
from corpus.segment.terminators import Terminator

_PROSE = re.compile(r"[^\W\d_]{2,}")
_DATE_OR_YEAR = re.compile(r"[\d./-]{4,12}")
_ADDRESS = re.compile(r"@|://|www\.|\\")
_NEXT_WORD = re.compile(r"([^\W\d_]+)(?=[\s,;:?!…-]|$)")


def glued_end(mark: Terminator, rules: Rules) -> bool:
    """Whether two sentences were written without a space: "kết thúc.Tuy nhiên, …", "Ai vậy?Tôi đây."

    Never inside an address; "Node.js", "Sonla.gov.vn" and "border.border" stay whole, for the next word must have a
    capital. After a period it must also be one that opens sentences or be spelled in Vietnamese, since "System.Out" and
    "vnexpress.Net" are names.
    """
    following = _NEXT_WORD.match(mark.next.rest)
    if following is None or mark.next.bullet or not following[1].istitle():
        return False
    if _ADDRESS.search(mark.token):
        return False
    quoted = bool(mark.closers.strip(".?!…")) or mark.token[-1:] in tuple("”»)")
    if not quoted and not _PROSE.fullmatch(mark.token) and not _DATE_OR_YEAR.fullmatch(mark.token):
        return False
    if mark.marks.strip(".…"):
        return True
    if rules.opens(mark.next.rest):
        return True
    return not following[1].isascii() and (is_syllable(mark.token.lower()) or not mark.token.isalpha())
