"""The whole way in one test: the seeds are built, looked at, exported, pushed, and come back as they went."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SEEDS
from tests.publishing.loopback_hub import TOKEN, LoopbackHub

REPO = "nhom/hat-giong"
LOAD = """
import json, sys
from datasets import load_dataset
for config in ("bitext", "articles"):
    rows = load_dataset(sys.argv[1], config, split="train").to_list()
    print(json.dumps(rows, ensure_ascii=False, sort_keys=True))
"""


def test_the_seeds_are_built_reported_exported_pushed_and_loaded_back(hub: LoopbackHub, tmp_path: Path) -> None:
    environment = {
        **os.environ, "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": TOKEN, "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "1",
    }  # fmt: skip

    def python(*words: str | Path) -> str:
        done = subprocess.run([sys.executable, *map(str, words)], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def songngu(*words: str | Path) -> str:
        return python("-c", "from corpus.cli import main; main()", *words)

    out = tmp_path / "seeds"
    songngu("build", SEEDS, "-o", out)
    songngu("report", out)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Các đại biểu tham dự hội nghị." in page
    songngu("export", out, "--format", "jsonl", "-o", tmp_path / "seeds.jsonl")
    exported = [json.loads(line) for line in (tmp_path / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    assert "nothing was sent" in songngu("push", out, REPO, "--dry-run") and not hub.writes()
    songngu("push", out, REPO)
    assert hub.repos[REPO].private
    here, there = python("-c", LOAD, out / "dataset"), python("-c", LOAD, REPO)
    assert here == there
    pairs = [row["translation"] for row in json.loads(there.splitlines()[0])]
    assert pairs == [row["translation"] for row in exported]
    assert pairs[0] == {"vi": "Các đại biểu tham dự hội nghị.", "en": "Delegates attending the conference."}
    assert "everything holds" in songngu("verify", out)
