"""`score_file` and `filter_file`: from a file of pairs to one with scores, or to what passes a set of thresholds."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UsageError
from corpus.exporting.target import Outputs, check_file
from corpus.pairfiles.forms import STDIO, find_source, find_target
from corpus.pairfiles.judging import number, ratio_of, scored
from corpus.pairfiles.reading import SCORE_NAMES, Source, open_source
from corpus.pairfiles.survey import Survey, survey
from corpus.pairfiles.writing import Writer, moses_files, open_files, open_writer


@dataclass
class Filtered:
    """How many rows were kept, and how many fell out for each reason."""

    kept: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


class _Target:
    """Where rows go: checked before anything is read, opened when the columns are known."""

    def __init__(self, name: str, form: str | None, source_form: str, read: Sequence[str], *, force: bool) -> None:
        self.form, self.path = find_target(name, form, source_form)
        self.is_stdout = name == STDIO
        self.paths = [] if self.is_stdout else moses_files(self.path) if self.form == "moses" else [self.path]
        for path in self.paths:
            if any(path.exists() and os.path.exists(file) and os.path.samefile(path, file) for file in read):
                raise UsageError(f"{path} is read and cannot be written at the same time; name another file with -o")
            check_file(path, force=force)

    def open(self, outputs: Outputs, names: Sequence[str], source: Source) -> Writer:
        files = [sys.stdout.buffer] if self.is_stdout else open_files(outputs, self.form, self.path)
        return open_writer(self.form, files, names, source.arrow)


def score_file(
    inputs: str | Sequence[str],
    to: str,
    *,
    form_in: str | None = None,
    form_out: str | None = None,
    num_proc: int = 1,
    force: bool = False,
    stdin: BinaryIO | None = None,
    notice: Callable[[str], None] | None = None,
) -> int:
    """Write the rows of a file of pairs, each with every score; how many there were.

    `inputs` is a file, a Moses prefix, or the two halves of Moses; `-` is standard input, and as `to` standard output.
    Same rows, same order, whatever they are like: a row without a partner has no scores, and quality 0. The forms
    (tsv, moses, tmx, jsonl, parquet) are told by the names unless they are given. `notice` is told what looks wrong.

    Raises UsageError where the call cannot be carried out; nothing is written then.
    """
    source, target = _opened(inputs, to, form_in, form_out, force=force, stdin=stdin)
    found = _surveyed(source)
    names = ["vi", "en", *SCORE_NAMES, *found.further]
    with Outputs() as outputs:
        writer = target.open(outputs, names, source)
        for row in scored(source.rows(), ratio_of(found.sample), num_proc=num_proc):
            writer.write(row)
        writer.finish()
    if notice and source.form == "tsv" and next(source.rows()) == {"vi": "vi", "en": "en"}:
        notice(f"the first line of {source.name} is `vi<TAB>en`, scored as a pair; take it out if it is a header")
    return found.rows


def filter_file(
    inputs: str | Sequence[str],
    to: str,
    *,
    accept: str = "default",
    rejected: str | None = None,
    form_in: str | None = None,
    form_out: str | None = None,
    num_proc: int = 1,
    force: bool = False,
    stdin: BinaryIO | None = None,
) -> Filtered:
    """Write the rows that pass the thresholds `accept`: default, strict, loose, or a file.

    What falls out goes to `rejected`, its reason in the column `reject`. Rows that have no scores yet are scored first.
    The other arguments are those of `score_file`. Raises UsageError where the call cannot be carried out.
    """
    from corpus.scoring import load_thresholds

    thresholds = load_thresholds(accept)
    source, target = _opened(inputs, to, form_in, form_out, force=force, stdin=stdin)
    other = _Target(rejected, form_out, source.form, _names(inputs), force=force) if rejected else None
    if other and (set(other.paths) & set(target.paths) or (other.is_stdout and target.is_stdout)):
        raise UsageError("kept and rejected rows would go to the same place; name two files with -o and --rejected")
    found, counts = _surveyed(source), Filtered()
    names = ["vi", "en", *SCORE_NAMES, *(name for name in found.further if name != "reject")]
    with Outputs() as outputs:
        kept = target.open(outputs, names, source)
        out = other.open(outputs, [*names, "reject"], source) if other else None
        for row in scored(source.rows(), ratio_of(found.sample), num_proc=num_proc, keep=True):
            scores = {"align_prob": number(row.get("align_prob")), **{name: row[name] for name in SCORE_NAMES}}
            reason = thresholds.reject(scores)
            if reason is None:
                counts.kept += 1
                kept.write(row)
            else:
                counts.rejected[reason] += 1
                if out:
                    out.write({**row, "reject": reason})
        kept.finish()
        if out:
            out.finish()
    return counts


def _names(inputs: str | Sequence[str]) -> tuple[str, ...]:
    return (inputs,) if isinstance(inputs, (str, Path)) else tuple(inputs)


def _opened(
    inputs: str | Sequence[str],
    to: str,
    form_in: str | None,
    form_out: str | None,
    *,
    force: bool,
    stdin: BinaryIO | None,
) -> tuple[Source, _Target]:
    named = find_source(_names(inputs), form_in)
    target = _Target(to, form_out, named.form, named.paths, force=force)
    return open_source(named, stdin), target


def _surveyed(source: Source) -> Survey:
    found = survey(source.rows())
    if not found.rows:
        raise UsageError(f"{source.name} holds no pair; write one a line: Vietnamese, a tab, English")
    return found
