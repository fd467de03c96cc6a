#!/usr/bin/env bash
# Set up, then lint, types and tests. Words after the script's name go to pytest.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
set_up "[dev]"
ruff check .
ruff format --check .
mypy
python -m pytest "$@"
