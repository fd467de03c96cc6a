"""Messages between a worker and its parent: a length, then that many bytes, over a pair of sockets.

What travels is pickled by this package for this package, on one machine and between a process and its own child; bytes
of an input are in it as values, and never as something to unpickle.
"""

from __future__ import annotations

import pickle
import socket
import struct
from collections.abc import Callable
from typing import Any

_LENGTH = struct.Struct("<Q")
_BLOCK = 1 << 20


def pack(message: Any) -> bytes:
    """A message as it travels. Raises what pickling raises."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """A message as it was packed."""
    return pickle.loads(data)


def send(channel: socket.socket, data: bytes) -> None:
    """Send one packed message. Raises OSError where the other side has gone."""
    channel.sendall(_LENGTH.pack(len(data)))
    channel.sendall(data)


def send_patiently(channel: socket.socket, data: bytes, seconds: float, look: Callable[[], None]) -> None:
    """Send one packed message to a side that may be too busy to take it: `look` is called whenever it has taken nothing
    for so many seconds. Raises OSError where the other side has gone."""
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    channel.settimeout(seconds)
    try:
        while rest:
            try:
                rest = rest[channel.send(rest[:_BLOCK]) :]
            except TimeoutError:
                look()
    finally:
        channel.settimeout(None)


def receive(channel: socket.socket) -> bytes | None:
    """The next packed message; None where the other side has gone."""
    head = _exactly(channel, _LENGTH.size)
    return None if head is None else _exactly(channel, _LENGTH.unpack(head)[0])


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        try:
            block = channel.recv(min(_BLOCK, size - len(data)))
        except OSError:
            return None
        if not block:
            return None
        data += block
    return bytes(data)
