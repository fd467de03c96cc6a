"""Personal data in the published rows: masked wherever it stands, and nothing moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.engine.run import Run
from corpus.publishing.dataset import write_dataset
from corpus.publishing.masking import mask_words
from tests.publishing.test_dataset import Row, pair, parts_of, read

PHONE = re.compile(r"0\d{3}[ .]?\d{3}[ .]?\d{3}")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.create(tmp_path / "out")


def mask(text: str) -> str:
    return PHONE.sub(lambda found: re.sub(r"\d", "*", found[0]), text)


def article(text: str, spans: Sequence[tuple[int, int]], **values: Any) -> Row:
    sentences = [
        {"start": start, "end": end, "lang": "vi", "paragraph": 0, "tokens": text[start:end].split()}
        for start, end in spans
    ]
    return {"id": "a", "lang": "vi", "text": text, "sentences": sentences, "pii": ["phone"], **values}


TEXT = "Gọi 0912 345 678 nhé. Số 0912 345 678 của bà Lan."


def masked_tables(run: Run, article_row: Row, pair_row: Row, hide: Callable[[str], str] = mask) -> tuple[Row, Row]:
    parts = {
        "articles": parts_of(run.path / "p", [article_row], "articles"),
        "bitext": parts_of(run.path / "p", [pair_row]),
    }
    written = write_dataset(run, parts, mask=hide)
    [published], [row] = (read(written[config]["train"]) for config in ("articles", "bitext"))
    return published, row


def quoting(start: int, end: int, words: str, **values: Any) -> Row:
    sides = {"vi": TEXT[start:end], "en": "Call 0912 345 678."}
    row = pair(0, translation=sides, vi_words=words, en_words="Call 0912 345 678 .", vi_id="a", en_id="b",
               vi_start=start, vi_end=end, origin="articles", pii=["phone"])  # fmt: skip
    return {**row, **values}


def test_a_mask_covers_every_place_and_moves_nothing(run: Run) -> None:
    row = quoting(22, 49, "Số 0912_345_678 của bà Lan .", url="https://a.vn/?tel=0912345678",
                  extra=[{"key": "hotline", "value": "0912.345.678"}], title="Hỏi 0912 345 678")  # fmt: skip
    published, side = masked_tables(run, article(TEXT, [(0, 21), (22, 49)], title="0912 345 678"), row)
    for text in (str(published), str(side)):
        assert "0912" not in text
    assert published["text"] == "Gọi **** *** *** nhé. Số **** *** *** của bà Lan."
    assert side["translation"]["vi"] == published["text"][22:49]
    assert side["vi_words"] == "Số ****_***_*** của bà Lan ."
    assert side["en_words"] == "Call **** *** *** ."
    assert side["url"] == "https://a.vn/?tel=**********"
    for sentence in published["sentences"]:
        assert sentence["tokens"] == published["text"][sentence["start"] : sentence["end"]].split()


def test_a_side_takes_the_mask_of_its_article_even_where_it_does_not_look_personal_by_itself(run: Run) -> None:
    def after_a_word(text: str) -> str:
        return re.sub(r"(?<=Gọi )\d{4}", "****", text)

    row = quoting(4, 21, "0912 345 678 nhé .", pii=[])
    published, side = masked_tables(run, article(TEXT, [(0, 21)]), row, after_a_word)
    assert side["translation"]["vi"] == published["text"][4:21] == "**** 345 678 nhé."


@pytest.mark.parametrize("kinds", [None, [], ["email"]])
def test_every_row_is_masked_whatever_its_column_of_kinds_says(run: Run, kinds: list[str] | None) -> None:
    row = quoting(0, 21, "Gọi 0912 345 678 nhé .", pii=kinds)
    published, side = masked_tables(run, article(TEXT, [(0, 21)], pii=kinds), row)
    assert "0912" not in f"{published}{side}"
    assert (published["pii"], side["pii"]) == (kinds, kinds)


PLACES = [
    {name: "Hỏi 0912 345 678"} for name in ("source", "title", "author", "site", "url", "license")
] + [{"extra": [{"key": "hotline", "value": "0912.345.678"}]}]  # fmt: skip


@pytest.mark.parametrize("values", PLACES, ids=lambda values: next(iter(values)))
def test_personal_data_outside_the_text_is_masked(run: Run, values: Row) -> None:
    plain = article("Hội làng mở sáng nay.", [], pii=[], **values)
    row = pair(0, vi_id="a", en_id="b", vi_start=0, vi_end=9, pii=[], **values)
    published, side = masked_tables(run, plain, row)
    assert "0912" not in f"{published}{side}"
    assert published["text"] == "Hội làng mở sáng nay."


def test_articles_that_fell_out_before_they_were_searched_are_masked(run: Run) -> None:
    row = article(TEXT, [], pii=None, reject="detect:other",
                  captions=[{"start": 0, "end": 3, "lang": "vi", "credit": "Ảnh: Lan 0912 345 678"}])  # fmt: skip
    written = write_dataset(run, {"articles": parts_of(run.path / "p", [row], "articles")}, rejected=True, mask=mask)
    [published] = read(written["rejected_articles"]["train"])
    assert published["text"] == "Gọi **** *** *** nhé. Số **** *** *** của bà Lan."
    assert published["captions"][0]["credit"] == "Ảnh: Lan **** *** ***"


def test_rows_without_personal_data_stay_as_they_are(run: Run) -> None:
    plain, row = article("Hội làng.", [(0, 9)], title="Tin"), pair(0, vi_words="Câu thứ 0 .", pii=["phone"])
    published, side = masked_tables(run, plain, row)
    assert {name: published[name] for name in plain} == plain
    assert {name: side[name] for name in row} == row


@given(st.text(alphabet="ab _0 1", max_size=30))
def test_words_keep_their_form_under_any_mask_of_the_same_length(side: str) -> None:
    def hide(text: str) -> str:
        return re.sub(r"\d", "*", text)

    words = " ".join("_".join(word.split()) for word in re.findall(r"\S+(?: \S+)?", side))
    assert mask_words(words, side, hide(side), hide) == hide(words)


def test_words_that_do_not_spell_their_side_are_masked_by_themselves() -> None:
    assert mask_words("Máy_khác 0912_345_678", "Gọi 1.", "Gọi 1.", mask) == "Máy khác **** *** ***"
