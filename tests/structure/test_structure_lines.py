"""What single lines say: credits, bylines, sources, date lines, datelines, licences, and what they do not say."""

from __future__ import annotations

import pytest

from corpus.structure.bylines import read_byline
from corpus.structure.credits import find_credit
from corpus.structure.datelines import read_date_line
from corpus.structure.licences import read_license
from corpus.structure.names import is_name
from corpus.structure.openings import read_opening
from corpus.structure.sources import read_source


@pytest.mark.parametrize(
    ("text", "caption", "name"),
    [
        ("Các đại biểu tham dự hội nghị. Ảnh: Hoài Thu", "Các đại biểu tham dự hội nghị.", "Hoài Thu"),
        ("Delegates at the event — VNA/VNS Photo", "Delegates at the event", "VNA/VNS"),
        ("Delegates at the event. — VNA/VNS Photo Đoàn Tùng", "Delegates at the event.", "Đoàn Tùng"),
        ("A view of the market (Photo: VNA)", "A view of the market", "VNA"),
        ("Tuần tra trên tuyến biên giới. Ảnh: Sonla.gov.vn", "Tuần tra trên tuyến biên giới.", "Sonla.gov.vn"),
        ("Tuần tra trên tuyến biên giới. Ảnh: H.T", "Tuần tra trên tuyến biên giới.", "H.T"),
        ("Khách tham quan | Ảnh: Mai Lan", "Khách tham quan", "Mai Lan"),
        ("Bộ đội giúp dân. ẢNH: HOÀI THU", "Bộ đội giúp dân.", "HOÀI THU"),
        ("Bộ đội giúp dân. (ảnh: Hoài Thu)", "Bộ đội giúp dân.", "Hoài Thu"),
        ("Delegates. Photo: Hoai Thu/VNA.", "Delegates.", "Hoai Thu/VNA"),
        ("The painting. Courtesy of the Fine Arts Museum", "The painting.", "the Fine Arts Museum"),
        ("Chân dung nghệ nhân. Ảnh: NVCC (nhân vật cung cấp)", "Chân dung nghệ nhân.", "NVCC"),
        ("Một phiên chợ. Ảnh tư liệu TTXVN", "Một phiên chợ.", "TTXVN"),
        ("Một phiên chợ. Ảnh minh họa", "Một phiên chợ.", None),
        ("(Ảnh: TTXVN)", "", "TTXVN"),
        ("Photo by Lê Hương", "", "Lê Hương"),
        ("Ảnh minh họa: Internet", "", "Internet"),
    ],
)
def test_credits(text: str, caption: str, name: str | None) -> None:
    credit = find_credit(text)
    assert credit is not None
    assert (text[: credit.end], credit.name) == (caption, name)


@pytest.mark.parametrize(
    "text",
    [
        "Ảnh: Các đại biểu tham dự hội nghị",
        "Photo: Delegates attend the conference",
        "He took a photo by the river",
        "She showed me a photo of her mother",
        "Theo ông, hình ảnh: rất rõ nét",
        "Hội nghị diễn ra trong một ngày.",
    ],
)
def test_no_credits(text: str) -> None:
    assert find_credit(text) is None


@pytest.mark.parametrize(
    ("text", "authors", "site"),
    [
        ("Quốc Tuấn", ("Quốc Tuấn",), None),
        ("(Quốc Tuấn)", ("Quốc Tuấn",), None),
        ("Quốc Tuấn./.", ("Quốc Tuấn",), None),
        ("Bài, ảnh: Hoài Thu - Thanh Huyền", ("Hoài Thu", "Thanh Huyền"), None),
        ("Ảnh: Quốc Tuấn - Bài: Hoài Thu", ("Hoài Thu",), None),
        ("Hoài Thu - Ảnh: Quốc Tuấn", ("Hoài Thu",), None),
        ("Theo Minh Đức/TTXVN", ("Minh Đức",), "TTXVN"),
        ("Đức Anh (Theo Vietnam+)", ("Đức Anh",), "Vietnam+"),
        ("PV/Vietnam+", ("PV",), "Vietnam+"),
        ("PV. Hoài Thu", ("Hoài Thu",), None),
        ("Hoài Thu/Báo Nghệ An", ("Hoài Thu",), "Báo Nghệ An"),
        ("Lò Văn Chiến - VP UBND huyện", ("Lò Văn Chiến",), None),
        ("Minh Hà (tổng hợp)", ("Minh Hà",), None),
        ("Trung tá Lê Văn Nam", ("Trung tá Lê Văn Nam",), None),
        ("Thứ Sáu, 18/12/2020 - Hoài Thu", ("Hoài Thu",), None),
        ("Hoai Thu DNUM_BIZBCZCACA 18:12", ("Hoai Thu",), None),
        ("Posted on August 5, 2021 by Thanh Huyen", ("Thanh Huyen",), None),
        ("By John Smith and Mai Lan, August 5, 2021", ("John Smith", "Mai Lan"), None),
        ("Tin, ảnh: Trung tâm Truyền thông huyện", (), None),
        ("Translated by Lan Anh", (), None),
        ("Người đăng: admin", (), None),
        ("BBT", (), None),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], site: str | None) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert (byline.authors, byline.site) == (authors, site)


