"""Whole pages, written for the traps that news sites set: what is read from each is checked against its facts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.page import Page, extract

PAGES = Path(__file__).parent / "pages"
FACTS: dict[str, dict[str, Any]] = json.loads((PAGES / "facts.json").read_text("utf-8"))
ARTICLES = sorted(name for name, facts in FACTS.items() if "reject" not in facts)
LISTS = sorted(name for name, facts in FACTS.items() if "reject" in facts)


@cache
def read(name: str) -> Page:
    return extract((PAGES / name).read_text("utf-8"))


def texts(name: str, *roles: str) -> list[str]:
    return [block.text for block in read(name).blocks if block.role in roles]


def test_every_page_has_facts() -> None:
    assert {path.name for path in PAGES.glob("*.html")} == set(FACTS)
    assert len(ARTICLES) >= 20 and len(LISTS) >= 12


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_kept(name: str) -> None:
    assert read(name).reject is None


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_rejected(name: str) -> None:
    assert read(name).reject == FACTS[name]["reject"]


@pytest.mark.parametrize("field", ["title", "author", "published"])
@pytest.mark.parametrize("name", ARTICLES)
def test_field(name: str, field: str) -> None:
    assert getattr(read(name), field) == FACTS[name][field]


@pytest.mark.parametrize("name", ARTICLES)
def test_body_begins_and_ends_with_the_article(name: str) -> None:
    body = [" ".join(text.split()) for text in texts(name, "body")]
    assert (body[:1] or [None]) == [FACTS[name]["first"]]
    assert (body[-1:] or [None]) == [FACTS[name]["last"]]


@pytest.mark.parametrize("name", [name for name in ARTICLES if FACTS[name]["lead"]])
def test_the_lead_is_kept_and_stands_before_the_body(name: str) -> None:
    roles = [block.role for block in read(name).blocks]
    assert any(FACTS[name]["lead"] in text for text in texts(name, "lead"))
    assert "body" not in roles or roles.index("lead") < roles.index("body")


@pytest.mark.parametrize("name", ARTICLES)
def test_the_title_comes_first_and_once(name: str) -> None:
    page = read(name)
    assert page.blocks[0].role == "title" and page.blocks[0].text == page.title
    assert len(texts(name, "title")) == 1


@pytest.mark.parametrize("name", ARTICLES)
def test_captions_stand_once_with_their_credit(name: str) -> None:
    captions = texts(name, "caption")
    assert len(captions) == len(set(captions))
    for block in read(name).blocks:
        if block.role == "caption" and ("Ảnh:" in block.text or "Photo:" in block.text):
            assert block.credit and block.credit in block.text


@pytest.mark.parametrize("name", ARTICLES)
def test_the_site_around_the_article_stays_out(name: str) -> None:
    """Menus, sidebars, imprints, comments and scripts: nothing of them is running text."""
    text = "\n".join(texts(name, "title", "lead", "body", "heading", "caption", "byline"))
    furniture = ("Tổng biên tập", "Editor-in-", "giấy phép", "Licen", "Trang chủ", "var a", "Most read", "Bình luận")
    assert [words for words in furniture if words.casefold() in text.casefold()] == []


def test_pages_say_who_and_where_they_are() -> None:
    page = read("wordpress_utc_midnight.html")
    assert page.url == "https://www.vietnam.vn/y-ty-mua-nuoc-do/"
    assert page.site == "Vietnam.vn"
    assert page.license == "https://creativecommons.org/licenses/by/4.0/"
    assert (page.lang, page.published_precision) == ("vi", "day")
    english = read("nhandan_en_jsonld_author.html")
    assert (english.lang, english.site, english.license) == ("en", "Nhan Dan Online", None)


def test_both_languages_of_a_caption_are_captions() -> None:
    blocks = read("onecms_header_inside_entry.html").blocks
    assert [(block.text, block.credit) for block in blocks if block.role == "caption"] == [
        ("Nhà tránh lũ của gia đình ông Võ Văn Kỳ. Ảnh: Khánh Ly", "Khánh Ly"),
        ("The shelter of Mr. Vo Van Ky's family. Photo: Khanh Ly", "Khanh Ly"),
    ]


def test_what_lies_inside_the_article_is_labelled_and_kept() -> None:
    boilerplate = texts("vietnamnet_boxes_in_body.html", "boilerplate")
    assert "Hồ thủy lợi tích đủ nước cho vụ chiêm xuân" in boilerplate
    assert "Xem thêm các bài viết của tác giả Ngọc Lương" in boilerplate


def test_rows_of_a_table_keep_their_cells() -> None:
    assert "Height | 4.5 m" in texts("army_en_two_authors_source.html", "body")


def test_the_credit_beside_a_caption_is_given_to_it() -> None:
    blocks = [(block.text, block.role, block.credit) for block in read("thanhnien_author_email.html").blocks]
    assert ("Ông Hai Lành trong một pha tranh bóng", "caption", "LAM NGỌC") in blocks
    assert ("LAM NGỌC", "credit", "LAM NGỌC") in blocks
