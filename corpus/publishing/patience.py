"""Asking again when the Hub is busy or the line drops, and for how long.

`huggingface_hub` repeats some of its requests itself (listings, uploads, the check of what is there) and others not
(making a repository, the commit, a tag). Here only what it does not repeat is repeated.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Result = TypeVar("Result")

ATTEMPTS = 6
FIRST_WAIT = 1.0
LONGEST_WAIT = 16.0
LONGEST_WISH = 300.0
"""Seconds. A Hub that asks for more than this (Retry-After) is not waited for."""

REPEATED_INSIDE = 15.0
"""Seconds. A failing request of the kind that the library repeats was repeated by it if it took longer than this."""

MOVED_ON = 412
BUSY = frozenset({408, MOVED_ON, 429, 500, 502, 503, 504})


Listener = Callable[[int, int], None]
"""Called before each pause, with the number of the next try and how many there are."""
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Within this, `listener` is told of every pause: someone may be watching, as of a command."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def ask_patiently(request: Callable[[], Result], *, may_repeat_itself: bool = False) -> Result:
    """The result of `request`, asked up to six times while it fails for a reason that passes; then its last error.

    `may_repeat_itself` says that some version of the library repeats the request: one that failed slowly was, and is
    not asked again.
    """
    wait = FIRST_WAIT
    for attempt in range(1, ATTEMPTS + 1):
        started = time.monotonic()
        try:
            return request()
        except hub_errors() as error:
            pause = wished_pause(error)
            tired = may_repeat_itself and time.monotonic() - started > REPEATED_INSIDE
            if attempt == ATTEMPTS or tired or not is_passing(error) or (pause or 0) > LONGEST_WISH:
                raise
        if listener := _listener.get():
            listener(attempt + 1, ATTEMPTS)
        time.sleep(wait if pause is None else pause)
        wait = min(2 * wait, LONGEST_WAIT)
    raise AssertionError("the last attempt returns or raises")


def hub_errors() -> tuple[type[Exception], ...]:
    """Whatever a request to the Hub can raise.

    The HTTP client below `huggingface_hub` is not the same in all of its versions; the root of the client's errors is
    the base that `HfHubHTTPError` has in each of them. ValueError, LookupError and RuntimeError are what the library
    makes of answers it cannot read and of failed uploads.
    """
    return (OSError, ValueError, LookupError, RuntimeError, client_error())


def client_error() -> type[Exception]:
    """The root of the errors of the HTTP client."""
    from huggingface_hub.errors import HfHubHTTPError

    return next(base for base in HfHubHTTPError.__bases__ if issubclass(base, Exception))


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was made of, from the outside in."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__


def status_of(error: BaseException) -> int | None:
    """The status of the answer that lies at the bottom of an error, None where there was no answer."""
    for each in causes(error):
        response = getattr(each, "response", None)
        if response is not None:
            return int(response.status_code)
    return None


def is_lost_line(error: BaseException) -> bool:
    """Whether no whole answer came: refused, reset, cut off, timed out, or an answer that is no JSON."""
    if status_of(error) is not None:
        return False
    kinds = (client_error(), ConnectionError, TimeoutError, json.JSONDecodeError)
    return any(isinstance(each, kinds) for each in causes(error)) and not is_offline(error)


def is_offline(error: BaseException) -> bool:
    """Whether the library was told to stay off the network (HF_HUB_OFFLINE)."""
    from huggingface_hub.errors import OfflineModeIsEnabled

    return any(isinstance(each, OfflineModeIsEnabled) for each in causes(error))


def is_passing(error: BaseException) -> bool:
    """Whether asking again may help."""
    return status_of(error) in BUSY or is_lost_line(error)


def wished_pause(error: BaseException) -> float | None:
    """The seconds a busy Hub asks to wait, by `Retry-After`; None where it names none or a date."""
    for each in causes(error):
        response = getattr(each, "response", None)
        if response is not None:
            value = str(response.headers.get("Retry-After", "")).strip()
            return float(value) if value.isascii() and value.isdigit() else None
    return None
