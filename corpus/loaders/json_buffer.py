"""A JSON text that arrives in pieces, and the values cut out of it.

A value is parsed where it stands, at the speed of the parser. Only where that fails (the value is broken, or not all of
it has arrived) a scan for its end decides which of the two it is; the scan goes on where it stopped, so that the time
stays linear in the length of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from corpus.loaders.record import Damaged

_SPACE = re.compile(r"[\s,\ufeff]*")
_OUTSIDE = re.compile(r'["\[\]{}]')
_INSIDE = re.compile(r'["\\]')
_BARE_END = re.compile(r"[\s,\[\]{}\"]")
_LEAST_READ = 1 << 18
_KEPT_RAW = 1000
_parse = json.JSONDecoder().raw_decode


class Cut(NamedTuple):
    """A value cut out of the text, or the reason why it is none and how it starts."""

    value: object = None
    reject: str | None = None
    raw: str = ""


@dataclass
class _Scan:
    """How far the search for the end of a value has come, counted from its start; `bare` is a number or a word."""

    bare: bool
    position: int = 0
    depth: int = 0
    inside: bool = False


class JsonBuffer:
    """The part of the text that is in memory; `limit` is the length of the longest value that is kept.

    >>> buffer = JsonBuffer(['{"a": 1} {"b"', ': broken} 3'], limit=100)
    >>> [buffer.value() for _ in range(3) if buffer.peek()][:2]
    [Cut(value={'a': 1}, reject=None, raw=''), Cut(value=None, reject='load:malformed', raw='{"b": broken}')]
    """

    def __init__(self, pieces: Iterable[str], limit: int) -> None:
        self._pieces = iter(pieces)
        self._limit = limit
        self._text, self._position = "", 0
        self._broken: Damaged | None = None

    def peek(self) -> str:
        """The next character that is no space or comma, which is where the buffer now stands; "" at the end."""
        while True:
            self._position = _end_of(_SPACE, self._text, self._position)
            if self._position < len(self._text) or not self._more():
                return self._text[self._position : self._position + 1]

    def peek_second(self) -> str:
        """The character behind the one that `peek` gives, spaces left out."""
        self.peek()
        while True:
            second = _end_of(_SPACE, self._text, self._position + 1)
            if second < len(self._text) or not self._more():
                return self._text[second : second + 1]

    def take(self) -> str:
        """The next character, stepped over."""
        taken = self.peek()
        self._position += len(taken)
        return taken

    def take_match(self, pattern: re.Pattern[str], longest: int) -> bool:
        """Step over what `pattern` matches here, if it does; it is shown `longest` characters if there are so many."""
        self.peek()
        while len(self._text) - self._position < longest and self._more():
            pass
        found = pattern.match(self._text, self._position)
        self._position = found.end() if found else self._position
        return found is not None

    def value(self, *, skip: bool = True) -> Cut:
        """The value that starts here, stepped over; with `skip=False` one that is too large is left where it is."""
        self.peek()
        try:
            value, end = _parse(self._text, self._position)
        except (ValueError, RecursionError):
            return self._scanned(skip)
        if isinstance(value, (int, float)) and end == len(self._text):
            return self._scanned(skip)  # more digits may come
        if end - self._position > self._limit:
            return self._scanned(skip)
        self._position = end
        return Cut(value)

    def _scanned(self, skip: bool) -> Cut:
        scan = _Scan(bare=self._text[self._position] not in '{["')
        while (length := self._advance(scan)) is None:
            if scan.position > self._limit:
                return self._too_large(scan, None, skip)
            if not self._more():
                return self._cut_short()
        if length > self._limit:
            return self._too_large(scan, length, skip)
        raw = self._text[self._position : self._position + length]
        self._position += length
        try:
            return Cut(json.loads(raw))
        except (ValueError, RecursionError):
            return Cut(reject="load:malformed", raw=raw)

    def _cut_short(self) -> Cut:
        raw = self._text[self._position :]
        self._position = len(self._text)
        try:
            return Cut(json.loads(raw))  # a number that the end of the text ends
        except (ValueError, RecursionError):
            return Cut(reject="load:truncated" if raw[0] in '{["' else "load:malformed", raw=raw)

    def _too_large(self, scan: _Scan, length: int | None, skip: bool) -> Cut:
        cut = Cut(reject="load:too-large", raw=self._text[self._position : self._position + _KEPT_RAW])
        if not skip:
            return cut
        while length is None and (length := self._advance(scan)) is None:
            self._position += scan.position
            scan.position = 0
            if not self._more():
                return cut
        self._position += length
        return cut

    def _advance(self, scan: _Scan) -> int | None:
        """Carry the scan on through what is in memory: the length of the value, or None where it goes on."""
        text, start = self._text, self._position
        at = start + scan.position
        if scan.bare:
            found = _BARE_END.search(text, max(at, start + 1))
            scan.position = found.start() - start if found else len(text) - start
            return scan.position if found else None
        while found := (_INSIDE if scan.inside else _OUTSIDE).search(text, at):
            mark, at = found.group(), found.end()
            if mark == "\\":
                at += 1
                if at > len(text):
                    scan.position = found.start() - start
                    return None
                continue
            if mark == '"':
                scan.inside = not scan.inside
            else:
                scan.depth += 1 if mark in "[{" else -1
            scan.position = at - start
            if not scan.depth and not scan.inside:
                return scan.position
        scan.position = len(text) - start
        return None

    def _more(self) -> bool:
        """Read on, at least as much as is held already, so that copying stays linear; False at the end."""
        if self._broken is not None:
            raise self._broken
        held = self._text[self._position :]
        parts, size = [held], 0
        try:
            for piece in self._pieces:
                parts.append(piece)
                size += len(piece)
                if size >= max(_LEAST_READ, len(held)):
                    break
        except Damaged as damage:
            self._broken = damage  # for when all that came before it is used up
        self._text, self._position = "".join(parts), 0
        return size > 0 or (self._broken is not None and self._more())


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
