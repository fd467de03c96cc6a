"""Pages made to hurt: nothing crashes, nothing is fetched or expanded, nothing takes more than a few seconds."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from corpus.page import extract

ARTICLE = "<h1>Mùa mận chín trên cao nguyên Mộc Châu</h1>" + "".join(
    f"<p>Đoạn thứ {number} kể về mận hậu vào vụ thu hoạch, thương lái đến tận vườn để mua.</p>" for number in range(5)
)
DEEP = {
    "divisions": "<div>" * 100_000,
    "spans": "<span>" * 100_000,
    "lists": "<ul><li>" * 50_000,
    "tables": "<table><tr><td>" * 20_000,
    "figures": "<figure>" * 50_000,
    "unknown elements": "<x-a>" * 50_000,
}


@pytest.mark.parametrize("opening", DEEP.values(), ids=DEEP)
def test_deep_nesting_keeps_the_text(opening: str) -> None:
    page = extract(opening + ARTICLE)
    assert any(block.text.startswith("Đoạn thứ 4") for block in page.blocks)


def test_text_behind_a_deep_place_is_kept() -> None:
    deep = "<div>" * 5000 + "sâu" + "</div>" * 5000
    page = extract(ARTICLE + deep + "<p>Đoạn cuối nằm sau phần lồng nhau rất sâu.</p>")
    assert any("nằm sau phần lồng nhau" in block.text for block in page.blocks)


@pytest.mark.parametrize(
    "page",
    [
        "<div " + " ".join(f'a{number}="x"' for number in range(30_000)) + ">" + ARTICLE,
        f"<title>{'a - ' * 100_000}</title>" + ARTICLE,
        f'<meta name="author" content="{"A b " * 100_000}">' + ARTICLE,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + ARTICLE,
        '<script type="application/ld+json">{"author":' + " " * 300_000 + "x</script>" + ARTICLE,
        '<script type="application/ld+json">{' + '"author":' * 50_000 + "</script>" + ARTICLE,
        '<div class="' + "related-" * 100_000 + '">' + ARTICLE,
        ARTICLE + '<div class="date">' + "15/11/2025 " * 30_000 + "</div>",
        ARTICLE + "<p>" + " " * 1_000_000 + "x</p>",
        "<" * 300_000 + ARTICLE,
        "<img>" * 50_000 + ARTICLE,
    ],
    ids=["attributes", "title", "meta", "json", "spaces", "keys", "class", "dates", "blanks", "brackets", "images"],
)
def test_linear_time(page: str) -> None:
    started = time.process_time()
    assert extract(page).title == "Mùa mận chín trên cao nguyên Mộc Châu"
    assert time.process_time() - started < 4


def test_one_huge_paragraph_is_read() -> None:
    page = extract("<p>" + "nước " * 2_500_000 + "</p>")
    assert sum(block.text.count("nước") for block in page.blocks) == 2_500_000


def test_entities_of_a_document_type_are_not_expanded() -> None:
    page = extract(
        '<!DOCTYPE d [<!ENTITY a "bom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{ARTICLE}<p>&b;&c;</p></body></html>"
    )
    text = " ".join(block.text for block in page.blocks)
    assert "bom" not in text and "root:" not in text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    page = extract(
        '<html><head><base href="http://example.vn/"><link rel="stylesheet" href="a.css"></head>'
        f'<body><img src="http://example.vn/a.jpg"><iframe src="http://example.vn/"></iframe>{ARTICLE}</body></html>'
    )
    assert page.reject is None


@pytest.mark.parametrize("page", ["", "   \n", "<!-- nothing -->", "<html></html>", "<frameset><frame></frameset>"])
def test_a_page_without_text_is_empty(page: str) -> None:
    assert extract(page).reject == "structure:empty"
    assert extract(page).blocks == []


def test_an_encoding_declared_in_a_string_does_not_matter() -> None:
    declaration = '<?xml version="1.0" encoding="windows-1258"?><html xmlns="http://www.w3.org/1999/xhtml">'
    page = extract(f"{declaration}<body>{ARTICLE}</body></html>")
    assert page.title == "Mùa mận chín trên cao nguyên Mộc Châu"


@pytest.mark.parametrize("url", ["http://[bad", "not a url", "", "//x", "file:///etc/passwd"])
def test_a_bad_address_is_no_address(url: str) -> None:
    assert extract(f'<link rel="canonical" href="{url}">' + ARTICLE, url).url is None


def test_threads_do_not_disturb_each_other() -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(extract(ARTICLE))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(page == found[0] for page in found)
