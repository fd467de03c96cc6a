"""A dataset repository on the Hub, by the public API of `huggingface_hub` alone."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UsageError
from corpus.publishing.dataset import CARD
from corpus.publishing.difference import Difference, RemoteFile

KIND = "dataset"


@dataclass(frozen=True)
class State:
    """What a repository holds: its newest commit, who may read it, its files, its card and its tags."""

    head: str | None
    private: bool
    files: Mapping[str, RemoteFile]
    card: str
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Sent:
    """A commit that has arrived, and the pull request it opened, if it was to."""

    commit: str
    pull_request: str | None = None


class Repository:
    """Requests about one repository. Each method asks once and raises what `huggingface_hub` raises."""

    def __init__(self, repo_id: str) -> None:
        from huggingface_hub import HfApi

        self.repo_id = repo_id
        self._api = HfApi()
        self._which: dict[str, Any] = {"repo_id": repo_id, "repo_type": KIND}

    @property
    def url(self) -> str:
        """The page of the repository."""
        return f"{self._api.endpoint}/datasets/{self.repo_id}"

    def read(self) -> State | None:
        """What the repository holds, None where there is none that we may see."""
        from huggingface_hub.errors import RepositoryNotFoundError

        try:
            info = self._api.dataset_info(self.repo_id)
        except RepositoryNotFoundError:
            return None
        head = info.sha
        files = self.read_files(head)
        refs = self._api.list_repo_refs(**self._which)
        return State(
            head=head,
            private=bool(info.private),
            files=files,
            card=self._read_card(head) if CARD in files else "",
            tags={tag.name: tag.target_commit for tag in refs.tags},
        )

    def read_files(self, revision: str | None) -> dict[str, RemoteFile]:
        """All files of a revision by their path."""
        from huggingface_hub.hf_api import RepoFile

        tree = self._api.list_repo_tree(**self._which, recursive=True, revision=revision)
        return {
            entry.path: RemoteFile(entry.size, entry.blob_id, entry.lfs.sha256 if entry.lfs else None)
            for entry in tree
            if isinstance(entry, RepoFile)
        }

    def _read_card(self, revision: str | None) -> str:
        # A cache of our own: nothing of this is worth keeping, and the user's may be read-only.
        with tempfile.TemporaryDirectory() as cache:
            path = self._api.hf_hub_download(filename=CARD, revision=revision, cache_dir=cache, **self._which)
            content = Path(path).read_bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"the card on {self.url} is not UTF-8; save it as UTF-8 there, then push again") from None

    def create(self, *, private: bool) -> None:
        """Make the repository; one that is there already stays as it is."""
        self._api.create_repo(**self._which, private=private, exist_ok=True)

    def additions(self, shards: Mapping[str, Path], card: str, difference: Difference) -> list[Any]:
        """What is to be added or changed, in the form `upload` and `commit` take."""
        from huggingface_hub import CommitOperationAdd

        paths = sorted([*difference.add, *difference.change])
        return [CommitOperationAdd(path, card.encode() if path == CARD else str(shards[path])) for path in paths]

    def upload(self, additions: Sequence[Any], *, create_pr: bool) -> None:
        """Send the large files ahead of the commit; what the Hub has already is not sent."""
        self._api.preupload_lfs_files(**self._which, additions=additions, create_pr=create_pr, free_memory=False)

    def commit(
        self, additions: Sequence[Any], delete: Sequence[str], *, message: str, head: str | None, create_pr: bool
    ) -> Sent:
        """One commit on top of `head`, or a pull request from there; refused where the branch has moved on."""
        from huggingface_hub import CommitOperationDelete

        deletions = [CommitOperationDelete(path, is_folder=False) for path in delete]
        info = self._api.create_commit(
            **self._which,
            operations=[*additions, *deletions],
            commit_message=message,
            parent_commit=head,
            create_pr=create_pr,
        )
        return Sent(info.oid, info.pr_url)

    def tag(self, name: str, commit: str) -> None:
        """Tag a commit; the same tag on the same commit is no error."""
        from huggingface_hub.errors import HfHubHTTPError

        try:
            self._api.create_tag(**self._which, tag=name, revision=commit)
        except HfHubHTTPError as error:
            if error.response.status_code != 409 or self._find_tag(name) != commit:
                raise

    def _find_tag(self, name: str) -> str | None:
        tags = self._api.list_repo_refs(**self._which).tags
        return next((tag.target_commit for tag in tags if tag.name == name), None)

    def open_pull_requests(self, title: str) -> list[tuple[str, str]]:
        """The open pull requests of this title: the revision of each, and its page."""
        found = self._api.get_repo_discussions(**self._which, discussion_type="pull_request", discussion_status="open")
        return [(f"refs/pr/{each.num}", each.url) for each in found if each.title == title]


@contextmanager
def bars_on_terminals_only() -> Iterator[None]:
    """Keep the progress bars of `huggingface_hub` out of logs and pipes."""
    from huggingface_hub.utils import (  # type: ignore[attr-defined]
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    if sys.stderr.isatty() or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()
