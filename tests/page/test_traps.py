"""One trap at a time, on the smallest page that sets it."""

from __future__ import annotations

import pytest

from corpus.page import Page, extract

TITLE = "Mùa mận chín trên cao nguyên Mộc Châu"
FIRST = "Những ngày này, mận hậu trên cao nguyên vào vụ thu hoạch, thương lái đến tận vườn để mua."
SECOND = "Ông Lò Văn Pành cho biết, năm nay mận được mùa, giá bán tại vườn cao hơn năm trước."
SAPO = "<p>Thương lái gom hàng từ sớm, giá tăng nhẹ so với vụ trước, theo các hợp tác xã.</p>"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def page(head: str = "", above: str = "", body: str = BODY, below: str = "", title: str = TITLE) -> Page:
    return extract(
        f"<html><head>{head}</head><body><div class='news'><h1>{title}</h1>{above}"
        f"<div class='content-detail'>{body}</div>{below}</div></body></html>"
    )


def roles(found: Page) -> list[tuple[str, str | None]]:
    return [(block.text, block.role) for block in found.blocks]


def ld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{properties}}}</script>'


class TestAuthor:
    def test_only_in_json_ld(self) -> None:
        assert page(ld('"author":[{"name":"Hoài Thu"},{"name":"Khánh Ly"}]')).author == "Hoài Thu; Khánh Ly"

    def test_a_visible_byline_wins(self) -> None:
        assert page(ld('"author":{"name":"Lê Na"}'), "<p class='author'>Hoài Thu</p>").author == "Hoài Thu"

    @pytest.mark.parametrize("name", ["tac-gia", "article-author", "detail__author", "byline", "author_mail"])
    def test_in_an_element_for_it(self, name: str) -> None:
        assert page(above=f"<div><span class='{name}'>Hoài Thu</span></div>").author == "Hoài Thu"
        assert page(below=f"<div class='{name}'><b>Hoài Thu</b></div>").author == "Hoài Thu"

    @pytest.mark.parametrize(
        "line",
        [
            "<p style='text-align: right'><strong>Hoài Thu</strong></p>",
            "<p align='right'>Hoài Thu</p>",
            "<p><b>Bài, ảnh: Hoài Thu</b></p>",
            "<p>Hoài Thu</p>",
            "<div><em>Hoài Thu (thực hiện)</em></div>",
            "<p>Hoài Thu</p><p><i>Nguồn: Báo Sơn La</i></p>",
        ],
    )
    def test_as_the_last_line_of_the_body(self, line: str) -> None:
        found = page(body=BODY + line)
        assert found.author == "Hoài Thu"
        assert [text for text, role in roles(found) if role == "body"] == [FIRST, SECOND]

    def test_behind_a_line_break(self) -> None:
        found = page(body=f"<p>{FIRST}</p><p>{SECOND}<br><b>Hoài Thu</b></p>")
        assert (found.author, roles(found)[-2:]) == ("Hoài Thu", [(SECOND, "body"), ("Hoài Thu", "byline")])

    @pytest.mark.parametrize(
        "name", ["Báo Sơn La", "BAO SON LA", "baosonla.vn", "admin", "Báo Sơn La điện tử", "Ban biên tập"]
    )
    def test_the_site_is_no_author(self, name: str) -> None:
        head = f'<meta property="og:site_name" content="Báo Sơn La"><meta name="author" content="{name}">'
        assert page(head + ld(f'"author":{{"name":"{name}"}}')).author is None

    def test_a_person_in_the_meta_tag(self) -> None:
        assert page('<meta name="author" content="Hoài Thu">').author == "Hoài Thu"

    def test_the_last_sentence_is_no_name(self) -> None:
        last = "<p>Cả bản gọi đó là Mùa Mận Vàng.</p>"
        assert page(body=BODY + last).author is None

    def test_who_comments_is_no_author(self) -> None:
        reader = "<span class='author'>Bình An</span><p>Bài hay, mong có thêm nhiều bài như thế này.</p>"
        assert page(below=f"<div class='comment'>{reader}</div>").author is None

    def test_who_took_the_picture_is_no_author(self) -> None:
        caption = "<figcaption>Vườn mận. <span class='author'>Ảnh: Vì Hiến</span></figcaption>"
        assert page(body=f"<figure><img src='a'>{caption}</figure>{BODY}").author is None


