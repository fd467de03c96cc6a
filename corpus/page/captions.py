"""Who took the picture a caption stands below."""

from __future__ import annotations

import re

from corpus.structure.credits import find_credit

_LONGEST_CREDIT = 90
# Beside a picture "Nguồn: X" names whose picture it is; elsewhere it names whose text it is.
_SOURCE = re.compile(
    r"(?:^|[.!?…”)\]]\s?|\s[-–—|]\s|\s?[(\[])(?:Nguồn(?: ảnh)?|Source)\s?:\s?"
    rf"(?P<name>[^:\n]{{1,{_LONGEST_CREDIT}}})$"
)
_EDGES = ' .)]*:;,-–—|"'


def credit_of(caption: str) -> str | None:
    """The name a caption credits, or None.

    >>> credit_of("Các đại biểu dự hội nghị. Ảnh: Hoài Thu"), credit_of("Terraced fields (Photo: VNA)")
    ('Hoài Thu', 'VNA')
    >>> credit_of("Illustrative image. Source: VNA"), credit_of("Bức ảnh chụp năm 1972")
    ('VNA', None)
    """
    credit = find_credit(caption)
    if credit is not None:
        return credit.name
    source = _SOURCE.search(caption[-2 * _LONGEST_CREDIT :])
    return source["name"].strip(_EDGES) or None if source else None


def is_credit(text: str) -> bool:
    """Whether a line is a photo credit and nothing else.

    >>> is_credit("Ảnh: Khánh Ly"), is_credit("Rừng Mường Phăng. Ảnh: Vì Hiến")
    (True, False)
    """
    credit = find_credit(text)
    return credit is not None and not text[: credit.end].strip(" (*_[")


def ends_in_credit(text: str) -> bool:
    """Whether a paragraph ends in a photo credit, which only captions do.

    >>> [ends_in_credit(text) for text in ("Rừng Mường Phăng. Ảnh: Vì Hiến", "Ông mê chụp ảnh.", "Ảnh: Vì Hiến")]
    [True, False, False]
    """
    return find_credit(text) is not None and not is_credit(text)
