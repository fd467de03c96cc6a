"""Laws that hold for every input: no crash, no lost record, spans that fit, and time that is bounded.

Characters are drawn from those that readers stumble over: quotes, separators, controls, marks, lone surrogates.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

import fuzz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import Bead, align, read_beads, write_beads
from corpus.alignment.formats import FORMATS
from corpus.engine.stage import run_stages
from corpus.errors import NothingUsableError, UsageError
from corpus.exporting.plain import cell, one_line, xml_text
from corpus.exporting.tmx_file import HEAD, TAIL, unit
from corpus.loaders import REASONS, Record, read
from corpus.loaders.exported import guarded
from corpus.loaders.tmx import parse
from corpus.pairfiles import score_file
from corpus.pipeline.annotating import annotate
from corpus.pipeline.reading import start_row
from corpus.pipeline.stages import GIVEN_STAGES
from tests.hostile.hostile_texts import UNITS

ODD = "aếĐ A1.,;:!?\"'“”()[]{}<>&@#/\\|=+-–_*`~%\t\n\r\0\x0b\x1b\x85\xa0\u0301\u200d\u202e\u2028\ufeff\ufffd\ud800漢ك😀"
WORDS = [
    "Ảnh: ",
    "Theo ",
    "TP.HCM ",
    "18/12/2020",
    "1.200.000",
    "Điều 5. ",
    "Nguồn: ",
    "Mr. ",
    "p.m.",
    "<p>",
    "</p>",
    "[0]:",
    "http://a.vn/",
    "a@b.vn",
]
texts = st.lists(st.sampled_from([*ODD, *WORDS]), max_size=60).map("".join)
lines = texts.map(lambda text: one_line(text).replace("\0", " "))
QUICK = settings(max_examples=30, deadline=None)


def records(name: str, data: bytes) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        found = list(read(path))
    assert all(record.reject is None or record.reject in REASONS for record in found)
    assert "load:failed" not in {record.reject for record in found}
    return found


# Loaders


@QUICK
@given(rows=st.lists(texts.filter(str.strip), min_size=1, max_size=8), broken=st.sets(st.integers(0, 7)))
def test_a_broken_line_of_json_takes_no_other_with_it(rows: list[str], broken: set[int]) -> None:
    spoilt = ['{"text": ' if number in broken else json.dumps({"text": text}) for number, text in enumerate(rows)]
    found = records("a.jsonl", "\n".join(spoilt).encode())
    assert len(found) == len(rows)
    assert [record.text for number, record in enumerate(found) if number not in broken] == [
        text for number, text in enumerate(rows) if number not in broken
    ]


@QUICK
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=8))
def test_every_row_of_a_table_is_a_record(rows: list[tuple[str, str]]) -> None:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows([("text", "title"), *rows])
    found = records("a.csv", sheet.getvalue().encode("utf-8", "replace"))
    assert len(found) == len(rows)


@QUICK
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=8))
def test_every_unit_of_a_memory_is_a_record(rows: list[tuple[str, str]]) -> None:
    body = "".join(unit(None, {"vi": vi, "en": en}, {"note": vi}) for vi, en in rows)
    found = list(parse([(HEAD + body + TAIL).encode()], 10_000))
    assert len(found) == len(rows)
    assert [row.values["en"] for row in found] == [read_xml(en) for _, en in rows]


def read_xml(text: str) -> str:
    """What a parser makes of a text that stands in XML."""
    from xml.etree.ElementTree import fromstring

    return fromstring(f"<a>{xml_text(text)}</a>").text or ""


@QUICK
@given(left=st.lists(lines, min_size=1, max_size=8), right=st.lists(lines, min_size=1, max_size=8))
def test_a_surplus_line_of_moses_is_a_record_too(left: list[str], right: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for lang, side in (("vi", left), ("en", right)):
            Path(folder, f"a.{lang}").write_bytes("".join(line + "\n" for line in side).encode("utf-8", "replace"))
        found = list(read(folder))
    if any(line.strip() for line in left) and any(line.strip() for line in right):
        assert len(found) == max(len(left), len(right))
    assert found


@QUICK
@given(members=st.dictionaries(st.sampled_from(["a.txt", "../b.txt", "/c.txt", "d/e.html", ".f", "g.zip", "a.vi", "h"]),
                               st.binary(max_size=60), min_size=1))  # fmt: skip
def test_every_member_of_an_archive_is_a_record_or_is_skipped(members: dict[str, bytes]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    skipped: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.zip")
        path.write_bytes(packed.getvalue())
        found = list(read(path, skipped=skipped))
    rows = {record.source.partition("!")[2].partition("!")[0] for record in found}
    assert len(rows - {""} | {entry["source"] for entry in skipped}) == len(members)  # "": the archive itself


@settings(max_examples=8, deadline=None)  # each starts a process of its own
@given(values=st.lists(st.none() | texts.map(lambda text: text.encode("utf-8", "replace").decode()), min_size=1,
    max_size=8),
       name=st.sampled_from(["a.parquet", "a.arrow"]))  # fmt: skip
def test_every_row_of_a_columnar_file_is_a_record(values: list[str | None], name: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": pa.array(values, pa.string()), "n": range(len(values))})
    sink = pa.BufferOutputStream()
    if name.endswith("parquet"):
        pq.write_table(table, sink)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    assert [record.text for record in records(name, sink.getvalue().to_pybytes())] == values


# Structure and segmentation


@settings(max_examples=60, deadline=None)
@given(text=texts, form=st.sampled_from(["text", "markdown", "html"]), title=st.none() | texts)
def test_every_article_keeps_its_promises(text: str, form: str, title: str | None) -> None:
    row = annotate(text, format=form, **({"title": title} if title else {}))
    assert not list(fuzz.wrong([row], []))


@QUICK
@given(vi=texts, en=texts)
def test_every_given_pair_keeps_its_row(vi: str, en: str) -> None:
    record = Record("a#1", None, "0" * 64, "jsonl", given={"vi": vi, "en": en})
    rows, ledger = run_stages([start_row(record)], GIVEN_STAGES)
    assert not list(fuzz.wrong(rows, ledger.stages()))


@pytest.mark.parametrize("name", UNITS)
def test_no_text_takes_more_than_its_length_asks_for(name: str) -> None:
    """A text that doubles may take a little more than double the time; the floor is what starting takes."""
    unit_, floor = UNITS[name], 0.25
    small, large = (unit_ * (size // len(unit_)) for size in (1_500, 6_000))
    annotate(small)
    assert any(seconds(large) < 12 * max(seconds(small), floor / 4) for _ in range(3))


def seconds(text: str) -> float:
    started = process_time()
    annotate(text)
    return process_time() - started


# Alignment and export


@settings(max_examples=25, deadline=None)
@given(vi=st.lists(texts, max_size=7), en=st.lists(texts, max_size=7))
def test_beads_cover_every_sentence_once_in_order(vi: list[str], en: list[str]) -> None:
    beads = align(vi, en)
    assert [k for bead in beads for k in bead.vi] == list(range(len(vi)))
    assert [k for bead in beads for k in bead.en] == list(range(len(en)))
    assert all(0 <= bead.probability <= 1 for bead in beads)
    for style in FORMATS:
        for line in write_beads(beads, vi, en, style):
            assert style == "tmx" or "\n" not in line
            line.encode("utf-8", "surrogatepass")
    written = read_beads("\n".join(write_beads(beads, vi, en, "beads")))
    assert [bead[:2] for bead in written] == [bead[:2] for bead in beads]


@given(line=st.text(st.sampled_from("[]0123456789,: .-+eEnaif_²١\n\0"), max_size=30))
def test_a_line_of_beads_is_read_or_refused(line: str) -> None:
    try:
        beads = read_beads(line)
    except UsageError:
        return
    for bead in beads:
        assert min((*bead.vi, *bead.en), default=0) >= 0 and 0 <= bead.probability <= 1


@pytest.mark.parametrize("line", ["[-1]:[0]:0.5", "[0]:[0]:nan", "[0]:[0]:1.5", "[0]:[0]:-0.1"])
def test_a_bead_that_would_point_elsewhere_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="is no bead"):
        read_beads(line)


@given(text=texts)
def test_no_cell_starts_a_formula(text: str) -> None:
    shown = guarded(cell(text))
    assert not shown.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "＝")) or shown.startswith("'")


@QUICK
@given(name=st.sampled_from(["a.tsv", "a.jsonl", "a.tmx", "a.parquet", "a.tsv.gz"]),
    data=st.binary(max_size=80) | texts.map(
    lambda text: text.encode("utf-8", "surrogatepass")))  # fmt: skip
def test_a_file_of_pairs_is_scored_or_refused_and_nothing_else(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        written = Path(folder, "out.tsv")
        try:
            rows = score_file(str(path), str(written))
        except (UsageError, NothingUsableError):
            assert not written.exists()
            return
        assert len(written.read_bytes().split(b"\n")) == rows + 2


def test_the_beads_of_a_document_are_shown_in_every_format() -> None:
    sides: tuple[Sequence[str], Sequence[Any]] = (["a\ud800\n"], ["b\x1b"])
    for style in FORMATS:
        assert list(write_beads([Bead((0,), (0,), 0.5)], *sides, style))
