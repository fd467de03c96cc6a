"""The command as a user meets it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.cli import VERBS
from scripts import write_docs
from tests.conftest import ROOT


def songngu(*arguments: str | Path, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "corpus", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        timeout=120,
        check=False,
    )


def test_detect_prints_a_row_for_every_line(tmp_path: Path) -> None:
    lines = ["Hội nghị diễn ra sáng nay.", "", "The conference opened this morning.", "12345", "Ảnh: Hoài Thu"]
    (tmp_path / "lines.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = songngu("detect", "--lines", tmp_path / "lines.txt")
    rows = [row.split("\t") for row in result.stdout.removesuffix("\n").split("\n")]
    assert [row[0] for row in rows] == ["vi", "und", "en", "und", "vi"]
    assert all(0 <= float(row[1]) <= 1 for row in rows)


def test_detect_breaks_lines_at_line_feeds_only(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_bytes("Một dòng\u2028còn nguyên\x0b.\rvà nữa\nhai\n".encode())
    assert len(songngu("detect", "--lines", tmp_path / "lines.txt").stdout.splitlines()) == 2


def test_segment_prints_sentences_with_an_empty_line_between_paragraphs() -> None:
    text = "TP.HCM đón khách. PGS.TS. Lan nói vậy.\nTrời mưa.\n"
    result = songngu("segment", "--lang", "vi", "-", stdin=text)
    assert result.stdout == "TP.HCM đón khách.\nPGS.TS. Lan nói vậy.\n\nTrời mưa.\n"


def test_segment_lines_and_words_keep_one_line_out_per_line_in() -> None:
    result = songngu("segment", "--lang", "vi", "--lines", "--words", "-", stdin="Hà Nội đẹp.\n\nTrời mưa. Tôi về.\n")
    assert result.stdout == "Hà_Nội đẹp .\n\nTrời mưa . Tôi về .\n"


def test_load_prints_a_json_line_a_record(articles: Path) -> None:
    rows = [json.loads(line) for line in songngu("load", articles).stdout.splitlines()]
    by_source = {row["source"]: row for row in rows}
    assert by_source["articles/empty.txt"]["reject"] == "load:empty"
    assert by_source["articles/table.csv#1"]["title"] == "Mưa lớn"
    assert by_source["articles/pairs.tsv#1"]["translation"]["vi"] == "Trời hôm nay đẹp."


def test_build_ledger_show_and_verify_work_on_one_run(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built = songngu("build", articles, "-o", out)
    assert built.returncode == 0 and "detect:other" in built.stdout and built.stderr == ""
    assert "load:empty" in songngu("ledger", out).stdout
    assert json.loads(songngu("ledger", "--json", out).stdout)["stages"][0]["in"] == 6
    shown = songngu("show", out, "le-hoi.txt").stdout
    assert "[title vi]\n  | Khai mạc lễ hội hoa ban" in shown and "iso 2021-03-13" in shown
    verified = songngu("verify", out)
    assert verified.returncode == 0 and "everything holds" in verified.stdout


def test_verify_exits_with_one_when_something_is_wrong(articles: Path, tmp_path: Path) -> None:
    songngu("build", articles, "-o", tmp_path / "out", "--quiet")
    (articles / "french.txt").unlink()
    result = songngu("verify", tmp_path / "out")
    assert result.returncode == 1 and "articles/french.txt" in result.stdout


def test_quiet_prints_nothing(articles: Path, tmp_path: Path) -> None:
    result = songngu("build", articles, "-o", tmp_path / "out", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_nothing_usable_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    result = songngu("build", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert result.returncode == 1 and "songngu ledger" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["bild"], "No such command"),
        (["build", "nowhere", "-o", "out"], "nowhere"),
        (["build", "seeds"], "--out"),
        (["build", "seeds", "-o", "corpus"], "new or an empty folder"),
        (["build", "seeds", "-o", "out", "--until", "artices"], "Did you mean 'articles'"),
        (["build", "seeds", "-o", "out", "--field", "text"], "text=body"),
        (["detect", "nowhere.txt"], "name a text file"),
        (["segment", "--lang", "fr", "-"], "vi"),
        (["ledger", "seeds"], "songngu build"),
        (["show", "seeds", "no-such-article"], "songngu load"),
    ],
)
def test_a_callers_mistake_exits_with_two_and_says_what_to_do(arguments: list[str], hint: str) -> None:
    result = songngu(*arguments)
    assert result.returncode == 2, result.stderr
    assert hint in result.stderr and "Traceback" not in result.stderr


def test_article_text_cannot_reach_the_terminal_raw() -> None:
    from corpus.cli.terminal import printable

    assert printable("đỏ\x1b[31m\u202ex\x9b") == "đỏ\\x1b[31m\\u202ex\\x9b"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    result = songngu(verb, "--help")
    assert result.returncode == 0 and "Usage: " in result.stdout


@pytest.mark.parametrize(("name", "page"), [("cli.md", write_docs.cli_page), ("tables.md", write_docs.tables_page)])
def test_the_derived_pages_say_what_the_code_does(name: str, page: object) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(), "run: python scripts/write_docs.py"  # type: ignore[operator]


def test_a_verb_that_is_misspelt_gets_the_nearest() -> None:
    result = songngu("buidl", "x")
    assert result.returncode == 2 and "Did you mean 'build'?" in result.stderr