@pytest.mark.parametrize(
    "text",
    [
        "Latest News", "Read more", "Sơn La", "Hà Giang", "Thời sự", "Kết quả đạt được", "Chương I", "",
        "PV: Thưa ông, vì sao?", "Theo ông Nam, giá đã giảm.", "Hội nghị diễn ra ngày 5/8/2023", "QUY ĐỊNH CHUNG",
    ],
)  # fmt: skip
def test_no_bylines(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize("name", ["Mùa Thị Pà", "Giàng A Páo", "Nguyễn Thị Hoài Thu", "Doan Hong Phuc", "Jane Carter"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["Ông Nguyễn Văn An", "Long Sap Gate", "Mục Tiêu", "Nguyễn", "An toàn giao thông"])
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "site", "url"),
    [
        ("Source: https://ttdn.vn/a-b-1", "ttdn.vn", "https://ttdn.vn/a-b-1"),
        ("Nguồn: http://www.sonla.gov.vn/x.html", "sonla.gov.vn", "http://www.sonla.gov.vn/x.html"),
        ("Nguồn: Báo Sơn La", "Báo Sơn La", None),
        ("Nguồn: Thanh Huyền - Báo Sơn La", "Báo Sơn La", None),
        ("(Theo TTXVN)", "TTXVN", None),
        ("Theo Báo Chính phủ", "Báo Chính phủ", None),
        ("— VNS", "VNS", None),
        ("Nguồn: Internet", None, None),
        ("https://baosonla.vn/a.html", "baosonla.vn", "https://baosonla.vn/a.html"),
    ],
)
def test_sources(text: str, site: str | None, url: str | None) -> None:
    source = read_source(text)
    assert source is not None
    assert (source.site, source.url) == (site, url)


@pytest.mark.parametrize(
    "text",
    [
        "Theo ông Nam, giá đã giảm.",
        "Nguồn nước sạch",
        "Nguồn lực là quan trọng: con người.",
        "According to the report, trade grew.",
        "Ap",
    ],
)
def test_no_sources(text: str) -> None:
    assert read_source(text) is None


@pytest.mark.parametrize(
    ("text", "iso", "labelled"),
    [
        ("Thứ sáu, 18/12/2020, 18:12", "2020-12-18", False),
        ("Ngày đăng: 18/12/2020 | Cập nhật: 20/12/2020", "2020-12-18", True),
        ("Cập nhật: 20/12/2020 08:00", None, False),
        ("First published: 5 August 2021; last updated: 7 August 2021", "2021-08-05", True),
        ("Thursday, August 5, 2021 - 09:15", "2021-08-05", False),
        ("Thứ năm, 18/12/2020", None, False),
        ("8/5/2021 9:15:00 AM", None, False),
        ("Thứ sáu, 18/12", None, False),
        ("18/12/2020 | 1.234 lượt xem", "2020-12-18", False),
    ],
)
def test_date_lines(text: str, iso: str | None, labelled: bool) -> None:
    line = read_date_line(text)
    assert line is not None
    assert (line.rest, line.date.iso if line.date else None, line.labelled) == ("", iso, labelled)


def test_a_name_that_is_a_weekday_in_english_stays_a_name() -> None:
    line = read_date_line("Hoai Thu 18/12/2020")
    assert line is not None and line.date is not None
    assert (line.rest, line.date.iso) == ("Hoai Thu", "2020-12-18")


@pytest.mark.parametrize(
    ("text", "place", "site"),
    [
        ("(Baonghean.vn) - Standing Deputy Secretary", None, "Baonghean.vn"),
        ("Baonghean.vn - Sáng nay", None, "Baonghean.vn"),
        ("HÀ NỘI, 15/11 (TTXVN) – Sáng nay", "HÀ NỘI", "TTXVN"),
        ("HANOI (VNS) — The Government", "HANOI", "VNS"),
        ("Hanoi, November 15 (VNA) – The Government", "Hanoi", "VNA"),
        ("SƠN LA — The province", "SƠN LA", None),
        ("Sơn La: Khai mạc hội nghị", "Sơn La", None),
        ("QĐND Online - Sáng 5/8", None, "QĐND Online"),
        ("(ABCD) - Sáng 5/8", None, "ABCD"),
    ],
)
def test_openings(text: str, place: str | None, site: str | None) -> None:
    assert read_opening(text) == (place, site)


@pytest.mark.parametrize(
    "text",
    [
        "Sơn La - mảnh đất của hoa ban",
        "Ông Nam: Tôi không biết.",
        "Hội nghị (lần thứ ba) diễn ra",
        "UBND tỉnh - cơ quan hành chính",
        "Kết luận: Hội nghị thành công",
    ],
)
def test_no_openings(text: str) -> None:
    assert read_opening(text) is None


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Giấy phép: CC BY-NC 4.0", "CC BY-NC 4.0"),
        ("Under a Creative Commons Attribution 4.0 license", "Creative Commons Attribution 4.0"),
        ("© 2023 VNA. All rights reserved.", "© 2023 VNA. All rights reserved."),
        ("Giấy phép số 123/GP-BTTTT ngày 1/2/2020", None),
        ("Sao chép sách khi chưa được phép là vi phạm bản quyền.", None),
        ("© Báo Sơn La", None),
    ],
)  # fmt: skip
def test_licences(text: str, stated: str | None) -> None:
    assert read_license(text) == stated
