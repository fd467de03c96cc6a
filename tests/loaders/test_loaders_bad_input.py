"""A bad file never stops a reading and never disappears: it is a record with a reason."""

from __future__ import annotations

import gzip
import json
import lzma
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.loaders import FORMATS, REASONS, Format, Limits, Options, Record, Row, read

ROOT = Path(__file__).parent.parent.parent
ENDINGS = "txt md html json jsonl csv tsv parquet arrow tmx jsonl.gz txt.xz html.bz2 csv.zst zip dat"
NAMES = ["a", *(f"a.{ending}" for ending in ENDINGS.split())]
BYTES = st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def one(path: Path, limits: Limits | None = None) -> Record:
    (record,) = read(path, limits=limits)
    return record


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    record = one(write(tmp_path / name, b""))
    assert record.reject in ("load:empty", "load:malformed")
    assert record.source == name


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv"])
def test_a_file_of_white_space(tmp_path: Path, name: str) -> None:
    assert one(write(tmp_path / name, b" \r\n\t\n")).reject == "load:empty"


@pytest.mark.parametrize(
    ("name", "data", "reject"),
    [
        ("a.txt", PNG, "load:binary"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "load:binary"),
        ("a.txt", gzip.compress(b"Mua.", mtime=0), "load:binary"),
        ("a.html", b"PK\x03\x04\x14\0\0\0", "load:binary"),
        ("a.jsonl", PNG, "load:binary"),
        ("a.csv", lzma.compress(b"Mua."), "load:binary"),
        ("a.unknown", b"\x7fELF\2\1\1\0", "load:binary"),
        ("a.docx", b"PK\x03\x04\x14\0\0\0", "load:unsupported"),
        ("a.png", PNG, "load:unsupported"),
        ("a.py", b"print('Chao')\n", "load:unsupported"),
        ("a.rtf", b"{\\rtf1\\ansi Mua}", "load:unsupported"),
        ("a.gz", b"Mua lon.", "load:malformed"),
        ("a.zip", b"Mua lon.", "load:malformed"),
        ("a.parquet", b"Mua lon.", "load:truncated"),
        ("a.tmx", b"Mua lon.", "load:malformed"),
        ("a.json", b"Mua lon.", "load:malformed"),
    ],
)
def test_a_name_that_lies(tmp_path: Path, name: str, data: bytes, reject: str) -> None:
    record = one(write(tmp_path / name, data))
    assert (record.reject, record.data) == (reject, None)


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.html", '{"text": "Mưa."}', "jsonl"),
        ("a.html", '[\n {"text": "Mưa."}\n]', "json"),
        ("a.txt", '{"text": "Mưa."}\n{"text": "Gió."}\n', "jsonl"),
        ("a.txt", "<!DOCTYPE html>\n<html><p>Mưa.</p></html>", "html"),
        ("a.json", "  <html><p>404</p></html>", "html"),
        ("a.csv", "<!-- x --><!doctype HTML><p>404</p>", "html"),
        ("tin.php?id=3", "<html><p>Mưa.</p></html>", "html"),
        ("tin.aspx", "<!DOCTYPE html><p>Mưa.</p>", "html"),
        ("bài 1.2020", "Mưa lớn.", "text"),
        ("a.txt", "{Ảnh: An}\nMưa lớn.", "text"),
        ("a.TXT", "Mưa lớn.", "text"),
    ],
)
def test_the_bytes_overrule_the_name(tmp_path: Path, name: str, text: str, format_: str) -> None:
    first = next(read(write(tmp_path / name, text.encode())))
    assert (first.format, first.reject) == (format_, None)


def test_a_page_carries_the_charset_that_it_declares(tmp_path: Path) -> None:
    meta = '<html><head><META http-equiv="Content-Type" content="text/html; charset=windows-1258"></head>'
    xml = '<?xml version="1.0" encoding="UTF-16"?><html xmlns="http://www.w3.org/1999/xhtml"></html>'
    assert one(write(tmp_path / "a.html", meta.encode())).declared == "windows-1258"
    assert one(write(tmp_path / "b.xhtml", xml.encode("utf-16"))).declared == "utf-16-le"
    assert one(write(tmp_path / "c.html", b"<p>Mua.</p>")).declared is None


