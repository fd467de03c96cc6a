"""`songngu score` and `songngu filter` on files of pairs: same rows, same order, whatever the rows are like."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.cli.filter import command as filter_command
from corpus.cli.score import command as score_command
from corpus.errors import NothingUsableError, UsageError
from corpus.loaders import read
from corpus.pairfiles import filter_file, score_file, score_pairs
from corpus.pairfiles.reading import SCORE_NAMES

PAIRS = [
    ("Trời hôm nay đẹp.", "The weather is fine today."),
    ('"Mưa to, ông nói.', 'He said: "heavy rain.'),
    ("không có dấu tách", ""),
    ("", ""),
    ("Giá 1.234,5 đồng", "No."),
    ("Hết.", "The end."),
]
HEADER = ["vi", "en", *SCORE_NAMES]


class Lengths:
    """A scorer that knows lengths only, so that every expected number can be worked out by hand."""

    def __init__(self, usual_ratio: float) -> None:
        self.usual = usual_ratio

    def score(self, vi: str, en: str) -> dict[str, float | None]:
        ratio = len(en) / len(vi) / self.usual
        return {"length_ratio": ratio, "quality": min(ratio, 1 / ratio), "numbers": None}


class AtLeastHalf:
    """Thresholds: a quality of at least a half."""

    def reject(self, scores: Mapping[str, float | None]) -> str | None:
        assert {"align_prob", *SCORE_NAMES} <= set(scores)
        if (scores["quality"] or 0) >= 0.5:
            return None
        return "accept:length" if scores["length_ratio"] else "accept:empty"


@pytest.fixture
def lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores by length, in place of the real ones."""
    from corpus.pairfiles.judging import _scorer

    room = ModuleType("corpus.scoring")
    usual = lambda pairs: sum(len(en) for _, en in pairs) / sum(len(vi) for vi, _ in pairs)  # noqa: E731
    vars(room).update(Scorer=Lengths, usual_ratio=usual, load_thresholds=lambda name: AtLeastHalf())
    monkeypatch.setitem(sys.modules, "corpus.scoring", room)
    _scorer.cache_clear()


def write_tsv(path: Path) -> Path:
    lines = [f"{vi}\t{en}" if vi != "không có dấu tách" else vi for vi, en in PAIRS]
    path.write_bytes("".join(line + "\n" for line in lines).encode())
    return path


def table(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def test_a_table_comes_out_with_a_header_and_the_same_rows(lengths: None, tmp_path: Path) -> None:
    assert score_file(str(write_tsv(tmp_path / "a.tsv")), str(tmp_path / "b.tsv")) == len(PAIRS)
    rows = table(tmp_path / "b.tsv")
    assert (tmp_path / "b.tsv").read_text("utf-8").split("\n")[0].split("\t") == HEADER
    assert [(row["vi"], row["en"]) for row in rows] == PAIRS
    assert all(0 <= float(row["quality"]) <= 1 for row in rows)
    for lacking in rows[2:4]:
        assert {name: lacking[name] for name in SCORE_NAMES} == {**dict.fromkeys(SCORE_NAMES, ""), "quality": "0"}
    whole = [(vi, en) for vi, en in PAIRS if vi and en]
    usual = sum(len(en) for _, en in whole) / sum(len(vi) for vi, _ in whole)
    assert float(rows[5]["length_ratio"]) == pytest.approx(len("The end.") / len("Hết.") / usual, rel=1e-5)


ODD = st.sampled_from("aế \"',;|\x0b\x85\u2028\ufeff\x00\r") | st.characters(exclude_categories=("Cs",))
CELL = st.text(ODD, max_size=8).map(lambda cell: cell.replace("\t", "").replace("\n", ""))
LINE = st.lists(CELL, max_size=4).map("\t".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=6), ends=st.sampled_from(["\n", "\r\n"]))
def test_no_row_is_lost_moved_or_changed(
    lengths: None, tmp_path_factory: pytest.TempPathFactory, lines: list[str], ends: str
) -> None:
    folder = tmp_path_factory.mktemp("pairs")
    lines = [line.rstrip("\r") for line in lines]
    lines[0] = lines[0].lstrip("\ufeff")
    (folder / "a.tsv").write_bytes("".join(line + ends for line in lines).encode())
    score_file(str(folder / "a.tsv"), str(folder / "b.tsv"))
    found = (folder / "b.tsv").read_bytes().decode().removesuffix("\n").split("\n")[1:]
    assert [tuple(row.split("\t")[:2]) for row in found] == [tuple([*line.split("\t"), ""][:2]) for line in lines]
    quality = HEADER.index("quality")
    assert all(0 <= float(row.split("\t")[quality]) <= 1 for row in found)
    for row, line in zip(found, lines, strict=True):
        further = line.split("\t")[2:]
        assert row.split("\t")[len(HEADER) :][: len(further)] == further


