"""Hostile places: names, links, pipes and sockets, and files that pretend to belong to this package."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.hostile_texts import LINE, File

NAMES = ("hai\ndòng.txt", 'trích"dẫn".txt', "nháy'đơn.txt", "-rf", "--help.txt", "%41%zz.txt", "%s%n.txt", "$(id).txt",
    "`id`.txt", "a;b.txt", "a|b.txt",
         "a\\b.txt", "\x1b[2J.txt", "\x1b]0;a\x07.txt", "\u202etxt.exe", "\u200b.txt", "#1.txt", "a.jsonl#1",
         "a.zip!b.txt", "a" * 240 + ".txt", " .txt",
         "...", "a..txt", "cafe\u0301.txt", "café.txt", "CON", "NUL.txt", "*", "?.txt", "[a].txt", "{a}.txt", "~",
         "a\tb.txt", "\x7f.txt", "ế" * 80,
         "hf:--org-name.txt", ".hidden.txt", "__MACOSX", "vi", "en", "a.VI", ".txt", "data.TXT ", "a.txt.", "=1+1.csv",
         "👩\u200d👧.txt")  # fmt: skip
RAW_NAMES = (b"\xff\xfe.txt", b"tin-\xe9\xe8.txt", b"\xed\xa0\x80.txt")
INSIDE = {
    "org/name/a.txt": LINE, "hf:/org/name.txt": LINE, "run/.songngu-run": "{}", "run/articles/00000.parquet": "x",
    "run/a.txt": LINE, ".songngu-run.txt": LINE,
    "manifest/MANIFEST.json": json.dumps([{"file": "../../a", "sha256": "0"}]),
    "manifest2/MANIFEST.json": '{"text": "Mưa to."}',
    "manifest3/MANIFEST.json": "[" * 9999,
    "disk/state.json": json.dumps({"_data_files": [{"filename": "../../../etc/passwd"}]}),
    "disk/dataset_info.json": "{}",
    "disk/a.arrow": "x", "disk2/state.json": "[" * 9999, "disk2/dataset_info.json": "[]",
    "card/README.md": "---\nconfigs:\n- a\n---\n", "lock/ledger.json": "[]",
    "script/name.py": "raise SystemExit('run')", "script/name.txt": LINE, "wrong/a.parquet": LINE, "wrong/a.zip": LINE,
    "wrong/a.gz": LINE, "wrong/a.png": LINE,
    "wrong/a.txt.html": "{}", "wrong/page.txt": "<html><p>" + LINE, "wrong/a.exe": "MZ", "wrong/a": "",
    "wrong/a.docx": "PK", "wrong/a.tmx": '{"text": "a"}',
}  # fmt: skip


def place_files() -> Iterator[File]:
    """Ordinary files in odd company."""
    for name in NAMES:
        yield f"names/{name}", f"{LINE} {LINE}\n".encode()
    for name, text in INSIDE.items():
        yield name, text.encode()
    yield "/".join(["sâu"] * 60) + "/a.txt", LINE.encode()


def make_places(folder: Path) -> list[str]:
    """Make what is no ordinary file, as far as the system allows; the paths that were made."""
    made: list[str] = []

    def attempt(name: str, make: object, *arguments: object) -> None:
        path = folder / "places" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(path, *arguments)  # type: ignore[operator]
        except (OSError, AttributeError):
            return  # no such thing on this system, or not for this user
        made.append(path.relative_to(folder).as_posix())

    attempt("pipe.txt", os.mkfifo)
    attempt("pipe.jsonl.gz", os.mkfifo)
    attempt("device.txt", lambda path: os.mknod(path, 0o20644, os.makedev(1, 5)))
    attempt("socket.txt", _socket)
    for name, target in {"loop.txt": "loop.txt", "a.txt": "b.txt", "b.txt": "a.txt", "dangling.txt": "nowhere",
        "up": "..", "self": ".", "root": "/",
                         "passwd.txt": "/etc/passwd", "zero.txt": "/dev/zero", "tty.txt": "/dev/tty",
                         "proc.txt": "/proc/self/mem", "deep/up/up": "../..",
                         "home": "../../..", "good.txt": "../names/-rf",
                         "fd.txt": "/proc/self/fd/0"}.items():  # fmt: skip
        attempt(name, lambda path, target=target: path.symlink_to(target))
    attempt("locked.txt", lambda path: (path.write_text(LINE), path.chmod(0)))
    attempt("locked", lambda path: (path.mkdir(), (path / "a.txt").write_text(LINE), path.chmod(0)))
    for raw in RAW_NAMES:
        attempt(os.fsdecode(raw), lambda path: path.write_text(LINE))
    return made


def _socket(path: Path) -> None:
    """A socket without anybody behind it. Its address may be no longer than 100 bytes, so it is made from within."""
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)
