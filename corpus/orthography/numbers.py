"""The quantities of a text, in figures and in words, so that both languages can be compared by value.

Not everything in figures is a quantity: dates, times, telephone and document numbers, addresses, list markers
and codes are left out where they can be told. Signs are not read, since a hyphen before a figure is a range
more often than a minus; percent, currency and unit are left to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.orthography.dates import find_dates
from corpus.orthography.letters import has_vietnamese_letters
from corpus.orthography.not_quantities import addresses, end_of_code, is_glued, is_label
from corpus.orthography.notation import ENGLISH, FIGURES, VIETNAMESE, Notation, Number, notation_of, read_figures
from corpus.orthography.number_words import NOT_SCALE, find_number_words

_SCALES = {
    "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4,
    "triệu": 10**6, "trieu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_EDGE = r"(?![^\W_])"
_BIG = rf"chục|trăm|nghìn|ngàn|vạn|trieu|(?:triệu|tỷ|tỉ){_EDGE}{NOT_SCALE}|hundred|thousand|(?:m|b|tr)illion"
_SCALE = re.compile(
    rf"[ -]?(?P<first>{_BIG}|(?-i:bn|tn|mln|mn)){_EDGE}"
    rf"(?: (?P<second>{_BIG}){_EDGE})?(?P<half> rưỡi{_EDGE})?",
    re.IGNORECASE,
)
# m is metres and b a door, unless money stands before ($5m); k glued to figures and M are always magnitudes.
_SHORT_SCALE = re.compile(rf"[kM]{_EDGE}")
_MONEY_SCALE = re.compile(rf"(?:[kKmMbB]|bn|tn){_EDGE}")
_FRACTION = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_MONEY_LEFT = re.compile(r"[$£€¥] ?\Z")


def number_habit(text: str, lang: str) -> Notation:
    """How the writer of `text` separates thousands, so that its sentences can be read as the whole text is.

    >>> whole = "Tập dữ liệu có 60,000 ảnh. GPU có 4,352 nhân."
    >>> [str(find_numbers("GPU có 4,352 nhân.", "vi", n)[0].value) for n in (None, number_habit(whole, "vi"))]
    ['4.352', '4352']
    """
    language = VIETNAMESE if _is_vietnamese(text, lang) else ENGLISH
    return notation_of((run[0] for run in FIGURES.finditer(text)), language)


def _is_vietnamese(text: str, lang: str) -> bool:
    return lang == "vi" or (lang != "en" and has_vietnamese_letters(text))


def find_numbers(text: str, lang: str, habit: Notation | None = None) -> list[Number]:
    """The quantities of `text` in order, without overlap; offsets are code points into `text`.

    `lang` ("vi", "en") settles what the notation leaves open: 1.234 is a thousand and more in Vietnamese, one
    and a bit in English, unless other numbers of the text show the opposite habit; `habit` (see
    `number_habit`) brings in what a larger text showed. Any other label counts as Vietnamese where Vietnamese
    letters occur. Magnitudes multiply (17 tỷ = 17 billion), parts of one amount add up (2 tỷ 500 triệu),
    ordinals are numbers (16th, thứ 16), both figures of a range, score or fraction stand alone. Figures of
    more than fifteen digits are no quantities. Linear in the length of `text`.

    >>> [str(n.value) for n in find_numbers("trên 750.000 USD, tương đương 17 tỷ đồng, tăng 3,5%", "vi")]
    ['750000', '17000000000', '3.5']
    >>> [str(n.value) for n in find_numbers("1,008 subjects, $3.5 million; Resolution 182/NQ-CP", "en")]
    ['1008', '3500000']
    """
    figures = _add_parts(text, _in_figures(text, lang, habit or number_habit(text, lang)))
    words = list(find_number_words(text, _is_vietnamese(text, lang)))
    return sorted(figures + words) if words else figures


def _in_figures(text: str, lang: str, habit: Notation) -> Iterator[tuple[Number, int]]:
    """The numbers in figures, one by one, each with the magnitude in its words (1 if it has none)."""
    dates = [(date.start, date.end) for date in find_dates(text, lang)]
    skips = sorted(dates + addresses(text), reverse=True)
    done = 0
    for run in FIGURES.finditer(text):
        start, end = run.span()
        while skips and skips[-1][0] < end:
            done = max(done, skips.pop()[1])
        if start < done:
            continue
        done = end_of_code(text, start) or start
        if done > start or is_glued(text, start, end) or is_label(text, start, end):
            continue
        value = read_figures(run[0], habit)
        if value is not None:
            if text[end : end + 1] in _FRACTION:
                value, end = value + _FRACTION[text[end]], end + 1
            scale, half, done = _magnitude(text, start, end)
            yield Number(start, done, _plain(value * scale + half)), scale


def _magnitude(text: str, start: int, end: int) -> tuple[int, int, int]:
    """The magnitude after the figures, the half of it that "rưỡi" adds, and where the number ends."""
    if _MONEY_LEFT.search(text, max(0, start - 2), start):
        short = _MONEY_SCALE.match(text, end)
    else:
        short = _SHORT_SCALE.match(text, end)
    if short:
        return _SCALES[short[0].lower()], 0, short.end()
    match = _SCALE.match(text, end)
    if match is None:
        return 1, 0, end
    first, second = (_SCALES[word.lower()] if word else 1 for word in (match["first"], match["second"]))
    scale = first * second
    return scale, scale // 2 if match["half"] else 0, match.end()


def _plain(value: Decimal) -> Decimal:
    """The same value without an exponent and without idle zeros, so that it prints as people write it."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _add_parts(text: str, numbers: Iterator[tuple[Number, int]]) -> list[Number]:
    """Join the parts of one amount: 2 tỷ 500 triệu is 2.5 thousand million."""
    joined: list[Number] = []
    last_scale = 1
    for number, scale in numbers:
        last = joined[-1] if joined else None
        if last and 1 < scale < last_scale > number.value and text[last.end : number.start] == " ":
            joined[-1] = Number(last.start, number.end, last.value + number.value)
        else:
            joined.append(number)
        last_scale = scale
    return joined
