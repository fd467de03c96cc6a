"""Hostile tables: JSON, CSV, TMX, Parquet and Arrow that break their formats' rules or stretch them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from tests.hostile.hostile_texts import LINE, File

EN = "Son La province opened a conference on December 18, 2020."
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    '=HYPERLINK("http://a")',
    "'=1",
    "−1",
)
JSON = {
    "surrogate": '{"text": "Mưa \\ud800 to. \\udc00", "\\udfff": "a", "title": "\\ud83d"}',
    "duplicate": '{"text": "a", "text": "Mưa to."}',
    "numbers": '{"text": 12, "title": 1e999, "author": -0, "id": 1%s}' % ("0" * 5000),
    "nan": '{"text": "Mưa.", "n": NaN, "m": -Infinity}',
    "nothing": "null", "scalar": "12", "string": '"Mưa to."', "unclosed": '{"text": "Mưa',
    "trailing": '{"text": "Mưa."} x', "empty": "[]",
    "types": '{"text": {"a": 1}, "title": [[]], "date": true, "url": null, "lang": [1, "vi", {}]}',
    "proto": '{"__proto__": 1, "text": "Mưa."}',
    "dates": '{"text": "Mưa to.", "date": "99/99/9999"}', "epoch": '{"text": "Mưa.", "date": 99999999999999999999}',
    "keys": '{"": "a", " ": "b"}',
    "translation": '{"translation": {"vi": "Mưa.", "en": ["a"]}}', "translations": '{"translation": []}',
    "nul": '{"text": "a\\u0000b"}',
    "reserved": '{"text": "Mưa.", "reject": "load:empty", "id": "x", "_record": 1, "_verdict": "a:b",'
                ' "source": "/etc/passwd", "split": "test"}',
    "extra": '{"text": "Mưa.", "extra": [{"key": "text", "value": "b"}, {"key": "", "value": null}]}',
    "commas": ",,,,{},,,]]}}",
    "badescape": '{"text": "\\u12"}', "control": '{"text": "a\nb\x07"}', "single": "{'text': 'a'}",
    "comment": '{"text": "a"} // b',
}  # fmt: skip
XML = {
    "laughs": '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "xxe": '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "remote": '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">',
    "parameter": '<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
    "plain": "", "stylesheet": '<?xml-stylesheet href="http://127.0.0.1:9/"?>', "include": '<?include "/etc/passwd"?>',
}  # fmt: skip
UNIT = '<tu><tuv xml:lang="vi"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'


def table_files(random: Random, size: int) -> Iterator[File]:
    """All of them; the large ones hold about `size` characters."""
    yield from _json(size)
    yield from _separated(random, size)
    yield from _memories(size)
    yield from _columnar(size)


def _json(size: int) -> Iterator[File]:
    for name, text in JSON.items():
        yield f"json/{name}.json", text.encode()
        yield f"json/{name}.jsonl", (text + "\n" + json.dumps({"text": LINE}) + "\n").encode()
    for name, unit in {
        "lists": "[",
        "objects": '{"a":',
        "mixed": '[{"text":',
        "strings": '"',
        "slashes": "\\",
        "minus": "-",
    }.items():
        yield f"json/deep-{name}.json", (unit * (size // 50)).encode()
        yield f"json/deep-{name}.jsonl", ('{"text": ' + unit * (size // 50) + "\n" + json.dumps({"text": EN})).encode()
    yield "json/wide.json", json.dumps({f"k{number}": number for number in range(size // 200)}).encode()
    yield "json/long.jsonl", (json.dumps({"text": "a" * size}) + "\n" + json.dumps({"text": LINE}) + "\n").encode()


def _separated(random: Random, size: int) -> Iterator[File]:
    wide = ",".join(f"c{n}" for n in range(10_000))
    yield "csv/columns.csv", f"{wide},text\n{'a,' * 10_000}{LINE.replace(',', '')}\n".encode()
    quoted = (formula.replace('"', '""') for formula in FORMULAS)
    sheet = "".join(f'"{cell} Mưa to.","{EN}","{cell}"\n' for cell in quoted)
    yield "csv/formulas.csv", f"vi,en,title\n{sheet}".encode()
    yield "csv/open-quote.csv", ('text\n"' + (LINE + "\n") * (size // 1000)).encode()
    yield "csv/quotes.csv", ("text,title\n" + '"' * (size // 100) + "\n").encode()
    yield "csv/uneven.csv", b'text,title\na\na,b,c\n\n,\n"a"b,c\n'
    yield "csv/names.csv", "text,text,TEXT,nội dung,,\na,b,c,d,e,f\n".encode()
    yield "csv/header-only.csv", b"text,title\n"
    yield "csv/no-header.csv", (LINE + "\n").encode() * 3
    yield "csv/cr.csv", b"text\rMua to.\rGio lon.\r"
    yield "csv/nul.csv", b"text\nMua\0to.\n"
    yield "csv/sep.csv", f"sep=;\ntext;title\n{LINE};a\n".encode()
    yield "csv/escapes.tsv", "vi\ten\n\x1b[2JMưa to.\t\x1b]0;a\x07Rain.\n".encode()
    yield "csv/rows.tsv", ("vi\ten\n" + f"{LINE[:40]}\t{EN}\n" * (size // 5000)).encode()
    cells = "".join(random.choice('",\n\r\t;|a\0') for _ in range(size // 100))
    yield "csv/random.csv", f"text,title\n{cells}".encode()
    yield "moses/tin.en-vi.vi", f"{LINE}\n\n\0\n{LINE}".encode()
    yield "moses/tin.en-vi.en", f"{EN}\n{EN}\n".encode()
    yield "moses/tin.en-vi.scores", b"quality\tquality\n9e999\tNaN\n" + b"\t" * 999
    yield "moses/le.vi", b"\xff\xfe\0"
    yield "moses/le.en", b""


def _memories(size: int) -> Iterator[File]:
    for name, head in XML.items():
        uses = "&b;" if name == "laughs" else "&a;" if name == "xxe" else ""
        body = UNIT.format(LINE + uses, EN) * 2
        yield f"tmx/{name}.tmx", f'<?xml version="1.0"?>{head}<tmx version="1.4"><body>{body}</body></tmx>'.encode()
    yield "tmx/deep.tmx", b"<tmx><body>" + b"<tu>" * (size // 50)
    yield "tmx/native.tmx", ("<tmx><body><tu><tuv xml:lang='vi'><seg>" + "<ph>" * (size // 100)).encode()
    yield "tmx/attribute.tmx", f'<tmx><body a="{"a" * size}">{UNIT.format(LINE, EN)}</body></tmx>'.encode()
    yield "tmx/many-attributes.tmx", ("<tmx " + " ".join(f'a{n}=""' for n in range(size // 100)) + "></tmx>").encode()
    yield "tmx/encoding.tmx", b'<?xml version="1.0" encoding="utf-7"?><tmx><body/></tmx>'
    wide = f'<?xml version="1.0" encoding="UTF-16"?><tmx><body>{UNIT.format(LINE, EN)}</body></tmx>'
    yield "tmx/utf16.tmx", wide.encode("utf-16")
    yield "tmx/control.tmx", b"<tmx><body><tu><tuv xml:lang='vi'><seg>\x1b[2J</seg></tuv></tu></body></tmx>"


def _columnar(size: int) -> Iterator[File]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, table in _odd_tables(pa, size).items():
        sink = pa.BufferOutputStream()
        whole = b""
        if name not in ("seconds", "intervals"):  # which Parquet cannot hold
            pq.write_table(table, sink, compression="zstd")
            whole = sink.getvalue().to_pybytes()
            yield f"columnar/{name}.parquet", whole
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        stream = sink.getvalue().to_pybytes()
        yield f"columnar/{name}.arrow", stream
        if name == "plain":
            for share in (2, 3, 10):
                yield f"columnar/cut-{share}.parquet", whole[: len(whole) // share]
                yield f"columnar/cut-{share}.arrow", stream[: -len(stream) // share]
            yield "columnar/headless.parquet", b"\0" * 40 + whole[40:]
            yield "columnar/trailing.parquet", whole + b"x" * 99
            yield "columnar/marks.parquet", b"PAR1" + b"\xff" * 99 + b"PAR1"
            yield "columnar/footer.parquet", whole[:-8] + b"\xff\xff\xff\x7fPAR1"


def _odd_tables(pa: Any, size: int) -> dict[str, Any]:
    text = [LINE, EN, None]
    far = pa.array([2**62, -(2**62), 0], pa.int64())
    odd: dict[str, Any] = {
        "plain": {"text": text}, "nested": {"text": text, "a": [[[{"b": [1]}]], [], None]},
        "struct-text": {"text": [{"a": LINE}, None, {"a": "b"}]},
        "dictionary": {"text": pa.array(text).dictionary_encode()}, "decimal": {"text": text, "n": [Decimal("1e20"),
        None, Decimal(0)]},
        "binary": {"text": pa.array([LINE.encode(), b"\xff\xfe", b"\0"], pa.binary())}, "list-text": {"text": [[LINE,
        None], [], ["a"]]},
        "dates": {"text": text, "date": [datetime.date(1, 1, 1), datetime.date.max, None]}, "seconds": {"text": text,
        "date": far.cast(pa.timestamp("s"))},
        "nanoseconds": {"text": text, "date": far.cast(pa.timestamp("ns"))}, "numbers": {"text": [1, 2, 3],
        "title": [1.5, float("nan"), None]},
        "bools": {"text": [True, None, False]}, "nulls": {"text": pa.nulls(3)}, "long": {"text": ["a" * size]},
        "none": {"text": pa.array([], pa.string())},
        "fixed": {"text": text, "f": pa.array([b"abc"] * 3, pa.binary(3))}, "map": {"text": text, "m": pa.array([[("a",
        1)]] * 3, pa.map_(pa.string(), pa.int64()))},
        "intervals": {"text": text, "d": pa.array([1, 2, None], pa.duration("s"))}, "large": {"text": pa.array(text,
        pa.large_string())},
        "translation": {"translation": [{"vi": LINE, "en": EN}, {"vi": None, "en": EN}, None]},
        "bomb": {"text": pa.array(["a" * 1000] * (size // 100))},
        "names": {"text\x1b[2J": text, "": text, "text": text, "a/../b": text},
    }  # fmt: skip
    tables = {name: pa.table(columns) for name, columns in odd.items()}
    tables["twice"] = pa.Table.from_arrays([pa.array(text), pa.array(text)], names=["text", "text"])
    return tables
