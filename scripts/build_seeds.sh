#!/usr/bin/env bash
# Set up, then build the dataset from seeds/ into out/seeds. Words after the script's name go to `songngu build`.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
set_up ""
songngu build seeds -o out/seeds "$@"