def test_bytes_that_are_no_text_are_written_as_they_came(lengths: None, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xef\xbb\xbfM\xc3\xa1\x80\tBad \xff byte\n")
    score_file(str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv"))
    assert (tmp_path / "b.tsv").read_bytes().split(b"\n")[1].startswith(b"M\xc3\xa1\x80\tBad \xff byte\t")


def write_moses(folder: Path) -> None:
    for lang, side in zip(("vi", "en"), zip(*PAIRS, strict=True), strict=True):
        (folder / f"m.en-vi.{lang}").write_text("".join(text + "\n" for text in side), encoding="utf-8")


def write_all_forms(folder: Path) -> dict[str, tuple[str, ...]]:
    """The same pairs in every form, and how a user names them."""
    data = write_tsv(folder / "a.tsv").read_bytes()
    write_moses(folder)
    (folder / "a.tsv.gz").write_bytes(gzip.compress(data))
    (folder / "a.tsv.zst").write_bytes(zstandard.compress(data))
    (folder / "utf16.tsv").write_bytes(data.decode().encode("utf-16"))
    flat = [json.dumps({"vi": vi, "en": en}) for vi, en in PAIRS]
    nested = [json.dumps({"translation": {"vi": vi, "en": en}}, ensure_ascii=False) for vi, en in PAIRS]
    (folder / "flat.jsonl").write_text("\n".join(flat) + "\n")
    (folder / "nested.jsonl").write_text("\n".join(nested), encoding="utf-8")
    unit = "<tu><tuv xml:lang='vi'><seg>{}</seg></tuv><tuv xml:lang='en'><seg>{}</seg></tuv></tu>"
    units = [unit.format(vi, en) for vi, en in PAIRS]
    (folder / "a.tmx").write_text(f"<tmx version='1.4'><body>{''.join(units)}</body></tmx>", encoding="utf-8")
    pq.write_table(pa.table({"vi": [vi for vi, _ in PAIRS], "en": [en for _, en in PAIRS]}), folder / "a.parquet")
    names = ("a.tsv", "a.tsv.gz", "a.tsv.zst", "utf16.tsv", "flat.jsonl", "nested.jsonl", "a.tmx", "a.parquet", "m")
    named = {name: (str(folder / name),) for name in names}
    return {**named, "halves": (str(folder / "m.en-vi.en"), str(folder / "m.en-vi.vi"))}


def test_every_form_in_gives_the_same_table(lengths: None, tmp_path: Path) -> None:
    results = {}
    for name, inputs in write_all_forms(tmp_path).items():
        score_file(inputs, str(tmp_path / "out.tsv"))
        results[name] = (tmp_path / "out.tsv").read_bytes()
    assert {name for name, data in results.items() if data != results["a.tsv"]} == set()


@pytest.mark.parametrize("target", ["s.jsonl", "s.tmx", "s.parquet", "s"])
def test_every_form_out_goes_back_to_the_same_table(lengths: None, tmp_path: Path, target: str) -> None:
    score_file(str(write_tsv(tmp_path / "a.tsv")), str(tmp_path / "direct.tsv"))
    score_file(str(tmp_path / "a.tsv"), str(tmp_path / target))
    score_file(str(tmp_path / target), str(tmp_path / "back.tsv"))
    assert table(tmp_path / "back.tsv") == table(tmp_path / "direct.tsv")
    filter_file(str(tmp_path / target), str(tmp_path / "kept1.tsv"))
    filter_file(str(tmp_path / "a.tsv"), str(tmp_path / "kept2.tsv"))
    assert table(tmp_path / "kept1.tsv") == table(tmp_path / "kept2.tsv")


def test_further_columns_stay(lengths: None, tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"n": pa.array([7, None], pa.int16()), "vi": ["Mưa.", None], "en": ["Rain.", "x"], "w": [[1.5], []]}),
        tmp_path / "a.parquet",
    )
    score_file(str(tmp_path / "a.parquet"), str(tmp_path / "b.parquet"))
    found = pq.read_table(tmp_path / "b.parquet")
    assert found.schema.field("n").type == pa.int16() and found.schema.field("quality").type == pa.float32()
    assert found.column("n").to_pylist() == [7, None] and found.column("w").to_pylist() == [[1.5], []]
    assert set(found.column_names) == {"n", "w", *HEADER}
    whole = '{"vi": "Mưa.", "en": "Rain.", "price": 123456789.123, "tags": ["a"]}'
    lines = [whole, "{broken", '{"translation": {"vi": "A"}}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    score_file(str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text("utf-8").splitlines()]
    assert rows[0]["price"] == 123456789.123 and rows[0]["tags"] == ["a"]
    assert (rows[1]["malformed"], rows[1]["quality"]) == ("{broken", 0)
    assert (rows[2]["translation"], rows[2]["quality"]) == ({"vi": "A"}, 0)


def test_filter_keeps_tells_and_gives_reasons(lengths: None, tmp_path: Path) -> None:
    found = filter_file(str(write_tsv(tmp_path / "a.tsv")), str(tmp_path / "k.tsv"), rejected=str(tmp_path / "d.tsv"))
    kept, dropped = table(tmp_path / "k.tsv"), table(tmp_path / "d.tsv")
    assert found.kept == len(kept) and sum(found.rejected.values()) == len(dropped) == len(PAIRS) - len(kept)
    assert [row["reject"] for row in dropped] == ["accept:empty", "accept:empty", "accept:length"]
    order = [(row["vi"], row["en"]) for row in kept]
    assert order == [pair for pair in PAIRS if pair in order] and "reject" not in kept[0]


def test_the_commands_speak_to_people_on_stderr(
    lengths: None, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_tsv(tmp_path / "a.tsv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    score_command.main(["-", "-o", "-"], standalone_mode=False)
    captured = capsysbinary.readouterr()
    assert captured.out.startswith(b"vi\ten\t") and captured.out.count(b"\n") == len(PAIRS) + 1
    assert captured.err == b"6 rows scored\n"
    filter_command.main([str(tmp_path / "a.tsv"), "-o", str(tmp_path / "k.tsv")], standalone_mode=False)
    assert capsysbinary.readouterr().err.split(b"\n")[:2] == [b"3 of 6 rows kept", b"        2 accept:empty"]


def test_nothing_kept_is_said(lengths: None, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("chỉ một bên\n", encoding="utf-8")
    with pytest.raises(NothingUsableError, match="--accept loose"):
        filter_command.main([str(tmp_path / "a.tsv"), "-o", str(tmp_path / "k.tsv"), "-q"], standalone_mode=False)


@pytest.mark.parametrize(
    ("inputs", "to", "options", "message"),
    [
        (("khong-co.tsv",), "b.tsv", {}, "khong-co.tsv is not there; name a file of pairs"),
        (("khong-co",), "b.tsv", {}, "neither a file .*khong-co nor Moses files"),
        (("a.tsv", "a.dat", "a.jsonl"), "b.tsv", {}, "3 files are named; name one file of pairs, or the two halves"),
        ((), "b.tsv", {}, "0 files are named; name one file of pairs"),
        (("a.dat",), "b.tsv", {}, "add --from with one of"),
        (("a.tsv",), "b.dat", {}, "end it in .tsv"),
        (("a.tsv",), "b.tsv.gz", {}, "read but not written; name .*b.tsv with -o"),
        (("a.tsv",), "a.tsv", {}, "cannot be written at the same time"),
        (("a.tsv",), "khong/co/b.tsv", {}, "mkdir -p"),
        (("a.tsv",), "theirs.tsv", {}, "add --force"),
        (("a.tsv",), "b.tsv", {"form_in": "tvs"}, "Did you mean 'tsv'"),
        (("empty.tsv",), "b.tsv", {}, "holds no pair; write one a line"),
        (("cut.tmx",), "b.tsv", {}, "ends too early.*mend the file"),
        (("cut.tsv.gz",), "b.tsv", {}, "ends too early.*mend the file"),
        (("other.parquet",), "b.tsv", {}, "has neither columns vi and en nor translation, but: x; rename"),
        (("cut.parquet",), "b.tsv", {}, "no whole Parquet file.*name another file"),
        (("a.tsv",), "-", {"form_out": "moses"}, "name a file with -o, or add --to tsv"),
    ],
)  # fmt: skip
def test_mistakes_end_in_the_next_step_and_write_nothing(
    lengths: None, tmp_path: Path, inputs: tuple[str, ...], to: str, options: dict[str, Any], message: str
) -> None:
    write_all_forms(tmp_path)
    (tmp_path / "a.dat").write_text("a\tb\n")
    (tmp_path / "theirs.tsv").write_text("của tôi\n", encoding="utf-8")
    (tmp_path / "empty.tsv").write_text("")
    (tmp_path / "cut.tmx").write_text((tmp_path / "a.tmx").read_text("utf-8")[:-30], encoding="utf-8")
    (tmp_path / "cut.tsv.gz").write_bytes((tmp_path / "a.tsv.gz").read_bytes()[:-10])
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-10])
    pq.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=message):
        score_file([str(tmp_path / name) for name in inputs], to if to == "-" else str(tmp_path / to), **options)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_was_scored_loads(lengths: None, tmp_path: Path) -> None:
    write_tsv(tmp_path / "a.tsv")
    for name in ("b.tsv", "b.jsonl", "b.tmx", "b.parquet"):
        score_file(str(tmp_path / "a.tsv"), str(tmp_path / name))
        records = list(read(tmp_path / name))
        assert [(record.given or {}).get("en") for record in records] == [en for _, en in PAIRS]
        assert float(records[0].fields["quality"]) > 0


def test_pairs_without_files(lengths: None) -> None:
    rows = list(score_pairs(iter(PAIRS)))
    assert [(row["vi"], row["en"]) for row in rows] == PAIRS and list(rows[0]) == HEADER
    assert rows[2]["quality"] == 0 and rows[2]["length_ratio"] is None
    assert next(score_pairs(PAIRS, usual_ratio=2.0))["length_ratio"] == pytest.approx(26 / 17 / 2, rel=1e-5)


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("chỉ một bên\n" * 5000, encoding="utf-8")
    score_file(str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv"))
    before = (tmp_path / "b.tsv").read_bytes()
    code = (
        "import resource, sys; from corpus.pairfiles import score_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "score_file(*sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "no room for" in result.stderr and (tmp_path / "b.tsv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tsv", "b.tsv"]


@pytest.mark.parametrize("name", ["b.tsv", "b.jsonl", "b.tmx", "b.parquet", "b"])
def test_a_second_run_replaces_what_the_first_wrote(lengths: None, tmp_path: Path, name: str) -> None:
    contents = []
    for _ in range(2):
        score_file(str(write_tsv(tmp_path / "a.tsv")), str(tmp_path / name))
        contents.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert contents[0] == contents[1] and len(contents[0]) > 1


def test_scores_of_another_project_beside_moses_files_are_not_read(lengths: None, tmp_path: Path) -> None:
    write_moses(tmp_path)
    score_file(str(tmp_path / "m"), str(tmp_path / "without.tsv"))
    (tmp_path / "m.en-vi.scores").write_text("1.06\n" * len(PAIRS))
    score_file(str(tmp_path / "m"), str(tmp_path / "with.tsv"))
    assert (tmp_path / "with.tsv").read_bytes() == (tmp_path / "without.tsv").read_bytes()


def test_real_scores_are_the_same_with_any_number_of_processes(tmp_path: Path) -> None:
    pairs = [(f"Ngày {n} có {n + 2} người.", f"On day {n} there were {n + 2} people.") for n in range(300)]
    (tmp_path / "a.tsv").write_text("".join(f"{vi}\t{en}\n" for vi, en in pairs), encoding="utf-8")
    for num_proc in (1, 2):
        score_file(str(tmp_path / "a.tsv"), str(tmp_path / f"{num_proc}.tsv"), num_proc=num_proc)
    assert (tmp_path / "1.tsv").read_bytes() == (tmp_path / "2.tsv").read_bytes()
    rows = table(tmp_path / "1.tsv")
    assert {row["numbers"] for row in rows} == {"1"} and [(row["vi"], row["en"]) for row in rows] == pairs


def test_the_presets_tell_a_translation_from_a_copy(tmp_path: Path) -> None:
    good = (
        "Sáng nay trời mưa to ở Hà Nội, nhiều đường bị ngập.",
        "It rained heavily in Hanoi this morning; many roads flooded.",
    )
    copied = ("It rained heavily in Hanoi this morning.", "It rained heavily in Hanoi this morning.")
    (tmp_path / "a.tsv").write_text("".join(f"{vi}\t{en}\n" for vi, en in (good, copied, good)), encoding="utf-8")
    found = filter_file(str(tmp_path / "a.tsv"), str(tmp_path / "k.tsv"), rejected=str(tmp_path / "d.tsv"))
    assert found.kept == 2 and [(row["vi"], row["en"]) for row in table(tmp_path / "k.tsv")] == [good, good]
    (dropped,) = table(tmp_path / "d.tsv")
    assert dropped["copy"] == "1" and dropped["reject"].startswith("accept:")
