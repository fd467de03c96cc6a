"""Pages whose class names say nothing, or the wrong thing: place, shape and links must tell."""

from __future__ import annotations

import pytest

from corpus.page import Page, extract

TITLE = "Mùa mận chín trên cao nguyên Mộc Châu"
SAPO = "Thương lái gom hàng từ sớm, giá tăng nhẹ so với vụ trước, theo các hợp tác xã."
PARAGRAPHS = [
    "Những ngày này, mận hậu trên cao nguyên vào vụ thu hoạch, thương lái đến tận vườn để mua.",
    "Ông Lò Văn Pành cho biết, năm nay mận được mùa, giá bán tại vườn cao hơn năm trước gần một phần ba.",
    "Hợp tác xã đã ký hợp đồng với ba doanh nghiệp, bao tiêu hơn hai nghìn tấn quả đến hết tháng sáu.",
    "Đường lên bản Áng vừa được mở rộng, xe tải vào tận chân đồi, người dân không còn phải gùi quả ra chợ.",
    "Vụ sau, huyện dự kiến trồng thêm một trăm héc-ta, chủ yếu trên đất trồng ngô kém hiệu quả.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
COMMENT = "Quê tôi cũng trồng mận, mong huyện giúp bà con tìm đầu ra ổn định hơn."


def bodies(found: Page) -> list[str]:
    return [block.text for block in found.blocks if block.role == "body"]


class TestBelowTheBody:
    def test_comments_after_a_label_are_no_body(self) -> None:
        comments = f"<div><h3>Ý kiến (2)</h3><p>{COMMENT}</p><p>Thích 2</p></div>"
        found = extract(f"<div><h1>{TITLE}</h1><p>{SAPO}</p><div>{BODY}</div>{comments}</div>")
        assert bodies(found) == PARAGRAPHS
        assert (SAPO, "lead") in [(block.text, block.role) for block in found.blocks]

    def test_a_second_part_of_the_body_stays(self) -> None:
        found = extract(f"<div><h1>{TITLE}</h1><div>{BODY}</div><h2>Vụ sau</h2><div><p>{COMMENT}</p></div></div>")
        assert bodies(found) == [*PARAGRAPHS, COMMENT]

    @pytest.mark.parametrize(
        "scrap", ["<div>Theo dõi Báo Sơn La</div>", "<div><span>Thích</span> <span>2</span></div>"]
    )
    def test_scraps_are_no_body(self, scrap: str) -> None:
        assert bodies(extract(f"<div><h1>{TITLE}</h1><div>{BODY}</div><div>{scrap}</div></div>")) == PARAGRAPHS

    def test_a_short_list_that_ends_the_body_stays(self) -> None:
        found = extract(f"<h1>{TITLE}</h1><div>{BODY}<ul><li>Mận hậu</li><li>Mận tam hoa</li></ul></div>")
        assert bodies(found) == [*PARAGRAPHS, "Mận hậu", "Mận tam hoa"]


class TestCards:
    def test_unlike_siblings_are_no_cards(self) -> None:
        author = (
            "<div class='head-box'><p><a href='/p'>Hoài Thu hoaithu@baosonla.vn</a></p><p>15/11/2025 21:05</p></div>"
        )
        section = "<div class='low-box'><a href='/c'>Nông nghiệp Sơn La hôm nay</a></div>"
        topic = "<div class='end-box'><a href='/d'>Du lịch Mộc Châu mùa quả chín</a></div>"
        found = extract(f"<div><h1>{TITLE}</h1>{author}<div class='text-box'>{BODY}</div>{section}{topic}</div>")
        assert found.published == "2025-11-15"

    def test_a_link_round_a_block_heads_a_card(self) -> None:
        card = f"<div><a href='/x'><div>Cà phê chín sớm ở Mai Sơn</div></a><p>{COMMENT}</p></div>"
        found = extract(f"<h1>{TITLE}</h1><div>{BODY}{card}<p>{SAPO}</p></div>")
        assert bodies(found) == [*PARAGRAPHS, SAPO]


class TestMisleadingClass:
    @pytest.mark.parametrize("name", ["sidebar-left", "popup", "tab related", "rating", "print", "scroll-content"])
    def test_most_of_the_text_is_the_body_whatever_its_class(self, name: str) -> None:
        page = f"<div class='content-detail'><h1>{TITLE}</h1><p>{SAPO}</p><div class='{name}'>{BODY}</div></div>"
        assert bodies(extract(page))[-1] == PARAGRAPHS[-1]


class TestAuthor:
    @pytest.mark.parametrize("path", ["/tac-gia/lien-pham.html", "/author/lien-pham", "/tac-gia-lien-pham-12.htm"])
    def test_a_link_to_the_page_of_an_author(self, path: str) -> None:
        byline = f"<div><a href='{path}'>Liên Phạm</a></div>"
        assert extract(f"<div><h1>{TITLE}</h1>{byline}<div>{BODY}</div></div>").author == "Liên Phạm"

    def test_a_bare_name_beside_the_date(self) -> None:
        header = "<ul><li>Liên Phạm</li><li>15/11/2025 21:05</li></ul>"
        assert extract(f"<div><h1>{TITLE}</h1>{header}<div>{BODY}</div></div>").author == "Liên Phạm"

    @pytest.mark.parametrize("word", ["Sơn La", "Kinh tế", "Báo Sơn La"])
    def test_a_place_a_section_and_a_paper_are_no_names(self, word: str) -> None:
        header = f"<ul><li>{word}</li><li>15/11/2025 21:05</li></ul>"
        assert extract(f"<div><h1>{TITLE}</h1>{header}<div>{BODY}</div></div>").author is None

    def test_a_long_foreign_surname(self) -> None:
        data = '{"@type":"NewsArticle","author":{"@type":"Person","name":"Komsan Tortermvasana"}}'
        head = f'<script type="application/ld+json">{data}</script>'
        assert extract(f"{head}<h1>{TITLE}</h1><div>{BODY}</div>").author == "Komsan Tortermvasana"


class TestLists:
    def test_dated_links_are_a_list(self) -> None:
        links = "".join(
            f"<li>1{n}/11/2025 <a href='/t{n}'>Thông báo tuyển dụng viên chức đợt {n}</a></li>" for n in range(8)
        )
        assert extract(f"<h2>Thông báo</h2><ul>{links}</ul>").reject == "structure:list"

    def test_a_few_teasers_are_a_list(self) -> None:
        teasers = "".join(f"<div><h3><a href='/t{n}'>{TITLE} {n}</a></h3><p>{SAPO}</p></div>" for n in range(4))
        assert extract(f"<h1>Góc nhìn</h1>{teasers}").reject == "structure:list"
