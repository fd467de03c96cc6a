"""Compressed files: what went in comes out, however it is cut up, and damage never takes what stands before it."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus.loaders.containers import inflate
from corpus.loaders.limits import KIB, MIB, Limits
from corpus.loaders.record import Damaged

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
# Text that does not pack too well, so that a cut falls somewhere inside of it.
ARTICLE = "".join(f"Đoạn {n}: ngày {n * 7919 % 31}, {n * 104729 % 9973} người.\n" for n in range(9000))
codecs = pytest.mark.parametrize("codec", PACKERS)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def read_until_damaged(chunks: Iterator[bytes], codec: str, limits: Limits | None = None) -> tuple[bytes, str | None]:
    got = bytearray()
    try:
        for piece in inflate(chunks, codec, limits or Limits()):
            got += piece
    except Damaged as damage:
        return bytes(got), damage.reason
    return bytes(got), None


@codecs
@given(parts=st.lists(st.binary(max_size=300), min_size=1, max_size=3), size=st.integers(1, 40))
def test_what_went_in_comes_out(codec: str, parts: list[bytes], size: int) -> None:
    packed = b"".join(map(PACKERS[codec], parts))
    assert read_until_damaged(cut(packed, size), codec) == (b"".join(parts), None)


@codecs
def test_a_file_cut_short_gives_what_it_still_holds(codec: str) -> None:
    data = ARTICLE.encode()
    packed = PACKERS[codec](data)
    got, reason = read_until_damaged(cut(packed[: len(packed) * 9 // 10], 4096), codec)
    assert reason == "load:truncated"
    assert data.startswith(got)
    if codec != "bz2":  # whose blocks are larger than this text
        assert len(got) > len(data) // 2


@codecs
def test_damaged_bytes_are_noticed(codec: str) -> None:
    packed = bytearray(PACKERS[codec](ARTICLE.encode()))
    packed[len(packed) // 2] ^= 0xFF
    got, reason = read_until_damaged(cut(bytes(packed), 4096), codec)
    assert reason == "load:malformed"
    assert got != ARTICLE.encode()


@codecs
def test_what_is_no_compressed_file_is_malformed(codec: str) -> None:
    assert read_until_damaged(iter([b"Sang nay, mua lon o Son La."]), codec) == (b"", "load:malformed")


@codecs
def test_garbage_behind_the_end_does_not_take_what_stands_before(codec: str) -> None:
    packed = PACKERS[codec]("Mưa lớn.".encode())
    assert read_until_damaged(iter([packed + b"rubbish rubbish"]), codec) == ("Mưa lớn.".encode(), "load:malformed")


@pytest.mark.parametrize("codec", ["gz", "xz"])
def test_padding_is_no_garbage(codec: str) -> None:
    packed = PACKERS[codec]("Mưa".encode()) + bytes(512) + PACKERS[codec](" lớn.".encode()) + bytes(512)
    assert read_until_damaged(cut(packed, 100), codec) == ("Mưa lớn.".encode(), None)


@codecs
def test_a_bomb_stops_early(codec: str) -> None:
    got, reason = read_until_damaged(cut(PACKERS[codec](bytes(80 * MIB)), 64 * KIB), codec)
    assert reason == "load:bomb"
    assert len(got) < 48 * MIB


def test_a_small_repetitive_file_is_no_bomb() -> None:
    data = "Xin chào.\n".encode() * 100_000
    assert read_until_damaged(iter([gzip.compress(data)]), "gz") == (data, None)


def test_the_size_limit_holds_where_the_ratio_is_modest() -> None:
    data = ARTICLE.encode()
    got, reason = read_until_damaged(iter([gzip.compress(data)]), "gz", Limits(decompressed_bytes=100_000))
    assert reason == "load:too-large"
    assert len(got) <= 100_000


def test_an_empty_file_is_nothing() -> None:
    assert read_until_damaged(iter([]), "gz") == (b"", None)
