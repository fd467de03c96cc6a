#!/usr/bin/env bash
# Run tests with the oldest versions that setup.cfg allows, and with the newest that there are.
#
#     bash scripts/check_versions.sh                     # both, all tests that are not slow
#     bash scripts/check_versions.sh oldest --smoke      # one of them, the tests that touch every dependency
#     OLD_PYTHON=python3.10 NEW_PYTHON=python3.13 bash scripts/check_versions.sh
#
# Environments are made in .venv-oldest and .venv-newest and used again while setup.cfg stays as it is. Other words go to
# pytest.
set -eu
cd "$(dirname "$0")/.."

# What is run by --smoke: each dependency is called by at least one of these, a whole build and its checks included.
SMOKE="tests/pipeline/test_verify.py tests/pipeline/test_build.py tests/segment tests/loaders tests/publishing tests/exporting
    tests/reporting tests/encoding tests/language"

# oldest_versions: a line `name==version` for every lower bound in setup.cfg, for pip to take as constraints.
oldest_versions() {
    "$1" - <<'PYTHON'
import configparser
import re

read = configparser.ConfigParser()
read.read("setup.cfg", encoding="utf-8")
for name, version in re.findall(r"(?m)^\s*([\w.\-]+)>=([\w.]+)", read["options"]["install_requires"]):
    print(f"{name}=={version}")
PYTHON
}

# set_up NAME PYTHON: an environment with this checkout and what its tests need.
set_up() {
    local place=".venv-$1" python="$2" wanted
    wanted=$(cat setup.cfg scripts/check_versions.sh | cksum)
    if [ "$(cat "$place/.checked" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    echo "setting up $place" >&2
    "$python" -m venv --clear "$place"
    : > "$place/constraints.txt"
    if [ "$1" = oldest ]; then
        oldest_versions "$python" > "$place/constraints.txt"
    fi
    "$place/bin/python" -m pip install -qq --disable-pip-version-check --prefer-binary \
        --constraint "$place/constraints.txt" --editable . pytest pytest-xdist hypothesis wheel
    printf '%s' "$wanted" > "$place/.checked"
}

names="oldest newest" tests=""
case "${1:-}" in oldest | newest) names="$1"; shift ;; esac
if [ "${1:-}" = --smoke ]; then
    tests="$SMOKE"
    shift
fi
for name in $names; do
    if [ "$name" = oldest ]; then python="${OLD_PYTHON:-python3}"; else python="${NEW_PYTHON:-python3}"; fi
    set_up "$name" "$python"
    echo "$name: $(".venv-$name/bin/python" --version)" >&2
    # shellcheck disable=SC2086 - a list of paths
    ".venv-$name/bin/python" -m pytest -m "not slow" "$@" $tests
done
