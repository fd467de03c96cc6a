"""The forms one by one, and what `export` promises of its target: there whole, or as it was."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus.alignment.formats import read_beads
from corpus.engine.run import MANIFEST, Run
from corpus.errors import NothingUsableError, UsageError
from corpus.exporting import FORMATS, export
from corpus.exporting import forms as forms_module
from corpus.exporting.target import check_file, whole_folder
from corpus.pipeline import load
from tests.conftest import ROOT
from tests.exporting.made_runs import bitext_row, make_run

ARTICLES = {
    "a1": ("vi", "Trời mưa. Rain. Gió lớn.\nTôi về.", [(0, 9, "vi"), (10, 15, "en"), (16, 24, "vi"), (25, 32, "vi")]),
    "b1": ("en", "It rains. Wind blows hard, I go home.", [(0, 9, "en"), (10, 37, "en")]),
}
BEADS = [
    {"vi": [0], "en": [0], "probability": 0.95},
    {"vi": [2, 3], "en": [1], "probability": 0.5},
]


def article(name: str) -> dict[str, Any]:
    lang, text, spans = ARTICLES[name]
    sentences = [{"start": a, "end": b, "lang": tongue, "paragraph": 0, "tokens": []} for a, b, tongue in spans]
    return {"id": name, "source": f"{name}.txt", "lang": lang, "text": text, "sentences": sentences, "extra": []}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run with one pair of articles and four rows of bitext, one of them rejected."""
    pairs = [
        {"vi_id": "a1", "en_id": "b1", "score": 1.5, "relation": "parallel", "evidence": [], "beads": BEADS},
        {"vi_id": "a1", "en_id": "b2", "score": 1.1, "evidence": [], "beads": [], "reject": "pair:other"},
    ]
    bitext = [
        bitext_row(1, "Trời mưa.", "It rains.", split="train", align_prob=0.95, title="Tin <mưa> & gió"),
        bitext_row(2, "=1+1", "A\tB\u2028C", split="test", extra=[{"key": "chuyên mục", "value": 'a "b"'}]),
        bitext_row(3, "Hết.", "The end.", split="train"),
        bitext_row(4, "Sai.", "Quite another thing.", reject="accept:adequacy"),
    ]
    return make_run(tmp_path / "run", articles=[article("a1"), article("b1")], article_pairs=pairs, bitext=bitext)


def target_of(folder: Path, style: str) -> Path:
    return folder / ("out" if style in ("moses", "beads", "ladder") else f"out.{style}")


def test_tmx_is_valid_and_says_what_tools_ask_for(run: Run, tmp_path: Path) -> None:
    exported = export(run.path, "tmx", tmp_path / "out.tmx", rejected=True)
    tree = etree.parse(tmp_path / "out.tmx")
    dtd = etree.DTD(str(ROOT / "tests" / "exporting" / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    header = tree.find("header").attrib
    assert (header["srclang"], header["datatype"], header["segtype"]) == ("vi", "plaintext", "sentence")
    assert header["o-tmf"] and header["adminlang"] and header["creationtool"] == "songngu"
    units = tree.findall(".//tu")
    assert exported.rows == len(units) == 4
    assert {tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in units[0].findall("tuv")} == {"vi", "en"}
    assert [prop.text for prop in units[0].findall("prop[@type='x-title']")] == ["Tin <mưa> & gió"]
    assert [prop.text for prop in units[3].findall("prop[@type='x-reject']")] == ["accept:adequacy"]


def test_csv_is_read_by_the_csv_module_and_runs_nothing(run: Run, tmp_path: Path) -> None:
    export(run.path, "csv", tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    table = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)[:3]))
    assert [row["vi"] for row in table] == ["Trời mưa.", "'=1+1"]
    assert table[0]["align_prob"] == "0.95" and table[0]["quality"] == ""
    assert {row["translation"]["vi"] for row in load(tmp_path / "out.csv")} == {"Trời mưa.", "=1+1", "Hết."}