class TestPublished:
    @pytest.mark.parametrize(
        "line",
        [
            "<span class='date'>- 15/11/2025 21:05</span>",
            "<div>Thứ bảy, 15/11/2025, 21:05 (GMT+7)</div>",
            "<p>15:04 | 15/11/2025</p>",
            "<p class='post-info'>Ngày đăng: 15/11/2025 | Cập nhật: 16/11/2025</p>",
            "<time datetime='2025-11-15T21:05:00+07:00'></time>",
            "<span class='timeago' title='2025-11-15T21:05:00'></span>",
            "<time class='entry-date published updated' datetime='2025-11-15'>15/11/2025</time>",
        ],
    )
    def test_a_date_line(self, line: str) -> None:
        found = page(above=line)
        assert (found.published, found.published_precision) == ("2025-11-15", "day")

    @pytest.mark.parametrize(
        "line",
        [
            "<span class='updated'>16/11/2025 09:00</span>",
            "<p>Cập nhật: 16/11/2025 09:00</p>",
            "<time class='last-modified' datetime='2025-11-16'>16/11/2025</time>",
        ],
    )
    def test_a_change_is_no_publication(self, line: str) -> None:
        found = page('<meta property="article:modified_time" content="2025-11-16T09:00:00+07:00">', line)
        assert (found.published, found.published_precision) == (None, None)

    def test_neither_running_text_nor_copyright_dates_the_page(self) -> None:
        body = BODY + "<p>Ngày 15/11/2025, xã tổng kết vụ mận với hơn hai trăm hộ dân tham dự.</p>"
        assert page(body=body, below="<footer>© 2025. Giấy phép cấp ngày 1/2/2020</footer>").published is None

    def test_neither_does_the_clock_of_the_site(self) -> None:
        found = extract(f"<div class='time-now'>17/11/2025 08:00</div><h1>{TITLE}</h1>{BODY}")
        assert found.published is None

    def test_local_time_is_kept(self) -> None:
        head = '<meta property="article:published_time" content="2025-11-15T00:30:00 +07:00">'
        assert page(head).published == "2025-11-15"

    def test_universal_time_gives_way_to_the_day_that_is_shown(self) -> None:
        head = '<meta property="article:published_time" content="2025-11-14T18:30:00Z">'
        assert page(head).published == "2025-11-14"
        assert page(head, "<span class='date'>15/11/2025 01:30</span>").published == "2025-11-15"


class TestTitle:
    def test_the_headline_that_is_seen(self) -> None:
        head = '<meta property="og:title" content="Mận chín rồi | Báo Sơn La"><title>Mận chín rồi</title>'
        assert page(head).title == TITLE

    def test_without_a_headline_the_claim_loses_the_site(self) -> None:
        head = f'<meta property="og:title" content="{TITLE} - Báo Sơn La">'
        site = '<meta property="og:site_name" content="Báo Sơn La">'
        assert extract(f"<html><head>{head}{site}</head><body><div>{BODY}</div></body></html>").title == TITLE

    def test_a_logo_is_no_headline(self) -> None:
        head = f'<meta property="og:site_name" content="Báo Sơn La"><meta property="og:title" content="{TITLE}">'
        found = extract(f"{head}<header><h1><a href='/'>Báo Sơn La</a></h1></header><h2>{TITLE}</h2><div>{BODY}</div>")
        assert found.title == TITLE

    def test_a_section_is_no_headline(self) -> None:
        found = extract(
            "<title>Tin tức</title><ul class='menu'><li><a href='/t'>Tin tức - Sự kiện</a></li></ul>"
            f"<h1>Tin tức - Sự kiện</h1><div class='news-title'>{TITLE}</div><div class='noidung'>{BODY}</div>"
        )
        assert found.title == TITLE

    def test_repeated_at_the_foot_it_is_boilerplate(self) -> None:
        assert roles(page(body=BODY + f"<p>{TITLE}</p>"))[-1] == (TITLE, "boilerplate")


