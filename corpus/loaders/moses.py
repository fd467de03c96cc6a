"""Moses pairs: `name.vi` and `name.en`, or `name.en-vi.vi` and `name.en-vi.en`: line i with line i."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from corpus.loaders.containers import without_compression
from corpus.loaders.decoding import Line, decode_stream, lines
from corpus.loaders.fields import language_code
from corpus.loaders.inputfile import InputFile
from corpus.loaders.options import Options
from corpus.loaders.record import Row

_GONE = Line("", "load:unpaired")


def rows(file: InputFile, options: Options) -> Iterator[Row]:
    """One row a line of the Vietnamese `file` and its English partner; a surplus line has no partner."""
    if file.partner is None:
        return
    limit = options.limits.record_bytes
    decision, vietnamese = decode_stream(file.chunks())
    _, english = decode_stream(file.partner.chunks())
    for vi, en in zip_longest(lines(vietnamese, limit), lines(english, limit), fillvalue=_GONE):
        yield Row({"vi": vi.text, "en": en.text}, vi.reject or en.reject, decision=decision)


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
