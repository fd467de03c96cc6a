"""`songngu pair` as a user meets it: folders in, pairs out, mistakes told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.cli.pair import command
from corpus.errors import NothingUsableError, UsageError
from tests.pairing.conftest import ENTRIES, TOPICS


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Folders `vi` and `en` whose file names say nothing, one article without a partner on each side, a lexicon."""
    for side, lang in enumerate(("vi", "en")):
        (tmp_path / lang).mkdir()
        for k, topic in enumerate(TOPICS):
            if k != (4, 5)[side]:
                (tmp_path / lang / f"{(k * (side + 3)) % 7}.{k}.txt").write_text(topic[side], encoding="utf-8")
    (tmp_path / "lexicon.tsv").write_text("".join(f"{vi}\t{en}\n" for vi, en in ENTRIES.items()), encoding="utf-8")
    return tmp_path


def run(folders: Path, *arguments: str) -> None:
    """Raises what the command raises."""
    CliRunner().invoke(command, [*arguments, "--lexicon", str(folders / "lexicon.tsv")], catch_exceptions=False)


def test_pairs_are_written(folders: Path) -> None:
    out, rejected = folders / "pairs.tsv", folders / "all.tsv"
    run(folders, str(folders / "vi"), str(folders / "en"), "-o", str(out), "--all", str(rejected))
    rows = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert sorted(vi.split(".")[1] for vi, _, _ in rows) == ["0", "1", "2", "3"]
    assert all(vi.split(".")[1] == en.split(".")[1] for vi, en, _ in rows)
    assert all(float(score) > 1 for _, _, score in rows)
    for line in rejected.read_text(encoding="utf-8").splitlines():
        assert line.split("\t")[3].startswith("pair:")


def test_files_that_are_no_text_are_left_out_and_named(folders: Path) -> None:
    (folders / "vi" / "photo.txt").write_bytes(bytes(range(256)) * 20)
    out = folders / "pairs.tsv"
    arguments = [str(folders / "vi"), str(folders / "en"), "-o", str(out), "--lexicon", str(folders / "lexicon.tsv")]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert "photo.txt: left out" in result.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4


def test_folders_the_wrong_way_round_are_noticed(folders: Path) -> None:
    with pytest.raises(UsageError, match="Vietnamese folder comes first"):
        run(folders, str(folders / "en"), str(folders / "vi"), "-o", str(folders / "pairs.tsv"))


def test_no_pairs_is_said(folders: Path) -> None:
    for file in (folders / "en").iterdir():
        file.write_text("Nothing here resembles anything. The weather was dull.", encoding="utf-8")
    with pytest.raises(NothingUsableError, match="--all"):
        run(folders, str(folders / "vi"), str(folders / "en"), "-o", str(folders / "pairs.tsv"))
    assert (folders / "pairs.tsv").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("wrong", ["missing", "lexicon.tsv", "empty"])
def test_what_is_no_folder_of_articles_is_the_callers_mistake(folders: Path, wrong: str) -> None:
    (folders / "empty").mkdir()
    with pytest.raises(UsageError):
        run(folders, str(folders / wrong), str(folders / "en"), "-o", str(folders / "pairs.tsv"))


def test_a_place_that_cannot_be_written_is_told_before_the_work(folders: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        run(folders, str(folders / "vi"), str(folders / "en"), "-o", str(folders / "no" / "pairs.tsv"))