class TestBody:
    def test_a_lead_outside_the_body(self) -> None:
        lead = "Năm nay mận được mùa, được giá, nhà vườn vui như hội."
        for marked in (f"<h2 class='sapo'>{lead}</h2>", f"<div class='desc'><p>{lead}</p></div>"):
            assert roles(page(above=marked))[1] == (lead, "lead")

    @pytest.mark.parametrize("opening", ["(Baosonla.vn) - ", "TTO - ", "NDO - ", "SƠN LA — "])
    def test_the_opening_of_the_first_paragraph_is_kept(self, opening: str) -> None:
        found = page(body=f"<p><b>{opening}</b>{FIRST}</p><p>{SECOND}</p>")
        assert roles(found)[1] == (opening + FIRST, "body")

    def test_line_breaks_for_paragraphs(self) -> None:
        assert roles(page(body=f"{FIRST}<br><br>{SECOND}<br/>"))[1:] == [(FIRST, "body"), (SECOND, "body")]

    def test_a_line_that_only_wraps_stays_whole(self) -> None:
        long = "Mận hậu, thứ quả của nắng gió và sương muối trên cao nguyên đá vôi,<br>năm nay chín sớm hơn mọi năm."
        assert roles(page(body=f"<p>{long}</p>{BODY}"))[1] == (long.replace("<br>", " "), "body")

    def test_divisions_for_paragraphs(self) -> None:
        body = f"<div>{FIRST}</div><div>&nbsp;</div><div><span>{SECOND}</span></div>"
        assert roles(page(body=body))[1:] == [(FIRST, "body"), (SECOND, "body")]

    def test_headings(self) -> None:
        marked, bold = "<h2>Được mùa, được giá</h2>", "<p><b>Nỗi lo đầu ra</b></p>"
        found = page(body=f"<p>{FIRST}</p>{marked}<p>{SECOND}</p>{bold}<p>{FIRST[:-1]}, bà nói.</p>")
        headings = [text for text, role in roles(found) if role == "heading"]
        assert headings == ["Được mùa, được giá", "Nỗi lo đầu ra"]

    @pytest.mark.parametrize(
        "box",
        [
            "<p><a href='/x'>Cà phê được giá, nông dân Tây Bắc phấn khởi</a></p>",
            "<p><b>Xem thêm:</b> <a href='/x'>Cà phê được giá</a></p>",
            "<p>&gt;&gt; <a href='/x'>Cà phê được giá, nông dân phấn khởi</a></p>",
            f"<div class='related-news'><h3><a href='/x'>Cà phê được giá</a></h3>{SAPO}</div>",
            f"<div type='RelatedOneNews'><a href='/x'>Cà phê được giá</a>{SAPO}</div>",
            "<div class='share'><span>Chia sẻ</span> <span>Facebook</span></div>",
            "<p>Your browser does not support the audio element.</p>",
            "<p>Từ khóa: <a href='/x'>mận hậu</a>, <a href='/y'>Mộc Châu</a></p>",
        ],
    )
    def test_boxes_in_the_body_are_boilerplate(self, box: str) -> None:
        found = page(body=f"<p>{FIRST}</p>{box}<p>{SECOND}</p>{box}")
        assert [text for text, role in roles(found) if role == "body"] == [FIRST, SECOND]
        assert "boilerplate" in {role for _, role in roles(found)}

    @pytest.mark.parametrize(
        "sentence",
        [
            "Chia sẻ tại vườn, bà Hà Thị Nhung nói giá mận năm nay cao hơn.",
            "Bình luận về vụ mùa, ông nói: “Được mùa thật.”",
            "Latest figures show that prices rose by a tenth this season.",
        ],
    )
    def test_sentences_that_begin_like_labels_are_body(self, sentence: str) -> None:
        assert (sentence, "body") in roles(page(body=BODY + f"<p>{sentence}</p>"))

    def test_a_body_with_gadgets_in_its_class_is_a_body(self) -> None:
        found = extract(f"<h1>{TITLE}</h1><div class='content_detail fck_detail block_ads_connect'>{BODY}</div>")
        assert [role for _, role in roles(found)] == ["title", "body", "body"]

    def test_an_article_in_a_form(self) -> None:
        found = extract(f"<form id='aspnetForm'><h1>{TITLE}</h1><div id='noidung'>{BODY}</div></form>")
        assert [role for _, role in roles(found)] == ["title", "body", "body"]

    def test_a_text_that_only_json_ld_holds(self) -> None:
        stated = f'"articleBody":"{FIRST}\\n\\n{SECOND} {FIRST}"'
        found = extract(f"<title>{TITLE}</title>{ld(stated)}<div id='app'></div>")
        assert (found.reject, [role for _, role in roles(found)]) == (None, ["body", "body"])


