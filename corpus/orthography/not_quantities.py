"""Figures that measure nothing: times, document and telephone numbers, addresses, list markers, codes."""

from __future__ import annotations

import re

from corpus.orthography.letters import LETTER

_MINUTES = "[0-5][0-9]"
_HOUR = "(?:[01]?[0-9]|2[0-4])"
_DAYTIME = "sáng|trưa|chiều|tối|đêm|khuya|kém|rưỡi"
_ISSUER = "[A-ZĐ]{2,12}[a-z]{0,2}[0-9]{0,2}"
_AND_ISSUER = rf"(?: ?[-/] ?|[.&]){_ISSUER}"
_CODE = re.compile(
    # times: 21:05, 17h30, 17h, 5 p.m., 7 giờ 30 phút sáng
    rf"{_HOUR}:{_MINUTES}(?::{_MINUTES})?(?![0-9])"
    rf"|{_HOUR} ?(?:h{_MINUTES}|g{_MINUTES}|h|H{_MINUTES})(?!{LETTER}|[0-9])"
    rf"|{_HOUR}(?:[.:]{_MINUTES})? ?(?:[ap]m|[ap]\.m\.?|AM|PM|o['’]clock)(?!{LETTER})"
    rf"|{_HOUR}(?:[.:]{_MINUTES}(?: giờ)?| giờ(?: [0-9]{{1,2}}(?: phút)?)?| ?[gh]) (?:{_DAYTIME})(?!{LETTER})"
    # document numbers: 182/NQ-CP, 16-NQ/TW, 04/2023/NĐ-CP, 1234/QĐ-UBND, 45/2019/QH14
    rf"|[0-9]{{1,5}}(?: ?/ ?|-){_ISSUER}(?:{_AND_ISSUER}){{1,3}}"
    rf"|[0-9]{{1,5}}/[0-9]{{4}} ?/ ?{_ISSUER}(?:{_AND_ISSUER}){{0,3}}"
    # telephone numbers: 0800 555 111, 859-292-3680, 1900 1234
    r"|(?:0[0-9]{2,4}(?:[ .-][0-9]{3,4}){1,3}|(?:1-)?[0-9]{3}-[0-9]{3}-[0-9]{4})(?![0-9])"
    r"|1[89]00[ .-][0-9]{4}(?![0-9])"
)
_AT_HOUR = re.compile(r"(?<![^\W_])(?:lúc|hồi)(?: khoảng)?[ ]\Z", re.IGNORECASE)
_HOURS = re.compile(r"[0-9]{1,2} giờ(?: [0-9]{1,2}(?: phút)?)?(?![^\W_])", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.IGNORECASE)
_DIALLED = re.compile(r"\+[0-9]{1,3}(?:[ .-]?\(?[0-9]{1,4}\)?){2,6}")


def addresses(text: str) -> list[tuple[int, int]]:
    """The spans of web and mail addresses and international telephone numbers, in order."""
    found = []
    if "://" in text or "www." in text or "@" in text:
        found += [match.span() for match in _ADDRESS.finditer(text)]
    if "+" in text:
        found += [match.span() for match in _DIALLED.finditer(text)]
    return sorted(found)


def end_of_code(text: str, start: int) -> int | None:
    """Where the time, document number or telephone number ends that begins at `start`; None if none does."""
    match = _CODE.match(text, start)
    if match is None and _AT_HOUR.search(text, max(0, start - 12), start):
        match = _HOURS.match(text, start)
    return None if match is None else match.end()


_GLUED_LEFT = re.compile(rf"(?:[\w#@^\\]|{LETTER}[-+]|(?<!\bNo)(?<!\bno)(?<={LETTER})\.)\Z")
_CURRENCY_LEFT = re.compile(r"(?<![^\W_])(?:USD|VND|EUR|RMB|Rs)\Z")
_PATH_LEFT = re.compile(r"\.[a-z]{2,6}/[^\s]{0,60}\Z")
_UNIT = (
    "km|m|cm|mm|kg|g|mg|ha|l|ml|kW|kWh|MW|W|V|kV|GB|MB|TB|KB|Hz|kHz|MHz|GHz"
    "|s|st|nd|rd|th|x(?![0-9])|USD|VND|VNĐ|đ|tỷ|tỉ|bn|tn|mn|k|M"
)
_GLUED_RIGHT = re.compile(rf"(?:(?:{_UNIT})(?!{LETTER})|[^\W\d_A-Z]{{3,}})")
_MARKER_LEFT = re.compile(r"(?:^|\n)[ \t]{0,8}[(\[]?\Z")
_MARKER_RIGHT = re.compile(rf"(?:[.)\]]|[/-](?= ))(?=[ \t\n]|\Z|{LETTER})")
_MARKER_LENGTH = 3
_MONTH_LEFT = re.compile(r"(?<![^\W_])(?:th[áa]ng|quý) \Z", re.IGNORECASE)
_WEEKDAY_LEFT = re.compile(r"(?<![^\W_])(?:sáng|trưa|chiều|tối|đêm|ngày|hôm|đến|vào) thứ \Z", re.IGNORECASE)


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the figures are a piece of a code: HER2, COVID-19, 5G, a page's address; 50km is not."""
    left, right = text[max(0, start - 4) : start], text[end : end + 1]
    if _GLUED_LEFT.search(left) and not _CURRENCY_LEFT.search(left):
        return True
    if right == "_" or (right.isalpha() and not _GLUED_RIGHT.match(text, end)):
        return True
    return left.endswith(("/", "-", "=")) and _PATH_LEFT.search(text, max(0, start - 80), start) is not None


def is_label(text: str, start: int, end: int) -> bool:
    """Whether the figures number a thing instead of counting it: a list item, (1), tháng 8, quý 2, sáng thứ 2."""
    if end - start <= _MARKER_LENGTH:
        if text[start - 1 : start] + text[end : end + 1] in ("()", "[]"):
            return True
        if _MARKER_RIGHT.match(text, end) and _MARKER_LEFT.search(text, max(0, start - 10), start):
            return True
    if end - start > 2:
        return False
    left = max(0, start - 12)
    month = _MONTH_LEFT.search(text, left, start) and 1 <= int(text[start:end]) <= 12
    return bool(month) or (end - start == 1 and _WEEKDAY_LEFT.search(text, left, start) is not None)
