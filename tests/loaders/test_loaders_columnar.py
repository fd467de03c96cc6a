"""Parquet, Arrow, and the folders that `datasets` writes."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import gzip
import itertools
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.loaders import FORMATS, REASONS, Limits, Options, Record, apart, columnar, read
from corpus.loaders.inputfile import file_on_disk
from corpus.loaders.inputs import find_inputs
from corpus.loaders.reader import Reader

ROWS: dict[str, Any] = {
    "Nội dung": ["Mưa lớn.", "Gió mạnh.", None],
    "authors": [["Thu Hà", "Lan Anh"], None, []],
    "date": [datetime.datetime(2020, 12, 22, 8, 30), None, None],
    "views": [7, None, 9],
    "vector": [[0.5, 0.25]] * 3,
    "picture": [b"\x89PNG"] * 3,
}


def table(**columns: Any) -> pa.Table:
    return pa.table(columns or ROWS)


def write_arrow(path: Path, content: pa.Table, *, stream: bool = False, batches: int = 1) -> Path:
    opener = pa.ipc.new_stream if stream else pa.ipc.new_file
    with opener(str(path), content.schema) as writer:
        for _ in range(batches):
            writer.write_table(content)
    return path


def write_parquet(path: Path, content: pa.Table, **options: Any) -> Path:
    pq.write_table(content, path, **options)
    return path


def check(records: list[Record]) -> None:
    first, second, third = records
    assert first.text == "Mưa lớn."
    assert first.fields == {"author": "Thu Hà; Lan Anh", "published": "2020-12-22T08:30:00", "views": "7"}
    assert (second.text, second.fields) == ("Gió mạnh.", {})
    assert (third.reject, third.fields) == ("load:empty", {"views": "9"})


def test_parquet(tmp_path: Path) -> None:
    check(list(read(write_parquet(tmp_path / "a.parquet", table(), row_group_size=2))))


@pytest.mark.parametrize("stream", [True, False])
def test_arrow_in_both_formats(tmp_path: Path, stream: bool) -> None:
    check(list(read(write_arrow(tmp_path / "a.arrow", table(), stream=stream))))


def test_compressed_parquet_and_feather(tmp_path: Path) -> None:
    data = write_parquet(tmp_path / "a.parquet", table()).read_bytes()
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(data))
    write_arrow(tmp_path / "c.feather", table())
    assert [record.sha256 for record in read(tmp_path)][:3] == [record.sha256 for record in read(tmp_path)][3:6]


def test_a_shard_without_an_extension_is_known_by_its_bytes(tmp_path: Path) -> None:
    write_parquet(tmp_path / "part-00000", table())
    assert [record.format for record in read(tmp_path / "part-00000")] == ["parquet"] * 3


def test_translations_and_columns_of_both_languages(tmp_path: Path) -> None:
    pairs = pa.array([{"vi": "Mưa.", "en": "Rain."}], pa.struct([("vi", pa.string()), ("en", pa.string())]))
    write_parquet(tmp_path / "a.parquet", table(translation=pairs, site=["x.vn"]))
    write_parquet(tmp_path / "b.parquet", table(vie_Latn=["Mưa."], eng_Latn=["Rain."], site=["x.vn"]))
    first, second = read(tmp_path)
    assert first.given == second.given == {"vi": "Mưa.", "en": "Rain."}
    assert first.sha256 == second.sha256


def test_types_that_python_has_no_match_for(tmp_path: Path) -> None:
    shown = "Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("latin-1")  # what TCVN3 bytes look like in Latin-1
    legacy = pa.array([shown, "Mưa.".encode()]).view(pa.string())
    nanoseconds = pa.array([1_608_625_800_000_000_001, None], pa.timestamp("ns"))
    words = pa.array(["a", "b"]).dictionary_encode()
    write_parquet(tmp_path / "a.parquet", table(text=legacy, date=nanoseconds, tag=words))
    first, second = read(tmp_path / "a.parquet")
    assert first.fields["published"].startswith("2020-12-22T08:30:00")
    assert (second.text, second.fields) == ("Mưa.", {"tag": "b"})
    assert first.text is not None and first.text.startswith("Cộng hoà")


def test_what_a_truncated_file_still_holds(tmp_path: Path) -> None:
    data = write_arrow(tmp_path / "a.arrow", table(), batches=3).read_bytes()
    (tmp_path / "a.arrow").write_bytes(data[: len(data) * 2 // 3])
    found = list(read(tmp_path / "a.arrow"))
    assert found[0].text == "Mưa lớn."
    assert found[-1].reject == "load:truncated"
    data = write_parquet(tmp_path / "b.parquet", table()).read_bytes()
    (tmp_path / "b.parquet").write_bytes(data[:-20])
    (record,) = read(tmp_path / "b.parquet")
    assert (record.source, record.reject) == ("b.parquet", "load:truncated")


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather"])
@pytest.mark.parametrize("data", [b"PAR1" + b"x" * 60 + b"PAR1", b"ARROW1\0\0" + b"x" * 60 + b"ARROW1", b"Mua lon."])
def test_what_only_looks_like_one_is_one_row(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (record,) = read(tmp_path / name)
    assert record.reject in ("load:malformed", "load:truncated")


def test_a_row_over_the_limit_is_one_row(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", table(text=["Mưa.", "Gió. " * 1000, "Nắng."]))
    found = read(tmp_path / "a.parquet", limits=Limits(record_bytes=1000))
    assert [record.reject for record in found] == [None, "load:too-large", None]


def test_a_parquet_bomb(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", table(text=["a" * (30 << 20)]), compression="zstd", use_dictionary=False)
    assert [record.reject for record in read(tmp_path / "a.parquet")] == ["load:bomb"]


def test_a_folder_that_save_to_disk_wrote(tmp_path: Path) -> None:
    from datasets import Dataset, DatasetDict, disable_progress_bars

    disable_progress_bars()
    train = Dataset.from_dict({"text": ["Mưa.", "Gió."]})
    DatasetDict({"train": train, "test": train.select([1])}).save_to_disk(str(tmp_path / "tin"))
    (tmp_path / "tin" / "train" / "cache-1.arrow").write_bytes(b"left behind by map")
    skipped: list[dict[str, str]] = []
    found = [(record.source, record.format, record.text) for record in read(tmp_path / "tin", skipped=skipped)]
    assert found == [
        ("tin/test/data-00000-of-00001.arrow#1", "dataset", "Gió."),
        ("tin/train/data-00000-of-00001.arrow#1", "dataset", "Mưa."),
        ("tin/train/data-00000-of-00001.arrow#2", "dataset", "Gió."),
    ]
    assert {entry["reason"] for entry in skipped} == {"dataset-info", "dataset-cache"}


def test_the_card_of_a_dataset_is_no_article_and_another_readme_is(tmp_path: Path) -> None:
    for name, front in (("thẻ", "license: mit\nconfigs:\n- config_name: default\n"), ("bài", "title: Mưa\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(f"---\n{front}---\nMưa lớn.\n", encoding="utf-8")
    skipped: list[dict[str, str]] = []
    sources = [record.source for record in read([tmp_path / "bài", tmp_path / "thẻ"], skipped=skipped)]
    assert sources == ["bài/README.md"]
    assert skipped == [{"source": "thẻ/README.md", "reason": "dataset-card"}]


# In a process of its own


def reader_of(*paths: Path) -> tuple[Reader, Iterator[Record]]:
    reader = Reader(Options(), FORMATS)
    return reader, reader.records(find_inputs([str(path) for path in paths]))


def process_of(reader: Reader) -> int:
    process = reader._apart._process
    assert process is not None
    return process.pid


def test_a_file_that_kills_its_reader_is_one_row_more(tmp_path: Path) -> None:
    many = table(text=[f"Tin số {number}. " * 50 for number in range(20_000)])
    reader, records = reader_of(write_parquet(tmp_path / "a.parquet", many), write_arrow(tmp_path / "b.arrow", table()))
    assert next(records).text is not None
    os.kill(process_of(reader), signal.SIGKILL)
    found = list(records)
    of_first = [record for record in found if record.source.startswith("a.parquet")]
    assert 0 < len(of_first) < 20_000
    assert [record.reject for record in of_first if record.reject] == ["load:crashed"]
    assert of_first[-1].source == f"a.parquet#{len(of_first) + 1}"
    check([record for record in found if record.source.startswith("b.arrow")])


def test_a_file_over_which_its_reader_falls_silent_is_one_row_more(tmp_path: Path) -> None:
    many = table(text=[f"Tin số {number}. " * 50 for number in range(20_000)])
    reader, records = reader_of(write_parquet(tmp_path / "a.parquet", many))
    next(records)
    reader._apart._channel.settimeout(0.5)
    os.kill(process_of(reader), signal.SIGSTOP)
    assert [record.reject for record in records if record.reject] == ["load:timeout"]


def test_the_process_ends_with_the_reading(tmp_path: Path) -> None:
    for paths in ([write_arrow(tmp_path / "a.arrow", table())], [write_parquet(tmp_path / "b.parquet", table())]):
        for stop in (1, 3):
            reader, records = reader_of(*paths)
            list(itertools.islice(records, stop))
            process = process_of(reader)
            records.close()
            assert not Path(f"/proc/{process}").exists()


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    moment = datetime.datetime(2020, 12, 22, 8, 30, tzinfo=datetime.timezone.utc)
    values: dict[str, Any] = {
        "text": ["Mưa."], "date": [moment], "giờ": [datetime.time(8, 30)], "ngày": [moment.date()],
        "giá": [decimal.Decimal("1.50")], "số": [2**62], "tỷ lệ": [0.1], "không": [float("nan")], "đúng": [True],
        "author": [{"name": "Lan Anh"}],
    }  # fmt: skip
    path = write_parquet(tmp_path / "a.parquet", table(**values))
    file = file_on_disk("a.parquet", str(path), Limits())
    here = list(columnar.parquet_rows(file, Options()))
    with contextlib.closing(apart.Apart()) as process:
        there = list(process.rows(columnar.parquet_rows, file, Options()))
    columns = Options().columns
    assert [columns.map(row.values) for row in there] == [columns.map(row.values) for row in here]
    assert here[0].values["giá"] == decimal.Decimal("1.50") and here[0].values["date"] == moment


@pytest.mark.parametrize("times", [60, pytest.param(3000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", ["parquet", "arrow", "stream"])
def test_bytes_changed_anywhere(tmp_path: Path, kind: str, times: int) -> None:
    rows = table(text=[f"Tin số {number}." for number in range(200)], site=["x.vn", None] * 100, n=range(200))
    name = tmp_path / ("a.parquet" if kind == "parquet" else "a.arrow")
    write = write_parquet if kind == "parquet" else write_arrow
    data = write(name, rows, **({"stream": True} if kind == "stream" else {})).read_bytes()
    chance, folder = random.Random(times), tmp_path / "changed"
    folder.mkdir()
    for number in range(times):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 4, 64))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        (folder / f"{number:05d}{name.suffix}").write_bytes(changed)
    found = list(read(folder))
    by_file = {source: list(records) for source, records in itertools.groupby(found, lambda r: r.source.split("#")[0])}
    assert len(by_file) == times
    for records in by_file.values():
        assert all(record.reject in REASONS for record in records if record.reject)
        assert len(records) <= 201
    assert any(record.reject for record in found) and any(record.text for record in found)