class TestCaptions:
    def test_a_figure_keeps_its_place(self) -> None:
        caption = "<figcaption>Vườn mận. Ảnh: Hoài Thu</figcaption>"
        figure = f"<figure><img src='a' alt='Vườn mận' title='Vườn mận'>{caption}</figure>"
        found = page(body=f"<p>{FIRST}</p>{figure}<p>{SECOND}</p>")
        assert roles(found)[1:] == [(FIRST, "body"), ("Vườn mận. Ảnh: Hoài Thu", "caption"), (SECOND, "body")]
        assert found.blocks[2].credit == "Hoài Thu"

    @pytest.mark.parametrize(
        "picture",
        [
            "<p><img src='a'></p><p style='text-align:center'><em>Quang cảnh hội nghị.</em></p>",
            "<table><tr><td><img src='a'></td></tr><tr><td>Quang cảnh hội nghị.</td></tr></table>",
            "<div class='insertImage'><img src='a'><div>Quang cảnh hội nghị.</div></div>",
            "<p><img src='a'><br><i>Quang cảnh hội nghị.</i></p>",
            "<div class='PhotoCMS_Caption'><p>Quang cảnh hội nghị.</p></div>",
        ],
    )
    def test_without_a_figure(self, picture: str) -> None:
        assert ("Quang cảnh hội nghị.", "caption") in roles(page(body=f"<p>{FIRST}</p>{picture}<p>{SECOND}</p>"))

    def test_a_paragraph_below_a_picture_is_body(self) -> None:
        assert roles(page(body=f"<p><img src='a'></p>{BODY}"))[1:] == [(FIRST, "body"), (SECOND, "body")]


class TestAddress:
    def test_the_canonical_address(self) -> None:
        head = '<link rel="canonical" href="/a.html"><meta property="og:url" content="https://x.vn/b">'
        assert extract(f"{head}<h1>{TITLE}</h1>{BODY}", "https://x.vn/?id=1").url == "https://x.vn/a.html"

    def test_a_template_that_points_home_is_not_believed(self) -> None:
        head = '<link rel="canonical" href="https://x.vn/">'
        assert (
            extract(f"{head}<h1>{TITLE}</h1>{BODY}", "https://x.vn/tin/man-chin-5511.html").url
            == "https://x.vn/tin/man-chin-5511.html"
        )

    def test_the_permit_of_a_newspaper_is_no_licence(self) -> None:
        assert page(below="<footer>Giấy phép số 188/GP-BTTTT ngày 20/4/2022</footer>").license is None

    def test_a_licence_link(self) -> None:
        link = '<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</a>'
        assert page(below=link).license == "https://creativecommons.org/licenses/by-sa/4.0/"

    def test_the_language_a_page_declares(self) -> None:
        assert extract(f'<html lang="vi-VN"><h1>{TITLE}</h1>{BODY}').lang == "vi"
        assert extract(f'<meta property="og:locale" content="en_US"><h1>{TITLE}</h1>{BODY}').lang == "en"
