"""The table of formats: which extension a loader takes, and how the bytes overrule a name that lies.

To add a format write one file with a function that yields rows, and add one line here: see docs/adding_a_loader.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.loaders import columnar, json_values, jsonl, moses, sniff, table, tmx
from corpus.loaders.inputfile import InputFile
from corpus.loaders.options import Options
from corpus.loaders.record import Row


@dataclass(frozen=True)
class Format:
    """One format. `from_text` yields rows from decoded text that comes in pieces, `from_file` from the bytes of a
    file; with neither, a file is one article and its bytes are handed on undecoded."""

    name: str
    extensions: tuple[str, ...] = ()
    from_text: Callable[[Iterable[str], Options], Iterator[Row]] | None = None
    from_file: Callable[[InputFile, Options], Iterator[Row]] | None = None

    @property
    def is_article(self) -> bool:
        """Whether a file of this format is exactly one article."""
        return self.from_text is None and self.from_file is None


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt", ".text")),
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd")),
    Format("html", (".html", ".htm", ".xhtml", ".shtml", ".xht")),
    Format("json", (".json",), from_text=json_values.rows),
    Format("jsonl", (".jsonl", ".ndjson", ".jsonlines"), from_text=jsonl.rows),
    Format("csv", (".csv",), from_text=table.rows),
    Format("tsv", (".tsv", ".tab"), from_text=table.rows),
    Format("parquet", (".parquet", ".pq"), from_file=columnar.parquet_rows),
    Format("arrow", (".arrow", ".feather", ".ipc"), from_file=columnar.arrow_rows),
    Format("tmx", (".tmx",), from_file=tmx.rows),
    Format("moses", from_file=moses.rows),
    Format("dataset", from_file=columnar.arrow_rows),
)

# What the first bytes may turn a file into that is called something else.
_OVERRULED = {
    None: ("html", "json", "jsonl"), "text": ("html", "json", "jsonl"), "html": ("json", "jsonl"),
    "markdown": ("html",), "json": ("html",), "jsonl": ("html",), "csv": ("html",), "tsv": ("html",),
}  # fmt: skip


@cache
def unsupported() -> frozenset[str]:
    """Extensions of files that no loader takes, with their dots."""
    content = files("corpus").joinpath("data/loaders/unsupported_extensions.txt").read_text("utf-8")
    return frozenset(f".{word}" for line in content.split("\n") if not line.startswith("#") for word in line.split())


def named(name: str, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format of that name, if there is one."""
    return next((format_ for format_ in formats if format_.name == name), None)


def by_extension(name: str, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format whose extension a file name has, if there is one."""
    lower = name.lower()
    return next((format_ for format_ in formats if lower.endswith(format_.extensions)), None)


def find_format(name: str, head: bytes, formats: Sequence[Format] = FORMATS) -> Format | str:
    """The format of a file by its name and its first bytes, or the reason why no loader takes it.

    >>> find_format("trang.html", b'{"text": "Ch\\xc3\\xa0o."}').name, find_format("tin.txt", b"%PDF-1.7")
    ('jsonl', 'load:binary')
    >>> find_format("hop.docx", b"PK"), find_format("bai viet", b"Mua to.").name
    ('load:unsupported', 'text')
    """
    known = by_extension(name, formats)
    if known is None and _extension(name) in unsupported():
        # A page saved under its address: index.php, tin-tuc.aspx
        page = named("html", formats) if sniff.text_kind(head) == "html" else None
        return page or "load:unsupported"
    if known is not None and known.from_file is not None:
        return known
    kind = sniff.magic(head)
    if kind is not None:
        found = named(kind, formats) if known is None else None
        return found or "load:binary"
    kind = sniff.text_kind(head)
    if kind in _OVERRULED.get(known.name if known else None, ()):
        return named(kind, formats) or "load:unsupported"
    return known or named("text", formats) or "load:unsupported"


def _extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return dot + ending.lower() if stem else ""
