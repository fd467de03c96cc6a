"""The project's own five articles: what must be known about each of them, typed from reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.orthography import normalize
from corpus.structure import Structure, analyse, sentence_regions, split_paragraphs

SEEDS = Path(__file__).parents[2] / "seeds"
TITLE = "Flexibility and creativity in coordination between border forces and localities"
URL = (
    "https://ttdn.vn/bien-gioi-bien-dao/son-la-so-ket-chien-luoc-phat-trien-kinh-te-xa-hoi-cac-xa-bien-gioi-dat-lien"
    "-ket-hop-voi-tang-cuong-va-96225"
)
VIETNAMESE_CAPTIONS = ("Các đại biểu tham dự", "Đồng chí Nguyễn Văn Thông phát biểu")


class Seed:
    """One seed with its structure; languages are given, as the room is given them."""

    def __init__(self, number: str, lang: str) -> None:
        (path,) = SEEDS.glob(f"{number}_*.txt")
        self.text = normalize(path.read_text("utf-8"))
        spans = split_paragraphs(self.text)
        langs = ["vi" if self.text.startswith(VIETNAMESE_CAPTIONS, start) else lang for start, _ in spans]
        self.structure: Structure = analyse(self.text, lang, spans, langs)

    def paragraphs(self, role: str) -> list[str]:
        return [self.text[p.start : p.end] for p in self.structure.paragraphs if p.role == role]

    def roles(self) -> list[str]:
        return [paragraph.role for paragraph in self.structure.paragraphs]

    def full_references(self) -> list[tuple[str | None, str | None]]:
        return [(r.number, r.date) for r in self.structure.references if r.number and r.date]

    def captions(self) -> list[tuple[str, str, str | None]]:
        return [(self.text[c.start : c.end], c.lang, c.credit) for c in self.structure.captions]

    def dates(self) -> list[str]:
        return [date.iso for date in self.structure.dates]


@pytest.fixture(scope="module")
def seeds() -> dict[str, Seed]:
    langs = {"000": "en", "001": "en", "002": "en", "003": "vi", "004": "en"}
    return {number: Seed(number, lang) for number, lang in langs.items()}


@pytest.mark.parametrize(
    ("number", "title", "author", "site", "url"),
    [
        ("000", None, "Thanh Huyen", None, None),
        ("001", None, "Because of the Present", "ttdn.vn", URL),
        ("002", None, "Nhu Thuy", None, None),
        ("003", None, "Quốc Tuấn", "Sonla.gov.vn", None),
        ("004", TITLE, "Hoai Thu", "Baonghean.vn", None),
    ],
)
def test_fields(
    seeds: dict[str, Seed], number: str, title: str | None, author: str | None, site: str | None, url: str | None
) -> None:
    found = seeds[number].structure
    assert (found.title, found.author, found.site, found.url) == (title, author, site, url)
    assert (found.published, found.published_precision, found.license) == (None, None, None)


@pytest.mark.parametrize(
    ("number", "references"),
    [
        ("000", [("182/NQ-CP", "2020-12-22")]),
        ("001", [("80-KH/TU", "2017-12-20"), ("16-NQ/TW", "2017-10-10")]),
        (
            "002",
            [
                ("38-CT/TW", "2014-07-21"),
                ("16-NQ/TW", "2017-10-10"),
                ("607-QD/TU", "2018-04-05"),
                ("607-QD/TU", "2018-04-05"),
                ("01/CT-TTg", "2015-01-09"),
                ("128/NQ-CP", "2021-10-11"),
            ],
        ),
        ("003", []),
        ("004", []),
    ],
)
def test_references(seeds: dict[str, Seed], number: str, references: list[tuple[str, str]]) -> None:
    assert seeds[number].full_references() == references


@pytest.mark.parametrize(
    ("number", "iso"), [("000", "--02-19"), ("001", "--01-16"), ("003", "2023-08-04"), ("004", "--12-18")]
)
def test_dates(seeds: dict[str, Seed], number: str, iso: str) -> None:
    assert iso in seeds[number].dates()


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_the_byline_is_no_body(seeds: dict[str, Seed], number: str) -> None:
    assert seeds[number].paragraphs("byline") == [seeds[number].structure.author]


def test_000_line_2_repeats_the_event(seeds: dict[str, Seed]) -> None:
    assert seeds["000"].roles()[1] in ("caption", "heading")


def test_001_caption_and_source(seeds: dict[str, Seed]) -> None:
    assert seeds["001"].captions() == [("The conference scene.", "en", "Vi Hien")]
    assert seeds["001"].paragraphs("source_line") == ["Source: " + URL]


def test_003_lines_2_and_4_are_captions(seeds: dict[str, Seed]) -> None:
    assert seeds["003"].roles()[1::2][:2] == ["caption", "caption"]
    assert seeds["003"].roles()[0] in ("lead", "body")
    first = sentence_regions(seeds["003"].structure)[0]
    assert seeds["003"].text[first[1] : first[2]].startswith("(Sonla.gov.vn) “Tiếp tục")


def test_004_captions(seeds: dict[str, Seed]) -> None:
    captions = seeds["004"].captions()
    assert [(text.split()[0], lang, credit) for text, lang, credit in captions] == [
        ("Các", "vi", "Hoài Thu"),
        ("Delegates", "en", "Hoai Thu"),
        ("Đồng", "vi", "Hoài Thu"),
        ("Comrade", "en", "Hoai Thu"),
        ("Colonel", "en", "Hoai Thu"),
        ("Vietnamese", "en", "Hoai Thu"),
        ("Border", "en", "Khanh Ly"),
    ]
    assert all(text.endswith(".") and "Photo" not in text and "Ảnh" not in text for text, _, _ in captions)


def test_004_headings_lead_and_foot(seeds: dict[str, Seed]) -> None:
    assert seeds["004"].paragraphs("heading") == [
        "Flexible, creative and expands the content of coordination",
        "Effective coordination to keep the border peaceful",
    ]
    assert [lead[:40] for lead in seeds["004"].paragraphs("lead")] == ["(Baonghean.vn) - Standing Deputy Secreta"]
    assert seeds["004"].paragraphs("boilerplate") == [
        "Featured Nghe An Newspaper",
        "Latest",
        "x",
        TITLE,
        "POWERED BYONECMS- A PRODUCT OFNEKO",
    ]
