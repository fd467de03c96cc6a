"""The laws of spans, checked for many articles at once, are the laws as they are told of one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.engine.parts import to_arrow
from corpus.verification.rows import check_article
from corpus.verification.spans import broken_rows
from tests.conftest import ARTICLES

Row = dict[str, Any]
PICTURE = """\
Lễ hội hoa ban

Tối 13/3/2021, tỉnh Điện Biên khai mạc lễ hội hoa ban 🌸. Lễ hội có hơn 12.000 khách.

Ảnh: Các đội múa xòe trong đêm khai mạc. (Ảnh: Lan Anh/TTXVN)

Theo Nghị quyết số 12/NQ-HĐND ngày 10/12/2020, lễ hội được tổ chức hằng năm.
"""


@pytest.fixture(scope="module")
def sound() -> list[Row]:
    """Articles as they come, an empty one among them."""
    texts = [PICTURE, *(text for name, text in ARTICLES.items() if name.endswith((".txt", ".md")))]
    return [{**corpus.annotate(text, source=f"{number}.txt"), "pii": []} for number, text in enumerate(texts)]


def suspects(rows: list[Row]) -> list[int]:
    [batch] = to_arrow(rows, "articles").to_batches()
    return broken_rows(batch)


def told(rows: list[Row]) -> list[int]:
    return [number for number, row in enumerate(rows) if any(check_article(row))]


def test_articles_as_they_come_keep_the_laws(sound: list[Row]) -> None:
    assert sum(len(row["sentences"] or ()) for row in sound) > 10
    assert suspects(sound) == told(sound) == []


def test_no_article_at_all_keeps_the_laws() -> None:
    bare = {"id": "0" * 16, "source": "a", "reject": "load:empty"}
    assert suspects([bare, bare]) == []


SPANS = ("paragraphs", "sentences", "captions", "references", "dates")


@given(data=st.data())
def test_whatever_is_changed_both_ways_name_the_same_articles(sound: list[Row], data: st.DataObject) -> None:
    rows = [{**row, **{name: [dict(each) for each in row[name] or ()] for name in SPANS}} for row in sound]
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(rows[data.draw(st.integers(0, len(rows) - 1))], data)
    assert suspects(rows) == told(rows)


def spoil(row: Row, data: st.DataObject) -> None:
    """Change one thing in one article."""
    columns = [name for name in SPANS if row[name]]
    if not columns:
        return
    column = data.draw(st.sampled_from(columns))
    spans = row[column]
    span = spans[data.draw(st.integers(0, len(spans) - 1))]
    change = data.draw(st.sampled_from(("edge", "gone", "twice", "tokens", "paragraph", "role")))
    if change == "edge":
        span[data.draw(st.sampled_from(("start", "end")))] += data.draw(st.sampled_from((-1000, -2, -1, 1, 2, 1000)))
    elif change == "gone":
        spans.remove(span)
    elif change == "twice":
        spans.append(dict(span))
    elif change == "tokens" and column == "sentences":
        span["tokens"] = data.draw(st.sampled_from(([], ["xin chào"], [*span["tokens"], " "], span["tokens"][::-1])))
    elif change == "paragraph" and column == "sentences":
        span["paragraph"] += data.draw(st.sampled_from((-1, 1, 100)))
    elif change == "role" and column == "paragraphs":
        span["role"] = data.draw(st.sampled_from(("body", "caption", "byline")))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda row: row["sentences"].pop(), "do not cover it once"),
        (lambda row: row["sentences"].reverse(), "overlaps the one before it"),
        (lambda row: row["paragraphs"].pop(0), "paragraphs do not hold all of its text"),
        (lambda row: row["sentences"][0]["tokens"].pop(), "do not spell it"),
        (lambda row: row["captions"].clear(), "other captions than paragraphs"),
        (lambda row: row["dates"][0].update(end=10**6), "outside the text"),
        (lambda row: row["sentences"][0].update(end=row["sentences"][0]["end"] + 1), "blank edges"),
    ],
)
def test_what_is_broken_is_told_in_words(sound: list[Row], change: Any, what: str) -> None:
    row = {**sound[0], **{name: [dict(each) for each in sound[0][name]] for name in SPANS}}
    row["sentences"] = [{**each, "tokens": list(each["tokens"])} for each in row["sentences"]]
    change(row)
    assert any(what in told for told in check_article(row))
    assert suspects([sound[1], row]) == [1]
