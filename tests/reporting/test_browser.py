"""The report in a real browser: it draws, filters, turns dark, asks for nothing, and a hostile article is text.

Skipped, saying so, where no Chromium is found (`apt-get install chromium`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.reporting import report
from tests.reporting.browser import Browser, find_browser
from tests.reporting.made import article, bead_row, make_run, pair, small_run
from tests.reporting.test_report import HOSTILE

PATH = find_browser()
pytestmark = pytest.mark.skipif(PATH is None, reason="no browser was found; apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(str(PATH)) as opened:
        yield opened


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(small_run(tmp_path_factory.mktemp("runs") / "lễ-hội"))


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Browser]:
    """The report on a screen of a desk; afterwards nothing may have been asked for or complained about."""
    browser.resize(1280, 900)
    browser.emulate(prefers_color_scheme="light")
    browser.open(file)
    yield browser
    assert browser.complaints == []
    assert browser.requests == [file.resolve().as_uri()]


def count(page: Browser, selector: str) -> int:
    found: int = page.run(f"document.querySelectorAll({json.dumps(selector)}).length")
    return found


def type_into(page: Browser, name: str, value: str) -> None:
    page.run(
        f"(() => {{ const e = document.getElementById({json.dumps(name)}); e.value = {json.dumps(value)};"
        "e.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def listed(page: Browser) -> list[str]:
    texts: list[str] = page.run("[...document.querySelectorAll('#list .row')].map((row) => row.innerText)")
    return texts


def test_the_figures_are_drawn(page: Browser) -> None:
    sizes = page.run(
        "[...document.querySelectorAll('svg.figure')].map((f) => { const b = f.getBoundingClientRect();"
        "return [b.width, b.height, f.querySelectorAll('path, use').length]; })"
    )
    assert len(sizes) >= 5
    assert all(width > 200 and height > 90 and marks > 5 for width, height, marks in sizes)


def test_search_finds_with_and_without_accents(page: Browser) -> None:
    assert len(listed(page)) == 25
    type_into(page, "query", "duong so 7 o ha noi")
    assert len(listed(page)) == 1 and "Đường số 7 ở Hà Nội." in listed(page)[0]
    type_into(page, "query", "Đường số 7")
    assert len(listed(page)) == 1
    type_into(page, "query", "đương số 7")
    assert listed(page) == []
    assert "No row is like that" in page.run("document.getElementById('found').innerText")


def test_filters_by_fate_origin_split_and_score(page: Browser) -> None:
    type_into(page, "fate", "dedup:exact")
    assert len(listed(page)) == 3 and all("dedup:exact" in row for row in listed(page))
    type_into(page, "fate", "*rejected")
    assert len(listed(page)) == 4
    type_into(page, "origin", "articles")
    assert len(listed(page)) == 1 and "accept:numbers" in listed(page)[0]
    page.run("document.querySelector('#filters [type=reset]').click()")
    page.run("new Promise((done) => setTimeout(done, 50))")
    type_into(page, "split", "test")
    assert len(listed(page)) == 1
    type_into(page, "split", "")
    type_into(page, "score", "quality")
    type_into(page, "low", "0.7")
    type_into(page, "high", "0.75")
    assert [row for row in listed(page) if "quality 0.7" in row] == listed(page) != []


def test_more_rows_come_when_asked_for(page: Browser) -> None:
    page.run("document.getElementById('more').click()")
    assert len(listed(page)) == 37 and page.run("document.getElementById('more').hidden")


def test_a_pair_shows_its_beads_and_ribbons(page: Browser) -> None:
    kinds = page.run("[...document.querySelectorAll('#ribbons .ribbon')].map((r) => r.getAttribute('class'))")
    assert [kind.split()[1] for kind in kinds] == ["kept", "kept", "kept", "single", "single", "rejected"]
    labels = page.run("[...document.querySelectorAll('#ribbons text')].map((t) => t.textContent)")
    assert labels == ["0.99", "0.97", "0.60", "✕ 0.40"]
    boxes = page.run("[...document.querySelectorAll('#ribbons path')].map((p) => p.getBBox().height)")
    assert all(height > 10 for height in boxes)
    assert "accept:numbers" in page.run("document.querySelector('#side-vi .rejected').innerText")
    page.run("document.getElementById('next-pair').click()")
    assert count(page, "#ribbons .ribbon.unused") == 2
    assert "pair:comparable" in page.run("document.getElementById('pair-facts').innerText")


def test_what_matched_is_marked_on_both_sides(page: Browser) -> None:
    marks = "[...document.querySelectorAll('%s mark')].map((m) => m.className + ' ' + m.textContent)"
    assert "m0 13/3/2021" in page.run(marks % "#side-vi") and "m0 March 13, 2021" in page.run(marks % "#side-en")
    assert "m1 12.000" in page.run(marks % "#side-vi") and "m1 12,000" in page.run(marks % "#side-en")


def test_a_bead_is_followed_with_the_keyboard(page: Browser) -> None:
    page.run("document.querySelector('#side-vi .sentence').focus()")
    for key in ("ArrowDown", "ArrowDown"):
        page.press(key)
    on = "[...document.querySelectorAll('%s .sentence.on')].map((s) => s.innerText.slice(0, 8))"
    assert page.run(on % "#side-vi") == ["Có 12.00", "Nhiều gi"] and page.run(on % "#side-en") == ["It had 1"]
    assert "Bead 3 of 6 · 2-1 sentences · kept · probability 0.60" in page.run(
        "document.getElementById('bead').innerText"
    )
    page.press("ArrowRight")
    assert page.run("document.activeElement.closest('#side-en') !== null")
    page.press("End")
    assert "accept:numbers" in page.run("document.getElementById('bead').innerText")


def test_the_theme_turns_and_the_plots_with_it(page: Browser) -> None:
    colours = (
        "['body', '.figure .fill-kept', '.figure text'].map((name) => {"
        "const style = getComputedStyle(document.querySelector(name));"
        "return name === 'body' ? style.backgroundColor : style.fill; })"
    )
    light = page.run(colours)
    page.run("document.getElementById('theme').click()")
    dark = page.run(colours)
    assert all(one != other for one, other in zip(light, dark, strict=True))
    page.run("document.getElementById('theme').click()")
    assert page.run(colours) == light
    page.emulate(prefers_color_scheme="dark")
    assert page.run("(document.documentElement.removeAttribute('data-theme'), " + colours + ")") == dark


def test_text_stands_out_from_its_ground_in_both_themes(page: Browser) -> None:
    """Contrast of 4.5 and more (WCAG 2.2, 1.4.3) of what is written on the page and on its cards."""
    for scheme in ("light", "dark"):
        page.emulate(prefers_color_scheme=scheme)
        pairs = page.run(CONTRAST)
        assert len(pairs) == 10 and all(ratio >= 4.5 for _, _, ratio in pairs), [p for p in pairs if p[2] < 4.5]


CONTRAST = """(() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const [r, g, b] = style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi)
      .map((c) => parseInt(c, 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const found = [];
  for (const ink of ['--ink', '--soft-ink', '--rejected', '--kept', '--link'])
    for (const ground of ['--paper', '--card']) found.push([ink, ground, ratio(ink, ground)]);
  return found;
})()"""


def test_a_phone_scrolls_in_one_direction(page: Browser) -> None:
    for width in (320, 400):
        page.resize(width, 800, phone=True)
        assert page.run("document.documentElement.scrollWidth") <= width
        widths = page.run("[...document.querySelectorAll('.side')].map((side) => side.getBoundingClientRect().width)")
        assert all(side > 0.38 * width for side in widths)


def test_paper_shows_plots_and_reasons_and_no_controls(page: Browser) -> None:
    page.emulate("print")
    shown = "[...document.querySelectorAll('%s')].filter((e) => e.getClientRects().length).length"
    assert page.run(shown % "svg.figure") == count(page, "svg.figure")
    assert page.run(shown % "button, select, input, nav, #list") == 0
    assert page.pdf().startswith(b"%PDF")
    assert page.run("[...document.querySelectorAll('#funnel details')].every((d) => d.open)")


def test_every_control_has_a_name(page: Browser) -> None:
    nameless = page.run(
        "[...document.querySelectorAll('button, select, input')].filter((e) => !e.labels?.length && "
        "!e.innerText.trim() && !e.ariaLabel).map((e) => e.outerHTML)"
    )
    assert nameless == []
    assert [count(page, tag) for tag in ("main", "header", "h1", "nav[aria-label]")] == [1, 1, 1, 1]


def test_a_hostile_article_stays_text(browser: Browser, tmp_path: Path) -> None:
    bad = {"title": HOSTILE, "site": HOSTILE, "url": "javascript:document.title='caught'"}
    vi, en = article("v", "vi", [HOSTILE, "Mưa."], **bad), article("e", "en", [HOSTILE, "Rain."], **bad)
    web = "https://example.vn/?a=1&b=<i>\u202e"
    beads: list[tuple[list[int], list[int], float]] = [([0], [0], 0.9), ([1], [1], 0.9)]
    rows = [bead_row(vi, en, beads[0], reject=HOSTILE, site=HOSTILE), {**bead_row(vi, en, beads[1]), "url": web}]
    ledger = [{"table": HOSTILE, "stage": HOSTILE, "in": 2, "kept": 1, "rejected": {HOSTILE: 1}}]
    run = make_run(tmp_path / "<b>run", articles=[vi, en], pairs=[pair(vi, en, beads, evidence=[HOSTILE])], bitext=rows,
                   stages=ledger, skipped=[{"source": HOSTILE, "reason": HOSTILE}])  # fmt: skip
    file = report(run)
    browser.open(file)
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    browser.run("new Promise((done) => setTimeout(done, 200))")
    assert browser.complaints == [] and browser.requests == [file.resolve().as_uri()]
    assert browser.run("document.title") == "<b>run – Song Ngữ"
    assert count(browser, "img, iframe, i, main script") == 0
    [first, _] = listed(browser)
    assert "<img src=x onerror=alert(1)> </script><script>alert(2)</script>" in first
    whole = HOSTILE.replace("\u2028", "\\u2028").replace("\u202e", "\\u202e")
    text = "document.querySelector('%s .text').textContent"
    assert browser.run(text % "#list p[lang=vi]") == whole
    # A sentence is set in one line there, so its line separator is a space like any other.
    assert browser.run(text % "#side-vi") == whole.replace("\\u2028 ", "")
    assert "\\u202e" in first and "\u202e" not in browser.run("document.body.innerText")
    links = browser.run("[...document.querySelectorAll('main a')].map((a) => [a.getAttribute('href'), a.rel])")
    assert links == [[web, "noopener noreferrer nofollow"]]


def test_the_browser_sees_what_it_is_asked_to_watch(browser: Browser, tmp_path: Path) -> None:
    """A page that asks, complains and throws: else the checks above would prove nothing."""
    page = tmp_path / "bad.html"
    page.write_text("<img src='http://127.0.0.1:9/x.png'><script>console.error('a'); throw new Error('b')</script>")
    browser.open(page)
    assert "http://127.0.0.1:9/x.png" in browser.requests
    assert {"a", "Error: b"} <= {_said(complaint) for complaint in browser.complaints}


def _said(complaint: Any) -> str:
    if "args" in complaint:
        return str(complaint["args"][0]["value"])
    details = complaint.get("exceptionDetails")
    return details["exception"]["description"].split("\n")[0] if details else complaint["entry"]["text"]
