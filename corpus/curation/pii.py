"""Personal data in a text: found, and masked so that every offset stays true.

    >>> mask_personal("Liên hệ chị Lan, ĐT 0912.345.678, lan.anh@example.vn")
    'Liên hệ chị Lan, ĐT 0000.000.000, xxx.xxx@xxxxxxx.xx'

Names, addresses and dates of birth are not looked for: an article is about people. See docs/personal_data.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.curation.pii_context import Addresses
from corpus.curation.pii_numbers import find_cards, find_ids
from corpus.curation.pii_phones import find_phones
from corpus.curation.pii_secrets import find_emails, find_secrets

KINDS = ("email", "phone", "id", "card", "secret")

_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){6}")


class Personal(NamedTuple):
    """A piece of personal data: what it is, and where it stands, `text[start:end]` in code points."""

    kind: str
    start: int
    end: int


def find_personal(text: str) -> list[Personal]:
    """The e-mail addresses, telephone numbers, identity numbers, bank cards and secrets of a text, in order and apart.

    Where two kinds claim the same characters the longer claim to certainty wins: secret, email, card, id, phone.
    What is masked already is not found again.

    >>> text = "Nguyễn Văn A, CCCD 024090012345, trả 1.200.000.000 đồng theo Nghị quyết 182/NQ-CP ngày 09/11/2020"
    >>> [(found.kind, text[found.start:found.end]) for found in find_personal(text)]
    [('id', '024090012345')]
    """
    found: list[Personal] = []
    masked = text
    while new := _apart(_candidates(masked), masked):
        found += new
        # A mask can uncover what its words kept hidden, so the masked text is searched too, until nothing is left.
        masked = mask_spans(masked, new)
    return _merge(found)


def mask_personal(text: str) -> str:
    """The text with its personal data masked, code point for code point.

    >>> mask_personal("Mật khẩu: Abc@2023"), mask_personal("Mật khẩu: xxx@0000")
    ('Mật khẩu: xxx@0000', 'Mật khẩu: xxx@0000')
    """
    return mask_spans(text, find_personal(text))


def mask_spans(text: str, spans: Iterable[Personal]) -> str:
    """The text with the given spans masked: a letter becomes `x`, a digit `0`, any other character stays.

    >>> mask_spans("ĐT 0912.345.678", [Personal("phone", 3, 15)])
    'ĐT 0000.000.000'
    """
    pieces = []
    position = 0
    for _, start, end in sorted(spans, key=lambda span: span[1:]):
        pieces += [text[position:start], _masked(text[max(position, start) : end])]
        position = max(position, end)
    return "".join([*pieces, text[position:]])


def _masked(text: str) -> str:
    return "".join(map(_mask_character, text))


def _mask_character(char: str) -> str:
    """A mark that combines with a letter goes with it, else `x` and a tone mark would remain of the letter."""
    if char.isdecimal():
        return "0"
    return "x" if unicodedata.category(char)[0] in "LM" else char


def _candidates(text: str) -> Iterable[tuple[str, int, int]]:
    """All claims, the surest kind first."""
    yield from find_secrets(text)
    yield from find_emails(text)
    if _DIGITS.search(text):
        addresses = Addresses(text)
        for find in (find_cards, find_ids, find_phones):
            yield from (found for found in find(text) if not addresses.cover(found[1]))


def _apart(claims: Iterable[tuple[str, int, int]], text: str) -> list[Personal]:
    """The claims that overlap no surer one and would be changed by a mask, in order."""
    taken = bytearray(len(text))
    kept = []
    for kind, start, end in claims:
        if not any(taken[start:end]) and _masked(text[start:end]) != text[start:end]:
            taken[start:end] = b"\1" * (end - start)
            kept.append(Personal(kind, start, end))
    return sorted(kept, key=lambda found: found.start)


def _merge(found: Sequence[Personal]) -> list[Personal]:
    """Spans in order; those that overlap become one, of the kind that was found first."""
    merged: list[Personal] = []
    for kind, start, end in sorted(found, key=lambda span: span.start):
        if merged and start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(end, merged[-1].end))
        else:
            merged.append(Personal(kind, start, end))
    return merged
