"""E-mail addresses, passwords, and the keys that machines let one in by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest

from corpus.curation.pii_tables import cue_pattern, cues
from corpus.orthography.glance import glance

Found = tuple[str, int, int]

_AT = r"(?:@| ?[\[({] ?(?:at|a còng|@) ?[\])}] ?)"
_DOT = r"(?:\.| ?[\[({] ?(?:dot|chấm) ?[\])}] ?)"
_SPELT_AT = re.compile(r"[\[({] ?(?:at|a còng)", re.IGNORECASE)
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])(?!git@)[A-Za-z0-9._%+\-]{{1,64}}{_AT}(?:[A-Za-z0-9\-]{{1,63}}{_DOT}){{1,6}}[A-Za-z]{{2,24}}(?![\w\-])",
    re.IGNORECASE,
)
_IS = r"(?:\s{0,3}[:=]|\s(?:là|is):?)\s{0,3}[\"'“‘`]?"
_KEY = re.compile(
    r"(?<![A-Za-z0-9_\-])(?:"
    r"(?:AKIA|ASIA)[A-Z0-9]{16}"  # Amazon Web Services
    r"|gh[opsur]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}"
    r"|glpat-[A-Za-z0-9_\-]{20,64}"
    r"|hf_[A-Za-z0-9]{20,64}"  # Hugging Face
    r"|AIza[A-Za-z0-9_\-]{30,45}"  # Google
    r"|xox[abeoprs]-[A-Za-z0-9\-]{10,250}"  # Slack
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,128}"  # Stripe
    r"|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_\-]{40,255}"
    r"|[0-9]{8,10}:AA[A-Za-z0-9_\-]{32,34}"  # Telegram
    r"|eyJ[A-Za-z0-9_\-]{8,4000}\.eyJ[A-Za-z0-9_\-]{8,8000}\.[A-Za-z0-9_\-]{8,2000}"  # JSON Web Token, RFC 7519
    r")(?![A-Za-z0-9_])"
)
_SIGNS_OF_KEYS = (
    "AKIA", "ASIA", "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "hf_", "AIza", "xox",
    "k_live_", "k_test_", "npm_", "pypi-", ":AA", "eyJ",
)  # fmt: skip
"""What every match of `_KEY` holds."""
_SK = re.compile(r"(?<![A-Za-z0-9_\-])sk-[A-Za-z0-9_\-]{20,250}")
_IN_ADDRESS = re.compile(r"://[^\s/@:]{1,64}:([^\s/@]{3,64})@")
_USER = re.compile(r"://[^\s/@]{0,70}\Z")
_BEGIN = re.compile(r"-----(BEGIN|END) [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_CODED = re.compile(r"(?:\s{1,4}[A-Za-z0-9+/=]{20,})+")
_PASSWORD = re.compile(
    rf"(?<![^\W_])(?:{cue_pattern('password')})(?:\s\(?[^\W\d_]{{1,12}}\)?){{0,3}}?{_IS}"
    r"([!-~]{4,64}?)(?=[\"'”’`,;]|[.)]?(?:\s|\Z))",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rf"(?<![^\W_])(?:(?:{cue_pattern('key')})[\"']?{_IS}(?:bearer\s)?|bearer\s)([A-Za-z0-9._~+/\-]{{16,400}}={{0,2}})(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_NAME_OF_VALUE = re.compile(r"[<{$%\[]|https?:|www\.|[0-9]{1,3}-[a-z]+\W*\Z|[A-Za-z_]\w*(?:\.\w+)+\W*\Z|\w+\(")


def find_emails(text: str) -> Iterator[Found]:
    """E-mail addresses (the usual part of RFC 5322), also with the sign spelt out in brackets: a [at] b.vn.

    The user `git` of an address such as git@github.com:a/b is nobody, and user:password@host is no mailbox.

    >>> text = "Thư về toasoan@baogialai.com.vn hoặc lan.anh (at) vnu.edu.vn; npm i react@18.2.0; @types/node"
    >>> [text[start:end] for _, start, end in find_emails(text)]
    ['toasoan@baogialai.com.vn', 'lan.anh (at) vnu.edu.vn']
    """
    if "@" not in text and not _SPELT_AT.search(text):
        return
    for match in _EMAIL.finditer(text):
        if not _USER.search(text, max(0, match.start() - 80), match.start()):
            yield "email", match.start(), match.end()


def find_secrets(text: str) -> Iterator[Found]:
    """Keys by the prefix their maker gives them, private keys, passwords in addresses, and values called a password.

    Only the value is found, not the words before it; a value has to look like one: `password: string` is none.

    >>> text = "Mật khẩu wifi: Abc@2023. Mật khẩu: không được để trống. password = form.password"
    >>> [text[start:end] for _, start, end in find_secrets(text)]
    ['Abc@2023']
    """
    # Nearly every text holds none of this: a word that must be there is looked for before the pattern it belongs to.
    if any(sign in text for sign in _SIGNS_OF_KEYS):
        yield from (("secret", *match.span()) for match in _KEY.finditer(text))
    if "sk-" in text:
        yield from (("secret", *match.span()) for match in _SK.finditer(text) if _random(match.group()))
    if "://" in text and "@" in text:
        yield from (("secret", *match.span(1)) for match in _IN_ADDRESS.finditer(text))
    for match in _PASSWORD.finditer(text) if _may_name("password")(text) else ():
        if _is_password(match.group(1)):
            yield "secret", match.start(1), match.end(1)
    for match in _TOKEN.finditer(text) if _may_name("key")(text) else ():
        if _random(match.group(1)) and not _NAME_OF_VALUE.match(match.group(1)):
            yield "secret", match.start(1), match.end(1)
    yield from _private_keys(text)


@cache
def _may_name(kind: str) -> Callable[[str], bool]:
    """A test for the first words of the cues of a kind; any white space may follow them."""
    return glance(*(cue.split()[0] for cue in cues(kind)), *(["bearer"] if kind == "key" else []))


def _is_password(value: str) -> bool:
    """Whether a value can be a password: letters with digits, or five figures and more, and not a name in a program.

    >>> [_is_password(value) for value in ("Abc@123", "123456", "string", "form.password1", "${PASS1}", "2023")]
    [True, True, False, False, False, False]
    """
    if _NAME_OF_VALUE.match(value):
        return False
    return (any(map(str.isalpha, value)) and any(map(str.isdigit, value))) or (value.isdigit() and len(value) > 4)


def _random(value: str) -> bool:
    """Whether a token has the look of chance: a digit, a letter, and a stretch of sixteen without a hyphen or dot.

    >>> _random("sk-abcdefghij1234567890"), _random("sk-a-class-name-of-some-page-2")
    (True, False)
    """
    longest = max(map(len, re.split(r"[\-.]", value)))
    return longest >= 16 and any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _private_keys(text: str) -> Iterator[Found]:
    """Blocks of private keys (RFC 7468), from the line that begins one to the line that ends it; without an end, the
    coded lines."""
    marks = list(_BEGIN.finditer(text)) if "PRIVATE KEY" in text else []
    for mark, after in zip_longest(marks, marks[1:]):
        if mark.group(1) == "END":
            continue
        if after is not None and after.group(1) == "END":
            yield "secret", mark.start(), after.end()
        elif coded := _CODED.match(text, mark.end()):
            yield "secret", mark.start(), coded.end()
