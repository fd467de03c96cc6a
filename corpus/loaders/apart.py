"""Formats that native code parses are read in a process of their own: a file that breaks the parser ends that process.

The process gets the open file and sends back one line of JSON a row, as soon as it has read it; what it sends is data
and nothing else. Where it dies or falls silent, the rows that came stay, and the reader adds one that says why.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from corpus.engine.child import start_child, take_over
from corpus.loaders import columnar
from corpus.loaders.fields import Columns
from corpus.loaders.inputfile import InputFile
from corpus.loaders.limits import Limits
from corpus.loaders.options import Options
from corpus.loaders.record import Damaged, Row

Rows = Callable[[InputFile, Options], Iterator[Row]]
NATIVE: dict[str, Rows] = {"parquet_rows": columnar.parquet_rows, "arrow_rows": columnar.arrow_rows}
"""The loaders whose bytes native code parses."""
PATIENCE_SECONDS = 300.0
"""How long the process may be silent: it reads some megabytes between two rows, on a disk that may be slow."""
_MOST_BITS = 1000
_TAG = "\0"
_TYPES: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat, "Decimal": Decimal,
}  # fmt: skip


class Apart:
    """The process that reads, started with the first file and used for those after it until one breaks it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket
        self._answers: BinaryIO

    def rows(self, loader: Rows, file: InputFile, options: Options) -> Iterator[Row]:
        """What `loader`, one of NATIVE, yields for a file. Raises Damaged where it, or its process, cannot go on."""
        asked = {"loader": loader.__name__, "limits": asdict(options.limits), "fields": dict(options.columns.chosen)}
        with file.seekable() as handle:
            self._start()
            try:
                socket.send_fds(self._channel, [json.dumps(asked).encode() + b"\n"], [handle.fileno()])
                while (answer := self._answer())["row"] is not None:
                    yield Row(**answer["row"])
            except TimeoutError:
                self.close()
                raise Damaged("load:timeout") from None
            except (OSError, ValueError, TypeError, KeyError):  # it has died, perhaps in the middle of a line
                self.close()
                raise Damaged("load:crashed") from None
            except GeneratorExit:
                self.close()
                raise
        if answer["damage"] is not None:
            raise Damaged(answer["damage"])

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._answers.close()
            self._channel.close()
            self._process = None

    def _start(self) -> None:
        if self._process is None:
            self._channel, theirs = socket.socketpair()
            with theirs:
                self._process = start_child("corpus.loaders.apart", theirs, 0)
            self._channel.settimeout(PATIENCE_SECONDS)
            self._answers = self._channel.makefile("rb")

    def _answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._answers.readline(), object_hook=_from_json)
        return answer


# In the process


def main() -> None:
    """Read one file after another, until the parent has gone."""
    channel, _ = take_over()
    while True:
        asked, descriptors, _, _ = socket.recv_fds(channel, 1 << 20, 1)
        if not asked:
            return
        try:
            with suppress(BrokenPipeError):
                _serve(channel, json.loads(asked), descriptors[0])
        finally:
            os.close(descriptors[0])


def _serve(channel: socket.socket, asked: dict[str, Any], descriptor: int) -> None:
    limits = Limits(**asked["limits"])
    file = InputFile("", "", lambda: (), limits, path=f"/dev/fd/{descriptor}")
    damage = None
    try:
        for row in NATIVE[asked["loader"]](file, Options(limits, Columns.choose(asked["fields"]))):
            values = {name: _to_json(value) for name, value in row.values.items()}
            _send(channel, row=row._replace(values=values)._asdict())
    except Damaged as found:
        damage = found.reason
    except MemoryError:
        sys.exit(1)
    except BrokenPipeError:
        raise
    except Exception:  # a loader met bytes that nobody thought of
        damage = "load:failed"
    _send(channel, row=None, damage=damage)


def _send(channel: socket.socket, **answer: Any) -> None:
    channel.sendall(json.dumps(answer).encode() + b"\n")


def _to_json(value: Any) -> Any:
    """A value as JSON has it. What no field of a record can hold becomes None."""
    if isinstance(value, dict):
        return {name: _to_json(inner) for name, inner in value.items() if isinstance(name, str) and name != _TAG}
    if isinstance(value, (list, tuple)):
        return [_to_json(inner) for inner in value]
    if isinstance(value, int):
        return value if value.bit_length() < _MOST_BITS else None
    if value is None or isinstance(value, (str, float)):
        return value
    for name, type_ in (("datetime", datetime), ("date", date), ("time", time)):
        if isinstance(value, type_):
            return {_TAG: [name, value.isoformat()]}
    return {_TAG: ["Decimal", str(value)]} if isinstance(value, Decimal) else None


def _from_json(values: dict[str, Any]) -> Any:
    if _TAG not in values:
        return values
    name, text = values[_TAG]
    return _TYPES[name](text)
