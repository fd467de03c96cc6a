"""Small valid files of every format, and what chance makes of them: the same number gives the same bytes.

A mutation is named by `(seed, number)`. The number chooses the file, and a generator seeded by both chooses one to four
changes: a byte flipped or set to a value that parsers dread, a stretch cut, doubled, moved, or taken from another file.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

VI = "Sáng 18/12/2020, tỉnh Sơn La khai mạc hội nghị. Dự có 1.200 đại biểu của 12 huyện, thành phố."
EN = "Son La province opened a conference on December 18, 2020. It had 1,200 delegates from 12 districts."
TITLE = "Khai mạc hội nghị của tỉnh"
_TEXT = f"{TITLE}\n\nLan Anh\n\n(Baosonla.org.vn) - {VI}\n\nẢnh: Hoài Thu\n\nTheo Nghị định số 15/2020/NĐ-CP. {VI}\n"
_PAGE = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} | Báo Sơn La</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"name": "Lan Anh"}}}}</script></head>
<body><h1>{TITLE}</h1><span class="date">18/12/2020, 21:05</span><div class="content"><p>{VI}</p><figure>\
<img src="a.jpg">
<figcaption>Hội nghị. Ảnh: Hoài Thu</figcaption></figure><p>{VI}</p><p align="right"><b>Lan Anh</b></p></div></body>\
</html>"""
_NOTE = (
    f"---\ntitle: {TITLE}\ntags: [hội nghị, tỉnh]\n---\n# {TITLE}\n\n*{VI}*\n\n- một [hai](ba)\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n"
)
_UNIT = '<tu tuid="{0}"><prop type="x-domain">tin</prop><tuv xml:lang="vi"><seg>{1} <hi>{0}</hi></seg></tuv>'
_HARD = (b"\0", b"\xff", b"\xfe\xff", b"\x80", b'"', b"'", b"\\", b"\n", b"\r", b"<", b">", b"&", b"{", b"[", b"]]>",
    b"%",
         b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"-1", b"1e999", b"\\ud800",
             b"<!--",
         b"\xe2\x80\xae", b"\x1b[2J", b"\t", b",", b"\xcc\x81" * 20, b"9" * 400)  # fmt: skip
_CHANGES = 4


class Seed(NamedTuple):
    """A valid file: the name that says its format, and its bytes."""

    name: str
    data: bytes


class Mutation(NamedTuple):
    """A file made of a seed; `base` is the name of the seed."""

    base: str
    name: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """One small file of each format, encoding and container."""
    plain = [
        Seed("a.txt", _TEXT.encode()), Seed("b.txt", EN.encode()), Seed("c.txt", _TEXT.encode("utf-16")),
        Seed("d.txt", "Céng hoµ x· héi chñ nghÜa ViÖt Nam\n".encode("latin-1") * 5),
        Seed("a.html", _PAGE.encode()), Seed("a.md", _NOTE.encode()), Seed("a.json", _json().encode()),
        Seed("a.jsonl", _json_lines().encode()), Seed("b.jsonl", _pairs().encode()), Seed("a.csv",
            _table(",").encode()),
        Seed("a.tsv", _table("\t").encode()), Seed("a.tmx", _memory().encode()),
    ]  # fmt: skip
    text, lines = _TEXT.encode(), _json_lines().encode()
    packed = [
        Seed("a.txt.gz", gzip.compress(text, mtime=0)), Seed("a.jsonl.bz2", bz2.compress(lines)),
        Seed("a.html.xz", lzma.compress(_PAGE.encode())), Seed("a.csv.zst", _zstd(_table(",").encode())),
        Seed("a.zip", _zip(plain)), Seed("b.zip", _zip([Seed("trong/a.zip", _zip(plain[:2])), Seed("t.en-vi.vi", text),
                                                       Seed("t.en-vi.en", text)])),
    ]  # fmt: skip
    return (*plain, *packed, *_columnar())


def mutation(seed: int, number: int, only: str | None = None) -> Mutation:
    """The mutation of that number; `only` a seed file."""
    files = [file for file in seeds() if only is None or file.name == only]
    file = files[number % len(files)]
    random = Random(f"{seed}/{number}")
    data = file.data
    for _ in range(random.randint(1, _CHANGES)):
        data = random.choice(CHANGES)(data, random)
    return Mutation(file.name, file.name, data)


def _flip(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def _set_hard(data: bytes, random: Random) -> bytes:
    at, hard = random.randint(0, len(data)), random.choice(_HARD)
    return data[:at] + hard + data[at + random.choice((0, len(hard))) :]


def _cut(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _cut_short(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _double(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 50)) + data[end:]


def _move(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    rest = data[:start] + data[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _splice(data: bytes, random: Random) -> bytes:
    other = random.choice(seeds()).data
    start, end = _stretch(other, random)
    at = random.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _flip, _set_hard, _set_hard, _cut, _cut_short, _double,
    _move,
                                                         _splice)  # fmt: skip


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    """A short stretch far more often than a long one: most of a file stays what it was."""
    start = random.randint(0, len(data))
    longest = random.choice((4, 40, 400, len(data)))
    return start, min(len(data), start + random.randint(0, longest))


def _json() -> str:
    return json.dumps([{"text": VI, "title": TITLE, "n": 1.5}, {"text": EN, "tags": ["a", {"b": None}]}], indent=1)


def _json_lines() -> str:
    return "".join(json.dumps({"text": f"{VI} {number}", "date": "18/12/2020"}) + "\n" for number in range(4))


def _pairs() -> str:
    return "".join(json.dumps({"translation": {"vi": VI, "en": EN}, "n": number}) + "\n" for number in range(3))


def _table(mark: str) -> str:
    rows = "".join(f'"{VI}\n{number}"{mark}{TITLE}{mark}{number}\n' for number in range(4))
    return f"text{mark}title{mark}n\n{rows}"


def _memory() -> str:
    other = f'<tuv xml:lang="en"><seg>{EN}<ph>x</ph></seg></tuv></tu>'
    units = "".join(_UNIT.format(number, VI) + other for number in range(3))
    return f'<?xml version="1.0"?><tmx version="1.4"><header srclang="vi"/><body>{units}</body></tmx>'


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def _zip(files: list[Seed]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data)
    return buffer.getvalue()


def _columnar() -> list[Seed]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": [VI, EN, None], "title": [TITLE] * 3, "n": [1, 2, 3], "tags": [["a"], [], None]})
    files = []
    for name in ("a.parquet", "a.arrow", "b.arrow"):
        sink = pa.BufferOutputStream()
        if name == "a.parquet":
            pq.write_table(table, sink)
        else:
            make = pa.ipc.new_file if name == "a.arrow" else pa.ipc.new_stream
            with make(sink, table.schema) as writer:
                writer.write_table(table)
        files.append(Seed(name, sink.getvalue().to_pybytes()))
    return files
