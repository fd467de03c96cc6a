"""What is exported loads back equal: the sides and every column, for every text that a table can hold."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.encoding import repair
from corpus.engine.stage import Row
from corpus.exporting.flat_files import write_csv, write_jsonl
from corpus.exporting.moses_files import moses_paths, write_moses
from corpus.exporting.target import Outputs
from corpus.exporting.tmx_file import write_tmx
from corpus.loaders.exported import guarded, spread, unguarded
from corpus.orthography import normalize
from corpus.pipeline import load
from tests.exporting.made_runs import SCORES, bitext_row

FIELDS = ("title", "author", "site", "url", "published", "license")
ODD = "aế Đ=+-@'\"<>&,;\t\n\r\0\x0b\x1c\x85\u2028\u00a0\ufeff\ufffd＝＋;|{}[]\\#1\ud800😀"
SETTINGS = settings(max_examples=40, deadline=None)


def as_stored(text: str) -> str:
    """A text as the tables hold it."""
    return normalize(text).strip()


def is_settled(text: str) -> bool:
    """Whether reading the text again finds nothing to mend in its characters."""
    return repair(text).text == text and not re.search("[\ufffe\uffff]", text)


texts = (st.text(st.sampled_from(ODD), max_size=30) | st.text(max_size=30)).map(as_stored).filter(is_settled)
sides = texts.filter(bool)
fields = st.none() | sides
shares = st.none() | st.floats(0, 1, width=32)
extras = st.lists(
    st.tuples(st.sampled_from(["chuyên mục", "id", "quality", "x-a", "lang", "Nguồn", "vi", "translation", ""]), sides),
    max_size=3, unique_by=lambda entry: entry[0],
).map(lambda entries: [{"key": name, "value": value} for name, value in entries])  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> Row:
    row = bitext_row(draw(st.integers(0, 2**60)), draw(sides), draw(sides), extra=draw(extras))
    row.update({name: draw(fields) for name in ("title", "author", "site", "url", "license", "source", "vi_words")})
    row.update({name: draw(shares) for name in SCORES})
    row.update(published=draw(st.sampled_from([None, "2020-12-22"])), vi_start=draw(st.none() | st.integers(0, 10**6)))
    row.update(pii=draw(st.sampled_from([[], ["email", "phone"]])), split=draw(st.sampled_from([None, "train"])))
    return row


def in_text(value: Any) -> str:
    """How a value of a column stands in a field."""
    if isinstance(value, float):
        return repr(float(str(np.float32(value))))
    return "; ".join(value) if isinstance(value, list) else str(value)


def expected(row: Row) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The sides, the fields, and the extra fields of the row that loading must give."""
    columns = {name: value for name, value in row.items() if name not in ("translation", "extra")}
    others = spread({"vi": "", "en": "", **columns}, row["extra"])
    filled = {name: value for name, value in others.items() if value not in (None, [], "")}
    kept = {name: in_text(value) for name, value in filled.items() if name not in FIELDS}
    return row["translation"], {name: row[name] for name in FIELDS if row[name] is not None}, kept


def loaded(path: Path | list[Path]) -> list[tuple[dict[str, str], dict[str, str], dict[str, str]]]:
    found = []
    for row in load(path):
        assert row["reject"] is None
        extra = {entry["key"]: entry["value"] for entry in row["extra"]}
        found.append((row["translation"], {name: row[name] for name in FIELDS if row.get(name)}, extra))
    return found


FORMS: dict[str, Callable[..., None]] = {"tmx": write_tmx, "jsonl": write_jsonl, "csv": write_csv}


@pytest.mark.parametrize("form", FORMS)
@SETTINGS
@given(table=st.lists(rows(), min_size=1, max_size=3))
def test_every_column_comes_back(form: str, table: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"out.{form}")
        with open(path, "wb") as file:
            FORMS[form](file, table)
        assume(is_settled(path.read_bytes().decode("utf-8-sig")) or form == "tmx")
        assert loaded(path) == [expected(row) for row in table]


@SETTINGS
@given(table=st.lists(rows(), min_size=1, max_size=4))
def test_moses_gives_back_sides_on_one_line_with_ids_and_scores(table: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = moses_paths(Path(folder, "out"), "")
        with Outputs() as outputs:
            write_moses(outputs, paths, table)
        assume(all(is_settled(path.read_bytes().decode()) for path in paths[:2]))
        assert {len(path.read_bytes().decode().splitlines()) for path in paths[:3]} == {len(table)}
        for found, row in zip(loaded(paths[:2]), table, strict=True):
            assert found[0] == {lang: re.sub(r"[\t\n]+", " ", side) for lang, side in row["translation"].items()}
            scores = {name: in_text(row[name]) for name in SCORES if row[name] is not None}
            assert found[2] == {"id": row["id"], **scores}


@given(st.text(st.sampled_from(ODD) | st.characters(exclude_categories=()), max_size=12))
def test_the_guard_comes_off_and_leaves_nothing_that_runs(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).lstrip().startswith(tuple("=+-@＝＋－＠")) and guarded(cell)[:1] not in list(" \t\r\n")


def test_a_cell_of_a_strangers_table_keeps_its_apostrophe(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("vi,en\n'Tết' đến rồi,'Tis the season\n", encoding="utf-8")
    assert loaded(tmp_path / "a.csv")[0][0] == {"vi": "'Tết' đến rồi", "en": "'Tis the season"}


def test_very_long_sides_come_back(tmp_path: Path) -> None:
    row = bitext_row(1, "mưa " * 100_000 + ".", "rain " * 100_000 + ".", title="Dài " * 2000 + ".")
    for form, write in FORMS.items():
        with open(tmp_path / f"a.{form}", "wb") as file:
            write(file, [row])
        assert loaded(tmp_path / f"a.{form}") == [expected(row)]


def test_what_xml_forbids_is_written_as_documented(tmp_path: Path) -> None:
    with open(tmp_path / "a.tmx", "wb") as file:
        write_tmx(file, [bitext_row(1, "a\x00\x07b", "c\ufffe\ud800d\te\nf")])
    assert loaded(tmp_path / "a.tmx")[0][0] == {"vi": "ab", "en": "c\ufffd\ufffdd\te\nf"}


def test_files_of_another_kind_beside_moses_files_are_left_alone(tmp_path: Path) -> None:
    for name, text in {"vi": "Mưa.\n", "en": "Rain.\n", "scores": "1.06\n"}.items():
        (tmp_path / f"a.en-vi.{name}").write_text(text, encoding="utf-8")
    (tmp_path / "secret").write_text("của tôi\n", encoding="utf-8")
    (tmp_path / "a.en-vi.ids").symlink_to(tmp_path / "secret")
    assert loaded([tmp_path / "a.en-vi.vi", tmp_path / "a.en-vi.en"]) == [({"vi": "Mưa.", "en": "Rain."}, {}, {})]
