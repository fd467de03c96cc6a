"""What a process and its children open, connect to and start, written down by the interpreter itself.

`watched` gives an environment in which every Python process installs an audit hook before anything else runs. The hook
writes what it sees to a file, and refuses the network; nothing in the process can take it off again (PEP 578).
"""

from __future__ import annotations

import os
from pathlib import Path

HOOK = """
import os, sys
LOG = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
NETWORK = {{"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}}
STARTS = {{"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {{"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}}

def note(kind, what):
    if isinstance(what, bytes):
        what = os.fsdecode(what)
    os.write(LOG, ("%s\\t%s\\n" % (kind, ascii(what))).encode())

def place(path, folder=-1):
    above = os.readlink("/proc/self/fd/%d" % folder) if isinstance(folder, int) and folder >= 0 else os.getcwd()
    return os.path.join(above, os.fsdecode(path))

def hook(event, arguments):
    if event in NETWORK:
        note("network", "%s %r" % (event, arguments))
        raise PermissionError("no network here")
    if event == "open" and isinstance(arguments[0], (str, bytes)) and (arguments[2] or 0) & WRITES:
        note("write", place(arguments[0]))
    elif event in CHANGES and isinstance(arguments[0], (str, bytes, os.PathLike)):
        folder = {{"os.remove": 1, "os.rmdir": 1, "os.mkdir": 2}}.get(event, 0)
        note("write", place(os.fspath(arguments[0]), arguments[folder] if folder else -1))
    elif event in STARTS:
        note("start", arguments[0])

sys.addaudithook(hook)
"""


def watched(folder: Path, temporary: Path) -> tuple[dict[str, str], Path]:
    """The environment, and the file in which lines `kind<TAB>what` will stand; `folder` is for the hook alone."""
    folder.mkdir()
    temporary.mkdir()
    log = folder / "seen.txt"
    (folder / "sitecustomize.py").write_text(HOOK.format(log=str(log)), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    return environment, log


def seen(log: Path, kind: str) -> set[str]:
    """What was written down of one kind: network, write or start."""
    lines = (line.partition("\t") for line in log.read_text(encoding="ascii").splitlines())
    return {what.strip("'\"") for name, _, what in lines if name == kind}
