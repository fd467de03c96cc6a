"""What may be named, the order and the names of what is found, links, and what is skipped."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.loaders import SKIPPED, Record, check_inputs, read
from corpus.loaders.names import printable


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Bài {name}.\n", encoding="utf-8")
    return folder


def sources(*paths: str | Path) -> list[str]:
    return [record.source for record in read(paths)]


def with_skipped(path: Path) -> tuple[list[Record], dict[str, str]]:
    skipped: list[dict[str, str]] = []
    records = list(read(path, skipped=skipped))
    assert {entry["reason"] for entry in skipped} <= set(SKIPPED)
    return records, {entry["source"]: entry["reason"] for entry in skipped}


def test_a_file_a_folder_and_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "tin", "a.txt", "vi/b.txt")
    monkeypatch.chdir(folder / "vi")
    assert sources(folder / "a.txt") == ["a.txt"]
    assert sources(folder) == sources(f"{folder}/") == sources("..") == ["tin/a.txt", "tin/vi/b.txt"]
    assert sources(".") == ["vi/b.txt"]
    assert sources("../a.txt") == ["a.txt"]


def test_the_order_is_that_of_the_relative_paths(tmp_path: Path) -> None:
    names = ["a.txt", "a/z.txt", "a-b/c.txt", "B.txt", "á.txt", "ab.txt", "a/b/c.txt"]
    folder = write(tmp_path / "tin", *names)
    assert sources(folder) == [f"tin/{name}" for name in sorted(names)]


def test_patterns_name_the_path_below_their_fixed_part(tmp_path: Path) -> None:
    folder = write(tmp_path, "tin/a.html", "tin/b.txt", "tin/vi/a.html", "tin/en/a.html")
    assert sources(f"{folder}/tin/*.html") == ["a.html"]
    assert sources(f"{folder}/tin/*/a.html") == ["en/a.html", "vi/a.html"]
    assert sources(f"{folder}/tin/**/*.html") == ["a.html", "en/a.html", "vi/a.html"]
    assert sources(f"{folder}/t*") == ["tin/a.html", "tin/b.txt", "tin/en/a.html", "tin/vi/a.html"]


def test_a_name_with_a_star_in_it_is_a_name(tmp_path: Path) -> None:
    write(tmp_path, "a[1].txt", "a1.txt")
    assert sources(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_a_path_that_does_not_exist_ends_in_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "seeds/a.txt")
    with pytest.raises(UsageError, match=r"no file or folder .*name one that exists.*Did you mean .*seeds"):
        read(tmp_path / "seds")
    with pytest.raises(UsageError, match="no file matches"):
        check_inputs(f"{tmp_path}/*.html")
    with pytest.raises(UsageError, match="no input; name a file"):
        read([])
    with pytest.raises(UsageError, match=r"no field 'body'; there are: .*"):
        check_inputs(tmp_path, fields={"body": "text"})


def test_nothing_is_read_before_every_input_is_found(tmp_path: Path) -> None:
    stdin = io.BytesIO(b"x")
    with pytest.raises(UsageError):
        read(["-", tmp_path / "missing.txt"], stdin=stdin)
    assert stdin.read() == b"x"


def test_an_empty_folder_holds_no_record(tmp_path: Path) -> None:
    assert sources(tmp_path) == []


def test_inputs_with_one_last_part_are_fine_until_two_files_would_share_a_source(tmp_path: Path) -> None:
    write(tmp_path, "vi/tin/a.txt", "en/tin/b.txt")
    assert sources(tmp_path / "vi/tin", tmp_path / "en/tin") == ["tin/a.txt", "tin/b.txt"]
    write(tmp_path, "en/tin/a.txt")
    with pytest.raises(UsageError, match=r"would both be called 'tin/a\.txt'; name a folder that holds both"):
        read([tmp_path / "vi/tin", tmp_path / "en/tin"])


def test_an_input_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "tin/a.txt")
    skipped: list[dict[str, str]] = []
    found = [record.source for record in read([tmp_path / "tin", f"{tmp_path}/tin/"], skipped=skipped)]
    assert found == ["tin/a.txt"]
    assert skipped == [{"source": "tin", "reason": "named-twice"}]


def test_hidden_files_are_listed_and_named_ones_are_read(tmp_path: Path) -> None:
    write(tmp_path / "tin", "a.txt", ".b.txt", ".git/c.txt", "__MACOSX/d.txt")
    records, skipped = with_skipped(tmp_path / "tin")
    assert [record.source for record in records] == ["tin/a.txt"]
    assert skipped == dict.fromkeys(["tin/.b.txt", "tin/.git", "tin/__MACOSX"], "hidden")
    assert sources(tmp_path / "tin" / ".b.txt") == [".b.txt"]


def test_a_manifest_is_known_by_its_name_and_its_shape(tmp_path: Path) -> None:
    write(tmp_path / "tin", "a.txt")
    listed = {"about": "x", "files": [{"file": "a.txt", "sha256": "0" * 64, "language": "vi"}]}
    (tmp_path / "tin" / "MANIFEST.json").write_text(json.dumps(listed), encoding="utf-8")
    (tmp_path / "tin" / "other.json").write_text(json.dumps(listed), encoding="utf-8")
    (tmp_path / "tin" / "vi").mkdir()
    (tmp_path / "tin" / "vi" / "MANIFEST.json").write_text('{"text": "Tuyên ngôn."}', encoding="utf-8")
    records, skipped = with_skipped(tmp_path / "tin")
    assert [record.source for record in records] == ["tin/a.txt", "tin/other.json#1", "tin/vi/MANIFEST.json#1"]
    assert skipped == {"tin/MANIFEST.json": "manifest"}


def test_links_are_followed_within_the_folder_and_not_out_of_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "tin", "a.txt", "vi/b.txt")
    secret = write(tmp_path, "bí mật.txt") / "bí mật.txt"
    (folder / "link.txt").symlink_to("a.txt")
    (folder / "link-vi").symlink_to("vi")
    (folder / "out.txt").symlink_to(secret)
    (folder / "out").symlink_to(tmp_path)
    (folder / "nowhere").symlink_to("missing")
    (folder / "self").symlink_to("self")
    records, skipped = with_skipped(folder)
    assert {record.source: record.reject for record in records} == {
        "tin/a.txt": None, "tin/link-vi/b.txt": None, "tin/link.txt": None, "tin/vi/b.txt": None,
        "tin/out.txt": "load:unsafe-path", "tin/out": "load:unsafe-path",
        "tin/nowhere": "load:unreadable", "tin/self": "load:unreadable",
    }  # fmt: skip
    assert skipped == {}
    assert not any(record.data and b"m\xe1\xba\xadt" in record.data for record in records)


def test_loops_of_links_end(tmp_path: Path) -> None:
    folder = write(tmp_path / "tin", "vi/a.txt")
    (folder / "vi" / "up").symlink_to("..")
    (folder / "again").symlink_to("vi")
    records, skipped = with_skipped(folder)
    assert [record.source for record in records] == ["tin/again/a.txt", "tin/vi/a.txt"]
    assert skipped == {"tin/again/up": "symlink-loop", "tin/vi/up": "symlink-loop"}


def test_links_that_multiply_are_each_followed_once(tmp_path: Path) -> None:
    folder = tmp_path / "tin"
    write(folder, "30/a.txt")
    for level in range(30):
        (folder / f"{level:02}").mkdir()
        for side in "ab":
            (folder / f"{level:02}" / side).symlink_to(f"../{level + 1:02}")
    records, skipped = with_skipped(folder)
    assert len(records) + len(skipped) < 2000


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "cổng"))
        assert {record.source.partition("/")[2]: record.reject for record in read(tmp_path)} == {
            "cổng": "load:not-a-file", "ống.txt": "load:not-a-file",
        }  # fmt: skip
    assert [record.reject for record in read("/dev/zero")] == ["load:not-a-file"]


def test_what_the_system_refuses_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "tin", "a.txt", "b.txt", "khóa/c.txt")
    real_open, real_scan = os.open, os.scandir

    def refuse_open(path: str, *arguments: int) -> int:
        if path.endswith("a.txt"):
            raise PermissionError(path)
        return real_open(path, *arguments)

    def refuse_scan(path: str) -> object:
        if path.endswith("khóa"):
            raise FileNotFoundError(path)  # it vanished
        return real_scan(path)

    monkeypatch.setattr(os, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_scan)
    assert {record.source: record.reject for record in read(tmp_path / "tin")} == {
        "tin/a.txt": "load:unreadable", "tin/b.txt": None, "tin/khóa": "load:unreadable",
    }  # fmt: skip


def test_a_path_deeper_than_recursion_goes(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1500):
        folders.append(folders[-1] / "a")
        folders[-1].mkdir()
    file = folders[-1] / "b.txt"
    file.write_text("Mưa.", encoding="utf-8")
    try:
        (source,) = sources(tmp_path)
        assert source == f"{tmp_path.name}/{'a/' * 1500}b.txt"
    finally:  # what removes the folder later does recurse
        file.unlink()
        for folder in reversed(folders[1:]):
            folder.rmdir()


@given(st.text(max_size=8) | st.text(st.sampled_from("%4a1#!.zip\n\udcff\u202e"), max_size=8), st.text(max_size=8))
def test_sources_are_printable_and_never_meet(name: str, other: str) -> None:
    printed = printable(name)
    printed.encode("utf-8")
    assert not any(ord(character) < 32 or character in "\x7f\u2028\u202e" for character in printed)
    assert (printed == printable(other)) == (name == other)


@given(st.text(st.sampled_from("%4a#1!\n"), max_size=5), st.text(st.sampled_from("%4a#1!\n"), max_size=5))
def test_names_made_to_meet_do_not(name: str, other: str) -> None:
    assert (printable(name) == printable(other)) == (name == other)


def test_odd_file_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "tin")
    os.mkdir(folder)
    for name in (b"a\nb.txt", b"\xff\xfe.txt", b"50% xong!.txt", "mưa.jsonl#3".encode(), b"-", b"\x1b[31m.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_text("Mưa.", encoding="utf-8")
    assert sorted(sources(tmp_path / "tin")) == sorted(
        ["tin/a%0Ab.txt", "tin/%FF%FE.txt", "tin/50% xong!.txt", "tin/mưa.jsonl%233", "tin/-", "tin/%1B[31m.txt"]
    )


@pytest.mark.parametrize(
    ("data", "format_", "source"),
    [
        ('{"text": "Mưa."}\n{"text": "Gió."}\n', "jsonl", "stdin#1"),
        ('[{"text": "Mưa."}]', "json", "stdin#1"),
        ("<!DOCTYPE html><html><p>Mưa.</p></html>", "html", "stdin"),
        ("Mưa lớn ở Sơn La.", "text", "stdin"),
        ("", "text", "stdin"),
    ],
)
def test_standard_input(data: str, format_: str, source: str) -> None:
    first = next(read("-", stdin=io.BytesIO(data.encode())))
    assert (first.format, first.source) == (format_, source)
    assert first.source_sha256 == hashlib.sha256(data.encode()).hexdigest()


def test_standard_input_can_be_named_once() -> None:
    with pytest.raises(UsageError, match="standard input is named twice"):
        read(["-", "-"])
