# Make the environment in .venv and put this checkout into it. Sourced by build_seeds.sh and run_tests.sh:
#     . scripts/setup.sh [EXTRAS]        EXTRAS as pip knows them, for example [dev]
# PYTHON names the interpreter to start from (default: python3; 3.10 or newer).

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    echo "Song Ngữ needs Python 3.10 or newer; name one with: PYTHON=python3.12 bash $0" >&2
    exit 2
fi
if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv || {
        echo "could not make .venv; on Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 2
    }
fi
# Installing again costs seconds, so it is done only when what decides the environment has changed.
wanted=$(cat setup.cfg pyproject.toml scripts/setup.sh | cksum)"${1:-}"
if [ "$(cat .venv/.songngu-extras${1:-} 2>/dev/null)" != "$wanted" ]; then
    .venv/bin/python -m pip install -qq --disable-pip-version-check --editable ".${1:-}" || exit 2
    printf '%s' "$wanted" > .venv/.songngu-extras${1:-}
fi
export PATH="$PWD/.venv/bin:$PATH"
