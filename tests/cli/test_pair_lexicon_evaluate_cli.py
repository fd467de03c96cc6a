"""`songngu pair`, `songngu lexicon` and `songngu evaluate` as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_align_cli import write
from tests.cli.test_cli import songngu

FLOOD = (
    ["Mưa lớn làm sập cầu Nậm Păm", "Ngày 3/8/2017, mưa lớn làm sập cầu Nậm Păm và 182 ngôi nhà ở Mường La."],
    ["Heavy rain brings down Nam Pam bridge", "On August 3, 2017, heavy rain destroyed Nam Pam bridge and 182 houses."],
)
COFFEE = (
    ["Nông dân thu hoạch cà phê", "Ông Giàng A Tủa trồng 17 ha cà phê tại xã Chiềng Ban."],
    ["Farmers harvest coffee", "Giang A Tua grows 17 hectares of coffee in Chieng Ban commune."],
)
LIBRARY = ["A library opens", "Pupils of To Hieu school in Hanoi received 450 books from their teacher."]

TAUGHT = [("mưa to", "heavy rain"), ("mưa nhỏ", "light rain"), ("gió to", "heavy wind"), ("gió nhỏ", "light wind")] * 5


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two articles and their translations under names that say nothing, and an English one that stands alone."""
    for name, lines in {
        "vi/a.txt": FLOOD[0], "vi/b.txt": COFFEE[0], "en/1.txt": COFFEE[1], "en/2.txt": LIBRARY, "en/3.txt": FLOOD[1],
    }.items():  # fmt: skip
        write(tmp_path / name, lines)
    return tmp_path


# -- pair


def test_pairs_go_to_a_list_that_align_takes(home: Path) -> None:
    result = songngu("pair", "vi", "en", "-o", "pairs.tsv", "--all", "rest.tsv", cwd=home)
    assert (result.returncode, result.stdout) == (0, "")
    assert "2 pairs; 1 articles without a partner" in result.stderr
    rows = [line.split("\t") for line in (home / "pairs.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[:2] for row in rows] == [["a.txt", "3.txt"], ["b.txt", "1.txt"]]
    assert all(len(row) == 3 and float(row[2]) > 0 for row in rows)
    assert (home / "rest.tsv").exists()
    assert songngu("align", "vi", "en", "--pairs", "pairs.tsv", "-o", "beads", cwd=home).returncode == 0
    assert sorted(file.name for file in (home / "beads").iterdir()) == ["a.beads", "b.beads"]


def test_no_pair_at_all_exits_with_one(home: Path) -> None:
    write(home / "other" / "x.txt", LIBRARY)
    result = songngu("pair", "vi", "other", "-o", "pairs.tsv", cwd=home)
    assert result.returncode == 1 and "--all FILE" in result.stderr
    assert (home / "pairs.tsv").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["en", "vi", "-o", "pairs.tsv"], "songngu pair vi en"),
        (["vi", "nowhere", "-o", "pairs.tsv"], "nowhere is not a folder"),
        (["vi", "en"], "-o"),
        (["vi", "en", "-o", "no/such/pairs.tsv"], "make it first"),
        (["vi", "en", "-o", "pairs.tsv", "--lexicon", "nowhere.tsv"], "cannot read the lexicon"),
    ],
)
def test_a_mistake_in_pairing_exits_with_two_and_says_what_to_do(home: Path, arguments: list[str], hint: str) -> None:
    result = songngu("pair", *arguments, cwd=home)
    assert result.returncode == 2 and hint in result.stderr and "Traceback" not in result.stderr
    assert not (home / "pairs.tsv").exists()


# -- lexicon


def test_a_lexicon_is_learnt_looked_into_and_joined(tmp_path: Path) -> None:
    write(tmp_path / "a.vi", [vi for vi, _ in TAUGHT])
    write(tmp_path / "a.en", [en for _, en in TAUGHT])
    write(tmp_path / "mine.tsv", ["đại biểu\tdelegate|delegates", "a line without a tab", "gió mùa\tmonsoon"])
    trained = songngu("lexicon", "train", "a.vi", "a.en", "-o", "learnt.npz", cwd=tmp_path)
    assert trained.returncode == 0 and "from 20 lines" in trained.stdout
    shown = songngu("lexicon", "show", "mưa", "gió", "sấm", "--lexicon", "learnt.npz", cwd=tmp_path).stdout.splitlines()
    assert shown[0].startswith("mưa: rain ") and shown[1].startswith("gió: wind ")
    assert shown[2] == "sấm: (not in the lexicon)"
    merged = songngu("lexicon", "merge", "learnt.npz", "mine.tsv", "-o", "both.npz", cwd=tmp_path)
    assert merged.returncode == 0
    words = ("mưa", "đại biểu", "gió mùa")
    both = songngu("lexicon", "show", *words, "--lexicon", "both.npz", cwd=tmp_path).stdout.splitlines()
    assert [line.rsplit(" ", 1)[0] for line in both] == ["mưa: rain", "đại biểu: delegat", "gió mùa: monsoon"]


