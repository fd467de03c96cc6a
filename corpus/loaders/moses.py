"""Moses pairs: `name.vi` and `name.en`, or `name.en-vi.vi` and `name.en-vi.en`: line i with line i.

What an export wrote beside them is read with them: `.ids`, an id a line, and `.scores`, columns under a header.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat, zip_longest

from corpus.loaders.containers import without_compression
from corpus.loaders.decoding import Line, decode_stream, lines
from corpus.loaders.fields import language_code
from corpus.loaders.inputfile import InputFile
from corpus.loaders.options import Options
from corpus.loaders.record import Row

_GONE = Line("", "load:unpaired")
_STEP = 1 << 16
_COMPANIONS = ("ids", "scores")


def rows(file: InputFile, options: Options) -> Iterator[Row]:
    """One row a line of the Vietnamese `file` and its English partner; a surplus line has no partner."""
    if file.partner is None:
        return
    limit = options.limits.record_bytes
    decision, vietnamese = decode_stream(file.chunks())
    _, english = decode_stream(file.partner.chunks())
    beside = _beside(file.path, limit)
    for vi, en in zip_longest(lines(vietnamese, limit), lines(english, limit), fillvalue=_GONE):
        yield Row({**next(beside), "vi": vi.text, "en": en.text}, vi.reject or en.reject, decision=decision)


def _beside(path: str | None, limit: int) -> Iterator[dict[str, str]]:
    """The id and the scores of each row, endlessly; empty where an export wrote none or they have come to their end."""
    stem = path.rpartition(".")[0] if path else ""
    ids = ({"id": line} for line in _read_lines(f"{stem}.ids", limit))
    scores = _scores(_read_lines(f"{stem}.scores", limit))
    nothing: dict[str, str] = {}
    for name, values in zip_longest(ids, scores, fillvalue=nothing):
        yield {**name, **values}
    yield from repeat({})


def _scores(table: Iterator[str]) -> Iterator[dict[str, str]]:
    """The rows below a header that names scores; other projects have files of this name that hold something else."""
    names = next(table, "").split("\t")
    if "quality" in names:
        yield from (dict(zip(names, line.split("\t"), strict=False)) for line in table)


def _read_lines(path: str, limit: int) -> Iterator[str]:
    """The lines of a file; none where there is no such file, it may not be read, or it is a link to who knows where."""
    if not os.path.isfile(path) or os.path.islink(path):
        return
    try:
        with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
            yield from (line.text for line in lines(iter(lambda: file.read(_STEP), ""), limit))
    except OSError:
        return  # The pairs themselves are read; that nothing is known of them is no damage.


def partners(names: Iterable[str]) -> dict[str, str]:
    """The English half for each Vietnamese half among the file names of one folder.

    >>> partners(["tin.en-vi.vi.gz", "tin.en-vi.en.gz", "tin.vi", "ghi chú.txt"])
    {'tin.en-vi.vi.gz': 'tin.en-vi.en.gz'}
    """
    halves: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for name in sorted(names):
        stem, _, ending = without_compression(name).rpartition(".")
        lang = language_code(ending)
        if lang and stem:
            halves[lang].setdefault(stem, name)
    return {name: halves["en"][stem] for stem, name in halves["vi"].items() if stem in halves["en"]}


def companions(pairs: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The ids and scores among the file names of one folder that belong to its pairs, as `partners` found them.

    >>> companions({"tin.en-vi.vi": "tin.en-vi.en"}, ["tin.en-vi.ids", "tin.en-vi.scores", "ghi chú.ids"])
    ['tin.en-vi.ids', 'tin.en-vi.scores']
    """
    stems = {without_compression(name).rpartition(".")[0] for name in pairs}
    split = ((name, *name.rpartition(".")[::2]) for name in names)
    return [name for name, stem, ending in split if ending in _COMPANIONS and stem in stems]
