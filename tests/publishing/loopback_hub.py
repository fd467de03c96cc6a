"""A Hub on loopback: enough of its protocol for `huggingface_hub` to push and for `datasets` to load.

    with LoopbackHub() as hub:
        hub.endpoint, hub.repos["org/name"].files(), hub.requests
        hub.fault = fail_at(3, Fault(503))

It knows datasets only, one branch (main), tags, and pull requests that are never merged. Everything is in memory.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.publishing.loopback_desk import Answer, Request, find_answer
from tests.publishing.loopback_store import READ_TOKEN, TOKEN, File, Store

__all__ = [
    "READ_TOKEN", "TOKEN", "Fault", "File", "Injector", "LoopbackHub", "Request", "fail_at", "fail_where",
]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What goes wrong: an answer with this status, or (status 0) a connection that drops.

    `late` says that the request is carried out first, so that only its answer is lost.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    message: str = "made to fail"
    late: bool = False


Injector = Callable[[int, Request], "Fault | None"]


def fail_at(index: int, fault: Fault, times: int = 1) -> Injector:
    """A fault at the request with this index, counted from 0, and at the `times` - 1 after it."""
    return lambda number, _: fault if index <= number < index + times else None


def fail_where(part: str, fault: Fault, times: int = 10**9, method: str | None = None) -> Injector:
    """A fault at the first `times` requests that have `part` in their path."""
    left = [times]

    def inject(_: int, request: Request) -> Fault | None:
        if part not in request.path or (method and request.method != method) or not left[0]:
            return None
        left[0] -= 1
        return fault

    return inject


class LoopbackHub(ThreadingHTTPServer, Store):
    """The server. It runs while the `with` block does."""

    daemon_threads = True

    def __init__(self) -> None:
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), _Handler)
        Store.__init__(self, f"http://127.0.0.1:{self.server_address[1]}")
        self.requests: list[Request] = []
        self.fault: Injector | None = None
        self.lock = threading.RLock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> LoopbackHub:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def writes(self) -> list[Request]:
        """The requests so far that were made to change something."""
        return [request for request in self.requests if request.writes]

    def record(self, request: Request) -> Fault | None:
        """Note a request down; the fault that is to befall it."""
        with self.lock:
            self.requests.append(request)
            return self.fault(len(self.requests) - 1, request) if self.fault else None

    def answer(self, request: Request) -> Answer:
        """Carry a request out."""
        with self.lock:
            return find_answer(self, request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet: the second would wait for the first one's receipt, 40 ms
    server: LoopbackHub

    def _handle(self) -> None:
        authorization = self.headers.get("Authorization", "")
        token = authorization.removeprefix("Bearer ") if authorization else None
        request = Request(self.command, self.path, self._read(), token)
        fault = self.server.record(request)
        answer = self.server.answer(request) if fault is None or fault.late else Answer()
        if fault is None:
            self._send(answer)
        elif fault.status:
            self._send(Answer(fault.status, {"error": fault.message}, fault.headers))
        else:
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _handle

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def _send(self, answer: Answer) -> None:
        content = answer.content
        if not isinstance(content, bytes):
            content = json.dumps(content if content is not None else {}).encode()
        status, headers = answer.status, dict(answer.headers)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted and status == 200:
            first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
            headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            status, content = 206, content[first : last + 1]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass
