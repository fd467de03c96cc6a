"""Identity documents and bank cards.

Most figures of an article are neither, so a number has to show its kind: by a structure that figures do not have (the
last digit of a card checks the others), or by the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.curation.pii_context import stands_alone
from corpus.curation.pii_tables import card_lengths, cue_before, provinces

Found = tuple[str, int, int]

_SPACE = r"[ \u00a0.\-]"
_TWELVE = re.compile(
    rf"(?<![0-9])0[0-9]{{2}}(?:[0-9]{{9}}|(?:{_SPACE}[0-9]{{3}}){{3}}|[0-9]{_SPACE}[0-9]{{4}}{_SPACE}[0-9]{{4}})(?![0-9])"
)
_NINE = re.compile(rf"(?<![0-9])[0-9]{{3}}(?:[0-9]{{6}}|(?:{_SPACE}[0-9]{{3}}){{2}})(?![0-9])")
_PASSPORT = re.compile(r"(?<![^\W_])[A-Z] ?[0-9]{7,8}(?![^\W_])")
_CARD = re.compile(
    r"(?<![0-9])(?:[0-9]{13,19}"
    r"|[0-9]{4}(?P<gap>[ \u00a0.\-])[0-9]{4}(?P=gap)[0-9]{4}(?P=gap)[0-9]{4}(?:(?P=gap)[0-9]{1,3})?"
    r"|[0-9]{4}(?P<amex>[ \u00a0.\-])[0-9]{6}(?P=amex)[0-9]{4,5})(?![0-9])"
)


def find_ids(text: str) -> Iterator[Found]:
    """Numbers of identity documents.

    A citizen's number (CCCD, căn cước, số định danh) has twelve digits: province, then century and sex in one digit,
    then the year of birth, then six more (Circular 59/2021/TT-BCA, article 4); written in one piece it needs no words
    before it. The older identity card (CMND) has nine, which anything may have, so the words have to say so; likewise
    for a passport, a letter and seven digits.

    >>> list(find_ids("CCCD 024090012345; 123456789 lượt xem; CMND số 123456789"))
    [('id', 5, 17), ('id', 47, 56)]
    """
    for match in (*_TWELVE.finditer(text), *_NINE.finditer(text)):
        start, end = match.span()
        called = _is_called(text, start, "id")
        sure = called or (is_citizen_number(match.group()) and cue_before(text, start, "other") is None)
        if sure and stands_alone(text, start, end, called=called):
            yield "id", start, end
    for match in _PASSPORT.finditer(text):
        if _is_called(text, match.start(), "passport"):
            yield "id", match.start(), match.end()


def is_citizen_number(digits: str) -> bool:
    """Whether twelve digits can be the number of somebody born in 1900–2099.

    >>> is_citizen_number("024090012345"), is_citizen_number("003090012345"), is_citizen_number("024990012345")
    (True, False, False)
    """
    return len(digits) == 12 and digits[:3] in provinces() and digits[3] in "0123"


def _is_called(text: str, start: int, kind: str) -> bool:
    """Whether the words of a kind stand before `start`, and none of another kind of number between."""
    cue = cue_before(text, start, kind)
    other = cue_before(text, start, "other")
    return cue is not None and (other is None or other < cue)


def find_cards(text: str) -> Iterator[Found]:
    """Numbers that a bank card can have: an issuer's first digits, its length, and a check digit that is right.

    >>> list(find_cards("Thẻ 9704 0000 0000 0018, mã 4111 1111 1111 1112"))
    [('card', 4, 23)]
    """
    for match in _CARD.finditer(text):
        start, end = match.span()
        digits = re.sub(r"[^0-9]", "", match.group())
        if is_card_number(digits) and stands_alone(text, start, end) and cue_before(text, start, "other") is None:
            yield "card", start, end


def is_card_number(digits: str) -> bool:
    """Whether an issuer gives such numbers and the check digit is right (ISO/IEC 7812-1).

    >>> is_card_number("4111111111111111"), is_card_number("4111111111111112"), is_card_number("1111111111111117")
    (True, False, False)
    """
    known = any(
        low <= digits[:size] <= high and len(digits) in lengths
        for size, ranges in card_lengths().items()
        for low, high, lengths in ranges
    )
    return known and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the last digit is the one that Luhn's formula gives for the others (ISO/IEC 7812-1, annex B).

    Every second digit from the right is doubled, the digits of the products are added: a multiple of ten is right.

    >>> luhn("79927398713"), luhn("79927398710")
    (True, False)
    """
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    values = [int(digit) for digit in reversed(digits)]
    return (sum(values[0::2]) + sum(doubled[value] for value in values[1::2])) % 10 == 0
