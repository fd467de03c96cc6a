"""Numbers written in words, from ten up: hai mươi lăm nghìn, two hundred and fifty.

Single words below ten are left out. In Vietnamese they are other words too (năm is a year, ba a father, tư
private), and a number found in one language only is worse evidence than one found in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.orthography.notation import Number

_VI_UNITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_VI_LAST = {**_VI_UNITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_VI_SCALES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}
NOT_SCALE = r"(?! (?:lệ|số|giá|phú|trọng|suất|mẩn|mỉ|chứng|tập|hồi)(?![^\W_]))"
"""What must not follow tỷ and triệu: tỷ lệ is a rate, triệu chứng a symptom, tỷ phú a billionaire."""

_VI_SCALE = rf"nghìn|ngàn|(?:triệu|tỷ|tỉ){NOT_SCALE}"
_VI_START = "|".join([*_VI_UNITS, "mười", "nửa"])
# At the end of a number, năm is the year of "hai mươi năm" (twenty years): twenty-five is hai mươi lăm.
_VI_UNIT = "|".join([w for w in _VI_LAST if w != "năm"] + [rf"năm(?= (?:mươi|trăm|{_VI_SCALE}))"])
_VI_MORE = rf"{_VI_UNIT}|{_VI_SCALE}|mười|mươi|trăm|(?:linh|lẻ) (?:{'|'.join(_VI_LAST)})|không trăm|rưỡi"
_VI_RUN = re.compile(rf"[\W_](?:(?:{_VI_START})(?: (?:{_VI_MORE})(?![^\W_]))+|mười(?![^\W_]))")
_VI_SIGN = ("mươi", "mười", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ")
_VI_NOT_AFTER = re.compile(rf"(?:phẩy|phần|ngày|mùng|mồng|tháng|mỗi|trăm|{_VI_SCALE}) \Z")

_EN_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_EN_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_EN_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
_EN_BIG = "|".join(["hundred", *_EN_SCALES])
_EN_WORD = "|".join([*_EN_TEENS, *_EN_TENS, *_EN_UNITS, *_EN_SCALES, "hundred"])
_EN_START = "|".join([*_EN_TEENS, *_EN_TENS, *_EN_UNITS])
_EN_LINK = "[ -]|" + "|".join(rf"(?<={big}) and " for big in _EN_BIG.split("|"))
_EN_RUN = re.compile(
    rf"[\W_](?:half an? (?:{_EN_BIG})(?![^\W_])"
    rf"|(?:a (?:{_EN_BIG})|{_EN_START})(?![^\W_])(?:(?:{_EN_LINK})(?:{_EN_WORD})(?![^\W_]))*)"
)
_EN_SIGN = ("ten", "eleven", "twelve", "teen", "ty", "hundred", "thousand", "illion")
_EN_NOT_AFTER = re.compile(r"point \Z")


def find_number_words(text: str, vietnamese: bool) -> Iterator[Number]:
    """The numbers in words of one language, in order.

    >>> [str(w.value) for w in find_number_words("hai mươi lăm nghìn, một trăm hai mươi, nửa triệu", True)]
    ['25000', '120', '500000']
    >>> [str(w.value) for w in find_number_words("two hundred and fifty; twenty-one million", False)]
    ['250', '21000000']
    """
    lower = text.lower()
    if not any(sign in lower for sign in (_VI_SIGN if vietnamese else _EN_SIGN)):
        return
    # İ grows when it is lowered: offsets matter more than capitals. The blank is a left edge for the first
    # word: the patterns begin with the character before a number, since a search for one class is fast.
    lower = " " + (lower if len(lower) == len(text) else text)
    value_of = _vi_value if vietnamese else _en_value
    not_after = _VI_NOT_AFTER if vietnamese else _EN_NOT_AFTER
    for match in (_VI_RUN if vietnamese else _EN_RUN).finditer(lower):
        start, end = match.start(), match.end() - 1
        value = value_of(match[0][1:].replace("-", " ").split(" "))
        if value is None or not_after.search(lower, max(0, start - 8), start + 1):
            continue
        if text[start:end] != "Mười":  # a person's name more often than ten
            yield Number(start, end, Decimal(value))


def _vi_value(words: list[str]) -> Decimal | None:
    """The value of a whole run of Vietnamese number words; None where it does not parse (hai ba trăm)."""
    if words[0] == "nửa":
        return Decimal(_VI_SCALES[words[1]]) / 2 if len(words) == 2 and words[1] in _VI_SCALES else None
    half = words[-1] == "rưỡi"
    words = words[:-1] if half else words
    total, limit, at = 0, 10**12, 0
    while at < len(words):
        group, at = _vi_group(words, at)
        scale = _VI_SCALES.get(words[at], 1) if at < len(words) else 1
        if group is None or scale >= limit or (scale == 1 and at < len(words)):
            return None
        at += 1
        if words[at : at + 1] in (["tỷ"], ["tỉ"]) and scale == 10**3:
            scale, at = 10**12, at + 1
        total, limit = total + group * scale, scale
    if total < 10:
        return None
    return total + Decimal(_VI_SCALES.get(words[-1], 100)) / 2 if half else Decimal(total)


def _vi_group(words: list[str], at: int) -> tuple[int | None, int]:
    """The value of the words below a thousand that begin at `at`, and where they end."""
    value = 0
    if words[at + 1 : at + 2] == ["trăm"] and (words[at] == "không" or words[at] in _VI_UNITS):
        value = 100 * _VI_UNITS.get(words[at], 0)
        at += 2
        if words[at : at + 1] in (["linh"], ["lẻ"]):
            last = _VI_LAST.get(words[at + 1], 0) if at + 1 < len(words) else 0
            return (value + last, at + 2) if last else (None, at)
    elif words[at] in _VI_UNITS and words[at + 1 : at + 2] != ["mươi"]:
        return _VI_UNITS[words[at]], at + 1
    tens = 10 if words[at : at + 1] == ["mười"] else 0
    if words[at + 1 : at + 2] == ["mươi"]:
        tens = 10 * _VI_UNITS.get(words[at], 0)
        at += 1
    if not tens:
        return value or None, at
    last = _VI_LAST.get(words[at + 1], 0) if at + 1 < len(words) else 0
    return value + tens + last, at + (2 if last else 1)


def _en_value(words: list[str]) -> Decimal | None:
    """The value of a whole run of English number words; None where it does not parse (nineteen ten)."""
    if words[0] == "half":
        return Decimal(_EN_SCALES.get(words[-1], 100)) / 2
    total, group, limit = 0, 0, 10**15
    for word in words:
        if word in ("a", "an"):
            group = 1
        elif word == "hundred":
            if not 1 <= group < 100:
                return None
            group *= 100
        elif word in _EN_SCALES:
            if not group or _EN_SCALES[word] >= limit:
                return None
            limit = _EN_SCALES[word]
            total, group = total + group * limit, 0
        elif word != "and":
            value = _EN_UNITS.get(word) or _EN_TEENS.get(word) or _EN_TENS[word]
            room = 10 if value < 10 and group % 100 >= 20 else 100
            if group % room or (room == 10 and group % 10):
                return None
            group += value
    return Decimal(total + group) if total + group >= 10 else None
