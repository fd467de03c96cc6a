"""Stretches that are one token whatever a tokeniser makes of them: legal numbers, dates, times, quantities, addresses.

Every pattern begins with a rare character or is tried only where one occurs, so that most sentences cost one glance.
"""

from __future__ import annotations

import re

from corpus.segment.tables import rules

Span = tuple[int, int]

_NUMBERED = r"""\d(?<![\w.,/]\d)(?:
      \d{0,4}[a-z]?(?:/\d{4})?[-/][A-ZĐ]{2}\w{0,8}(?:[-/&][A-ZĐ]\w{0,9}){0,6}       # 16-NQ/TW, 80/2015/QH13
    | \d{0,3}/\d{1,4}(?:/\d{1,4})?(?!/)                                             # 10/10/2017
    | \d?:\d{2}(?::\d{2})?(?!:)                                                     # 18:30"""
_QUANTITY = r"""
    | [\d.,]{0,20}(?<=\d)(?:%|[^\W\d_]{1,4}\d{0,4})                                 # 95%, 18h30, 5.000đ
    | \d?-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)                       # 3/2 after a spreadsheet"""
_END = r"""
    )(?!\w)"""
_NUMBERS = {
    "vi": re.compile(_NUMBERED + _QUANTITY + _END, re.VERBOSE),
    "en": re.compile(_NUMBERED + _END, re.VERBOSE),
}
_EMAIL = r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,13}"
_URL = r"""(?:(?:https?|ftp)://|(?<![\w.-])(?:[\w-]{1,63}\.){1,5}[a-z]{2,13}/)(?:[^\s<>"“”«»{}]*[\w/=&#%+-])?"""
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINING = "\ufe0f\u200d\U0001f3fb-\U0001f3ff"
_CLUSTERED = re.compile(f"[\u0300-\u036f{_JOINING}]")
_CLUSTER = re.compile(rf"(?<!\w)\w+(?:[\u0300-\u036f]+\w*)+|{_PICTURE}(?:[{_JOINING}]+{_PICTURE}?)+")
_ADDRESS = re.compile(rf"{_EMAIL}|{_URL}", re.IGNORECASE)
_EMAILS = re.compile(_EMAIL)
_DOTTED = re.compile(
    r"(?<![\w.@/])(?!(?:[A-Za-z]\.){1,9}[A-Za-z]\b)[A-Za-z][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,5}(?!\.?\w)"
)  # Sonla.gov.vn, Node.js, q.1; not J.K.
_SHORT = re.compile(r"(?<![\w.])[^\W\d_]{1,4}\.(?=\s+\w)")
_PLAIN = re.compile(r"\w+|[^\w\s]")


def units(text: str, lang: str) -> list[Span]:
    """The spans in `text` that must be one token, in order and apart; `lang` is "vi" or "en".

    >>> text = "Nghị quyết 16-NQ/TW ngày 10/10/2017, lúc 18h30, tp. Huế đạt 95%."
    >>> [text[start:end] for start, end in units(text, "vi")]
    ['16-NQ/TW', '10/10/2017', '18h30', 'tp.', '95%']
    """
    found = [match.span() for match in _NUMBERS[lang].finditer(text)]
    if lang == "vi" and "." in text[:-1]:
        found += [match.span() for match in _DOTTED.finditer(text)]
        known = rules("vi").abbreviations
        found += [m.span() for m in _SHORT.finditer(text) if m.end() - m.start() == 2 or m[0][:-1] in known]
    if "@" in text:
        found += [match.span() for match in _EMAILS.finditer(text)]
    if not text.isascii() and _CLUSTERED.search(text):
        found += [match.span() for match in _CLUSTER.finditer(text)]
    return _apart(found) if len(found) > 1 else found


def plain_spans(text: str) -> list[Span]:
    """Tokens without a model: addresses whole, runs of letters and digits, every other character alone.

    >>> text = "(https://sonla.gov.vn/a.html)."
    >>> [text[start:end] for start, end in plain_spans(text)]
    ['(', 'https://sonla.gov.vn/a.html', ')', '.']
    """
    spans, start = [], 0
    for address in [*(match.span() for match in _ADDRESS.finditer(text)), None]:
        stop = address[0] if address else len(text)
        spans += [(start + a, start + b) for a, b in (m.span() for m in _PLAIN.finditer(text[start:stop]))]
        if address:
            spans.append(address)
            start = address[1]
    return spans


def _apart(spans: list[Span]) -> list[Span]:
    """In order; of two that overlap, the earlier and longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def unite(tokens: list[Span], whole: list[Span], text: str) -> list[Span]:
    """The tokens with each span of `whole` made one token; a token that sticks out of one is cut at its edge.

    >>> unite([(0, 2), (2, 3), (3, 5), (5, 6), (6, 8)], [(0, 8)], "16-NQ/TW")
    [(0, 8)]
    """
    united: list[Span] = []
    at = 0
    for start, end in whole:
        while at < len(tokens) and tokens[at][1] <= start:
            united.append(tokens[at])
            at += 1
        if at < len(tokens) and tokens[at][0] < start:
            united += _pieces(text, tokens[at][0], start)
        united.append((start, end))
        while at < len(tokens) and tokens[at][1] <= end:
            at += 1
        if at < len(tokens) and tokens[at][0] < end:
            tokens = [*tokens[:at], *_pieces(text, end, tokens[at][1]), *tokens[at + 1 :]]
    return united + tokens[at:]


def _pieces(text: str, start: int, end: int) -> list[Span]:
    return [(start + a, start + b) for a, b in plain_spans(text[start:end])]
