"""What the Hub on loopback answers: a method for each page of the protocol."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.publishing.loopback_store import File, Store

TREE_PAGE = 3
"""Entries a page of a listing: small, so that every test turns pages."""


@dataclass(frozen=True)
class Request:
    """A request as it came in; `answer` is not known yet."""

    method: str
    target: str
    body: bytes
    token: str | None

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return {key: values[-1] for key, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def writes(self) -> bool:
        """Whether the request would change anything here."""
        reading = ("/preupload/", "/paths-info/", "/api/validate-yaml", "/objects/batch")
        return self.method not in ("GET", "HEAD") and not any(part in self.path for part in reading)


@dataclass(frozen=True)
class Answer:
    status: int = 200
    content: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Desk:
    """Serves one request. Each action takes the match of its route."""

    def __init__(self, store: Store, request: Request) -> None:
        self.store, self.request = store, request
        self.role = store.tokens.get(request.token or "")

    @property
    def values(self) -> Any:
        return json.loads(self.request.body)

    def serve(self, action: Callable[[Desk, re.Match[str]], Answer], found: re.Match[str]) -> Answer:
        if self.request.token and not self.role:
            return refuse(401, "Invalid credentials in Authorization header")
        changes = self.request.writes or "/preupload/" in self.request.path or "/objects/batch" in self.request.path
        if changes and not self.request.path.startswith("/lfs/"):
            if not self.role:
                return refuse(401, "Invalid username or password.")
            if self.role != "write":
                return refuse(403, "You don't have the rights to write here")
        if "repo" in found.groupdict():
            repo = self.store.repos.get(found["repo"])
            if repo is None or (repo.private and not self.role):
                return refuse(404 if self.role else 401, "Repository not found", "RepoNotFound")
            self.repo = repo
        return action(self, found)

    def create(self, _: re.Match[str]) -> Answer:
        values = self.values
        repo_id = f"{values.get('organization') or 'me'}/{values['name']}"
        page = {"url": f"{self.store.endpoint}/datasets/{repo_id}"}
        if repo_id in self.store.repos:
            return Answer(409, {"error": "You already created this dataset repo", **page})
        self.store.make_repo(repo_id, private=values.get("private") is True or values.get("visibility") == "private")
        return Answer(content={"name": repo_id, **page})

    def validate(self, _: re.Match[str]) -> Answer:
        return Answer(content={"errors": [], "warnings": []})

    def info(self, found: re.Match[str]) -> Answer:
        commit = self.repo.resolve(found["rev"] or "main")
        if commit is None:
            return refuse(404, "Revision not found", "RevisionNotFound")
        siblings = [{"rfilename": path} for path in sorted(self.repo.commits[commit])]
        content = {"_id": "0", "id": found["repo"], "sha": commit, "private": self.repo.private, "siblings": siblings}
        return Answer(content={**content, "disabled": False, "gated": False, "tags": [], "downloads": 0, "likes": 0})

    def tree(self, found: re.Match[str]) -> Answer:
        commit = self.repo.resolve(found["rev"])
        if commit is None:
            return refuse(404, "Revision not found", "RevisionNotFound")
        folder = f"{found['folder']}/" if found["folder"] else ""
        recursive = self.request.query.get("recursive", "").lower() in ("true", "1")
        entries = list(_list(self.repo.commits[commit], folder, recursive))
        if folder and not entries:
            return refuse(404, "Entry not found", "EntryNotFound")
        start = int(self.request.query.get("cursor", 0))
        address = f"{self.store.endpoint}{urlsplit(self.request.target).path}?recursive={recursive}"
        more = start + TREE_PAGE < len(entries)
        link = (("Link", f'<{address}&cursor={start + TREE_PAGE}>; rel="next"'),) if more else ()
        return Answer(content=entries[start : start + TREE_PAGE], headers=link)

    def paths_info(self, found: re.Match[str]) -> Answer:
        files = self.repo.commits[self.repo.resolve(found["rev"]) or ""]
        body = self.request.body.decode()
        paths = json.loads(body)["paths"] if body.startswith("{") else parse_qs(body).get("paths", [])
        listed = [{**files[path].entry, "path": path} for path in paths if path in files]
        folders = [path for path in paths if any(name.startswith(f"{path}/") for name in files)]
        return Answer(content=[*listed, *({"type": "directory", "oid": "0" * 40, "path": path} for path in folders)])

    def refs(self, _: re.Match[str]) -> Answer:
        branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": self.repo.head}]
        tags = [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": oid} for n, oid in self.repo.tags.items()]
        return Answer(content={"branches": branches, "converts": [], "tags": tags})

    def discussions(self, found: re.Match[str]) -> Answer:
        listed = [
            {"title": title, "num": number, "author": {"name": "me"}, "createdAt": "2026-01-01T00:00:00.000Z",
             "status": "open", "repo": {"name": found["repo"], "type": "dataset"}, "isPullRequest": True}
            for number, title in enumerate(self.repo.pull_requests, 1)
        ]  # fmt: skip
        return Answer(content={"discussions": listed, "count": len(listed), "start": 0})

    def preupload(self, found: re.Match[str]) -> Answer:
        here = self.repo.commits[self.repo.head]
        files = []
        for file in self.values["files"]:
            known = here.get(file["path"])
            mode = "lfs" if file["path"].endswith(".parquet") else "regular"
            oid = (known.sha256 if known.large else known.git_id) if known else None
            files.append({"path": file["path"], "uploadMode": mode, "shouldIgnore": False, "oid": oid})
        return Answer(content={"files": files})

    def batch(self, _: re.Match[str]) -> Answer:
        objects = []
        for wanted in self.values["objects"]:
            actions = {
                "upload": {"href": f"{self.store.endpoint}/lfs/{wanted['oid']}"},
                "verify": {"href": f"{self.store.endpoint}/lfs/verify"},
            }
            objects.append(wanted if wanted["oid"] in self.store.objects else {**wanted, "actions": actions})
        return Answer(content={"transfer": "basic", "objects": objects})

    def put_object(self, found: re.Match[str]) -> Answer:
        if hashlib.sha256(self.request.body).hexdigest() != found["oid"]:
            return refuse(400, "the content is not what its name says")
        self.store.objects[found["oid"]] = self.request.body
        return Answer()

    def verify(self, _: re.Match[str]) -> Answer:
        return Answer() if self.values["oid"] in self.store.objects else refuse(404, "no such object")

    def commit(self, found: re.Match[str]) -> Answer:
        lines = [json.loads(line) for line in self.request.body.splitlines()]
        header = lines[0]["value"]
        if header.get("parentCommit", self.repo.head) != self.repo.head:
            return refuse(412, "A commit has happened since. Please refresh and try again.")
        files = dict(self.repo.commits[self.repo.head])
        for line in lines[1:]:
            self._apply(files, line["key"], line["value"])
        page = f"{self.store.endpoint}/datasets/{found['repo']}"
        if self.request.query.get("create_pr") == "1":
            self.repo.pull_requests.append(header["summary"])
            number = len(self.repo.pull_requests)
            oid = self.repo.add_commit(f"refs/pr/{number}", files, header["summary"])
            pull_request = {"pullRequestUrl": f"{page}/discussions/{number}"}
        else:
            oid, pull_request = self.repo.add_commit("main", files, header["summary"]), {}
        return Answer(content={"success": True, "commitUrl": f"{page}/commit/{oid}", "commitOid": oid, **pull_request})

    def _apply(self, files: dict[str, File], key: str, value: dict[str, Any]) -> None:
        if key == "file":
            files[value["path"]] = File(base64.b64decode(value["content"]))
        elif key == "lfsFile":
            files[value["path"]] = File(self.store.objects[value["oid"]], large=True)
        elif key == "deletedFile":
            del files[value["path"]]
        else:
            raise AssertionError(f"a push has no reason to send {key}")

    def tag(self, found: re.Match[str]) -> Answer:
        name, commit = self.values["tag"], self.repo.resolve(found["rev"])
        if name in self.repo.tags:
            return refuse(409, "Reference already exists")
        if commit is None:
            return refuse(404, "Revision not found", "RevisionNotFound")
        self.repo.tags[name] = commit
        return Answer()

    def content(self, found: re.Match[str]) -> Answer:
        commit = self.repo.resolve(found["rev"])
        file = self.repo.commits[commit].get(found["path"]) if commit else None
        if commit is None or file is None:
            return refuse(404, "Entry not found", "EntryNotFound")
        etag = f'"{file.sha256 if file.large else file.git_id}"'
        linked = (("X-Linked-Etag", etag), ("X-Linked-Size", str(len(file.content)))) if file.large else ()
        return Answer(
            content=file.content,
            headers=(("ETag", etag), ("X-Repo-Commit", commit), ("Accept-Ranges", "bytes"), *linked),
        )


_API = r"/api/datasets/(?P<repo>[^/]+/[^/]+)"
ROUTES: tuple[tuple[str, str, Callable[[Desk, re.Match[str]], Answer]], ...] = (
    ("POST", r"/api/repos/create", Desk.create),
    ("POST", r"/api/validate-yaml", Desk.validate),
    ("GET", _API + r"(?:/revision/(?P<rev>.+))?", Desk.info),
    ("GET", _API + r"/tree/(?P<rev>refs/pr/\d+|[^/]+)(?:/(?P<folder>.+))?", Desk.tree),
    ("POST", _API + r"/paths-info/(?P<rev>.+)", Desk.paths_info),
    ("GET", _API + r"/refs", Desk.refs),
    ("GET", _API + r"/discussions", Desk.discussions),
    ("POST", _API + r"/preupload/(?P<rev>.+)", Desk.preupload),
    ("POST", _API + r"/commit/main", Desk.commit),
    ("POST", _API + r"/tag/(?P<rev>.+)", Desk.tag),
    ("POST", r"/datasets/(?P<repo>[^/]+/[^/]+)\.git/info/lfs/objects/batch", Desk.batch),
    ("PUT", r"/lfs/(?P<oid>[0-9a-f]{64})", Desk.put_object),
    ("POST", r"/lfs/verify", Desk.verify),
    ("GET|HEAD", r"/datasets/(?P<repo>[^/]+/[^/]+)/resolve/(?P<rev>refs/pr/\d+|[^/]+)/(?P<path>.+)", Desk.content),
)


def _list(files: Mapping[str, File], folder: str, recursive: bool) -> Iterator[dict[str, Any]]:
    folders = set()
    for path, file in sorted(files.items()):
        if not path.startswith(folder):
            continue
        parents = path[len(folder) :].split("/")[:-1]
        for depth in range(len(parents)):
            name = folder + "/".join(parents[: depth + 1])
            if (recursive or depth == 0) and name not in folders:
                folders.add(name)
                yield {"type": "directory", "oid": "0" * 40, "size": 0, "path": name}
        if recursive or not parents:
            yield {**file.entry, "path": path}


def find_answer(store: Store, request: Request) -> Answer:
    """Carry a request out."""
    for method, pattern, action in ROUTES:
        if request.method in method.split("|") and (found := re.fullmatch(pattern, request.path)):
            return Desk(store, request).serve(action, found)
    return refuse(404, f"no such page: {request.path}", "EntryNotFound")


def refuse(status: int, message: str, code: str | None = None) -> Answer:
    headers = (("X-Error-Message", message), *((("X-Error-Code", code),) if code else ()))
    return Answer(status, {"error": message}, headers)
