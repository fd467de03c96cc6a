"""Files to records: containers are opened, formats found, loaders run, and every failure becomes a labelled record."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from corpus.loaders.apart import NATIVE, Apart
from corpus.loaders.archive import archive_files
from corpus.loaders.containers import compression, unpacked
from corpus.loaders.convert import article_record, reject_record, row_record
from corpus.loaders.decoding import decode_stream
from corpus.loaders.formats import Format, find_format, named
from corpus.loaders.hub import open_dataset, split_rows
from corpus.loaders.inputfile import InputFile, file_on_disk, spooled
from corpus.loaders.inputs import Named, find_files
from corpus.loaders.limits import MIB
from corpus.loaders.options import Options
from corpus.loaders.record import Damaged, Decision, Record, Row
from corpus.loaders.walk import Found

MANIFEST = "MANIFEST.json"
_MANIFEST_BYTES = 64 * MIB


@dataclass
class Reader:
    """Reads inputs one after another. `skipped` collects what gives no row; nothing else is kept."""

    options: Options
    formats: Sequence[Format]
    stdin: BinaryIO | None = None
    skipped: list[dict[str, str]] = field(default_factory=list)
    _apart: Apart = field(default_factory=Apart)

    def records(self, inputs: Sequence[Named]) -> Iterator[Record]:
        """The records of all inputs, in the order of the inputs and, below a folder, of the paths."""
        with closing(self._apart):
            yield from self._records(inputs)

    def _records(self, inputs: Sequence[Named]) -> Iterator[Record]:
        for found in find_files(inputs, self._skip):
            if isinstance(found, Found):
                yield from self._found(found)
            elif found.hub is not None:
                yield from self._dataset(found)
            else:
                yield from self._standard_input(found.source)

    def _skip(self, source: str, reason: str) -> None:
        self.skipped.append({"source": source, "reason": reason})

    def _found(self, found: Found) -> Iterator[Record]:
        if found.reject is not None:
            yield reject_record(found.source, found.reject)
            return
        limits = self.options.limits
        try:
            file = file_on_disk(found.source, found.path, limits, forced=found.forced)
            partner = file_on_disk(*found.partner, limits) if found.partner else None
        except Damaged as damage:
            yield reject_record(found.source, damage.reason)
            return
        yield from self._file(replace(file, partner=partner))

    def _standard_input(self, source: str) -> Iterator[Record]:
        try:
            file, spool = spooled(source, self.stdin or sys.stdin.buffer, self.options.limits)
        except Damaged as damage:
            yield reject_record(source, damage.reason)
            return
        with spool:
            yield from self._file(file)

    def _dataset(self, found: Named) -> Iterator[Record]:
        if found.hub is None:
            return
        for split, stream in open_dataset(found.hub).items():
            for number, row in enumerate(split_rows(stream, self.options), 1):
                record = row_record(row, f"{found.source}/{split}#{number}", None, "dataset", self.options, None)
                yield replace(record, source_sha256=record.sha256)

    def _file(self, origin: InputFile, depth: int = 0) -> Iterator[Record]:
        """The records of a file as it lies, which is `depth` containers deep."""
        if _is_manifest(origin):
            self._skip(origin.source, "manifest")
            return
        file = origin
        if file.partner is not None:
            moses = named("moses", self.formats)
            pair = replace(unpacked(file), partner=unpacked(file.partner))
            yield from self._rows(pair, origin, moses) if moses else ()
            return
        while compression(file.name):
            file, depth = unpacked(file), depth + 1
        is_archive = file.name.lower().endswith(".zip")
        if depth + is_archive > self.options.limits.depth:
            yield reject_record(origin.source, "load:too-deep", origin.sha256())
        elif is_archive:
            yield from self._archive(file, origin, depth + 1)
        else:
            yield from self._contents(file, origin)

    def _archive(self, file: InputFile, origin: InputFile, depth: int) -> Iterator[Record]:
        empty, reason = True, None
        try:
            with file.seekable() as handle:
                for member, reject in archive_files(file, handle, self._skip):
                    empty = False
                    yield from [reject_record(member.source, reject)] if reject else self._file(member, depth)
        except Damaged as damage:
            reason = damage.reason
        if reason or empty:
            yield reject_record(origin.source, reason or "load:empty", origin.sha256())

    def _contents(self, file: InputFile, origin: InputFile) -> Iterator[Record]:
        """The records of a file that is no container."""
        head = file.head()
        format_ = named(file.forced, self.formats) if file.forced else find_format(file.name, head, self.formats)
        if not head:
            reason = file.whole(1)[1] or "load:empty"
            known = format_.name if isinstance(format_, Format) else None
            yield reject_record(origin.source, reason, origin.sha256(), known)
        elif format_ is None or isinstance(format_, str):
            yield reject_record(origin.source, format_ or "load:unsupported", origin.sha256())
        elif format_.is_article:
            yield article_record(file, origin, format_, self.options)
        else:
            yield from self._rows(file, origin, format_)

    def _rows(self, file: InputFile, origin: InputFile, format_: Format) -> Iterator[Record]:
        """The records of a file that holds many; behind the last one that can be read, why it is the last."""
        sha256, number, reason = origin.sha256(), 0, None
        try:
            decision, rows = self._decoded(file, format_)
            for number, row in enumerate(rows, 1):
                yield row_record(row, f"{origin.source}#{number}", sha256, format_.name, self.options, decision)
        except Damaged as damage:
            reason = damage.reason
        except (OSError, MemoryError):
            raise
        except Exception:  # a loader met bytes that nobody thought of: that must not stop the others
            reason = "load:failed"
        if reason or not number:
            source = f"{origin.source}#{number + 1}" if number else origin.source
            yield reject_record(source, reason or "load:empty", sha256, format_.name)

    def _decoded(self, file: InputFile, format_: Format) -> tuple[Decision | None, Iterator[Row]]:
        if format_.from_text is not None:
            decision, pieces = decode_stream(file.chunks())
            return decision, format_.from_text(pieces, self.options)
        if format_.from_file is not None and format_.from_file in NATIVE.values():
            return None, self._apart.rows(format_.from_file, file, self.options)
        return None, format_.from_file(file, self.options) if format_.from_file else iter(())


def _is_manifest(file: InputFile) -> bool:
    """Whether a file is a list of files with their hashes rather than an article: by its name and its shape."""
    if file.name != MANIFEST:
        return False
    try:
        content = json.loads(file.whole(_MANIFEST_BYTES)[0])
    except (ValueError, RecursionError):
        return False
    lists = content.values() if isinstance(content, dict) else [content]
    return any(isinstance(entries, list) and entries and all(map(_names_file, entries)) for entries in lists)


def _names_file(entry: object) -> bool:
    return isinstance(entry, dict) and {"file", "sha256"} <= entry.keys()
