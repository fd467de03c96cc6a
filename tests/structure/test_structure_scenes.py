"""Caption, heading or body: one line between the same long paragraphs, judged without any credit."""

from __future__ import annotations

import pytest

from corpus.structure import analyse, split_paragraphs

VIETNAMESE = (
    "Sáng 20/10, Hội Liên hiệp Phụ nữ huyện tổ chức hội nghị tổng kết phong trào phụ nữ tham gia bảo vệ biên giới "
    "giai đoạn 2018 - 2023. Dự hội nghị có lãnh đạo Huyện ủy, UBND huyện, đại diện Bộ đội Biên phòng và đông đảo hội "
    "viên phụ nữ các xã biên giới.",
    "Năm năm qua, các cấp hội đã vận động hội viên tham gia tuần tra đường biên, trồng cây xanh quanh cột mốc, tặng "
    "quà học sinh nghèo; phối hợp với các đồn biên phòng tuyên truyền pháp luật cho nhân dân các bản. Chủ tịch UBND "
    "huyện ghi nhận và biểu dương những kết quả của phong trào, đồng thời đề nghị các cấp hội nhân rộng các mô hình.",
)
ENGLISH = (
    "On October 20, the Women's Union of the district held a conference to review the movement of women taking part in "
    "the protection of the border in the period 2018-2023. The conference was attended by leaders of the district, the "
    "Border Guard, and many members of the union from the border communes.",
    "Over the past five years, members of the union patrolled the border together with the soldiers, planted trees "
    "around the markers, presented gifts to poor pupils and explained the law to the people in the villages. Leaders "
    "of the district praised these results and asked the union to spread its best models to all border communes.",
)


def role_of(line: str, paragraphs: tuple[str, str], lang: str) -> str:
    text = "\n".join([paragraphs[0], line, paragraphs[1]])
    return analyse(text, lang, split_paragraphs(text), [lang] * 3).paragraphs[1].role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Quang cảnh hội nghị", "caption"),
        ("Hội nghị tổng kết phong trào phụ nữ tham gia bảo vệ biên giới", "caption"),
        ("Đồng chí Chủ tịch UBND huyện phát biểu tại hội nghị.", "caption"),
        ("Hội viên phụ nữ trồng cây xanh quanh cột mốc.", "caption"),
        ("Các hội viên tặng quà học sinh nghèo", "caption"),
        ("Tại buổi lễ trao quà", "caption"),
        ("| Hội viên bên cột mốc. |", "caption"),
        ("Nhân rộng mô hình hay", "heading"),
        ("Kết quả sau năm năm", "heading"),
        ("2. Nhiệm vụ trọng tâm", "heading"),
        ("Hội nghị đã thông qua phương hướng nhiệm kỳ tới.", "body"),
        ("Hội nghị diễn ra trong một ngày.", "body"),
        ("Đồng chí Chủ tịch UBND huyện chủ trì hội nghị.", "body"),
        ("Tại hội nghị, 12 tập thể được khen thưởng.", "body"),
        ("Phong trào tiếp tục lan tỏa đến các bản.", "body"),
        ("Bà con ai cũng phấn khởi.", "body"),
        ("“Chị em rất vui”, bà Lan nói.", "body"),
        ("- Tuần tra đường biên;", "body"),
    ],
)
def test_vietnamese(line: str, role: str) -> None:
    assert role_of(line, VIETNAMESE, "vi") == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("The conference scene.", "caption"),
        ("Delegates attend the conference.", "caption"),
        ("Comrade Lo Thi Ban, Chairwoman of the Women's Union, speaks at the conference.", "caption"),
        ("Members of the union plant trees around the markers.", "caption"),
        ("Presenting gifts to poor pupils in the border communes.", "caption"),
        ("Both sides during the patrol", "caption"),
        ("At the prize ceremony", "caption"),
        ("Best models for all communes", "heading"),
        ("Five years of work", "heading"),
        ("The conference lasted one day.", "body"),
        ("At the conference, 12 collectives received certificates.", "body"),
        ("She thanked the soldiers.", "body"),
        ("Leaders of the district visited three villages.", "body"),
        ("The union needs more members.", "body"),
        ("“We are glad,” said Mrs. Lan.", "body"),
        ("The movement began in 2018 with only 40 women.", "body"),
    ],
)
def test_english(line: str, role: str) -> None:
    assert role_of(line, ENGLISH, "en") == role