def test_training_twice_gives_the_same_file(tmp_path: Path) -> None:
    write(tmp_path / "a.vi", [vi for vi, _ in TAUGHT])
    write(tmp_path / "a.en", [en for _, en in TAUGHT])
    for name in ("one.npz", "two.npz"):
        assert songngu("lexicon", "train", "a.vi", "a.en", "-o", name, cwd=tmp_path).returncode == 0
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_shipped_lexicon_is_shown_when_no_other_is_named() -> None:
    result = songngu("lexicon", "show", "nông nghiệp")
    assert result.returncode == 0 and "agricultur" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["train", "one", "two", "-o", "x.npz"], 2, "align them first"),
        (["train", "one", "one", "-o", "x.npz"], 1, "give more text"),
        (["show", "mưa", "--lexicon", "one"], 2, "line 1: no tab"),
        (["show", "mưa", "--lexicon", "nowhere.npz"], 2, "songngu lexicon train"),
        (["merge", "shipped", "two", "-o", "x.npz"], 2, "two is no lexicon"),
        (["shwo"], 2, "No such command"),
    ],
)
def test_what_teaches_nothing_is_said(tmp_path: Path, arguments: list[str], code: int, hint: str) -> None:
    write(tmp_path / "one", ["mưa"])
    write(tmp_path / "two", ["rain", "wind"])
    result = songngu("lexicon", *arguments, cwd=tmp_path)
    assert result.returncode == code and hint in result.stderr and "Traceback" not in result.stderr
    assert not (tmp_path / "x.npz").exists()


# -- evaluate


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """Three gold links with two sides, in two documents, of which the second was not predicted; four gold pairs."""
    write(tmp_path / "gold" / "rel-0.6.1.gold", ["[0]:[0]", "[1,2]:[1]", "[3]:[]"])
    write(tmp_path / "gold" / "second.gold", ["[0]:[0,1]"])
    write(tmp_path / "beads" / "rel-0.6.1.beads", ["[0]:[0]:0.9", "[1]:[1]:0.8", "[2]:[]:0.7", "[3]:[]:0.9"])
    write(tmp_path / "gold" / "gold.tsv", [f"lễ-hội-{k}.txt\tfestival-{k}.txt" for k in range(4)])
    # Two are right, one of them listed twice and with folders; one is wrong.
    pairs = ["lễ-hội-0.txt\tfestival-0.txt\t0.9", "", "vi/lễ-hội-0.txt\ten/festival-0.txt"]
    write(tmp_path / "pairs.tsv", [*pairs, "lễ-hội-1.txt\tfestival-1.txt\t0.7\tx", "lễ-hội-2.txt\tfestival-3.txt\t0.2"])
    return tmp_path


def test_sentence_links_score_as_counted_by_hand(scored: Path) -> None:
    result = songngu("evaluate", "sentalign", "gold", "beads", cwd=scored)
    assert result.stdout.splitlines() == [
        "strict P 0.5000  R 0.3333  F1 0.4000",  # 1 of 2 predicted, 1 of 3 gold
        "lax    P 1.0000  R 0.6667  F1 0.8000",  # both predicted touch the gold, 2 of 3 gold are touched
        "2 documents, 1 missing; links: gold 3, predicted 2",
    ]


def test_two_files_score_like_two_folders(scored: Path) -> None:
    result = songngu("evaluate", "sentalign", "gold/rel-0.6.1.gold", "beads/rel-0.6.1.beads", cwd=scored)
    assert result.stdout.splitlines() == [
        "strict P 0.5000  R 0.5000  F1 0.5000",
        "lax    P 1.0000  R 1.0000  F1 1.0000",
        "1 documents, 0 missing; links: gold 2, predicted 2",
    ]


@pytest.mark.parametrize("gold", ["gold", "gold/gold.tsv"])
def test_article_pairs_score_as_counted_by_hand(scored: Path, gold: str) -> None:
    result = songngu("evaluate", "docalign", gold, "pairs.tsv", cwd=scored)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["P 0.6667  R 0.5000  F1 0.5714", "pairs: gold 4, predicted 3"]


def test_a_prediction_without_pairs_scores_nothing(scored: Path) -> None:
    result = songngu("evaluate", "docalign", "gold", "-", cwd=scored)
    assert result.stdout.splitlines() == ["P 0.0000  R 0.0000  F1 0.0000", "pairs: gold 4, predicted 0"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["sentalign", "beads", "gold"], "no .gold files in beads"),
        (["sentalign", "gold/rel-0.6.1.gold", "pairs.tsv"], "write one a line"),
        (["docalign", "beads", "pairs.tsv"], "cannot read beads/gold.tsv"),
        (["docalign", "gold", "nowhere.tsv"], "cannot read nowhere.tsv"),
        (["docalign", "gold", "gold/second.gold"], "second.gold, line 1: not VI<TAB>EN"),
        (["docalign", "-", "pairs.tsv"], "lists no pair"),
    ],
)
def test_a_mistake_in_scoring_exits_with_two_and_says_what_to_do(scored: Path, arguments: list[str], hint: str) -> None:
    result = songngu("evaluate", *arguments, cwd=scored)
    assert (result.returncode, result.stdout) == (2, "") and "Traceback" not in result.stderr
    assert hint in result.stderr
