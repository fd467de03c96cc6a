"""Which form a file of pairs has, by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from corpus.errors import UsageError, unknown
from corpus.loaders.containers import without_compression
from corpus.loaders.fields import language_code

STDIO = "-"
FORMS: dict[str, tuple[str, ...]] = {
    "tsv": (".tsv", ".tab", ".txt"),
    "jsonl": (".jsonl", ".ndjson"),
    "tmx": (".tmx",),
    "parquet": (".parquet", ".pq"),
    "moses": (),
}
_PAIRS = (("vi", "en"), ("en-vi.vi", "en-vi.en"), ("vi-en.vi", "vi-en.en"))
_PACKED = ("", ".gz", ".zst", ".bz2", ".xz")


class Named(NamedTuple):
    """A form and the files in it: one, or the Vietnamese and the English half of Moses."""

    form: str
    paths: tuple[str, ...]


def form_of(name: str) -> str | None:
    """The form that a file name tells, compressed or not.

    >>> form_of("tin.tsv.gz"), form_of("tin.en-vi.vi"), form_of("tin"), form_of("-")
    ('tsv', 'moses', None, 'tsv')
    """
    if name == STDIO:
        return "tsv"
    ending = os.path.splitext(without_compression(os.path.basename(name)))[1].lower()
    if ending[1:] and language_code(ending[1:]):
        return "moses"
    return next((form for form, endings in FORMS.items() if ending in endings), None)


def check_form(form: str | None) -> str | None:
    """The form. Raises UsageError for a name that is none."""
    if form is not None and form not in FORMS:
        raise unknown("form", form, FORMS)
    return form


def find_source(names: tuple[str, ...], form: str | None = None) -> Named:
    """The files of pairs that a user names: one file, a Moses prefix, or its two halves in any order.

    Raises UsageError where there are none or more than two, or their form cannot be told.
    """
    if len(names) == 2:
        return Named("moses", _halves(names))
    if len(names) != 1:
        raise UsageError(f"{len(names)} files are named; name one file of pairs, or the two halves of Moses")
    (name,) = names
    form = check_form(form) or form_of(name)
    there = name == STDIO or os.path.isfile(name)
    if form == "moses" or (form is None and not there):
        return Named("moses", _partners(name))
    if not there:
        what = "is a folder" if os.path.isdir(name) else "is not there"
        raise UsageError(f"{name} {what}; name a file of pairs, a Moses prefix, or - for standard input")
    if form is None:
        raise UsageError(f"the name {name} does not tell its form; add --from with one of {', '.join(sorted(FORMS))}")
    return Named(form, (name,))


def _halves(names: tuple[str, ...]) -> tuple[str, str]:
    """Two named files, the Vietnamese one first."""
    for name in names:
        if not os.path.isfile(name):
            raise UsageError(f"there is no file {name}; name the Vietnamese and the English half of Moses files")
    langs = [language_code(without_compression(name).rpartition(".")[2]) for name in names]
    return (names[1], names[0]) if langs == ["en", "vi"] else (names[0], names[1])


def _partners(name: str) -> tuple[str, str]:
    """The two halves of a Moses prefix, or of one half."""
    plain = without_compression(name)
    stem, _, ending = plain.rpartition(".")
    prefix = stem if stem and language_code(ending) else plain
    for vi, en in _PAIRS:
        for packed in _PACKED:
            halves = f"{prefix}.{vi}{packed}", f"{prefix}.{en}{packed}"
            if all(map(os.path.isfile, halves)):
                return halves
    raise UsageError(
        f"there is neither a file {name} nor Moses files {prefix}.vi and {prefix}.en; name a file of pairs, a prefix, "
        "or both halves"
    )


def find_target(name: str, form: str | None, fallback: str) -> tuple[str, Path]:
    """The form and the path of what is to be written; a name without an ending of its own is a Moses prefix.

    `fallback` is the form for standard output where none is named.
    """
    form = check_form(form)
    if name == STDIO:
        if (form or fallback) in ("moses", "parquet"):
            raise UsageError(f"{form or fallback} does not go to standard output; name a file with -o, or add --to tsv")
        return form or fallback, Path(STDIO)
    if without_compression(name) != name:
        raise UsageError(f"compressed files are read but not written; name {without_compression(name)} with -o")
    known = form or form_of(name)
    if known is None and os.path.splitext(name)[1]:
        raise UsageError(
            f"no form for the name {name}; end it in .tsv, .jsonl, .tmx or .parquet, or add --to with one of "
            f"{', '.join(sorted(FORMS))}"
        )
    if known in (None, "moses"):
        stem, _, ending = name.rpartition(".")
        return "moses", Path(stem if stem and language_code(ending) else name)
    return known, Path(name)
