"""What holds for every page: extraction is total and deterministic, and markup never changes the words."""

from __future__ import annotations

import html
import json
import re
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.page import extract
from corpus.page.lines import lay_out
from corpus.page.linked import loads_leniently
from corpus.page.tree import parse

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
ROLES = {"title", "byline", "dateline", "lead", "body", "heading", "caption", "credit", "source_line", "boilerplate"}
TAGS = ["b", "i", "em", "span", "strong", "font", "u", "mark"]

letters = st.one_of(st.sampled_from('<>/="& \n'), st.sampled_from("divpbrh1aàẹướĐ&;#xlt"), st.characters())
markup = st.text(alphabet=letters, max_size=200)
word = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặ", min_size=1, max_size=7)
words = st.lists(word, min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(markup)
@example("<table><tr><td>" * 50)
@example("\x00<p>\ud800")
def test_any_text_is_a_page(text: str) -> None:
    page = extract(text)
    assert page == extract(text)
    for block in page.blocks:
        assert block.role in ROLES
        assert block.text and block.text == " ".join(block.text.split())
    for field in (page.title, page.author, page.published, page.site, page.url, page.license, page.lang):
        assert field is None or field.strip()


@given(words, st.lists(st.sampled_from(TAGS), min_size=1, max_size=12), st.integers(1, 5))
def test_inline_tags_neither_glue_nor_split_words(parts: list[str], tags: list[str], cut: int) -> None:
    """A tag may begin and end anywhere, inside a word too."""
    text = " ".join(parts)
    pieces = [text[start : start + cut] for start in range(0, len(text), cut)]
    marked = [f"<{tag}>{piece}</{tag}>" for piece, tag in zip(pieces, cycle(tags), strict=False)]
    lines = lay_out(parse(f"<p>{''.join(marked)}</p>")).lines
    assert [line.text for line in lines] == [text]


@given(words)
def test_blocks_are_lines(parts: list[str]) -> None:
    page = "".join(f"<div>{part}</div>" for part in parts)
    assert [line.text for line in lay_out(parse(page)).lines] == parts


@given(st.text(alphabet="ab&<>\"'éế ", min_size=1, max_size=40))
def test_entities_are_decoded_once(text: str) -> None:
    lines = lay_out(parse(f"<p>x{html.escape(text)}x</p>")).lines
    assert [line.text for line in lines] == [" ".join(f"x{text}x".split())]


@given(st.dictionaries(st.sampled_from(["headline", "author", "@type"]), st.text(max_size=20), min_size=1))
def test_sound_json_is_read_as_it_stands(value: dict[str, str]) -> None:
    assert loads_leniently(json.dumps(value)) == value


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_white_space_between_tags_does_not_matter(path: Path) -> None:
    page = path.read_text("utf-8")
    loose = re.sub(r"(</(?:div|p|li|h\d|td|figure|article)>)", "\\1\n   \n", page)
    assert extract(loose) == extract(page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_scripts_styles_and_attributes_is_text(path: Path) -> None:
    page = path.read_text("utf-8").replace("</p>", "<script>xqz()</script><style>.xqz{}</style></p>")
    page = page.replace("<img ", '<img data-caption="xqz" ')
    assert "xqz" not in " ".join(block.text for block in extract(page).blocks)
