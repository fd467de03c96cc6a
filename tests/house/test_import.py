"""`import corpus` is free: no model, no network, no heavy package, no global state."""

from __future__ import annotations

import subprocess
import sys

import corpus
from tests.conftest import ROOT

HEAVY = {"numpy", "pyarrow", "datasets", "underthesea", "sacremoses", "langdetect", "trafilatura", "lxml", "click"}


def python(code: str, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_importing_loads_nothing_heavy() -> None:
    loaded = set(python("import sys, corpus; print(*sys.modules)").split())
    assert not loaded & HEAVY


def test_importing_and_help_are_fast() -> None:
    """Best of three, since another process may be busy: 0.3 s for the import, 0.5 s for --help."""
    code = "import time; t = time.perf_counter(); import corpus; print(time.perf_counter() - t)"
    assert min(float(python(code)) for _ in range(3)) < 0.3
    help_code = (
        "import subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run([sys.executable, '-m', 'corpus', '--help'], stdout=subprocess.DEVNULL, check=True);"
        "print(time.perf_counter() - t)"
    )
    assert min(float(python(help_code)) for _ in range(3)) < 0.5


def test_every_public_name_is_there_and_an_unknown_one_says_so() -> None:
    for name in corpus.__all__:
        assert getattr(corpus, name) is not None
    assert set(corpus.__all__) <= set(dir(corpus))
    try:
        corpus.aling  # noqa: B018
    except AttributeError as error:
        assert "build" in str(error)
    else:
        raise AssertionError("an unknown name was found")


def test_public_names_stay_functions_whatever_is_imported_first() -> None:
    """No room may carry the name of a public function: importing the room would hide the function."""
    code = (
        "import importlib, pkgutil, corpus\n"
        "for module in pkgutil.walk_packages(corpus.__path__, 'corpus.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        "print(*[name for name in corpus.__all__ if not callable(getattr(corpus, name))])\n"
    )
    assert python(code).strip() == ""


def test_a_build_opens_no_socket(tmp_path: object) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = socket.socket.bind = socket.getaddrinfo = refuse\n"
        "import corpus\n"
        "print(corpus.build(['seeds'], sys.argv[1]).ledger['stages'][3]['kept'])\n"
    )
    assert python(code, f"{tmp_path}/out").strip() == "5"
