"""`songngu align` as a user meets it: files in, files and lines out, what it says, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from corpus.alignment import Bead, read_beads
from tests.cli.test_cli import songngu
from tests.conftest import ROOT

VI = [
    "Trường học ở Điện Biên khai giảng năm học mới.",
    "Ảnh do bạn đọc cung cấp, tòa soạn giữ bản quyền.",
    "Hơn 300 học sinh nhận sách giáo khoa và học bổng.",
    "Thầy hiệu trưởng cảm ơn các nhà tài trợ.",
]
EN = [
    "A school in Dien Bien opens the new school year.",
    "More than 300 students received textbooks and scholarships.",
    "The headmaster thanked the sponsors.",
]
LINKS = [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,))]
"""What a reader would say belongs together: the line about the photograph was not translated."""
JOINED = [(VI[0], EN[0]), (VI[2], EN[1]), (VI[3], EN[2])]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """vi/ and en/ with two documents each, and one without a namesake."""
    for lang, lines in (("vi", VI), ("en", EN)):
        write(tmp_path / lang / "rel-0.6.1.txt", lines)
        write(tmp_path / lang / "khai-giảng.txt", lines)
    write(tmp_path / "vi" / "lone.txt", VI)
    return tmp_path


def write(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def links(beads: list[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.vi, bead.en) for bead in beads]


def documents(home: Path) -> tuple[Path, Path]:
    return home / "vi" / "rel-0.6.1.txt", home / "en" / "rel-0.6.1.txt"


# -- align: what is written


@pytest.mark.parametrize("options", [[], ["--lines"], ["--lines", "--no-lexicon"]])
def test_beads_go_to_the_output_vietnamese_first(home: Path, options: list[str]) -> None:
    result = songngu("align", *documents(home), *options)
    assert (result.returncode, result.stderr) == (0, "")
    assert links(read_beads(result.stdout)) == LINKS
    assert result.stdout.splitlines()[1].startswith("[1]:[]:")


def test_jsonl_keeps_lone_sentences_and_names_every_field(home: Path) -> None:
    result = songngu("align", *documents(home), "--lines", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["vi"], row["en"]) for row in rows if row["type"] == "1-1"] == JOINED
    assert [(tuple(row["vi_indices"]), tuple(row["en_indices"])) for row in rows] == LINKS
    assert (rows[1]["type"], rows[1]["vi"], rows[1]["en"]) == ("1-0", VI[1], "")
    assert all(0 <= row["probability"] <= 1 for row in rows)


def test_tsv_has_a_row_for_every_pair(home: Path) -> None:
    rows = [
        row.split("\t") for row in songngu("align", *documents(home), "--lines", "--format", "tsv").stdout.splitlines()
    ]
    assert [(vi, en) for _, vi, en in rows] == JOINED
    assert all(0 <= float(probability) <= 1 for probability, _, _ in rows)


def test_the_ladder_steps_from_the_first_sentences_to_behind_the_last(home: Path) -> None:
    rungs = songngu("align", *documents(home), "--lines", "--format", "ladder").stdout.splitlines()
    assert [tuple(map(int, rung.split("\t")[:2])) for rung in rungs] == [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3)]


def test_tmx_holds_every_pair_with_its_languages(home: Path) -> None:
    tree = ET.fromstring(songngu("align", *documents(home), "--lines", "--format", "tmx").stdout.encode())
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    found = [{tuv.get(language): tuv.findtext("seg") for tuv in unit.iter("tuv")} for unit in tree.iter("tu")]
    assert found == [{"vi": vi, "en": en} for vi, en in JOINED]


def test_moses_writes_two_files_with_as_many_lines(home: Path) -> None:
    result = songngu("align", *documents(home), "--lines", "--format", "moses", "-o", home / "out")
    assert (result.returncode, result.stdout) == (0, "")
    sides = [(home / "out" / f"rel-0.6.1.en-vi.{lang}").read_text(encoding="utf-8") for lang in ("vi", "en")]
    assert list(zip(*(side.splitlines() for side in sides), strict=True)) == JOINED


def test_folders_give_a_file_a_document_that_keeps_the_dots_of_its_name(home: Path) -> None:
    result = songngu("align", home / "vi", home / "en", "-o", home / "new" / "out")
    assert result.returncode == 0 and "no namesake" in result.stderr
    files = sorted((home / "new" / "out").iterdir())
    assert [file.name for file in files] == ["khai-giảng.beads", "rel-0.6.1.beads"]
    assert all(links(read_beads(file.read_text(encoding="utf-8"))) == LINKS for file in files)


def test_blank_lines_count_as_lines_and_find_no_partner(tmp_path: Path) -> None:
    vi, en = write(tmp_path / "a", [VI[0], "", "", VI[2], VI[3]]), write(tmp_path / "b", [EN[0], "", EN[1], EN[2]])
    beads = read_beads(songngu("align", vi, en, "--lines").stdout)
    assert [link for link in links(beads) if all(link)] == [((0,), (0,)), ((3,), (2,)), ((4,), (3,))]
    assert [i for bead in beads for i in bead.vi] == [0, 1, 2, 3, 4]
    assert [j for bead in beads for j in bead.en] == [0, 1, 2, 3]
    text = read_beads(songngu("align", vi, en).stdout)
    assert links(text) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


# -- align: what is read


def test_listed_pairs_lie_beside_the_list_or_in_the_named_folders(home: Path) -> None:
    beside = write(home / "pairs.tsv", ["vi/lone.txt\ten/rel-0.6.1.txt"])
    result = songngu("align", "--lines", "--pairs", beside)
    assert result.returncode == 0 and links(read_beads(result.stdout)) == LINKS
    named = write(home / "lists" / "pairs.tsv", ["lone.txt\trel-0.6.1.txt\t0.9", "", "rel-0.6.1.txt\tkhai-giảng.txt"])
    songngu("align", home / "vi", home / "en", "--lines", "--pairs", named, "-o", home / "out")
    assert sorted(file.name for file in (home / "out").iterdir()) == ["lone.beads", "rel-0.6.1.beads"]


def test_a_file_in_two_listed_pairs_gives_two_results(home: Path) -> None:
    listed = write(home / "pairs.tsv", ["vi/lone.txt\ten/rel-0.6.1.txt", "vi/lone.txt\ten/khai-giảng.txt"])
    assert songngu("align", "--lines", "--pairs", listed, "-o", home / "out").returncode == 0
    names = [file.name for file in sorted((home / "out").iterdir())]
    assert names == ["lone.khai-giảng.beads", "lone.rel-0.6.1.beads"]


def test_the_lexicon_of_the_caller_decides_and_its_broken_line_does_no_harm(tmp_path: Path) -> None:
    vi, en = write(tmp_path / "a", ["Trời mưa to.", "Em bé đọc sách."]), write(tmp_path / "b", ["Pupils read books."])
    true = write(tmp_path / "true.tsv", ["no tab here", "em bé\tpupils", "đọc\tread", "sách\tbooks"])
    false = write(tmp_path / "false.tsv", ["trời\tpupils", "mưa\tread", "to\tbooks", "\tno headword"])
    found = [links(read_beads(songngu("align", vi, en, "--lines", "--lexicon", file).stdout)) for file in (true, false)]
    assert found == [[((0,), ()), ((1,), (0,))], [((0,), (0,)), ((1,), ())]]


# -- align: bad input


def test_swapped_arguments_are_noticed_and_nothing_is_sure(home: Path) -> None:
    vi, en = documents(home)
    result = songngu("align", en, vi, "--lines")
    assert result.returncode == 0 and "Vietnamese comes first, swap them" in result.stderr
    beads = read_beads(result.stdout)
    assert [i for bead in beads for i in bead.vi] == list(range(len(EN)))
    assert all(bead.probability <= 0.5 for bead in beads if bead.vi and bead.en)


def test_the_same_text_on_both_sides_is_noticed_and_nothing_is_sure(home: Path) -> None:
    vi, _ = documents(home)
    result = songngu("align", vi, vi, "--lines")
    assert "are both vi" in result.stderr
    beads = read_beads(result.stdout)
    assert [i for bead in beads for i in bead.vi] == list(range(len(VI)))
    assert all(bead.probability <= 0.5 for bead in beads if bead.vi and bead.en)


@pytest.mark.parametrize(("lines", "options"), [([], ["--lines"]), (["", ""], [])], ids=["nothing", "blank"])
def test_an_empty_side_leaves_every_sentence_alone_and_exits_with_one(
    home: Path, lines: list[str], options: list[str]
) -> None:
    vi, _ = documents(home)
    result = songngu("align", vi, write(home / "empty.txt", lines), *options)
    assert result.returncode == 1 and "no sentence found a partner" in result.stderr
    assert links(read_beads(result.stdout)) == [((i,), ()) for i in range(len(VI))]


def test_a_file_that_is_no_text_is_never_a_sure_translation(home: Path) -> None:
    vi, _ = documents(home)
    (home / "photo.jpg").write_bytes(bytes(range(256)) * 20)
    result = songngu("align", vi, home / "photo.jpg")
    assert "Traceback" not in result.stderr and "photo.jpg is neither Vietnamese nor English" in result.stderr
    beads = read_beads(result.stdout)
    assert [i for bead in beads for i in bead.vi] == list(range(len(VI)))
    assert all(bead.probability < 0.5 for bead in beads if bead.vi and bead.en)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["vi"], "--pairs FILE.tsv"),
        (["vi", "en"], "add -o DIR"),
        (["vi", "en/rel-0.6.1.txt"], "two files or two folders"),
        (["vi", "lists", "-o", "out"], "give the files the same names"),
        (["vi/lone.txt", "nowhere.txt"], "cannot read nowhere.txt"),
        (["vi/lone.txt", "en/rel-0.6.1.txt", "--format", "bead"], "beads"),
        (["vi/lone.txt", "en/rel-0.6.1.txt", "--format", "moses"], "add -o DIR"),
        (["vi/lone.txt", "en/rel-0.6.1.txt", "--no-lexicon", "--lexicon", "broken.tsv"], "give one of them"),
        (["vi/lone.txt", "en/rel-0.6.1.txt", "--lexicon", "broken.tsv"], "line 1: no tab"),
        (["--pairs", "broken.tsv"], "broken.tsv, line 1: not VI<TAB>EN"),
    ],
)
def test_a_mistake_in_aligning_exits_with_two_and_says_what_to_do(home: Path, arguments: list[str], hint: str) -> None:
    write(home / "broken.tsv", ["no tab here", "none here either"])
    write(home / "lists" / "readme.md", ["Nothing to align."])
    result = songngu("align", *arguments, cwd=home)
    assert (result.returncode, result.stdout) == (2, "") and "Traceback" not in result.stderr
    assert hint in result.stderr


@pytest.mark.parametrize("english", ["rel-0.6.1.txt", "empty.txt", "missing.txt"])
def test_the_script_prints_the_same_and_exits_the_same(home: Path, english: str) -> None:
    write(home / "en" / "empty.txt", [])
    arguments = ["vi/rel-0.6.1.txt", f"en/{english}", "--lines"]
    script = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "align.py"), *arguments],
        capture_output=True, text=True, encoding="utf-8", cwd=home, timeout=120, check=False,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    command = songngu("align", *arguments, cwd=home)
    assert (script.returncode, script.stdout) == (command.returncode, command.stdout)
    assert script.stderr.removeprefix("align.py: ") == command.stderr.removeprefix("songngu: ")
