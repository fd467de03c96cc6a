"""A line as the words that evidence is drawn from: runs of letters, without addresses, code and numbers."""

from __future__ import annotations

import re

MAX_LENGTH = 60  # a longer run of letters is no word; its beginning stands for it

# Addresses say nothing about the language around them. Every quantifier is bounded and starts at a fixed
# string, so a hostile line costs no more than a plain one.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>\"]{1,2000}"
    r"|\bwww\.[^\s<>\"]{1,2000}"
    r"|(?<![\w.])@[\w/.-]{1,100}"
    r"|(?<![\w.@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|(?<![\w.@-])[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){0,4}"
    r"\.(?:com|net|org|edu|gov|info|vn|uk|io|ai|jpg|jpeg|png|gif|pdf|html?|php|docx?|xlsx?)\b(?:/[^\s<>\"]{0,2000})?"
)
_INNER_DOT = re.compile(r"\.\w")
# Nor do formulas and code: $x_i = 1$, `np.dot`, \\alpha, :ref:, load_data, plugin@3.
_CODE = re.compile(
    r"\$([^$\n]{1,300})\$|`[^`\n]{1,300}`|\\[a-zA-Z]{1,40}|:[a-z]{1,20}:(?=`)"
    r"|(?<!\w)[\w-]{0,60}[a-z0-9]_\w{1,60}|\b[a-z]\w{0,60}\(\)"
)
_CODE_SIGNS = ("$", "`", "\\", "_", "()")
_FORMULA = re.compile(r"[\\^_={}|]")
_LETTERS = re.compile(r"[^\W\d_]+")
_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’ʼ]")
_NUMERALS = re.compile("[²³¹¼-¾\u2070-\u2189\u2460-\u24ff\u2776-\u2793\u3220-\u33ff]")
_LOOSE_MARK = re.compile(r"(?<=[^\W\d_])[\u0300-\u036f]+")


def find_tokens(text: str) -> list[str]:
    """The words of a text (NFC), in order, as written.

    At most MAX_LENGTH letters of a word are given. An apostrophe inside a word belongs to it. A combining mark
    that no precomposed letter takes up (e̩, ɔ́) is the sign of a language other than the two, and is kept as the
    letter "ƨ", which neither of them has.

    >>> find_tokens("Ảnh: Hoài Thu - 18/12/2020, https://baonghean.vn/x don't")
    ['Ảnh', 'Hoài', 'Thu', "don't"]
    """
    if "@" in text or "://" in text or _INNER_DOT.search(text):
        text = _ADDRESS.sub(" ", text)
    if any(map(text.__contains__, _CODE_SIGNS)):
        text = _CODE.sub(_drop_code, text)
    if not text.isascii():
        text = _LOOSE_MARK.sub("ƨ", _NUMERALS.sub(" ", text))
    words = (_WITH_APOSTROPHE if _APOSTROPHE.search(text) else _LETTERS).findall(text)
    if not text.isascii():
        words = [word for word in words if not word.isnumeric()]
    if max(map(len, words), default=0) > MAX_LENGTH:
        return [word[:MAX_LENGTH] for word in words]
    return words


def _drop_code(match: re.Match[str]) -> str:
    """A blank, but for what stands between two prices: "$20 for one, $30 for two"."""
    formula = match.group(1)
    return " " if formula is None or len(formula) < 3 or _FORMULA.search(formula) else match.group()
