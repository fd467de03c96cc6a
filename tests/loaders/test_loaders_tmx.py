"""TMX: units with their properties; nothing outside the file is read and no entity is expanded."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.loaders import Limits, read
from corpus.loaders.record import Damaged, Row
from corpus.loaders.tmx import parse

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header/><body>\n'
FOOT = "</body></tmx>"


def unit(vi: str, en: str, *, vi_lang: str = "vi", en_lang: str = "en", inside: str = "") -> str:
    return (f'<tu tuid="1">{inside}<tuv xml:lang="{vi_lang}"><seg>{vi}</seg></tuv>'
            f'<tuv xml:lang="{en_lang}"><seg>{en}</seg></tuv></tu>\n')  # fmt: skip


def write(path: Path, body: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path.write_bytes((head + body + FOOT).encode(encoding))
    return path


def parsed(text: str, limit: int = 10_000) -> tuple[list[Row], str | None]:
    found: list[Row] = []
    try:
        for row in parse([text.encode()[start : start + 11] for start in range(0, len(text.encode()), 11)], limit):
            found.append(row)
    except Damaged as damage:
        return found, damage.reason
    return found, None


@pytest.mark.parametrize(("vi", "en"), [("vi-VN", "en-US"), ("vie_Latn", "eng_Latn"), ("VI", "EN-GB"), ("vie", "eng")])
def test_language_codes(tmp_path: Path, vi: str, en: str) -> None:
    (record,) = read(write(tmp_path / "a.tmx", unit("Mưa.", "Rain.", vi_lang=vi, en_lang=en)))
    assert (record.given, record.source, record.format) == ({"vi": "Mưa.", "en": "Rain."}, "a.tmx#1", "tmx")


def test_properties_become_fields(tmp_path: Path) -> None:
    inside = '<prop type="x-site">baosonla.vn</prop><prop type="url">https://baosonla.vn/1</prop><note>đã duyệt</note>'
    (record,) = read(write(tmp_path / "a.tmx", unit("Mưa.", "Rain.", inside=inside)))
    assert record.fields == {"id": "1", "site": "baosonla.vn", "url": "https://baosonla.vn/1", "note": "đã duyệt"}


def test_codes_in_a_segment_are_no_text_and_marked_text_is(tmp_path: Path) -> None:
    vi = '<bpt i="1">&lt;b&gt;</bpt>Mưa <hi>rất <hi>lớn</hi></hi><ept i="1">&lt;/b&gt;</ept><ph>{0}<sub>x</sub></ph>.'
    (record,) = read(write(tmp_path / "a.tmx", unit(vi, "Heavy rain.")))
    assert record.given == {"vi": "Mưa rất lớn.", "en": "Heavy rain."}


def test_utf16_and_references(tmp_path: Path) -> None:
    head = HEAD.replace("UTF-8", "UTF-16")
    (record,) = read(write(tmp_path / "a.tmx", unit("M&#432;a &amp; gi&#xF3;&nbsp;.", "Rain."), head, "utf-16"))
    assert record.given == {"vi": "Mưa & gió\xa0.", "en": "Rain."}
    assert record.encoding == "utf-16"


def test_units_without_a_partner_or_without_text_are_rows(tmp_path: Path) -> None:
    body = unit("Mưa.", "Pluie.", en_lang="fr") + unit("", "") + unit("Gió.", "Wind.")
    assert [record.reject for record in read(write(tmp_path / "a.tmx", body))] == ["load:unpaired", "load:empty", None]


def test_a_file_without_units_is_a_row(tmp_path: Path) -> None:
    assert [record.reject for record in read(write(tmp_path / "a.tmx", ""))] == ["load:empty"]


def test_entities_of_its_own_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{laughs}]><tmx><body>{unit("&l9;", "x")}</body></tmx>'
    assert parsed(text) == ([], "load:malformed")
    outside = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body>' + unit("&x;", "x")
    assert parsed(outside) == ([], "load:malformed")


def test_what_comes_before_the_damage_stands() -> None:
    whole = HEAD + unit("Mưa.", "Rain.") + unit("Gió.", "Wind.")
    found, reason = parsed(whole[:-30])
    assert ([row.values["vi"] for row in found], reason) == (["Mưa."], "load:truncated")
    found, reason = parsed(whole + "<tu></seg>" + unit("Nắng.", "Sun."))
    assert ([row.values["vi"] for row in found], reason) == (["Mưa.", "Gió."], "load:malformed")


def test_what_is_too_large_is_not_kept() -> None:
    found, reason = parsed(HEAD + unit("Mưa " * 200, "Rain.") + unit("Gió.", "Wind.") + FOOT, limit=500)
    assert ([row.reject for row in found], reason) == (["load:too-large", None], None)
    endless = HEAD + unit("Gió.", "Wind.") + '<tu note="' + "x" * 400_000
    chunks = [endless.encode()[start : start + 4096] for start in range(0, len(endless), 4096)]
    with pytest.raises(Damaged, match="load:too-large"):
        list(parse(chunks, Limits(record_bytes=100_000).record_bytes))
