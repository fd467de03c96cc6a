"""ZIP archives: equal to what `zipfile` reads, and more than it where the archive is damaged or hostile."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loaders import Limits, Record, read
from corpus.loaders.record import Damaged
from corpus.loaders.zipped import member_chunks, members

METHODS = {"stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2}
NAMES = ["mưa.txt", "tin/gió.txt", "a b.txt", "tin/nắng.html"]
ARTICLES = {
    "vi/một.txt": "Sáng nay, mưa lớn ở Sơn La. " * 40,
    "vi/hai.txt": "Chiều nay, nắng ở Mộc Châu. " * 40,
    "en/three.txt": "It rained this morning in Son La. " * 40,
}


def pack(path: Path, content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def rows(path: Path, limits: Limits | None = None) -> list[tuple[str, str | None]]:
    return [(record.source, record.reject) for record in read(path, limits=limits)]


def by_source(path: Path) -> dict[str, Record]:
    return {record.source: record for record in read(path)}


@given(
    content=st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200), max_size=4),
    method=st.sampled_from(list(METHODS.values())),
    before=st.binary(max_size=20).filter(lambda data: b"P" not in data),
    comment=st.binary(max_size=20).filter(lambda data: b"P" not in data),
)
def test_it_reads_what_zipfile_reads(content: dict[str, bytes], method: int, before: bytes, comment: bytes) -> None:
    buffer = io.BytesIO()
    buffer.write(before)
    with zipfile.ZipFile(buffer, "a", method) as archive:
        archive.comment = comment
        for name, data in content.items():
            archive.writestr(name, data)
    found = list(members(buffer))
    read_back = {member.name: b"".join(member_chunks(buffer, member, Limits())) for member in found}
    assert read_back == content
    assert [member.name for member in found] == list(content)


def test_sizes_of_more_than_32_bits_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("tin.txt", "w", force_zip64=True) as member:
        member.write("Mưa lớn.".encode())
    assert [record.data for record in read(path)] == ["Mưa lớn.".encode()]


def test_a_member_is_named_behind_its_archive_and_hashed_by_itself(tmp_path: Path) -> None:
    plain = tmp_path / "một.txt"
    plain.write_text(ARTICLES["vi/một.txt"], encoding="utf-8")
    (alone,) = read(plain)
    inside = by_source(pack(tmp_path / "tin.zip", ARTICLES))
    assert list(inside) == [f"tin.zip!{name}" for name in ARTICLES]
    assert inside["tin.zip!vi/một.txt"].source_sha256 == alone.source_sha256


def test_a_compressed_member_and_an_archive_inside_are_opened(tmp_path: Path) -> None:
    import gzip

    inner = pack(tmp_path / "trong.zip", {"a.txt": "Mưa."}).read_bytes()
    lines = gzip.compress('{"text": "Gió."}\n{"text": "Nắng."}\n'.encode())
    outer = pack(tmp_path / "ngoài.zip", {"trong.zip": inner, "b.jsonl.gz": lines})
    assert rows(outer) == [
        ("ngoài.zip!trong.zip!a.txt", None), ("ngoài.zip!b.jsonl.gz#1", None), ("ngoài.zip!b.jsonl.gz#2", None)
    ]  # fmt: skip


def test_containers_are_not_opened_without_end(tmp_path: Path) -> None:
    data = b"Mua."
    for _ in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.zip" if data.startswith(b"PK") else "a.txt", data)
        data = buffer.getvalue()
    (tmp_path / "a.zip").write_bytes(data)
    assert rows(tmp_path / "a.zip") == [("a.zip!a.zip!a.zip!a.zip", "load:too-deep")]


@pytest.mark.parametrize("seekable", [True, False], ids=["sizes-before", "sizes-behind"])
def test_an_archive_cut_short_gives_the_members_before_the_cut(tmp_path: Path, seekable: bool) -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return seekable

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ARTICLES.items():
            archive.writestr(name, text)
        last = archive.getinfo("en/three.txt").header_offset
    (tmp_path / "a.zip").write_bytes(stream.getvalue()[: last + 60])
    assert rows(tmp_path / "a.zip") == [
        ("a.zip!vi/một.txt", None), ("a.zip!vi/hai.txt", None), ("a.zip!en/three.txt", "load:truncated"),
        ("a.zip", "load:truncated"),
    ]  # fmt: skip


def test_an_archive_without_its_directory_loses_nothing_else(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", ARTICLES)
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    path.write_bytes(path.read_bytes()[:directory])
    records = list(read(path))
    assert [record.data.decode() for record in records if record.data] == list(ARTICLES.values())
    assert records[-1].reject == "load:truncated"


@pytest.mark.parametrize("name", ["../trộm.txt", "/etc/passwd", "C:\\tin.txt", "tin\\..\\..\\a.txt", "\\\\máy\\a.txt"])
def test_a_member_that_points_outside_is_never_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "Mưa.")
        archive.writestr("tốt.txt", "Nắng.")
    (bad, good) = read(path)
    assert (bad.reject, bad.data, good.reject) == ("load:unsafe-path", None, None)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


def test_a_locked_member_is_labelled(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "Mưa.", "b.txt": "Gió."}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.find(mark) + flags] |= 1
    path.write_bytes(data)
    assert rows(path) == [("a.zip!a.txt", "load:encrypted"), ("a.zip!b.txt", None)]


def test_a_link_in_an_archive_is_no_file(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("liên-kết.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert rows(tmp_path / "a.zip") == [("a.zip!liên-kết.txt", "load:not-a-file")]


def test_a_bomb_is_one_row_and_its_neighbours_are_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "Mưa.", "bom.txt": bytes(30 << 20), "b.txt": "Gió."})
    assert rows(path) == [("a.zip!a.txt", None), ("a.zip!bom.txt", "load:bomb"), ("a.zip!b.txt", None)]


def test_many_members_are_together_no_way_around_the_ratio(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {f"{number}.txt": bytes(9 << 20) for number in range(4)})
    assert [reject for _, reject in rows(path)].count("load:bomb") == 3


def test_a_member_that_holds_more_than_it_says_stops_there(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "Mưa lớn ở Sơn La. " * 100})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.find(b"PK\1\2") + 24, 10)
    path.write_bytes(data)
    assert rows(path) == [("a.zip!a.txt", "load:bomb")]


def test_wrong_bytes_in_a_member_are_noticed(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "Mưa lớn."}, zipfile.ZIP_STORED)
    data = path.read_bytes().replace("Mưa".encode(), "Nưa".encode(), 1)
    path.write_bytes(data)
    (record,) = read(path)
    assert record.reject == "load:malformed"


def test_equal_names_in_one_archive_stay_apart(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "Mưa.")
        archive.writestr("a.txt", "Gió.")
    assert rows(tmp_path / "a.zip") == [("a.zip!a.txt", None), ("a.zip!a.txt~2", None)]


def test_names_written_in_utf8_without_saying_so_are_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"mưa.txt": "Mưa."})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\3\4", 7), (b"PK\1\2", 9)):
        data[data.find(mark) + flags] &= ~0x08
    path.write_bytes(data)
    assert rows(path) == [("a.zip!mưa.txt", None)]


def test_what_lies_in_hidden_folders_is_listed_as_skipped(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"__MACOSX/._a.txt": "x", "./a.txt": "Mưa.", ".git/b": "y"})
    skipped: list[dict[str, str]] = []
    sources = [record.source for record in read(tmp_path / "a.zip", skipped=skipped)]
    assert sources == ["a.zip!./a.txt"]
    assert [entry["reason"] for entry in skipped] == ["hidden", "hidden"]


def test_an_archive_of_nothing_and_a_page_called_archive(tmp_path: Path) -> None:
    pack(tmp_path / "rỗng.zip", {})
    (tmp_path / "trang.zip").write_text("<html>404</html>", encoding="utf-8")
    assert rows(tmp_path / "rỗng.zip") == [("rỗng.zip", "load:empty")]
    assert rows(tmp_path / "trang.zip") == [("trang.zip", "load:malformed")]


def test_too_many_members_stop_the_archive(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {f"{number}.txt": "Mưa." for number in range(5)})
    found = rows(path, Limits(members=3))
    assert [reject for _, reject in found] == [None, None, None, "load:too-large"]


@given(data=st.binary(max_size=80), at=st.integers(0, 400), size=st.integers(0, 30))
def test_no_damage_raises(data: bytes, at: int, size: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Mưa lớn. " * 30)
        archive.writestr("b.txt", "Gió.")
    whole = buffer.getvalue()
    broken = io.BytesIO(whole[:at] + data + whole[at + size :])
    try:
        for member in members(broken):
            if member.reject() is None:
                list(member_chunks(broken, member, Limits()))
    except Damaged as damage:
        assert damage.reason.startswith("load:")
