"""Align sentences. The same as `songngu align`.

python scripts/align.py article.vi article.en --lines
"""

from __future__ import annotations

from corpus.cli import run
from corpus.cli.align import command

if __name__ == "__main__":
    run(command, "align.py")
