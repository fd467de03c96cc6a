# Make the environment in .venv and put this checkout into it. Sourced by build_seeds.sh and run_tests.sh.
# PYTHON names the interpreter to start from (default: python3; 3.10 or newer).

# set_up EXTRAS: EXTRAS as pip knows them, for example "[dev]", or "" for none.
set_up() {
    local python="${PYTHON:-python3}" mark=".venv/.songngu$1" wanted
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        echo "Song Ngữ needs Python 3.10 or newer; name one with: PYTHON=python3.12 bash $0" >&2
        return 2
    fi
    if [ ! -x .venv/bin/python ]; then
        "$python" -m venv .venv || {
            echo "could not make .venv; on Debian and Ubuntu: apt-get install python3-venv" >&2
            return 2
        }
    fi
    # Installing again costs seconds, so it is done only when what decides the environment has changed.
    wanted=$(cat setup.cfg pyproject.toml scripts/setup.sh | cksum)
    if [ "$(cat "$mark" 2>/dev/null)" != "$wanted" ]; then
        echo "setting up .venv (the first time takes a minute or two)" >&2
        .venv/bin/python -m pip install -qq --disable-pip-version-check --editable ".$1" || return 2
        printf '%s' "$wanted" > "$mark"
    fi
    export PATH="$PWD/.venv/bin:$PATH"
}
