"""Hostile containers: bombs, archives within archives, entries that would be written elsewhere, lies in headers."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from random import Random

from tests.hostile.hostile_texts import LINE, File

UNSAFE = ("../ra.txt", "../../../../ra.txt", "/ra.txt", "C:\\ra.txt", "..\\ra.txt", "a/../../ra.txt",
    "a/./b.txt", "//ra.txt", "a\0.txt",
          "a\n.txt", "\x1b[2J.txt", "-rf.txt", "", "CON", "a" * 3000 + ".txt", "~/ra.txt", "%2e%2e/ra.txt",
          "a\u202etxt.exe", "thư mục/")  # fmt: skip


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=3).compress(data)


CODECS: dict[str, Callable[[bytes], bytes]] = {"gz": lambda data: gzip.compress(data, mtime=0), "bz2": bz2.compress,
    "xz": lzma.compress,
                                               "zst": _zstd}  # fmt: skip


def packed_files(random: Random, size: int) -> Iterator[File]:
    """All of them; a bomb unpacks to some 12 MiB more than the ratio is asked from, whatever `size` says."""
    text = (LINE + "\n").encode() * 20
    for ending, pack in CODECS.items():
        whole = pack(text)
        yield f"packed/cut.txt.{ending}", whole[: len(whole) // 2]
        yield f"packed/head.txt.{ending}", whole[:8]
        yield f"packed/flipped.txt.{ending}", _flipped(whole, random)
        yield f"packed/trailing.txt.{ending}", whole + b"Mua to."
        yield f"packed/twice.txt.{ending}", whole + whole
        yield f"packed/lie.txt.{ending}", text
        yield f"packed/bomb.txt.{ending}", pack(bytes(24 << 20))
        yield f"packed/bomb.jsonl.{ending}", pack(b" " * (24 << 20))
        yield f"packed/nested.txt{f'.{ending}' * 4}", pack(pack(pack(pack(text))))
        yield f"packed/empty.{ending}", pack(b"")
        yield f"packed/zip.zip.{ending}", pack(archive({"a.txt": text}))
    yield "packed/bomb-of-bombs.txt.gz.gz", CODECS["gz"](CODECS["gz"](bytes(24 << 20)))
    yield "packed/window.txt.zst", b"\x28\xb5\x2f\xfd\x00\xf8" + bytes(40)
    yield from _archives(text, random)


def _archives(text: bytes, random: Random) -> Iterator[File]:
    for number, name in enumerate(UNSAFE):
        yield f"zip/name-{number:02}.zip", archive({name: text, "tốt.txt": text})
    whole = archive({"a.txt": text, "b.txt": text, "b.jsonl": b'{"text": "a"}\n'})
    yield "zip/cut.zip", whole[: len(whole) // 2]
    yield "zip/no-directory.zip", whole[: whole.rfind(b"PK\1\2")]
    yield "zip/flipped.zip", _flipped(whole, random)
    yield "zip/prefixed.zip", b"#!/bin/sh\n" * 9 + whole
    yield "zip/bomb.zip", archive({"a.txt": bytes(24 << 20)})
    yield "zip/lie.zip", archive({"a.txt": bytes(24 << 20)}).replace(struct.pack("<L", 24 << 20), struct.pack("<L", 10))
    yield "zip/empty.zip", archive({})
    yield "zip/many.zip", archive({f"{number}.txt": b"a" for number in range(2000)})
    yield "zip/links.zip", _with_modes(text)
    yield "zip/encrypted.zip", _with_flag(whole, 1)
    yield (
        "zip/method.zip",
        whole.replace(struct.pack("<2H", 20, 0) + struct.pack("<H", 8), struct.pack("<3H", 20, 0, 77)),
    )
    yield "zip/huge-offset.zip", whole[:-6] + b"\xff\xff\xff\xff\0\0"
    yield "zip/comment.zip", whole[:-2] + b"\xff\xff" + b"PK\5\6" * 5000
    nested = archive({"a.txt": text})
    for _ in range(40):
        nested = archive({"a.zip": nested})
    yield "zip/nested.zip", nested
    yield "zip/quine-like.zip", archive({f"{number}.zip": archive({"a.txt": text}) for number in range(50)})
    yield "zip/twice.zip", _twice(text)


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of some members, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo("a")
            info.filename = name  # as it is: ZipInfo would cut a name at NUL
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return buffer.getvalue()


def _with_modes(text: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, kind in {
            "link.txt": stat.S_IFLNK,
            "pipe.txt": stat.S_IFIFO,
            "device.txt": stat.S_IFBLK,
            "file.txt": stat.S_IFREG,
        }.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o644) << 16
            file.writestr(info, b"/etc/passwd" if kind == stat.S_IFLNK else text)
    return buffer.getvalue()


def _with_flag(whole: bytes, flag: int) -> bytes:
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = whole.find(mark)
        while start >= 0:
            whole = whole[: start + at] + struct.pack("<H", flag) + whole[start + at + 2 :]
            start = whole.find(mark, start + 4)
    return whole


def _twice(text: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the name is there twice is the point
        for _ in range(2):
            file.writestr(zipfile.ZipInfo("a.txt"), text)
    return buffer.getvalue()


def _flipped(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) // 3, len(data))
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
