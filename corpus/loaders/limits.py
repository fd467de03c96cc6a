"""How much of what is read: the bounds that keep a hostile or broken input from filling memory or time."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from corpus.errors import UsageError

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


def _limit(default: int, help_: str) -> int:
    value: int = field(default=default, metadata={"help": help_})
    return value


@dataclass(frozen=True)
class Limits:
    """Bounds on the input; what lies beyond one becomes a row that says so, never an exception.

    Files that hold many records are streamed, so `file_bytes` and `decompressed_bytes` cost time and not memory;
    `article_bytes` and `record_bytes` are what memory grows with.

    >>> Limits(record_bytes=1000).record_bytes
    1000
    """

    file_bytes: int = _limit(8 * GIB, "Bytes of one file on disk (load:too-large).")
    article_bytes: int = _limit(64 * MIB, "Bytes of a file that is one article (load:too-large).")
    record_bytes: int = _limit(16 * MIB, "Length of one record among many: a line, a row, a value (load:too-large).")
    decompressed_bytes: int = _limit(16 * GIB, "Bytes a compressed file or archive may unpack to (load:too-large).")
    ratio: int = _limit(200, "How many times its own size a file may unpack to, past ratio-floor (load:bomb).")
    ratio_floor: int = _limit(10 * MIB, "Unpacked bytes below which the ratio is not asked.")
    members: int = _limit(1_000_000, "Entries of one archive (load:too-large).")
    depth: int = _limit(3, "Containers inside one another: a.zip!b.zip!c.txt.gz is three (load:too-deep).")

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if not isinstance(value, int) or value < 1:
                raise UsageError(f"limit {limit.name} is {value!r}; give a whole number of 1 or more")