def test_jsonl_has_every_column_and_articles_go_too(run: Run, tmp_path: Path) -> None:
    export(run.path, "jsonl", tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [set(row) == set(bitext_row()) for row in rows] == [True] * 3
    assert rows[1]["translation"] == {"vi": "=1+1", "en": "A\tB\u2028C"} and rows[0]["align_prob"] == 0.95
    assert export(run.path, "jsonl", tmp_path / "articles.jsonl", table="articles").rows == 2
    assert [row["text"] for row in load(tmp_path / "articles.jsonl")] == [text for _, text, _ in ARTICLES.values()]


def test_moses_has_a_line_a_row_in_every_file(run: Run, tmp_path: Path) -> None:
    exported = export(run.path, "moses", tmp_path / "tin")
    names = ["tin.en-vi.vi", "tin.en-vi.en", "tin.en-vi.ids", "tin.en-vi.scores"]
    assert [path.name for path in exported.paths] == names
    lines = [(tmp_path / name).read_text("utf-8").splitlines() for name in names]
    assert [len(found) for found in lines] == [3, 3, 3, 4]
    assert lines[1][1] == "A B C" and lines[3][0].startswith("align_prob\t") and lines[3][1].startswith("0.95\t")
    (tmp_path / "folder").mkdir()
    assert export(run.path, "moses", tmp_path / "folder").paths[0] == tmp_path / "folder" / "run.en-vi.vi"


def test_a_split_alone(run: Run, tmp_path: Path) -> None:
    assert export(run.path, "jsonl", tmp_path / "out.jsonl", split="train").rows == 2
    with pytest.raises(NothingUsableError, match="split validation; leave --split out"):
        export(run.path, "jsonl", tmp_path / "out.jsonl", split="validation")


def test_bead_indices_are_lines_of_the_files_beside_them(run: Run, tmp_path: Path) -> None:
    assert export(run.path, "beads", tmp_path / "beads").rows == 1
    vi, en = (((tmp_path / "beads" / f"a1-b1.{lang}.txt").read_text("utf-8")).splitlines() for lang in ("vi", "en"))
    assert (vi, en) == (["Trời mưa.", "Gió lớn.", "Tôi về."], ["It rains.", "Wind blows hard, I go home."])
    beads = read_beads((tmp_path / "beads" / "a1-b1.beads").read_text("utf-8"))
    assert [([vi[k] for k in bead.vi], [en[k] for k in bead.en]) for bead in beads] == [
        (["Trời mưa."], ["It rains."]), (["Gió lớn.", "Tôi về."], ["Wind blows hard, I go home."]),
    ]  # fmt: skip
    export(run.path, "ladder", tmp_path / "ladder")
    rungs = (tmp_path / "ladder" / "a1-b1.ladder").read_text("utf-8").splitlines()
    assert rungs == ["0\t0\t0.95", "1\t1\t0.5", "3\t2\t1"]


@pytest.mark.parametrize("style", FORMATS)
def test_twice_gives_the_same_bytes_and_nothing_else(run: Run, tmp_path: Path, style: str) -> None:
    (tmp_path / "to").mkdir()
    contents = []
    for _ in range(2):
        export(run.path, style, target_of(tmp_path / "to", style))
        files = sorted(path for path in (tmp_path / "to").rglob("*") if path.is_file())
        contents.append({path.name: path.read_bytes() for path in files})
    assert contents[0] == contents[1] and not any(name.endswith((".tmp", ".old")) for name in contents[1])


@pytest.mark.parametrize("style", FORMATS)
def test_a_strangers_file_or_folder_is_left_alone(run: Run, tmp_path: Path, style: str) -> None:
    target = target_of(tmp_path, style)
    theirs = target / "mine.txt" if style in ("beads", "ladder") else target
    theirs = theirs.with_name("out.en-vi.en") if style == "moses" else theirs
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("của tôi", encoding="utf-8")
    with pytest.raises(UsageError, match=r"; name (another file|a new or an empty folder) with -o"):
        export(run.path, style, target)
    assert theirs.read_text("utf-8") == "của tôi"
    if style not in ("beads", "ladder"):
        export(run.path, style, target, force=True)
        assert theirs.read_text("utf-8") != "của tôi"


@pytest.mark.parametrize("style", FORMATS)
def test_stopped_in_the_middle_everything_is_as_it_was(
    run: Run, tmp_path: Path, style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*arguments: Any, **options: Any) -> Iterator[dict[str, Any]]:
        yield from list(forms_selected(*arguments, **options))[:1]
        raise KeyboardInterrupt

    (tmp_path / "to").mkdir()
    target = target_of(tmp_path / "to", style)
    export(run.path, style, target)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "to").rglob("*")}
    forms_selected = forms_module.selected
    monkeypatch.setattr(forms_module, "selected", stopped)
    with pytest.raises(KeyboardInterrupt):
        export(run.path, style, target)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "to").rglob("*")} == before


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize(
    ("error", "told", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), UsageError, "no room for .*free some space"),
        (OSError(errno.EACCES, "Permission denied"), UsageError, "cannot write .*name a place"),
        (KeyboardInterrupt(), KeyboardInterrupt, None),
    ],
)
def test_a_folder_is_there_whole_wherever_its_renaming_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    failing: int, error: BaseException, told: type[BaseException], message: str | None,
) -> None:  # fmt: skip
    """Before the old one is moved away, before the new one takes its place, or just after."""
    renames = 0

    def rename(old: Path, new: Path) -> None:
        nonlocal renames
        renames += 1
        if renames == failing:
            raise error
        real(old, new)
        if renames == 2 and failing == 3:
            raise error

    def fill(text: str) -> None:
        with whole_folder(tmp_path / "to") as folder:
            (folder / "a.txt").write_text(text, encoding="utf-8")

    real = os.replace
    fill("cũ")
    monkeypatch.setattr("corpus.exporting.target.os.replace", rename)
    with pytest.raises(told, match=message):
        fill("mới")
    assert [path.name for path in tmp_path.iterdir()] == ["to"]
    assert (tmp_path / "to" / "a.txt").read_text("utf-8") == ("mới" if failing == 3 else "cũ")


