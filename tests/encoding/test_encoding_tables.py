"""Laws of the code tables: what is written in one of them is read back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoding.showing import as_cp1252, legacy_bytes
from corpus.encoding.tables import NAMES, data_lines, legacy, legacy_name

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = sorted({unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"})
WORD = st.sampled_from(LETTERS).map(lambda letter: f"t{letter}ng")
WORDS = st.lists(WORD, min_size=1, max_size=20).map(" ".join)


@pytest.mark.parametrize("name", NAMES)
@given(text=WORDS)
def test_small_letters_are_read_back(name: str, text: str) -> None:
    data = legacy_bytes(name, text)
    assert legacy(name).read(data.decode("latin-1")) == text


@pytest.mark.parametrize("name", ["vni", "cp1258", "viscii", "tcvn-5712-1"])
@given(text=WORDS)
def test_capitals_are_read_back(name: str, text: str) -> None:
    data = legacy_bytes(name, text.upper())
    assert legacy(name).read(data.decode("latin-1")) == text.upper()


@pytest.mark.parametrize("name", NAMES)
@given(text=WORDS)
def test_windows_1252_shows_the_same(name: str, text: str) -> None:
    assert legacy(name).read(as_cp1252(legacy_bytes(name, text))) == text


@given(st.binary(max_size=60))
def test_windows_1258_reads_what_the_codec_reads(data: bytes) -> None:
    known = bytes(byte for byte in data if bytes([byte]).decode("cp1258", "ignore"))
    expected = unicodedata.normalize("NFC", known.decode("cp1258"))
    assert legacy("cp1258").read(known.decode("latin-1")) == expected


def test_vn3_is_the_lower_half_of_vn1() -> None:
    small = {line for line in data_lines("tcvn3.txt") if not line.startswith("U+")}
    assert small < set(data_lines("tcvn-5712-1.txt"))


@pytest.mark.parametrize("name", ["tcvn3", "tcvn-5712-1", "viscii"])
def test_a_table_gives_each_letter_one_code(name: str) -> None:
    letters = [line.split(" ")[1] for line in data_lines(f"{name}.txt") if not line.startswith("U+")]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize(
    ("name", "code", "letter"),
    [  # from the published charts
        ("viscii", 0x80, "Ạ"), ("viscii", 0xBD, "ơ"), ("viscii", 0xDF, "ư"), ("viscii", 0xF0, "đ"),
        ("tcvn3", 0xAD, "ư"), ("tcvn3", 0xA7, "Đ"), ("tcvn3", 0xB5, "à"), ("tcvn3", 0xFE, "ỵ"),
        ("tcvn-5712-1", 0x80, "À"), ("tcvn-5712-1", 0xFF, "Ố"), ("cp1258", 0xF5, "ơ"), ("cp1258", 0xFE, "₫"),
    ],
)  # fmt: skip
def test_published_codes(name: str, code: int, letter: str) -> None:
    assert legacy(name).read(chr(code)) == letter


def test_labels() -> None:
    labels = ("ABC", "x-viet-tcvn5712", "csVISCII", "Windows-1258", "latin1")
    assert [legacy_name(label) for label in labels] == ["tcvn3", "tcvn-5712-1", "viscii", "cp1258", None]
