"""Put the dataset of a run on the Hugging Face Hub. The same as `songngu push`.

python scripts/publish.py out/mine my-name/my-corpus --dry-run
"""

from __future__ import annotations

import sys

import click

from corpus import SongNguError
from corpus.cli.push import command
from corpus.errors import NothingUsableError


def main() -> None:
    try:
        command.main(prog_name="publish.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SongNguError as error:
        print(f"publish.py: {error}", file=sys.stderr)
        sys.exit(1 if isinstance(error, NothingUsableError) else 2)


if __name__ == "__main__":
    main()