@pytest.mark.parametrize("style", FORMATS)
def test_a_full_disk_leaves_nothing_and_says_what_to_do(tmp_path: Path, style: str) -> None:
    """The limit on the size of a file stands for the disk that is full."""
    long = {**article("a1"), "text": "mưa " * 50_000, "sentences": [{"start": 0, "end": 199_999, "lang": "vi"}]}
    pair = {"vi_id": "a1", "en_id": "b1", "beads": BEADS[:1], "evidence": []}
    make_run(
        tmp_path / "run", articles=[long, article("b1")], article_pairs=[pair],
        bitext=[bitext_row(n, f"Mưa {n}", "Rain " * 50) for n in range(2000)],
    )  # fmt: skip
    (tmp_path / "to").mkdir()
    code = (
        "import resource, sys; from corpus.exporting import export; from corpus.errors import UsageError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "try: export(*sys.argv[1:])\n"
        "except UsageError as error: print(error)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "run", style, target_of(tmp_path / "to", style)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False,
    )  # fmt: skip
    assert "no room for" in result.stdout and "free some space" in result.stdout, result.stderr
    assert list((tmp_path / "to").iterdir()) == []


def test_memory_does_not_grow_with_the_run(tmp_path: Path) -> None:
    peaks = []
    for count in (300, 3000):
        run = make_run(tmp_path / str(count), bitext=[bitext_row(n, f"Mưa {n}", "Rain " * 100) for n in range(count)])
        export(run.path, "jsonl", tmp_path / f"warm{count}.jsonl")
        tracemalloc.start()
        export(run.path, "jsonl", tmp_path / f"{count}.jsonl")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("tmxx", "o.tmx"), {}, "no format 'tmxx'.*Did you mean 'tmx'"),
        (("jsonl", "o.jsonl"), {"table": "article"}, "no table 'article'.*Did you mean 'articles'"),
        (("jsonl", "o.jsonl"), {"split": "tets"}, "no split 'tets'.*Did you mean 'test'"),
        (("tmx", "o.tmx"), {"table": "articles"}, "use --format jsonl for articles"),
        (("jsonl", "o.jsonl"), {"table": "articles", "split": "test"}, "leave --split out"),
        (("moses", "o"), {"rejected": True}, "use --format tmx, jsonl or csv"),
        (("tmx", "."), {}, "is a folder; name a file in it"),
        (("tmx", "khong/co/o.tmx"), {}, "mkdir -p"),
        (("beads", "khong/co/o"), {}, "mkdir -p"),
        (("moses", "khong-co/"), {}, "there is no folder .*khong-co/; make it first"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_next_step(
    run: Run, tmp_path: Path, arguments: tuple[str, str], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        export(run.path, arguments[0], f"{tmp_path}/{arguments[1]}", **options)


def test_runs_that_have_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a Song Ngữ run; make one with"):
        export(tmp_path, "tmx", tmp_path / "o.tmx")
    without = make_run(tmp_path / "until-articles", articles=[article("a1")])
    with pytest.raises(UsageError, match="build it on with: songngu build"):
        export(without.path, "tmx", tmp_path / "o.tmx")
    one_language = make_run(tmp_path / "one-language", articles=[article("a1")], article_pairs=[], bitext=[])
    for style in FORMATS:
        with pytest.raises(NothingUsableError, match=r"articles of both languages are needed.*songngu ledger"):
            export(one_language.path, style, tmp_path / "o")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one-language", "until-articles"]


def test_an_older_run_is_refused(run: Run, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (shard,) = run.shards("bitext")
    pq.write_table(pq.read_table(shard, partitioning=None).drop_columns(["quality"]), shard)
    with pytest.raises(UsageError, match="build the run again"):
        export(run.path, "tmx", tmp_path / "o.tmx")
    assert not (tmp_path / "o.tmx").exists()


@pytest.mark.parametrize("name", ["length_ratio.py", "a.jsonl", "a.tsv", "out.en-vi.vi"])
def test_only_what_this_package_wrote_is_replaced(run: Run, tmp_path: Path, name: str) -> None:
    """Speaking of scores, or lying beside some other project's, makes no file ours."""
    theirs = {
        "length_ratio.py": "quality = length_ratio\n",
        "a.jsonl": '{"vi": "Mưa."}\n',
        "a.tsv": "vi\ten\nquality\tx\n",
    }
    (tmp_path / name).write_text(theirs.get(name, "Mưa.\n"), encoding="utf-8")
    (tmp_path / "out.en-vi.scores").write_text("1.06\n0.98\n")
    with pytest.raises(UsageError, match="add --force"):
        check_file(tmp_path / name)
    export(run.path, "jsonl", tmp_path / "mine")
    check_file(tmp_path / "mine")


# Personal data


MAIL = "Thư về lan.anh@example.vn nhé."


@pytest.mark.parametrize(("pii", "shown"), [("mask", "xxx.xxx@xxxxxxx.xx"), ("flag", "lan.anh@example.vn")])
@pytest.mark.parametrize("form", [*FORMATS, "articles"])
def test_a_run_that_masks_is_exported_as_its_dataset_is(tmp_path: Path, form: str, pii: str, shown: str) -> None:
    sentences = [{"start": 0, "end": len(MAIL), "lang": "vi", "paragraph": 0, "tokens": []}]
    vi = {"id": "a1", "source": "a.txt", "lang": "vi", "text": MAIL, "sentences": sentences, "extra": []}
    bead = {"vi": [0], "en": [0], "probability": 0.9}
    run = make_run(
        tmp_path / "run", articles=[vi, article("b1")], bitext=[bitext_row(1, MAIL, "Write to us.", pii=None)],
        article_pairs=[{"vi_id": "a1", "en_id": "b1", "score": 1.5, "evidence": [], "beads": [bead]}],
    )  # fmt: skip
    run.write_json(MANIFEST, {"options": {"pii": pii}})
    table = "articles" if form == "articles" else None
    made = export(run.path, "jsonl" if table else form, target_of(tmp_path, "jsonl" if table else form), table=table)
    files = [file for path in made.paths for file in (path.iterdir() if path.is_dir() else [path])]
    written = "".join(file.read_text(encoding="utf-8") for file in files)
    assert shown in written
    assert ("lan.anh" in written) == (pii == "flag")
