"""Which encoding do these bytes have? Byte order mark, declared charset, strict UTF-8, then detection.

Detection asks the Vietnamese legacy tables first: the words that the bytes show are scored as Vietnamese
through each of them, exactly as mojibake is. Where none convinces, the bytes are windows-1252 if they look
like a Western language, else whatever `charset-normalizer` finds.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from corpus.encoding.charsets import LATIN, codec_name, is_strict
from corpus.encoding.evidence import TOKEN, context, strangeness
from corpus.encoding.survey import margins, survey
from corpus.encoding.tables import C1_AS_CP1252, NAMES, data_lines

HEAD = 1 << 20  # bytes that a decision looks at
SAMPLE = 1 << 17  # bytes of it that legacy encodings are scored on
CONVINCING = 0.4  # points with which a legacy encoding beats windows-1252, over all distinct words
CONVINCING_EACH = 1.0  # points that each word must bring on average where most letters lie beyond ASCII
AGAINST_DECLARED = 5.0  # points with which it is believed against a declared charset
FOREIGN_ACCENTS = 0.35  # share of accented letters among letters that no Western language reaches

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = (  # codec, bytes of a unit, and which of them are NUL in ASCII characters
    ("utf-32-le", 4, (1, 2, 3)),
    ("utf-32-be", 4, (0, 1, 2)),
    ("utf-16-le", 2, (1,)),
    ("utf-16-be", 2, (0,)),
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
LETTERS_OF_OLD = {1, 2, 4, 5, 6, *range(0x11, 0x18), 0x19, 0x1E}  # rare capitals of VISCII and TCVN 5712-1
NEVER_IN_TEXT = bytes(set(CONTROLS) - LETTERS_OF_OLD)
NUL_RICH, CONTROL_RICH, NEVER_RICH = 0.02, 0.03, 0.005  # shares above which data is binary


@dataclass(frozen=True)
class Decision:
    """What bytes are: the encoding (a Python codec or a legacy name), how sure that is (0..1), the repairs
    that the head calls for (joined by "+"), or the reason why there is no text ("load:binary",
    "load:empty", "load:undecodable"). `str()` gives the encoding, or the reason."""

    encoding: str | None
    confidence: float
    repair: str | None = None
    reject: str | None = None

    def __str__(self) -> str:
        return self.encoding or self.reject or ""


_BINARY = Decision(None, 0.95, reject="load:binary")
_EMPTY = Decision(None, 1.0, reject="load:empty")


def identify(head: bytes, declared: str | None = None, whole: bool = True) -> Decision:
    """The encoding of bytes, without their repair; `whole` says that the head is all there is.

    >>> str(identify("Tiếng Việt".encode())), str(identify("Tiếng Việt".encode("utf-16")))
    ('utf-8', 'utf-16')
    >>> str(identify(b"C\\xe9ng ho\\xb5 x\\xb7 h\\xe9i ch\\xf1 ngh\\xdca")), str(identify(b"%PDF-1.4 ..."))
    ('tcvn3', 'load:binary')
    """
    for bom, name in BOMS:
        if head.startswith(bom):
            return Decision(name, 1.0) if head[len(bom) :].strip(b"\0 \t\r\n") else _EMPTY
    if not head.strip():
        return _EMPTY
    if head.startswith(_signatures()) or not head.strip(b"\0"):
        return _BINARY
    return (
        _from_declared(head, declared, whole)
        or _from_nul_bytes(head)
        or _from_utf8(head, whole)
        or _from_single_bytes(head[:SAMPLE], declared)
    )


@cache
def _signatures() -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(line.split("\t")[0]) for line in data_lines("signatures.tsv"))


def _is_rich(head: bytes, wanted: bytes, share: float) -> bool:
    count = len(head) - len(head.translate(None, wanted))
    return count > max(1, len(head) * share)


def _from_declared(head: bytes, declared: str | None, whole: bool) -> Decision | None:
    """The declared charset, if the bytes are plausible in it. Bytes that are UTF-8 are nothing else (but
    for the charsets that switch by escapes), and a declaration of Latin-1 says only that nobody looked."""
    codec = codec_name(declared)
    if codec is None or codec == "utf-8" or codec in LATIN:
        return None
    if not codec.startswith(("iso2022", "hz")) and 0 not in head and is_strict(head, "utf-8", whole):
        return None
    best, points = legacy_points(head[:SAMPLE])
    if codec in NAMES:
        return Decision(codec, 0.95) if best == codec and points > 0 else None
    if not is_strict(head, codec, whole) or points >= AGAINST_DECLARED:
        return None
    text = head.decode(codec, "ignore")
    controls = sum(text.count(chr(code)) for code in CONTROLS)
    return Decision(codec, 0.95) if controls <= len(text) * CONTROL_RICH else None


def _from_nul_bytes(head: bytes) -> Decision | None:
    """UTF-16 and UTF-32 without a mark: their ASCII characters are padded with NUL bytes in fixed places."""
    nuls = head.count(0)
    if not nuls:
        return None
    for codec, width, places in WIDE:
        units = len(head) // width
        padded = [head[place : units * width : width].count(0) for place in places]
        in_place = units and min(padded) >= units / 4 and sum(padded) >= 0.75 * nuls
        if in_place and _reads_as(head, codec, width):
            return Decision(codec, 0.95)
    return _BINARY if _is_rich(head, b"\0", NUL_RICH) else None


def _reads_as(head: bytes, codec: str, width: int) -> bool:
    try:
        text = head[: min(1 << 14, len(head) // width * width)].decode(codec)
    except UnicodeDecodeError:
        return False
    return sum(char.isprintable() or char in "\t\n\r\f" for char in text) >= 0.95 * len(text)


def _from_utf8(head: bytes, whole: bool) -> Decision | None:
    """Strict UTF-8, or UTF-8 with damage: what decodes outweighs what does not, or stands in lines of its
    own."""
    if is_strict(head, "utf-8", whole):
        if _is_rich(head, CONTROLS, CONTROL_RICH):
            return _BINARY
        return Decision("utf-8", 1.0 if head.isascii() else 0.99)
    text = head.decode("utf-8", "surrogateescape")
    wrong = len(re.findall("[\udc80-\udcff]", text))
    short = len(re.findall("[\x80-\u07ff]", text))
    long = len(re.findall("[\u0800-\ud7ff\ue000-\U0010ffff]", text))
    right = short + 3 * long  # three bytes in order are three times as hard to hit by chance
    return Decision("utf-8", right / (right + wrong)) if right > 3 * wrong or _has_clean_lines(text) else None


def _has_clean_lines(text: str) -> bool:
    """Whether damaged lines stand beside whole lines with several Vietnamese letters of three bytes each."""
    return any(
        len(re.findall("[\u1ea0-\u1ef9]", line)) >= 3 and not re.search("[\udc80-\udcff]", line)
        for line in text.split("\n")
    )


def _from_single_bytes(head: bytes, declared: str | None) -> Decision:
    """One byte, one character (or part of one, in VNI). Where two legacy encodings stand side by side, the
    bytes are taken for windows-1252, and repair reads both."""
    if _is_rich(head, NEVER_IN_TEXT, NEVER_RICH):
        return _BINARY
    seen = shown_tokens(head)
    best, points = legacy_points(head)
    vietnamese = Decision(best, round(min(0.99, 0.5 + 0.5 * max(0.0, points) / (len(seen) + 1)), 3))
    if points >= CONVINCING:
        both = len(survey(head.decode("latin-1")).encodings) > 1
        return Decision("cp1252", 0.9) if both else vietnamese
    if _is_rich(head, CONTROLS, CONTROL_RICH):
        return _BINARY
    if _looks_western(head, seen):
        return Decision("cp1252", 0.8 if codec_name(declared) in LATIN else 0.6)
    return vietnamese if points > 0 else _normalizer(head) or Decision(None, 0.5, reject="load:undecodable")


def shown_tokens(head: bytes) -> set[str]:
    """The distinct words of bytes shown as windows-1252."""
    shown = head.decode("latin-1").translate(C1_AS_CP1252)
    return {token for token in TOKEN.findall(shown) if not token.isascii()}


def legacy_points(head: bytes) -> tuple[str, float]:
    """The Vietnamese legacy encoding that reads bytes best, and how much better than windows-1252 it reads
    them.

    >>> legacy_points(b"c\\xe3 cu\\xe9c s\\xe8ng"), legacy_points(b"s\\xf3 h\\xe1")[1]
    (('tcvn3', 4.1), 0.0)
    """
    seen = shown_tokens(head)
    margin = margins(seen)
    best = max(NAMES, key=margin.__getitem__)
    if margin[best] <= 0 or (_is_dense(head) and margin[best] < CONVINCING_EACH * len(seen)):
        return best, min(0.0, margin[best])
    words = re.findall("[A-Za-z\x80-\xff]+", head[:4096].decode("latin-1"))
    return best, round(margin[best] + context(words), 2)


def _is_dense(head: bytes) -> bool:
    """Whether most letters lie beyond ASCII, as in the encodings of other scripts, where words that read as
    Vietnamese by chance are many."""
    return len(re.findall(rb"[\x80-\xff]", head)) > len(re.findall(rb"[A-Za-z]", head))


def _looks_western(head: bytes, seen: set[str]) -> bool:
    """Accents are few beside plain letters, words have no symbols inside, no byte is undefined in
    windows-1252."""
    if re.search(rb"[\x81\x8d\x8f\x90\x9d]", head):
        return False
    letters = [char for char in head.decode("latin-1") if char.isalpha()]
    accented = sum(not char.isascii() for char in letters)
    return accented <= FOREIGN_ACCENTS * len(letters) and sum(map(strangeness, seen)) <= 0.2 * len(seen)


def _normalizer(head: bytes) -> Decision | None:
    """The last resort, for the charsets of other languages."""
    from charset_normalizer import from_bytes

    found = from_bytes(head[: 1 << 16]).best()
    if found is None or found.encoding.startswith(("ascii", "utf_")):
        return None
    return Decision(codecs.lookup(found.encoding).name, round(0.7 * (1 - found.chaos), 3))
