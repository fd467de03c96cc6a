"""`songngu export` as a user gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.cli.export import command
from corpus.errors import NothingUsableError, UsageError
from tests.exporting.made_runs import bitext_row, make_run


def songngu_export(*arguments: str | Path) -> None:
    command.main(list(map(str, arguments)), standalone_mode=False)


def test_it_says_what_was_written_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = make_run(tmp_path / "run", bitext=[bitext_row(1), bitext_row(2, reject="accept:copy")])
    songngu_export(run.path, "--format", "csv", "-o", tmp_path / "out.csv")
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == f"1 row in {tmp_path / 'out.csv'}\n"
    songngu_export(run.path, "--format", "csv", "-o", tmp_path / "out.csv", "--rejected", "--quiet")
    assert capsys.readouterr().err == "" and "accept:copy" in (tmp_path / "out.csv").read_text("utf-8")


def test_mistakes_and_empty_runs_raise_what_the_command_reports(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a Song Ngữ run"):
        songngu_export(tmp_path, "--format", "tmx", "-o", tmp_path / "o.tmx")
    run = make_run(tmp_path / "run", bitext=[])
    with pytest.raises(NothingUsableError, match="songngu ledger"):
        songngu_export(run.path, "--format", "tmx", "-o", tmp_path / "o.tmx")
    with pytest.raises(UsageError, match="Did you mean 'moses'"):
        songngu_export(run.path, "--format", "mosses", "-o", tmp_path / "o")
