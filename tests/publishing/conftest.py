"""A run, and a Hub on loopback that pushes go to."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import corpus
from tests.conftest import ARTICLES
from tests.publishing.loopback_hub import TOKEN, LoopbackHub


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run. Read it, or take a copy: `run_folder`."""
    folder = tmp_path_factory.mktemp("built")
    write_articles(folder / "articles")
    return corpus.build([folder / "articles"], folder / "run", quiet=True).path


def write_articles(folder: Path) -> None:
    """The collection of tests/conftest.py as files."""
    for name, text in ARTICLES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def run_folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the run that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "run"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LoopbackHub]:
    """A Hub on loopback, as if HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_DISABLE_XET had been set at the start."""
    from huggingface_hub import constants

    with LoopbackHub() as server:
        monkeypatch.setattr(constants, "ENDPOINT", server.endpoint)
        template = server.endpoint + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        yield server


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time without waiting: every pause is noted down and over at once, and the clock is moved on by it."""
    pauses: list[float] = []
    clock: Callable[[], float] = time.monotonic
    monkeypatch.setattr(time, "sleep", pauses.append)
    monkeypatch.setattr(time, "monotonic", lambda: clock() + sum(pauses))
    return pauses
