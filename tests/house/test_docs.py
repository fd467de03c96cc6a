"""The documentation says what is there: every room, verb and reason, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.cli import VERBS
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_room_stands_on_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for room in sorted((ROOT / "corpus").iterdir()):
        if room.is_dir() and not room.name.startswith("__"):
            assert f"`corpus/{room.name}/`" in page, f"docs/architecture.md does not show corpus/{room.name}/"


def test_every_verb_stands_in_the_command_reference() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for verb in VERBS:
        assert f"## songngu {verb}" in page
