"""CSV and TSV: dialects found, articles in cells, broken rows among good ones."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loaders import Limits
from corpus.loaders.fields import Columns
from corpus.loaders.options import Options
from corpus.loaders.table import DELIMITERS, find_dialect, rows

CELLS = st.text(st.sampled_from('aế ,;\t|"\n'), max_size=12)


def results(text: str, size: int = 7, limit: int = 10_000, fields: dict[str, str] | None = None) -> list[Any]:
    pieces: Iterator[str] = (text[start : start + size] for start in range(0, len(text), size))
    options = Options(Limits(record_bytes=limit), Columns.choose(fields))
    return [row.reject or row.values for row in rows(pieces, options)]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(DELIMITERS), st.integers(1, 9))
def test_what_the_csv_module_wrote_is_read(table: list[tuple[str, str]], delimiter: str, size: int) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("text", "title"), *table])
    assert results(buffer.getvalue(), size) == [{"text": text, "title": title} for text, title in table]


@given(st.text(st.sampled_from('aế ,;\t|"\n\r\0text'), max_size=80), st.integers(1, 9), st.integers(5, 40))
def test_no_text_raises_and_the_limit_of_the_csv_module_is_left_alone(text: str, size: int, limit: int) -> None:
    before = csv.field_size_limit()
    results("text,title\n" + text, size, limit)
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("text;title\nMưa, gió;Tin\n", [{"text": "Mưa, gió", "title": "Tin"}]),
        ("text|title\r\nMưa; gió|Tin\r\n", [{"text": "Mưa; gió", "title": "Tin"}]),
        ('vi\ten\n"Mưa", ông nói.\t"Rain", he said.\n', [{"vi": '"Mưa", ông nói.', "en": '"Rain", he said.'}]),
        ('text\ttitle\n"Đoạn một.\nĐoạn hai."\tTin\n', [{"text": "Đoạn một.\nĐoạn hai.", "title": "Tin"}]),
        ("text\nXin chào, bạn.\n", [{"text": "Xin chào, bạn."}]),
        ("\n\n text , title \n\na,b\n\n", [{"text": "a", "title": "b"}]),
    ],
    ids=["semicolon", "bar", "tsv-bare-quotes", "tsv-quoted", "one-column", "blank-lines"],
)
def test_dialects(text: str, expect: list[Any]) -> None:
    assert results(text, len(text)) == expect


def test_a_file_with_the_line_ends_of_an_old_mac() -> None:
    assert results("text,title\rMưa,a\rGió,b\r", 1000) == [{"text": "Mưa", "title": "a"}, {"text": "Gió", "title": "b"}]


def test_the_delimiter_is_the_one_that_fits_all_rows() -> None:
    sample = "tiêu đề;nội dung\nMưa, gió, bão;Chiều nay\nNắng;Sáng nay, trưa nay\n"
    assert find_dialect(sample).delimiter == ";"


def test_a_table_without_known_columns_says_so_once() -> None:
    assert results("a,b\n1,2\n3,4\n") == ["load:no-header"]
    assert results("a,b\n1,2\n", fields={"text": "b"}) == [{"a": "1", "b": "2"}]


def test_a_row_of_data_is_no_header() -> None:
    assert results("vi\tLẽ ra anh ấy phải thận trọng hơn.\nen\tHe should have been careful.\n") == ["load:no-header"]
    assert results("text\t" + "Mưa. " * 30 + "\nhtml\tGió.\n") == ["load:no-header"]


def test_a_tsv_cell_may_start_with_a_quotation_mark_long_after_the_first_rows() -> None:
    text = "title\ttext\n" + "a\tMưa.\n" * 100 + 'b\t"Gió đâu?" "Ở đây."\n' + 'c\t"Nắng\n'
    assert results(text)[-2:] == [{"title": "b", "text": '"Gió đâu?" "Ở đây."'}, {"title": "c", "text": '"Nắng'}]


def test_a_file_of_nothing_but_line_ends() -> None:
    assert results("\n\n\n") == ["load:empty"]


def test_a_stray_quotation_mark_takes_no_other_row_with_it() -> None:
    text = 'text,title\nMột,a\n"Hai,b\nBa,c\nBốn,d\n'
    assert results(text) == [
        {"text": "Một", "title": "a"}, "load:malformed", {"text": "Ba", "title": "c"}, {"text": "Bốn", "title": "d"}
    ]  # fmt: skip


def test_rows_with_too_many_or_too_few_cells_are_malformed() -> None:
    assert results("text,title\na,b,c\nd\ne,f\n") == ["load:malformed", "load:malformed", {"text": "e", "title": "f"}]


def test_a_cell_longer_than_the_csv_module_allows_is_read_and_one_beyond_the_limit_is_not() -> None:
    long, longer = "Mưa. " * 60_000, "Gió. " * 120_000
    text = f'text,title\n"{long}",a\n"{longer}",b\nNắng.,c\n'
    first, second, third = results(text, 1 << 16, limit=500_000)
    assert first == {"text": long, "title": "a"}
    assert (second, third) == ("load:too-large", {"text": "Nắng.", "title": "c"})


def test_many_stray_quotation_marks_take_no_time() -> None:
    started = time.perf_counter()
    found = results("text,title\n" + '"x\n' * 40_000, 1 << 16, limit=1 << 24)
    assert len(found) >= 20_000
    assert time.perf_counter() - started < 5
