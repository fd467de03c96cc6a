"""Rows and files to records: columns mapped, hashes taken, and the reason given where there is nothing to use."""

from __future__ import annotations

from corpus.loaders.fields import Mapped
from corpus.loaders.formats import Format
from corpus.loaders.inputfile import InputFile
from corpus.loaders.markdown import front_matter
from corpus.loaders.options import Options
from corpus.loaders.record import Decision, Record, Row, content_hash, sha256_hex
from corpus.loaders.sniff import declared_charset

_NOTHING = Mapped(None, {}, None, None, None)


def reject_record(source: str, reason: str, source_sha256: str | None = None, format_: str | None = None) -> Record:
    """The record of what could not be read."""
    return Record(source, source_sha256, sha256_hex(f"{source}\0{reason}".encode()), format_, reject=reason)


def row_record(
    row: Row, source: str, source_sha256: str | None, format_: str, options: Options, decision: Decision | None
) -> Record:
    """The record of one row of a file."""
    mapped = options.columns.map(row.values) if row.values else _NOTHING
    digest = content_hash(mapped.text, mapped.fields, mapped.given)
    if not row.values:
        digest = sha256_hex(f"{row.reject}\0{row.raw}".encode("utf-8", "surrogatepass"))
    encoding, confidence, repair = row.decision or decision or Decision(None, None)
    return Record(
        source,
        source_sha256,
        digest,
        format_,
        text=mapped.text,
        markup=mapped.markup,
        fields=mapped.fields,
        given=mapped.given,
        encoding=encoding,
        encoding_confidence=confidence,
        repair=repair,
        reject=row.reject or mapped.reject,
    )


def article_record(file: InputFile, origin: InputFile, format_: Format, options: Options) -> Record:
    """The record of a file that is one article; `origin` is the file as it lies, compressed if it is."""
    data, reason = file.whole(options.limits.article_bytes)
    digest = sha256_hex(data)
    is_plain = origin is file and reason is None
    return Record(
        file.source,
        digest if is_plain else origin.sha256(),
        digest,
        format_.name,
        data=data or None,
        declared=declared_charset(data) if format_.name == "html" else None,
        fields=_front_fields(data, options) if format_.name == "markdown" else {},
        reject=reason or (None if data.strip() else "load:empty"),
    )


def _front_fields(data: bytes, options: Options) -> dict[str, str]:
    from corpus.encoding import decode

    return front_matter(decode(data).text, options.columns)[0]