def test_an_article_that_was_cut_short_keeps_what_was_readable(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {number * 7919}.\n" for number in range(5000)).encode()
    packed = gzip.compress(text)
    record = one(write(tmp_path / "a.txt.gz", packed[: len(packed) // 2]))
    assert record.reject == "load:truncated"
    assert record.data is not None and text.startswith(record.data) and len(record.data) > len(text) // 4
    assert record.source_sha256 is not None


def test_the_limits_on_files(tmp_path: Path) -> None:
    text = "Mưa. ".encode() * 100
    assert one(write(tmp_path / "a.txt", text), Limits(article_bytes=100)).reject == "load:too-large"
    assert one(tmp_path / "a.txt", Limits(file_bytes=100)).reject == "load:too-large"
    assert one(tmp_path / "a.txt", Limits(file_bytes=len(text))).reject is None
    with pytest.raises(UsageError, match="limit ratio is 0; give a whole number"):
        Limits(ratio=0)


def test_one_line_of_20_mb(tmp_path: Path) -> None:
    line = b"a" * (20 << 20)
    assert one(write(tmp_path / "a.txt", line)).reject is None
    started = time.perf_counter()
    for name in ("a.jsonl", "b.csv"):
        path = write(tmp_path / name, b'text\n{"text": "' + line + b'"}\n{"text": "ok"}\n')
        assert "load:too-large" in [record.reject for record in read(path)]
    assert time.perf_counter() - started < 10


def test_every_record_of_a_file_is_numbered_and_carries_the_hash_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"text": "Mua."}\n\n{bad\n{"text": "Gio."}\n')
    records = list(read(path))
    assert [record.source for record in records] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
    assert len({record.source_sha256 for record in records}) == 1
    assert len({record.sha256 for record in records}) == 3


def test_a_legacy_table_is_decoded_as_a_whole(tmp_path: Path) -> None:
    shown = "text,title\n" + '"Céng hoµ x· héi chñ nghÜa ViÖt Nam",§éc lËp\n' * 3
    first, *_ = read(write(tmp_path / "a.csv", shown.encode("latin-1")))
    assert (first.text, first.fields) == ("Cộng hoà xã hội chủ nghĩa Việt Nam", {"title": "Độc lập"})
    assert first.encoding == "tcvn3"


def test_utf16_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "Mưa."}\r\n{"text": "Gió."}\r\n'.encode("utf-16"))
    assert [record.text for record in read(path)] == ["Mưa.", "Gió."]


def test_a_loader_that_fails_ends_its_file_and_no_other(tmp_path: Path) -> None:
    def rows(pieces: Iterable[str], options: Options) -> Iterator[Row]:
        yield Row({"text": "Mưa."})
        raise KeyError("unforeseen")

    write(tmp_path / "a.srt", b"x")
    write(tmp_path / "b.txt", b"Gio.")
    records = list(read(tmp_path, formats=[*FORMATS, Format("srt", (".srt",), from_text=rows)]))
    assert [record.reject for record in records] == [None, "load:failed", None]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), data=BYTES)
def test_no_bytes_under_any_name_raise_or_disappear(tmp_path: Path, name: str, data: bytes) -> None:
    records = list(read(write(tmp_path / name, data)))
    assert records
    for record in records:
        assert record.reject is None or record.reject in REASONS
        assert record.reject != "load:failed"
        json.dumps(record.fields, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_columns_cut_short_anywhere_raise_nothing(tmp_path: Path, name: str) -> None:
    """Cut here; bytes changed anywhere stand with the loaders of columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": ["Mưa lớn.", "Gió."], "n": [1, 2]})
    path = tmp_path / name
    if name.endswith("parquet"):
        pq.write_table(table, path)
    else:
        with pa.ipc.new_stream(str(path), table.schema) as writer:
            writer.write_table(table)
    whole = path.read_bytes()
    for size in range(0, len(whole), 61):
        records = list(read(write(path, whole[:size])))
        assert records and records[-1].reject in {"load:empty", "load:truncated", "load:malformed", "load:binary"}


MEASURE = """
import resource, sys
from corpus.loaders import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    for record in read(path):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv", "jsonl.gz", "tmx", "folder"])
def test_memory_does_not_grow_with_the_input(tmp_path: Path, kind: str) -> None:
    small, large = (make(tmp_path / str(size), kind, size) for size in (1_000, 6_000))
    found = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(large)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    first, second = (int(line) for line in found.stdout.split())
    assert second - first < 8_000, f"{second - first} KiB more for six times the input"


def make(folder: Path, kind: str, size: int) -> Path:
    """A file (or folder) of so many records of about 3 KB (30 bytes in a folder)."""
    folder.mkdir()
    texts = (f"Bài {number}: " + f"mưa {number * 7919} " * 200 for number in range(size))
    path = folder / f"a.{kind}"
    if kind == "folder":
        for number in range(size):
            (folder / f"{number:06}.txt").write_bytes(b"Mua lon o Son La.")
        return folder
    if kind == "jsonl":
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    elif kind == "json":
        path.write_text("[" + ",\n".join(json.dumps({"text": text}) for text in texts) + "]", encoding="utf-8")
    elif kind == "csv":
        path.write_text("text\n" + "".join(f'"{text}\n"\n' for text in texts), encoding="utf-8")
    elif kind == "jsonl.gz":
        path.write_bytes(gzip.compress("".join(json.dumps({"text": text}) + "\n" for text in texts).encode(), 1))
    else:
        unit = '<tu><tuv xml:lang="vi"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu>'
        body = "".join(map(unit.format, texts))
        path.write_text(f'<tmx version="1.4"><body>{body}</body></tmx>', encoding="utf-8")
    return path
