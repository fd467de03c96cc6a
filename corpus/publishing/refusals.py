"""What went wrong at the Hub, in a sentence that ends in the next step, and never with the token in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from corpus.errors import UsageError
from corpus.publishing.patience import MOVED_ON, hub_errors, is_lost_line, is_offline, status_of, wished_pause
from corpus.publishing.repository import bars_on_terminals_only

Result = TypeVar("Result")

LONGEST_QUOTE = 300
RUN_AGAIN = "give the same command again"
RESUMED = f"{RUN_AGAIN}: what has arrived is not sent again"
FULL = (402, 413, 507)


def ask(request: Callable[[], Result], repo_id: str, *, again: str = RUN_AGAIN) -> Result:
    """The result of a request to the Hub; whatever it raises becomes a UsageError. `again` is the next step it ends in.

    The new error is raised outside of the handler, so that it carries no trace of the old one: that one holds the
    request, and the request holds the token.
    """
    try:
        with bars_on_terminals_only():
            return request()
    except hub_errors() as error:
        refusal = explain(error, repo_id, again)
    raise refusal


def explain(error: BaseException, repo_id: str, again: str = RUN_AGAIN) -> UsageError:
    """The error of a request about `repo_id` as a UsageError."""
    status = status_of(error)
    if is_offline(error):
        return UsageError("HF_HUB_OFFLINE keeps the Hub out of reach; unset it and give the same command again")
    if is_lost_line(error):
        return UsageError(
            f"no whole answer came from {endpoint()}; check the network, HTTPS_PROXY and HF_ENDPOINT, then {again}"
        )
    if status is None:
        return UsageError(f"the push stopped: {_quote(str(error))}; mend that, then {again}")
    said = _server_message(error)
    said = f" (it says: {said})" if said else ""
    return UsageError(_sentence(status, repo_id, said, wished_pause(error), again))


def _sentence(status: int, repo_id: str, said: str, pause: float | None, again: str) -> str:
    owner = repo_id.partition("/")[0]
    if status == 401:
        return _no_token(said)
    if status == 403:
        return (
            f"the Hub does not let this token write to {repo_id}{said}; take a token with write access"
            f" (hf auth login, or set HF_TOKEN), or ask the owners of `{owner}` for the right to write"
        )
    if status == 404:
        return f"the Hub has no dataset {repo_id} that this token may see{said}; check the name, or hf auth login"
    if status == 409:
        return f"the name {repo_id} is taken{said}; push under another name, or ask `{owner}` for access to it"
    if status in FULL:
        return f"the Hub has no room left for {repo_id}{said}; free some at {endpoint()}/settings/billing, then go on"
    if status == MOVED_ON:
        return f"others keep changing {repo_id} during the push; wait until they are done, then {again}"
    if status == 429:
        when = f"in {pause:.0f} seconds" if pause else "in some minutes"
        return f"the Hub got too many requests from you{said}; {when} {again}"
    if status >= 500:
        return f"the Hub is not well (status {status}){said}; look at https://status.huggingface.co, then {again}"
    return f"the Hub refused the push with status {status}{said}; mend that, then {again}"


def _no_token(said: str) -> str:
    known = "does not accept the token" if token() else "wants to know who you are, and there is no token"
    return (
        f"the Hub {known}{said}; log in with `hf auth login`, or set HF_TOKEN to a token with write access"
        f" ({endpoint()}/settings/tokens)"
    )


def require_token() -> None:
    """Raises UsageError where there is no token at all, before the Hub is asked anything."""
    if not token():
        raise UsageError(_no_token(""))


def endpoint() -> str:
    """The address of the Hub (HF_ENDPOINT, if that is set)."""
    from huggingface_hub import HfApi

    return str(HfApi().endpoint)


def token() -> str | None:
    """The token from the usual places; it is only ever compared with or cut out of a text."""
    from huggingface_hub import get_token

    found: str | None = get_token()
    return found


def _server_message(error: BaseException) -> str:
    current: BaseException | None = error
    while current is not None:
        if message := getattr(current, "server_message", None):
            return _quote(str(message))
        current = current.__cause__ or current.__context__
    return ""


def _quote(text: str) -> str:
    """A stranger's text on one line, short, and without the token should it be quoted back at us."""
    secret = token()
    text = " ".join((text.replace(secret, "***") if secret else text).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
