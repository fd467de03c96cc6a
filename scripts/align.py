"""Align sentences. The same as `songngu align`.

python scripts/align.py article.vi article.en --lines
"""

from __future__ import annotations

import sys

import click

from corpus import SongNguError
from corpus.cli.align import command
from corpus.errors import NothingUsableError


def main() -> None:
    try:
        command.main(prog_name="align.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SongNguError as error:
        print(f"align.py: {error}", file=sys.stderr)
        sys.exit(1 if isinstance(error, NothingUsableError) else 2)


if __name__ == "__main__":
    main()
