"""Every regular expression of the package, and how it is used: printed as JSON by a process of its own.

A pattern is caught where it is compiled, by a look at who asks, so that those made of data files and those inside
functions are found like those of a module. All modules are imported, cached functions without arguments are called,
the literal patterns inside functions are read off the source, and a few articles walk through the stages.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SCANNING = ("search", "finditer", "findall", "sub", "subn", "split")
ANCHORED = ("match", "fullmatch")
PAGE = "<html><title>Tin | Báo</title><h1>Khai mạc hội nghị</h1><p>{}</p><p>{}</p></html>"
TEXT = "Sáng 18/12/2020, tỉnh Sơn La khai mạc hội nghị. Ảnh: Hoài Thu. Theo Nghị định số 15/2020/NĐ-CP, có 1.200 người."

Key = tuple[str, int, bool]
"""Pattern, flags, whether it is one of bytes."""


class Spy:
    """Stands in for the compiler of `re` and writes down which patterns the package asks for, and from where."""

    def __init__(self) -> None:
        self.found: dict[Key, str] = {}
        self._compile: Callable[..., Any] = re._compile  # type: ignore[attr-defined]

    def __call__(self, pattern: Any, flags: int) -> Any:
        compiled = self._compile(pattern, flags)
        where = _who_asks()
        if where and isinstance(compiled, re.Pattern):
            self.add(compiled, where)
        return compiled

    def add(self, compiled: re.Pattern[Any], where: str) -> None:
        """Note a pattern, where it is first asked for."""
        is_bytes = isinstance(compiled.pattern, bytes)
        text = compiled.pattern.decode("latin-1") if is_bytes else compiled.pattern
        self.found.setdefault((text, compiled.flags & ~re.UNICODE, is_bytes), where)


def _who_asks() -> str | None:
    """Module and line of the package that the call came from directly, past `re` itself."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__") in ("re", "enum"):
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "")
    return f"{name}:{frame.f_lineno}" if name.startswith("corpus") else None


def modules() -> Iterator[Any]:
    """Every module of the package, imported."""
    import corpus

    yield corpus
    for found in pkgutil.walk_packages(corpus.__path__, "corpus."):
        if found.name != "corpus.__main__":
            yield importlib.import_module(found.name)


def call_caches(module: Any) -> None:
    """Call the cached functions of a module that need no argument: that is where data files become patterns."""
    for function in list(vars(module).values()):
        if not hasattr(function, "cache_info") or getattr(function, "__module__", "") != module.__name__:
            continue
        parameters = inspect.signature(function).parameters.values()
        if not any(parameter.default is parameter.empty for parameter in parameters):
            function()


def literals(path: Path) -> Iterator[re.Pattern[Any]]:
    """The patterns written out inside the functions of a file: `re.sub(r"\\s+", …)`."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        of_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
        if of_re and call.func.attr in (*SCANNING, *ANCHORED) and isinstance(call.args[0], ast.Constant):
            yield re.compile(call.args[0].value)


@functools.cache
def uses() -> dict[str, dict[str, set[str]]]:
    """By module, which methods are called on what has a name: `_TAG.sub(…)` gives `{"_TAG": {"sub"}}`."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in sorted((ROOT / "corpus").rglob("*.py")):
        names = found.setdefault(".".join(path.relative_to(ROOT).with_suffix("").parts), {})
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in (*SCANNING, *ANCHORED):
                names.setdefault(ast.unparse(node.value).partition("(")[0], set()).add(node.attr)
    return found


def is_only_matched(name: str, module: str) -> bool:
    """Whether a pattern is asked about the start of a text only: in its module, or anywhere if its name is public."""
    places = [uses().get(module, {})] if name.startswith("_") else uses().values()
    methods = {method for names in places for method in names.get(name, ())}
    return bool(methods) and methods <= set(ANCHORED)


def collect() -> list[dict[str, Any]]:
    """All patterns with where they come from, and the names they are bound to."""
    spy = Spy()
    re._compile = spy  # type: ignore[attr-defined]
    every = list(modules())
    for module in every:
        call_caches(module)
    for path in sorted((ROOT / "corpus").rglob("*.py")):
        for compiled in literals(path):
            spy.add(compiled, f"{path.relative_to(ROOT)} (inside a function)")
    _walk_articles()
    anchored = {
        key
        for module in every
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and is_only_matched(name, module.__name__)
        for key in [_key(value)]
    }
    return [
        {"pattern": key[0], "flags": key[1], "bytes": key[2], "where": where, "anchored": key in anchored}
        for key, where in spy.found.items()
    ]


def _key(compiled: re.Pattern[Any]) -> Key:
    spy = Spy()
    spy.add(compiled, "")
    return next(iter(spy.found))


def _walk_articles() -> None:
    """What is compiled on the way: patterns that depend on an argument."""
    from corpus.pipeline.annotating import annotate

    for form, text in (("text", TEXT), ("markdown", f"# {TEXT}"), ("html", PAGE.format(TEXT, TEXT)),
                       ("html", "<div>" * 5000 + TEXT)):  # fmt: skip
        annotate(text, format=form)


if __name__ == "__main__":
    print(json.dumps(collect()))
