"""What reading an input yields: one record for each article, aligned pair, or file that could not be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

REASONS: dict[str, str] = {
    "load:empty": "there is nothing in it but white space",
    "load:binary": "the bytes are no text: a picture, a program, a PDF under a wrong name",
    "load:unsupported": "a known kind of file that no loader takes: office files, scripts, other archives",
    "load:undecodable": "no encoding reads the bytes as text",
    "load:no-text": "no field of the record holds an article; name one with --field text=NAME",
    "load:no-header": "the first row of the table names no column that is known; name one with --field text=NAME",
    "load:unpaired": "one language of an aligned pair is missing",
    "load:malformed": "it breaks the rules of its format, here or (for a whole file) from here on",
    "load:truncated": "the file ends too early; what came before was read",
    "load:encrypted": "the archive entry is locked with a password",
    "load:unsafe-path": "an archive entry or a link that points outside of what was named",
    "load:bomb": "it unpacks to many times its own size",
    "load:too-large": "it is larger than a limit allows",
    "load:too-deep": "too many containers inside one another",
    "load:not-a-file": "a pipe, a socket, a device or a link inside an archive: never opened",
    "load:failed": "the loader met what it was not made for; please report the file",
    "load:crashed": "the file broke the program that parses it; what came before was read",
    "load:timeout": "it took longer than the limit on time",
    "load:unreadable": "the system refused to read it, or it vanished",
}
"""Every reason this room gives for a row, and what it means."""

SKIPPED: dict[str, str] = {
    "hidden": "a name that starts with a dot, or __MACOSX",
    "manifest": "a MANIFEST.json that lists files with their hashes",
    "symlink-loop": "a link to a folder that holds it",
    "symlink-again": "a link to a folder that another link has led to already",
    "run-folder": "a run of this package, which holds tables and no articles",
    "named-twice": "the same input was named before",
    "moses-partner": "read together with the Vietnamese half of Moses files: the English half, ids, scores",
    "dataset-card": "the README.md of a dataset folder",
    "dataset-info": "a file that describes a dataset folder",
    "dataset-cache": "a file of a dataset folder that is not among its data",
}
"""Every reason for which a file gives no row at all, and what it means."""


class Decision(NamedTuple):
    """How bytes were read: the encoding, how sure that is (0 to 1), and what was mended."""

    encoding: str | None
    confidence: float | None
    repair: str | None = None


class Row(NamedTuple):
    """What a loader yields for one record of a file: its values by column, or why it could not be read.

    `raw` is what a record that could not be read is told apart by; `decision` is set where the loader decoded itself.
    """

    values: Mapping[str, object] = {}
    reject: str | None = None
    raw: str = ""
    decision: Decision | None = None


class Damaged(Exception):
    """Raised by what reads bytes when they cannot be read further; `reason` is one of REASONS.

    It never reaches the caller: the reader turns it into a row behind the records that were read before.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Record:
    """One article, one aligned pair, or one input that could not be read (then `reject` says why).

    source: where it lies, from the named input down: `list_pages/x.html`, `news.jsonl#3`, `a.zip!b.txt`
    source_sha256: SHA-256 of the file's bytes as they lie on disk, compressed if they are; of the member's bytes
        inside an archive; of the record for a Hub dataset, which is no file; None where the file was not read
    sha256: SHA-256 of the record: its bytes if it is a whole file, its text and fields (see `content_hash`) if not
    format: the loader that read it; None where none did
    data, text: the undecoded bytes of a file that is one article, or text that came as characters; never both
    declared: the charset that a page names itself, or its byte order mark
    markup: "html" where `text` is itself HTML
    fields: metadata under the names the tables use, other plain columns under their own; values as they were
    given: {"vi": …, "en": …} where the input is aligned already
    encoding, encoding_confidence, repair: the decision for a file decoded here, None otherwise
    """

    source: str
    source_sha256: str | None
    sha256: str
    format: str | None
    data: bytes | None = None
    text: str | None = None
    declared: str | None = None
    markup: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] | None = None
    encoding: str | None = None
    encoding_confidence: float | None = None
    repair: str | None = None
    reject: str | None = None


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def content_hash(text: str | None, fields: Mapping[str, str], given: Mapping[str, str] | None) -> str:
    """The hash of a record that is part of a file: of its content, so the same in CSV as in Parquet.

    >>> content_hash("Chào", {"title": "A", "url": "b"}, None) == content_hash("Chào", {"url": "b", "title": "A"}, None)
    True
    """
    content = {"text": text, "fields": dict(fields), "given": dict(given) if given else None}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256_hex(canonical.encode("utf-8", "surrogatepass"))
