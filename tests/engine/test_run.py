"""The run folder: nothing of a stranger's is written over, and one build writes at a time."""

from pathlib import Path

import pytest

from corpus.engine.run import Run
from corpus.errors import UsageError


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("ten years of work")
    with pytest.raises(UsageError, match="not a Song Ngữ run; name a new"):
        Run.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        Run.create(tmp_path / "out")


def test_an_earlier_run_is_taken_over(tmp_path: Path) -> None:
    Run.create(tmp_path / "out").write_json("ledger.json", {"stages": []})
    assert Run.create(tmp_path / "out").ledger == {"stages": []}


def test_a_second_build_is_refused_with_the_first_ones_process(tmp_path: Path) -> None:
    import os

    first, second = Run.create(tmp_path / "out"), Run.create(tmp_path / "out")
    with first.lock(), pytest.raises(UsageError, match=f"process {os.getpid()}"), second.lock():
        pass
    with second.lock():
        pass


def test_an_unfinished_or_foreign_folder_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="songngu build"):
        Run.open(tmp_path)
    Run.create(tmp_path / "out")
    with pytest.raises(UsageError, match="did not finish; give the same"):
        Run.open(tmp_path / "out")
