"""The built wheel works outside the checkout, data files included."""

from __future__ import annotations

import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS


@pytest.mark.slow
def test_the_wheel_builds_the_seeds_in_an_environment_of_its_own(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "out", "build", "dist", "*.egg-info", "tests"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist")]
    built = subprocess.run([*command, str(source)], capture_output=True, text=True, timeout=300, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    [packages] = (tmp_path / "venv").glob("lib/python*/site-packages")
    shutil.unpack_archive(wheel, packages, "zip")
    # The dependencies come from the environment that runs the tests; the package itself only from the wheel.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()))
    code = (
        "import corpus, sys; assert corpus.__file__.startswith(sys.prefix), corpus.__file__;"
        "run = corpus.build([sys.argv[1]], sys.argv[2]); print(run.ledger['stages'][3]['kept'])"
    )
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    python = str(tmp_path / "venv" / "bin" / "python")
    ran = subprocess.run(
        [python, "-I", "-c", code, str(seeds), str(tmp_path / "out")],
        capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "5"
