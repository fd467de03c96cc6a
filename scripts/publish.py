"""Put the dataset of a run on the Hugging Face Hub. The same as `songngu push`.

python scripts/publish.py out/mine my-name/my-corpus --dry-run
"""

from __future__ import annotations

from corpus.cli import run
from corpus.cli.push import command

if __name__ == "__main__":
    run(command, "publish.py")
