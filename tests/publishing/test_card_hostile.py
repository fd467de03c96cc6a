"""What stands in the data stays data: on the card nothing of it becomes markup, YAML or the end of the block."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.publishing.card import RunFacts, make_card
from corpus.publishing.card_markdown import plain
from corpus.publishing.card_merge import BEGIN, END
from tests.publishing.cards import article, head, pair, shards_of

HOSTILE = (
    f"a|b\n\n# x\n---\nlicense: mit\n---\n{END}\n--> <script>alert(1)</script> [x](http://evil.vn) ![](y) `z` $$q$$"
)


def hostile_card(folder: Path) -> str:
    names = dict.fromkeys(("title", "author", "site", "url", "license", "published"), HOSTILE)
    rows = [{**article(), **names, "site": None, "source": HOSTILE}, {**article(), **names}]
    stages = [{"table": HOSTILE, "stage": HOSTILE, "in": 1, "kept": 0, "rejected": {HOSTILE: 1}}]
    facts = RunFacts(ledger={"stages": stages, "skipped": [{"source": HOSTILE, "reason": HOSTILE}]},
                     options={"accept": HOSTILE}, recipe={"bitext": HOSTILE}, packages={"x": HOSTILE})  # fmt: skip
    return make_card(shards_of(folder, bitext=[pair(source=HOSTILE, **names)], articles=rows), facts)


def test_nothing_in_the_data_becomes_markup(tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    card = hostile_card(tmp_path)
    assert [card.splitlines().count(marker) for marker in (BEGIN, END)] == [1, 1]
    assert card.endswith(f"\n{END}\n")
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = parser.parse(card.split("---\n", 2)[2])
    inner = [child for token in tokens for child in token.children or ()]
    html = {
        re.sub(r"[^a-z:!/<-]", "", token.content)[:10] for token in [*tokens, *inner] if token.type.startswith("html")
    }
    assert not any("script" in each for each in html)
    assert not {"link_open", "image"} & {token.type for token in inner}
    widths = []
    for token in tokens:
        if token.type == "table_open":
            widths.append(0)
        elif token.type == "th_open":
            widths[-1] += 1
    rows = re.findall(r"(?:^\|.*\n)+", card, re.M)
    for width, text in zip(widths, rows, strict=True):
        assert {len(re.findall(r"(?<!\\)\|", line)) - 1 for line in text.splitlines()} == {width}


def test_nothing_in_the_data_reaches_the_head(tmp_path: Path) -> None:
    found = head(hostile_card(tmp_path))
    assert found["license"] == "other"
    assert re.fullmatch(r"[a-z0-9.-]+", found["license_name"])
    assert "script" not in yaml.safe_dump({key: found[key] for key in found if key != "license_name"})


@given(st.text(max_size=60))
@example("www.bao.vn http://bao.vn lan@bao.vn")
@example("_a_ __b__ c_d **e** ~~f~~ &amp; &#35; \\| \\")
def test_text_from_data_is_shown_as_it_is(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"| a |\n| --- |\n| {plain(text)} |\n")
    cell = [token for token in tokens if token.type == "inline"][1:]
    shown = [child for token in cell for child in token.children or ()]
    assert {child.type for child in shown} <= {"text", "text_special"}
    expected = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in text)
    assert "".join(child.content for child in shown) == " ".join(expected.split())
