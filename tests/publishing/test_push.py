"""Pushing to a Hub on loopback: what arrives, what is sent, and what is left alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from corpus.errors import NothingUsableError, UsageError
from corpus.publishing.hub import publish
from tests.publishing.conftest import write_articles
from tests.publishing.loopback_hub import TOKEN, File, LoopbackHub

REPO = "nhom/song-ngu"


def rows_of(dataset: Path, config: str) -> list[dict[str, object]]:
    return [row for path in sorted((dataset / config).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def head_of(card: bytes) -> dict[str, object]:
    values: dict[str, object] = yaml.safe_load(card.decode().split("---\n")[1])
    return values


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_push_sends_the_dataset_in_one_commit_to_a_private_repository(hub: LoopbackHub, built: Path) -> None:
    before = folder_bytes(built)
    pushed = publish(built, REPO)
    repo = hub.repos[REPO]
    assert repo.private and pushed.private and pushed.created and pushed.sent
    assert repo.titles[1:] == [repo.titles[-1]]
    assert pushed.commit == repo.head
    sent = {path: content for path, content in repo.files().items() if path != ".gitattributes"}
    local = folder_bytes(built / "dataset")
    assert sent.keys() == local.keys()
    assert all(sent[path] == local[path] for path in local if path != "README.md")
    assert "path/to/this/folder" not in sent["README.md"].decode()
    assert f'load_dataset("{REPO}"' in sent["README.md"].decode()
    assert folder_bytes(built) == before


def test_the_same_push_again_sends_nothing(hub: LoopbackHub, built: Path) -> None:
    first = publish(built, REPO)
    made = len(hub.writes())
    again = publish(built, REPO)
    assert not again.sent and not again.difference and not again.created
    assert again.commit == first.commit
    assert len(hub.writes()) == made


def test_a_dataset_folder_by_itself_is_pushed_too(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    assert not publish(built / "dataset", REPO).difference


def test_new_input_sends_only_the_shards_it_changed(hub: LoopbackHub, tmp_path: Path) -> None:
    import corpus

    write_articles(tmp_path / "articles")
    corpus.build([tmp_path / "articles"], tmp_path / "run", quiet=True)
    publish(tmp_path / "run", REPO)
    (tmp_path / "articles" / "more.tsv").write_text("vi\ten\nTrường học mở cửa lại.\tThe school has opened again.\n")
    corpus.build([tmp_path / "articles"], tmp_path / "run", quiet=True)
    already = len(hub.requests)
    pushed = publish(tmp_path / "run", REPO)
    uploaded = [request for request in hub.requests[already:] if request.method == "PUT"]
    assert [path.split("/")[0] for path in pushed.difference.add] == ["bitext"]
    assert list(pushed.difference.change) == ["README.md"]
    assert [path.split("/")[0] for path in pushed.difference.delete] == ["bitext"]
    assert len(uploaded) == 1
    assert {*folder_bytes(tmp_path / "run" / "dataset"), ".gitattributes"} == hub.repos[REPO].files().keys()


def test_shards_that_are_gone_are_deleted_and_files_of_a_person_stay(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    repo = hub.repos[REPO]
    theirs = {
        "LICENSE": b"as agreed",
        "images/map.png": b"\x89PNG",
        "bitext/notes.md": b"x",
        "data/train-0.parquet": b"x",
    }
    stale = "bitext/validation-00000-0123456789abcdef.parquet"
    added = {path: File(content) for path, content in {**theirs, stale: b"old"}.items()}
    repo.add_commit("main", {**repo.commits[repo.head], **added}, "by hand")
    pushed = publish(built, REPO)
    assert set(pushed.difference.delete) == {stale}
    assert not pushed.difference.add and not pushed.difference.change
    assert stale not in repo.files()
    assert theirs.items() <= repo.files().items()


def test_no_articles_publishes_the_aligned_pairs_alone(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO, no_articles=True)
    files = hub.repos[REPO].files()
    assert {path.split("/")[0] for path in files} == {".gitattributes", "README.md", "bitext"}
    head = head_of(files["README.md"])
    for key in ("configs", "dataset_info"):
        assert [each["config_name"] for each in head[key]] == ["bitext"]  # type: ignore[attr-defined]
    assert "## articles" not in files["README.md"].decode()


def test_no_articles_after_a_whole_push_takes_them_away(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    pushed = publish(built, REPO, no_articles=True)
    assert {path.split("/")[0] for path in pushed.difference.delete} == {"articles", "article_pairs"}
    assert not any(path.startswith("article") for path in hub.repos[REPO].files())


def test_a_column_that_is_gone_leaves_no_feature_behind(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    repo = hub.repos[REPO]
    card = repo.files()["README.md"].decode()
    older = card.replace("  - name: translation\n", "  - name: cot_cu\n    dtype: string\n  - name: translation\n", 1)
    assert older != card
    repo.edit("README.md", older.encode())
    publish(built, REPO)
    assert repo.files()["README.md"].decode() == card


def test_what_a_person_wrote_on_the_card_stays(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO, no_articles=True)
    repo = hub.repos[REPO]
    card = repo.files()["README.md"].decode()
    card = card.replace("license: unknown\n", "license: cc-by-4.0 # đã hỏi toà soạn\ndoi: 10.5/vi\n")
    repo.edit("README.md", (card + "\n## Ghi chú\n\nCảm ơn Báo Điện Biên!\n").encode())
    pushed = publish(built, REPO)
    text = repo.files()["README.md"].decode()
    assert pushed.sent
    assert text.endswith("\n## Ghi chú\n\nCảm ơn Báo Điện Biên!\n")
    assert "license: cc-by-4.0 # đã hỏi toà soạn\ndoi: 10.5/vi\n" in text
    assert len(head_of(text.encode())["configs"]) == 3  # type: ignore[arg-type]
    assert any("license: cc-by-4.0" in notice for notice in pushed.notices)
    assert not publish(built, REPO).difference


def test_a_dry_run_shows_everything_and_sends_nothing(
    hub: LoopbackHub, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    shown = publish(built, REPO, dry_run=True, public=True)
    assert not hub.writes() and REPO not in hub.repos
    assert not shown.sent and shown.created and not shown.private and shown.commit is None
    sizes = {path: len(content) for path, content in folder_bytes(built / "dataset").items() if path != "README.md"}
    assert {path: size for path, size in shown.difference.add.items() if path != "README.md"} == sizes
    assert "+language:" in shown.difference.card_diff.split("\n")
    assert {request.method for request in hub.requests} <= {"GET", "HEAD"}


def test_a_dry_run_shows_the_difference_to_what_is_there(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    hub.repos[REPO].edit("README.md", b"# Trang moi\n")
    already = len(hub.requests)
    shown = publish(built, REPO, dry_run=True)
    assert list(shown.difference.change) == ["README.md"] and not shown.difference.add
    assert " # Trang moi" in shown.difference.card_diff.split("\n")
    assert {request.method for request in hub.requests[already:]} <= {"GET", "HEAD"}
    assert hub.repos[REPO].files()["README.md"] == b"# Trang moi\n"


def test_public_is_for_new_repositories_and_said_of_old_ones(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    with pytest.raises(UsageError, match=r"is private, and a push does not change that.*/settings"):
        publish(built, REPO, public=True)
    pushed = publish(built, "nhom/mo", public=True)
    assert not pushed.private and not hub.repos["nhom/mo"].private
    again = publish(built, "nhom/mo")
    assert any("is public" in notice for notice in again.notices)
    assert not hub.repos["nhom/mo"].private and hub.repos[REPO].private


def test_sources_without_a_licence_are_named_with_their_rows(hub: LoopbackHub, built: Path) -> None:
    [notice] = [each for each in publish(built, REPO, dry_run=True).notices if "licence" in each]
    unlicensed = [row for row in rows_of(built / "dataset", "articles") if row["license"] is None]
    assert "Baodienbien.vn (1)" in notice and "--no-articles" in notice
    assert sum(int(count) for count in re.findall(r"\((\d+)\)", notice)) == len(unlicensed)


def test_a_tag_names_the_commit(hub: LoopbackHub, built: Path) -> None:
    pushed = publish(built, REPO, tag="v1.0.0")
    assert hub.repos[REPO].tags == {"v1.0.0": pushed.commit}
    assert publish(built, REPO, tag="v1.0.0").tag == "v1.0.0"
    publish(built, REPO, tag="v1.0.1")
    assert hub.repos[REPO].tags == {"v1.0.0": pushed.commit, "v1.0.1": pushed.commit}


def test_a_tag_on_another_commit_is_refused_before_anything_is_sent(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO, tag="v1.0.0")
    made = len(hub.writes())
    with pytest.raises(UsageError, match=r"v1\.0\.0 is on another commit.*choose a new tag"):
        publish(built, REPO, tag="v1.0.0", no_articles=True)
    assert len(hub.writes()) == made


def test_a_pull_request_leaves_main_alone_and_is_opened_once(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO, no_articles=True)
    repo = hub.repos[REPO]
    head = repo.head
    pushed = publish(built, REPO, create_pr=True)
    assert repo.head == head and pushed.sent
    assert pushed.pull_request == f"{hub.endpoint}/datasets/{REPO}/discussions/1"
    assert any(path.startswith("articles/") for path in repo.files("refs/pr/1"))
    again = publish(built, REPO, create_pr=True)
    assert not again.sent and again.pull_request == pushed.pull_request
    assert len(repo.pull_requests) == 1
    with pytest.raises(UsageError, match=r"push it without --tag"):
        publish(built, REPO, create_pr=True, tag="v2")
    with pytest.raises(UsageError, match=r"push without --create-pr first"):
        publish(built, "nhom/chua-co", create_pr=True)


@pytest.mark.parametrize(
    "name", ["song-ngu", "a/b/c", "nhom/", "nhom/a b", "nhom/a--b", "nhom/.a", "nhom/x.git", "", "/x"]
)
def test_a_name_the_hub_refuses_is_refused_before_it_is_asked(hub: LoopbackHub, built: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"write it as org/name"):
        publish(built, name)
    assert not hub.requests


@pytest.mark.parametrize("tag", ["", "v 1", "-v", "a..b", "a.lock", "v1^", "refs/heads/x/"])
def test_a_tag_git_refuses_is_refused_before_the_hub_is_asked(hub: LoopbackHub, built: Path, tag: str) -> None:
    with pytest.raises(UsageError, match=r"such as v1\.0\.0"):
        publish(built, REPO, tag=tag)
    assert not hub.requests


def test_what_is_no_run_and_no_dataset_is_refused(hub: LoopbackHub, run_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"neither a Song Ngữ run nor a dataset folder.*songngu build"):
        publish(tmp_path / "empty", REPO)
    with pytest.raises(UsageError, match=r"there is no folder.*songngu build"):
        publish(tmp_path / "none", REPO)
    (run_folder / "dataset" / "README.md").write_text("# no head\n")
    with pytest.raises(UsageError, match=r"names no configuration.*build the run again"):
        publish(run_folder, REPO)
    shutil.rmtree(run_folder / "dataset")
    with pytest.raises(UsageError, match=r"is missing; write it anew with: songngu curate"):
        publish(run_folder, REPO)
    assert not hub.requests


def test_a_dataset_without_rows_is_not_pushed(hub: LoopbackHub, run_folder: Path) -> None:
    shutil.rmtree(run_folder / "dataset" / "bitext")
    with pytest.raises(NothingUsableError, match=r"no aligned pair.*songngu ledger"):
        publish(run_folder, REPO, no_articles=True)
    shutil.rmtree(run_folder / "dataset" / "articles")
    shutil.rmtree(run_folder / "dataset" / "article_pairs")
    with pytest.raises(NothingUsableError, match=r"no row"):
        publish(run_folder, REPO)
    assert not hub.requests


LOAD = """
import sys, json
from datasets import load_dataset
for config in sys.argv[2:]:
    here, there = load_dataset(sys.argv[1], config), load_dataset("nhom/song-ngu", config)
    assert here.keys() == there.keys() and here["train"].features == there["train"].features
    print(json.dumps([config, here["train"].to_list() == there["train"].to_list(), len(there["train"])]))
print(json.dumps(["default", load_dataset("nhom/song-ngu")["train"].num_rows]))
"""


def test_the_command_pushes_and_datasets_loads_the_same_rows(hub: LoopbackHub, built: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ, "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": TOKEN, "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "1",
    }  # fmt: skip

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd()
        )

    pushed = run("scripts/publish.py", str(built), REPO, "--tag", "v1.0.0")
    assert "pushed: " in pushed.stdout and "note: no licence is stated" in pushed.stderr
    configs = ("bitext", "articles", "article_pairs")
    loaded = run("-c", LOAD, str(built / "dataset"), *configs).stdout.splitlines()
    expected = [f'["{config}", true, {len(rows_of(built / "dataset", config))}]' for config in configs]
    assert loaded[:3] == expected
    assert loaded[3] == f'["default", {len(rows_of(built / "dataset", "bitext"))}]'


def test_a_run_of_an_older_version_is_told_to_be_built_again(hub: LoopbackHub, run_folder: Path) -> None:
    (run_folder / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match=r"older version.*build it again"):
        publish(run_folder, REPO, no_articles=True)
    assert not hub.requests
