"""Anchors: what an article and its translation share as it stands.

    name      capitalised words without diacritics, one by one and as a whole: "Hà Nội" meets "Hanoi"
    number    by value: 17 tỷ meets 17 billion
    date      as ISO 8601, and its day and month alone, since translations drop the year
    document  the number of a legal document: 182/NQ-CP

A year is a number, whether it is read as a date or not, for one language may say "năm 2020" where the other has a bare
2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.orthography import find_dates, find_names, find_numbers, fold

_DOCUMENT = re.compile(r"(?<!\w)\d{1,6}(?:/\d{4})?(?:[/-][A-ZĐ]{1,10}){1,4}(?!\w)")


class Anchor(NamedTuple):
    """`key` is compared; `label` is what a reader is shown."""

    key: str
    label: str


def find_anchors(text: str, lang: str) -> Iterator[Anchor]:
    """The anchors of an article, as often as they occur.

    >>> [anchor.label for anchor in find_anchors("Nghị quyết 182/NQ-CP ngày 22/12/2020 về Sơn La.", "vi")]
    ['name:son', 'name:la', 'name:son la', 'date:2020-12-22', 'date:--12-22', 'number:182/NQ-CP']
    >>> shared = {a.key for a in find_anchors("Hà Nội, năm 2020: 17 tỷ đồng", "vi")}
    >>> sorted(shared & {a.key for a in find_anchors("In 2020 Hanoi spent 17 billion", "en")})
    ['#17000000000', '#2020', '@hanoi']
    """
    documents = list(_DOCUMENT.finditer(text))
    inside = {at for found in documents for at in range(*found.span())}
    for name in find_names(text):
        if name.start in inside:
            continue
        yield from (Anchor("@" + word, "name:" + word) for word in name.words)
        if len(name.words) > 1:
            yield Anchor("@" + name.key, "name:" + " ".join(name.words))
    for number in find_numbers(text, lang):
        value = format(number.value.normalize(), "f")
        yield Anchor("#" + value, "number:" + value)
    for date in find_dates(text, lang):
        yield from date_anchors(date.iso)
    for found in documents:
        yield Anchor("/" + fold(found[0]), "number:" + found[0])


def date_anchors(iso: str) -> Iterator[Anchor]:
    """The anchors of a date, 2020-12-22, --12-22, 2020-12 or 2020.

    >>> [anchor.key for anchor in date_anchors("2020-12-22")]
    ['#2020-12-22', '#--12-22']
    """
    yield Anchor("#" + iso, ("date:" if "-" in iso else "number:") + iso)
    if len(iso) == len("2020-12-22"):
        yield Anchor(f"#-{iso[4:]}", f"date:-{iso[4:]}")
