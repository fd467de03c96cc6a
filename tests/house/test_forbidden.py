"""What must not stand in the package: ways in which data could become code, or reach for the network."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "corpus").rglob("*.py"))
NAMES = {file.relative_to(ROOT).as_posix(): file for file in FILES}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
RUNS_DATA = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "jinja2", "mako"}
SAFE_YAML = {"SafeLoader", "CSafeLoader", "BaseLoader"}
NETWORK = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "smtplib"}
MAY = {
    # messages between a worker and its own parent, over a pair of sockets that no other process has
    "corpus/engine/channel.py": {"pickle"},
}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the name of what is called, as it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, anywhere in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def faults(name: str, tree: ast.AST) -> Iterator[str]:
    """What stands in a file and must not."""
    for module in imports(tree):
        if module.split(".")[0] in RUNS_DATA - MAY.get(name, set()) or module in NETWORK:
            yield f"imports {module}"
    for called, call in calls(tree):
        options = {option.arg: ast.unparse(option.value) for option in call.keywords}
        if called in RUNS_TEXT or called.startswith(("os.system", "os.popen")):
            yield f"calls {called}"
        if options.get("shell") == "True":
            yield f"{called} through a shell"
        if "trust_remote_code" in options:
            yield f"{called} trusts remote code"
        if called.endswith(("np.load", "numpy.load")) and options.get("allow_pickle", "False") != "False":
            yield f"{called} that unpickles"
        if called in ("yaml.load", "yaml.load_all") and not _is_safe_yaml(call, options, tree):
            yield f"{called} without a safe loader"
        if called.startswith("yaml.") and "unsafe" in called:
            yield f"calls {called}"
        if (
            called.endswith("HTMLParser")
            and not {"no_network": "True", "huge_tree": "False"}.items() <= options.items()
        ):
            yield f"{called} without no_network and with huge trees"
        if called.endswith("XMLParser") and options.get("resolve_entities") != "False":
            yield f"{called} that resolves entities"
        if called.endswith(("etree.parse", "minidom.parse", "minidom.parseString", "sax.parse")):
            yield f"{called}: XML comes in through expat with its entities refused"


def _is_safe_yaml(call: ast.Call, options: dict[str, str], tree: ast.AST) -> bool:
    """Whether the loader is a safe one, by its name or by the only thing its variable is given."""
    loader = options.get("Loader") or (ast.unparse(call.args[1]) if len(call.args) > 1 else "")
    given = [ast.unparse(node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)
             and [ast.unparse(target) for target in node.targets] == [loader]]  # fmt: skip
    return all(any(safe in value for safe in SAFE_YAML) for value in given or [loader])


@pytest.mark.parametrize("name", NAMES)
def test_no_data_becomes_code(name: str) -> None:
    assert list(faults(name, ast.parse(NAMES[name].read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle", "from jinja2 import Template", "def f():\n    import requests", "eval(row)", "exec(text)",
        "os.system('a')",
        "subprocess.run('a', shell=True)", "load_dataset(a, trust_remote_code=True)",
        "np.load(path, allow_pickle=True)", "yaml.load(text)",
        "yaml.load(text, Loader=yaml.FullLoader)", "loader = yaml.Loader\nyaml.load(text, loader)",
        "yaml.unsafe_load(text)",
        "etree.HTMLParser(no_network=True)", "etree.HTMLParser(huge_tree=True, no_network=True)", "etree.XMLParser()",
        "etree.parse(path)",
    ],
)  # fmt: skip
def test_each_of_them_is_noticed(line: str) -> None:
    assert list(faults("corpus/a.py", ast.parse(line)))


def test_only_one_file_opens_datasets_of_the_hub() -> None:
    users = {name for name, file in NAMES.items() if "load_dataset(" in _code(file)}
    assert users <= {"corpus/loaders/hub.py"}


def _code(file: Path) -> str:
    """A file's calls, without its comments and docstrings."""
    return " ".join(f"{called}(" for called, _ in calls(ast.parse(file.read_text("utf-8"))))
