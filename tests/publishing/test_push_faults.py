"""Pushing when things go wrong: a request fails, once or for good; what is said, and how the next push ends."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.publishing import patience
from corpus.publishing.hub import publish
from tests.publishing.loopback_hub import (
    READ_TOKEN,
    TOKEN,
    Fault,
    Injector,
    LoopbackHub,
    Request,
    fail_at,
    fail_where,
)

REPO = "nhom/song-ngu"
FOREVER = 10**9
REQUESTS_OF_A_PUSH = 15
BUSY = Fault(503)
LIMITED = Fault(429, (("Retry-After", "7"),))
DROPPED = Fault(0)
LOST_ANSWER = Fault(0, late=True)
KINDS = {"busy": BUSY, "limited": LIMITED, "dropped": DROPPED, "answer lost": LOST_ANSWER}


def assert_pushed(hub: LoopbackHub, built: Path) -> None:
    """Everything has arrived, in one commit, and no content was taken in twice."""
    files = hub.repos[REPO].files()
    for path in (built / "dataset").rglob("*.parquet"):
        assert files[path.relative_to(built / "dataset").as_posix()] == path.read_bytes()
    assert len(hub.repos[REPO].titles) == 2


def test_the_number_of_requests_of_a_push_is_known(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    assert len([each for each in hub.requests if "agent" not in each.path]) == REQUESTS_OF_A_PUSH


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "index",
    [pytest.param(i, marks=() if i in (1, 5, 14) else pytest.mark.slow) for i in range(REQUESTS_OF_A_PUSH + 1)],
)
def test_a_request_that_fails_once_stops_nothing(
    hub: LoopbackHub, built: Path, slept: list[float], index: int, kind: str
) -> None:
    hub.fault = fail_at(index, KINDS[kind])
    publish(built, REPO)
    assert_pushed(hub, built)
    assert not publish(built, REPO).difference


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "index",
    [pytest.param(i, marks=() if i in (8, 14) else pytest.mark.slow) for i in range(REQUESTS_OF_A_PUSH)],
)
def test_a_push_that_stopped_is_finished_by_the_next(
    hub: LoopbackHub, built: Path, slept: list[float], index: int, kind: str
) -> None:
    hub.fault = fail_at(index, KINDS[kind], times=FOREVER)
    with pytest.raises(UsageError, match=r"give the same command again"):
        publish(built, REPO)
    assert sum(slept) < 400
    hub.fault = None
    arrived = set(hub.objects)
    already = len(hub.requests)
    publish(built, REPO)
    assert_pushed(hub, built)
    sent_again = {request.path.rpartition("/")[2] for request in hub.requests[already:] if request.method == "PUT"}
    assert not arrived & sent_again


@pytest.mark.parametrize(
    ("status", "part", "says"),
    [
        (401, "/api/repos/create", "log in with `hf auth login`, or set HF_TOKEN"),
        (401, "/commit/", "log in with `hf auth login`, or set HF_TOKEN"),
        (403, "/api/repos/create", "does not let this token write.*ask the owners of `nhom`"),
        (403, "/preupload/", "does not let this token write"),
        (404, "/commit/", "no dataset nhom/song-ngu that this token may see.*check the name"),
        (400, "/commit/", "refused the push with status 400.*mend that"),
        (402, "/lfs/", "no room left"),
        (413, "/objects/batch", "no room left"),
        (507, "/commit/", "no room left"),
        (412, "/commit/", "others keep changing nhom/song-ngu.*wait until they are done"),
        (429, "/commit/", "too many requests.*give the same command again"),
        (500, "/commit/", "not well .status 500.*give the same command again"),
    ],
)
def test_a_refusal_says_what_to_do(
    hub: LoopbackHub, built: Path, slept: list[float], status: int, part: str, says: str
) -> None:
    hub.fault = fail_where(part, Fault(status))
    with pytest.raises(UsageError, match=says):
        publish(built, REPO)


def test_without_a_token_the_next_step_is_to_log_in(
    hub: LoopbackHub, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(UsageError, match=r"there is no token.*hf auth login"):
        publish(built, REPO)
    assert REPO not in hub.repos


def test_a_token_that_is_wrong_or_only_reads_is_told_apart(
    hub: LoopbackHub, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    with pytest.raises(UsageError, match=r"does not accept the token"):
        publish(built, REPO)
    monkeypatch.setenv("HF_TOKEN", READ_TOKEN)
    with pytest.raises(UsageError, match=r"does not let this token write"):
        publish(built, REPO)


def test_a_name_that_is_taken_out_of_sight_is_said_to_be(hub: LoopbackHub, built: Path) -> None:
    hub.make_repo(REPO, private=True)
    hidden = Fault(404, (("X-Error-Code", "RepoNotFound"),))
    hub.fault = fail_where(f"/api/datasets/{REPO}", hidden, method="GET")
    with pytest.raises(UsageError, match=r"is taken.*another name"):
        publish(built, REPO)


def test_no_network_is_said_to_be_none(
    hub: LoopbackHub, built: Path, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UsageError, match=r"no whole answer came from http://127.0.0.1:9; check the network"):
        publish(built, REPO)
    assert slept == [1, 2, 4, 8, 16]


def test_offline_mode_is_not_waited_for(
    hub: LoopbackHub, built: Path, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UsageError, match=r"HF_HUB_OFFLINE.*unset it"):
        publish(built, REPO)
    assert slept == []


def test_pauses_grow_and_follow_retry_after(hub: LoopbackHub, built: Path, slept: list[float]) -> None:
    hub.fault = fail_where("/api/repos/create", BUSY, times=3)
    publish(built, REPO)
    assert slept == [1, 2, 4]
    slept.clear()
    hub.fault = fail_where("/commit/", LIMITED, times=2)
    publish(built, REPO, no_articles=True)
    assert slept == [7, 7]


def test_a_hub_that_asks_for_a_long_pause_is_not_waited_for(hub: LoopbackHub, built: Path, slept: list[float]) -> None:
    hub.fault = fail_where("/commit/", Fault(429, (("Retry-After", "3600"),)))
    with pytest.raises(UsageError, match=r"in 3600 seconds give the same command again"):
        publish(built, REPO)
    assert slept == []


def test_what_the_library_repeats_is_not_repeated_again(hub: LoopbackHub, built: Path, slept: list[float]) -> None:
    hub.fault = fail_where("/preupload/", BUSY)
    with pytest.raises(UsageError, match=r"not well"):
        publish(built, REPO)
    asked = [request for request in hub.requests if "/preupload/" in request.path]
    assert len(asked) == patience.ATTEMPTS


def test_a_change_by_a_person_during_the_push_is_taken_in(hub: LoopbackHub, built: Path, slept: list[float]) -> None:
    publish(built, REPO, no_articles=True)
    repo = hub.repos[REPO]
    changed: list[bool] = []

    def edit(_: int, request: Request) -> Fault | None:
        if "/commit/" in request.path and not changed:
            changed.append(True)
            repo.edit("README.md", repo.files()["README.md"] + "\nViết trong lúc đẩy.\n".encode())
        return None

    hub.fault = edit
    publish(built, REPO)
    assert repo.files()["README.md"].decode().endswith("\nViết trong lúc đẩy.\n")
    assert any(path.startswith("articles/") for path in repo.files())
    assert len(repo.titles) == 4


def test_a_pull_request_whose_answer_was_lost_is_not_opened_twice(
    hub: LoopbackHub, built: Path, slept: list[float]
) -> None:
    publish(built, REPO, no_articles=True)
    hub.fault = fail_where("/commit/", LOST_ANSWER, times=1)
    pushed = publish(built, REPO, create_pr=True)
    assert len(hub.repos[REPO].pull_requests) == 1
    assert pushed.pull_request and pushed.pull_request.endswith("/discussions/1")


def test_a_tag_whose_answer_was_lost_is_there(hub: LoopbackHub, built: Path, slept: list[float]) -> None:
    hub.fault = fail_where("/tag/", LOST_ANSWER, times=1)
    pushed = publish(built, REPO, tag="v1.0.0")
    assert hub.repos[REPO].tags == {"v1.0.0": pushed.commit}


def test_a_push_that_stopped_before_its_tag_sets_it_the_next_time(
    hub: LoopbackHub, built: Path, slept: list[float]
) -> None:
    hub.fault = fail_where("/tag/", BUSY)
    with pytest.raises(UsageError):
        publish(built, REPO, tag="v1.0.0")
    hub.fault = None
    assert not publish(built, REPO, tag="v1.0.0").sent
    assert hub.repos[REPO].tags == {"v1.0.0": hub.repos[REPO].head}


def test_the_card_on_the_hub_is_told_to_be_mended(hub: LoopbackHub, built: Path) -> None:
    publish(built, REPO)
    made = len(hub.writes())
    for broken in (b"---\nlicense: [mit\n---\n", b"---\nlicense: mit\n---\n<!-- songngu:end -->\n", b"\xff\xfe"):
        hub.repos[REPO].edit("README.md", broken)
        with pytest.raises(UsageError, match=r"card .*push again"):
            publish(built, REPO)
    assert len(hub.writes()) == made


def everything(error: BaseException) -> str:
    """All that an error could give away: its text, its trace, what it was made of and what they hold."""
    shown = ["".join(traceback.format_exception(error))]
    current: BaseException | None = error
    while current is not None:
        shown += [repr(current), repr(vars(current))]
        current = current.__cause__ or current.__context__
    return "\n".join(shown)


PLACES = (f"/api/datasets/{REPO}", "/create", "/preupload", "/batch", "/lfs/", "/commit/", "/validate-yaml", "/tag")
FAULTS: dict[str, Injector] = {
    f"{status} at {part}": fail_where(part, Fault(status, message=f"the token {TOKEN} is no good"))
    for status in (0, 400, 401, 403, 409, 413, 429, 500)
    for part in PLACES
}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            name, marks=() if name in ("0 at /commit/", "401 at /commit/", "500 at /create") else pytest.mark.slow
        )
        for name in FAULTS
    ],
)
def test_the_token_is_told_to_nobody(
    hub: LoopbackHub,
    built: Path,
    slept: list[float],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    hub.fault = FAULTS[fault]
    with caplog.at_level(logging.DEBUG), pytest.raises(UsageError) as raised:
        publish(built, REPO, tag="v1.0.0")
    assert raised.value.__cause__ is None and raised.value.__context__ is None
    said = everything(raised.value) + "".join(capfd.readouterr())
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("corpus")]
    assert TOKEN not in said and not any(TOKEN in message for message in ours)
    for path in built.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()
    assert any(request.token == TOKEN for request in hub.requests)


def test_pauses_are_told_to_whoever_listens(slept: list[float]) -> None:
    def refused() -> None:
        raise ConnectionError("no line")

    told: list[tuple[int, int]] = []
    with patience.telling(lambda attempt, attempts: told.append((attempt, attempts))), pytest.raises(ConnectionError):
        patience.ask_patiently(refused)
    assert told == [(attempt, 6) for attempt in range(2, 7)]


def test_a_push_without_a_token_asks_the_hub_nothing(
    hub: LoopbackHub, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(UsageError, match=r"there is no token; log in"):
        publish(built, REPO)
    assert REPO not in hub.repos
