"""The members of a ZIP archive as files to read, each with the reason why it cannot be where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from corpus.loaders.fields import language_code
from corpus.loaders.inputfile import InputFile
from corpus.loaders.limits import Limits
from corpus.loaders.moses import partners
from corpus.loaders.names import is_hidden, printable
from corpus.loaders.record import Damaged
from corpus.loaders.walk import Skip
from corpus.loaders.zipped import Member, member_chunks, members


def archive_files(archive: InputFile, handle: BinaryIO, skip: Skip) -> Iterator[tuple[InputFile, str | None]]:
    """The files in an open archive, in its own order.

    Raises Damaged behind the last of them where the archive is cut short, at once where it is none. Names are kept
    while it is read, because an archive may hold one name several times.
    """
    limits, size = archive.limits, handle.seek(0, 2)
    halves = _language_files(handle)
    pairs = partners(halves)
    english = set(pairs.values())
    seen: set[str] = set()
    unpacked = 0
    for count, member in enumerate(members(handle), 1):
        if count > limits.members:
            raise Damaged("load:too-large")
        if member.is_folder:
            continue
        file = _member_file(archive, handle, member, seen)
        reject = member.reject() or _over(limits, unpacked + member.unpacked, size)
        if reject is None:
            unpacked += member.unpacked
            if _is_hidden(member.name) or member.name in english:
                skip(file.source, "hidden" if _is_hidden(member.name) else "moses-partner")
                continue
            if member.name in pairs:
                other = halves[pairs[member.name]]
                file = _with_partner(file, _member_file(archive, handle, other, set()))
        yield file, reject


def _member_file(archive: InputFile, handle: BinaryIO, member: Member, seen: set[str]) -> InputFile:
    source = _unlike(seen, f"{archive.source}!{printable(member.name)}")
    name = re.split(r"[/\\]", member.name)[-1]
    chunks = partial(member_chunks, handle, member, archive.limits)
    return InputFile(source, name, chunks, archive.limits)


def _with_partner(file: InputFile, partner: InputFile) -> InputFile:
    return InputFile(file.source, file.name, file.open_chunks, file.limits, partner=partner)


def _unlike(seen: set[str], source: str) -> str:
    """The source, with a number behind it where the archive holds the name already."""
    name, number = source, 1
    while name in seen:
        number += 1
        name = f"{source}~{number}"
    seen.add(name)
    return name


def _over(limits: Limits, unpacked: int, size: int) -> str | None:
    """Whether so many bytes are more than an archive of that size may unpack to.

    Members hold no more than the directory says (reading them stops there), so what it says can be relied on.
    """
    if unpacked > limits.ratio_floor and unpacked > limits.ratio * size:
        return "load:bomb"
    return "load:too-large" if unpacked > limits.decompressed_bytes else None


def _language_files(handle: BinaryIO) -> dict[str, Member]:
    """The members whose names end in a language, among which pairs are looked for."""
    found: dict[str, Member] = {}
    try:
        for member in members(handle):
            if _may_be_half(member.name) and member.reject() is None:
                found[member.name] = member
    except Damaged:
        pass  # met again, and labelled, when the members are read
    return found


def _may_be_half(name: str) -> bool:
    return any(language_code(ending) for ending in name.split(".")[-2:])


def _is_hidden(name: str) -> bool:
    return any(is_hidden(part) for part in re.split(r"[/\\]", name) if part != ".")
