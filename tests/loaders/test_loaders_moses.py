"""Moses pairs: found among files, in folders and in archives; line i with line i."""

from __future__ import annotations

import bz2
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.loaders import read

VI, EN = "Mưa.\nGió.\n\nNắng.\nHết.\n", "Rain.\nWind.\n\n\n"
EXPECT = [
    ({"vi": "Mưa.", "en": "Rain."}, None),
    ({"vi": "Gió.", "en": "Wind."}, None),
    ({"vi": "", "en": ""}, "load:empty"),
    ({"vi": "Nắng.", "en": ""}, "load:unpaired"),
    ({"vi": "Hết.", "en": ""}, "load:unpaired"),
]


@pytest.mark.parametrize(
    ("vi", "en"),
    [("a.vi", "a.en"), ("a.en-vi.vi", "a.en-vi.en"), ("a.vi-en.vie_Latn", "a.vi-en.eng_Latn"), ("a.vi.gz", "a.en.bz2")],
)
def test_pairs_in_a_folder(tmp_path: Path, vi: str, en: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress}
    for name, text in ((vi, VI), (en, EN)):
        (tmp_path / name).write_bytes(packers.get(Path(name).suffix, bytes)(text.encode()))
    skipped: list[dict[str, str]] = []
    records = list(read(tmp_path, skipped=skipped))
    assert [(record.given, record.reject) for record in records] == EXPECT
    assert [record.source for record in records] == [f"{tmp_path.name}/{vi}#{number}" for number in range(1, 6)]
    assert skipped == [{"source": f"{tmp_path.name}/{en}", "reason": "moses-partner"}]


def test_a_pair_is_found_where_both_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.vi").write_text(VI, encoding="utf-8")
    (tmp_path / "a.en").write_text(EN, encoding="utf-8")
    assert [record.given for record in read([tmp_path / "a.en", tmp_path / "a.vi"])] == [given for given, _ in EXPECT]
    (alone,) = read(tmp_path / "a.vi")
    assert (alone.format, alone.given, alone.data) == ("text", None, VI.encode())


def test_a_pair_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "en-vi.txt.zip", "w") as archive:
        archive.writestr("README", "Về bộ ngữ liệu này.")
        archive.writestr("Bible.en-vi.en", EN)
        archive.writestr("Bible.en-vi.vi", VI)
    first, *pairs = read(tmp_path / "en-vi.txt.zip")
    assert first.source == "en-vi.txt.zip!README"
    assert [(record.given, record.reject) for record in pairs] == EXPECT


def test_two_languages_in_file_names_of_pages_are_no_pair(tmp_path: Path) -> None:
    for name in ("trang.vi.html", "trang.en.html"):
        (tmp_path / name).write_text("<html><p>Mưa.</p></html>", encoding="utf-8")
    assert [record.format for record in read(tmp_path)] == ["html", "html"]


def test_the_longer_side_may_be_english_and_lines_end_only_at_newlines(tmp_path: Path) -> None:
    (tmp_path / "a.vi").write_bytes("Mưa\u2028to.\r\n".encode())
    (tmp_path / "a.en").write_bytes(b"Heavy rain.\r\nWind.")
    assert [(record.given, record.reject) for record in read(tmp_path)] == [
        ({"vi": "Mưa\u2028to.", "en": "Heavy rain."}, None), ({"vi": "", "en": "Wind."}, "load:unpaired")
    ]  # fmt: skip


def test_a_half_cut_short_ends_the_pair(tmp_path: Path) -> None:
    (tmp_path / "a.vi").write_text("Mưa.\n" * 20_000, encoding="utf-8")
    packed = gzip.compress("".join(f"Rain {number * 7919}.\n" for number in range(20_000)).encode())
    (tmp_path / "a.en.gz").write_bytes(packed[: len(packed) // 2])
    records = list(read(tmp_path))
    assert records[0].given == {"vi": "Mưa.", "en": "Rain 0."}
    assert records[-1].reject == "load:truncated"
    assert 5000 < len(records) < 20_000


def test_a_prefix_names_both_halves(tmp_path: Path) -> None:
    (tmp_path / "a.en-vi.vi").write_text(VI, encoding="utf-8")
    (tmp_path / "a.en-vi.en").write_text(EN, encoding="utf-8")
    records = list(read(tmp_path / "a.en-vi"))
    assert [(record.given, record.reject) for record in records] == EXPECT
    assert records[0].source == "a.en-vi.vi#1"
