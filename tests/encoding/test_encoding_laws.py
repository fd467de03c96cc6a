"""Laws of repair and decoding: for every text, every byte string, and every way of cutting a stream."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoding import decode, repair, sniff, text_chunks
from corpus.encoding.losses import restore_horn
from corpus.encoding.showing import as_cp1252, legacy_bytes
from corpus.encoding.survey import segments
from corpus.encoding.tables import NAMES

SENTENCES = st.sampled_from((
    "Hội đồng nhân dân tỉnh thông qua nghị quyết về phát triển kinh tế.",
    "Sáng nay trời mưa to, nhiều tuyến đường trong thành phố bị ngập.",
    "Người dân vùng cao trồng ngô, khoai, sắn trên những nương rẫy dốc.",
    "Giáo viên được tập huấn cách sử dụng máy tính trong giảng dạy.",
    "Chị Lan kể chuyện đời mình bằng giọng chậm rãi và ấm áp.",
    "Doanh nghiệp kiến nghị giảm thuế, giãn nợ và hỗ trợ lãi suất.",
    "Đội bóng của huyện đã thắng cả ba trận ở vòng bảng.",
    "Bệnh viện tỉnh tiếp nhận thêm hai bác sĩ chuyên khoa mắt.",
))  # fmt: skip
TEXTS = st.lists(SENTENCES, min_size=2, max_size=8).map("\n".join)
FRENCH = st.sampled_from((
    "Le maire a été réélu après une journée très agitée à l’hôtel de ville.",
    "Où étiez-vous la nuit dernière ? Là-bas, près du café, répondit-elle.",
))  # fmt: skip


@given(st.text())
def test_any_text_is_repaired_to_nfc_without_an_error(text: str) -> None:
    repaired = repair(text)
    assert repaired.text == unicodedata.normalize("NFC", repaired.text)
    assert 0.0 <= repaired.confidence <= 1.0


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_left_alone(text: str) -> None:
    assert repair(text) == (text, None, 1.0)


@given(st.lists(st.one_of(SENTENCES, FRENCH), max_size=8).map("\n".join))
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, None, 1.0)


@pytest.mark.parametrize("name", NAMES)
@given(text=TEXTS)
@settings(max_examples=30, deadline=None)
def test_a_legacy_file_is_decoded(name: str, text: str) -> None:
    decoded = decode(legacy_bytes(name, text))
    assert decoded.text.casefold() == text.casefold()
    assert decoded.encoding in (name, "tcvn3" if name == "tcvn-5712-1" else name)


@pytest.mark.parametrize("name", NAMES)
@given(lines=st.lists(st.tuples(SENTENCES, st.booleans()), min_size=3, max_size=12))
@settings(max_examples=30, deadline=None)
def test_only_the_lines_that_need_it_are_repaired(name: str, lines: list[tuple[str, bool]]) -> None:
    mixed = "\n".join(as_cp1252(legacy_bytes(name, line)) if shown else line for line, shown in lines)
    assert repair(mixed).text.casefold() == "\n".join(line for line, _ in lines).casefold()


@given(TEXTS)
def test_utf8_encoded_twice_is_undone(text: str) -> None:
    assert repair(text.encode().decode("latin-1"))[:2] == (text, "double-utf8:latin-1")
    assert repair(as_cp1252(text.encode()))[:2] == (text, "double-utf8:cp1252")


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_lost_horns_come_back(text: str) -> None:
    shown = legacy_bytes("tcvn3", text).replace(b"\xad", b"").decode("latin-1")
    assert repair(shown).text.casefold() == text.casefold()


@given(TEXTS, st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")))
def test_unicode_in_any_form_is_read_back(text: str, codec: str) -> None:
    for form in ("NFC", "NFD"):
        assert decode(unicodedata.normalize(form, text).encode(codec)).text == text


@given(st.binary(), st.sampled_from((None, "utf-8", "latin-1", "cp1258", "utf-16", "gbk", "no", "zlib")))
def test_any_bytes_are_text_or_have_a_reason(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    assert (decoded.encoding is None) == (decoded.reject is not None)
    assert decoded.reject in (None, "load:empty", "load:binary", "load:undecodable")
    assert not (decoded.reject and decoded.text)
    assert str(sniff(data, declared, whole=True)) == (decoded.encoding or decoded.reject)


@given(TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-32-le", *NAMES]), st.integers(1, 300))
@settings(max_examples=40, deadline=None)
def test_a_stream_gives_what_decode_gives(text: str, name: str, size: int) -> None:
    data = legacy_bytes(name, text) if name in NAMES else text.encode(name)
    decision, pieces = text_chunks(data[at : at + size] for at in range(0, len(data), size))
    decoded = decode(data)
    assert (str(decision), "".join(pieces)) == (decoded.encoding, decoded.text)


def test_a_long_stream_is_read_in_pieces() -> None:
    line = "Người dân trồng lúa trên những cánh đồng ven sông.\n"
    data = line.encode() * 60_000
    decision, pieces = text_chunks(data[at : at + 65_521] for at in range(0, len(data), 65_521))
    found = list(pieces)
    assert str(decision) == "utf-8"
    assert "".join(found) == line * 60_000
    assert len(found) > 5
    assert all(piece.endswith("\n") for piece in found)


def test_wrong_bytes_of_a_stream_are_counted() -> None:
    start, end = "Tiếng Việt đẹp và giàu\n".encode() * 40, "ếng Việt\n".encode()
    _, pieces = text_chunks([start, b"\xff \xfe Ti\xe1\xba", end])
    assert "".join(pieces).count("\ufffd") == pieces.replaced == 4


@given(st.text())
def test_segments_spell_the_text(text: str) -> None:
    assert "".join(segments(text)) == text


@given(st.text())
def test_restoring_horns_only_adds_letters(text: str) -> None:
    restored, _ = restore_horn(text)
    left = iter(restored.lower())
    assert all(char in left for char in text.lower().replace("-", ""))


HOSTILE = {
    "one long word": "c" + "ê" * 300_000,
    "signs": "hµ x· héi " + " «" * 100_000,
    "hyphens": "hµ x· héi " + "n-" * 200_000,
    "VNI halves": "aø" * 200_000,
    "bytes of UTF-8": "Ã " * 200_000 + "á»" * 100_000,
    "capitals": "hµ x· héi " + "Q" * 300_000 + "a",
    "half capitals": "hµ x· héi " + "Qµ" * 150_000 + "a",
    "soft hyphens": "hµ x· héi " + "\xad" * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_lines_take_linear_time(text: str) -> None:
    half, start = text[: len(text) // 2], process_time()
    repair(half)
    middle = process_time()
    repair(text)
    assert process_time() - middle < 4 * (middle - start) + 0.5


def test_lone_surrogates_and_nul_do_no_harm() -> None:
    assert repair("\ud800 Céng hoµ x· héi \x00").text == "\ud800 Cộng hoà xã hội \x00"
    assert decode("\x00Việt Nam, đất nước con người".encode()).text == "\x00Việt Nam, đất nước con người"
