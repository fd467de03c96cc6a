"""The lexicon that comes with the package, and the lexicons a caller names."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import UsageError
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.read import Entry, parse_entries, require_entries
from corpus.lexicon.store import load_lexicon


def hand_entries() -> list[Entry]:
    """The entries written by hand for this project, from the package's own files."""
    folder = resources.files("corpus").joinpath("data/lexicon")
    entries: list[Entry] = []
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".tsv"):
            entries += parse_entries(file.read_text("utf-8").split("\n"))[0]
    return entries


@cache
def shipped_lexicon() -> Lexicon:
    """The hand-written entries and what was learnt from open documentation, built by scripts/train_lexicon.py."""
    with resources.files("corpus").joinpath("data/alignment/lexicon.npz").open("rb") as file:
        return load_lexicon(file)[0]


@cache
def shipped_hash() -> str:
    """Sixteen hexadecimal digits of the lexicon and the weights that come with the package."""
    data = resources.files("corpus").joinpath("data/alignment")
    files = (data.joinpath(name).read_bytes() for name in ("lexicon.npz", "weights.json"))
    return hashlib.sha256(b"".join(files)).hexdigest()[:16]


def resolve_lexicon(lexicon: Any) -> Lexicon | None:
    """What a caller means by `lexicon`: "shipped", None, a Lexicon, or the path of a file (.npz or .tsv)."""
    if lexicon is None or isinstance(lexicon, Lexicon):
        return lexicon
    if lexicon == "shipped":
        return shipped_lexicon()
    if isinstance(lexicon, (str, Path)):
        return read_lexicon(lexicon)
    raise UsageError(f"lexicon={lexicon!r} is none; give 'shipped', None, a Lexicon or the path of a lexicon file")


def read_lexicon(path: str | Path) -> Lexicon:
    """A stored lexicon, or entries in a text file. Raises UsageError if it is neither.

    Single broken lines are passed over; `parse_entries` tells which they are.
    """
    path = Path(path)
    if path.suffix == ".npz":
        return load_lexicon(path)[0]
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"cannot read the lexicon {path} ({reason}); name a .npz or a UTF-8 .tsv file") from error
    entries, broken = parse_entries(text.split("\n"))
    require_entries(entries, broken, str(path))
    return from_entries(entries)
