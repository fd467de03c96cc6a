"""What the Hub on loopback holds: repositories with their commits, and the contents of large files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = "hf_loopbackWrites"
READ_TOKEN = "hf_loopbackReads"
GIT_ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"


@dataclass(frozen=True)
class File:
    """The content of a file and whether it is stored as a large one."""

    content: bytes
    large: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def git_id(self) -> str:
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(self.content)}\n"
        stored = pointer.encode() if self.large else self.content
        return hashlib.sha1(b"blob %d\0" % len(stored) + stored).hexdigest()

    @property
    def entry(self) -> dict[str, Any]:
        entry: dict[str, Any] = {"type": "file", "oid": self.git_id, "size": len(self.content)}
        if self.large:
            entry["lfs"] = {"oid": self.sha256, "size": len(self.content), "pointerSize": 130}
        return entry


@dataclass
class Repo:
    """A repository: the files of each commit, and what main, the pull requests and the tags point to."""

    private: bool
    commits: dict[str, dict[str, File]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    pull_requests: list[str] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.refs["main"]

    def files(self, revision: str = "main") -> dict[str, bytes]:
        """The content of every file by path."""
        return {path: file.content for path, file in self.commits[self.resolve(revision) or ""].items()}

    def resolve(self, revision: str) -> str | None:
        found = self.refs.get(revision) or self.tags.get(revision) or revision
        return found if found in self.commits else None

    def add_commit(self, ref: str, files: Mapping[str, File], title: str) -> str:
        """A new commit that `ref` then points to; its id."""
        listing = [(path, file.git_id) for path, file in sorted(files.items())]
        oid = hashlib.sha1(json.dumps([len(self.commits), title, listing]).encode()).hexdigest()
        self.commits[oid] = dict(files)
        self.titles.append(title)
        self.refs[ref] = oid
        return oid

    def edit(self, path: str, content: bytes) -> None:
        """What a person does on the page of the repository."""
        self.add_commit("main", {**self.commits[self.head], path: File(content)}, f"Update {path}")


class Store:
    """All repositories by name, all large contents by their SHA-256, and what each token may do."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.repos: dict[str, Repo] = {}
        self.objects: dict[str, bytes] = {}
        self.tokens = {TOKEN: "write", READ_TOKEN: "read"}

    def make_repo(self, repo_id: str, *, private: bool) -> Repo:
        """A repository as a new one is: with one commit that names the large files."""
        repo = self.repos[repo_id] = Repo(private)
        repo.add_commit("main", {".gitattributes": File(GIT_ATTRIBUTES)}, "initial commit")
        return repo
