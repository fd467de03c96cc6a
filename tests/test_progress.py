"""Progress: bars on a terminal, few lines elsewhere, JSON for machines, nothing when quiet."""

from __future__ import annotations

import io
import json

import pytest

from corpus.progress import LINE_SECONDS, Steps, choose_mode


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def tell_all(mode: str, stream: io.StringIO, seconds: float = 1.0) -> list[str]:
    """Two steps of 100, each part taking so many seconds."""
    clock = Clock()
    with Steps(mode, stream, clock) as steps:
        for step in ("align", "score"):
            for _ in steps.watch(range(100), step, 100):
                clock.now += seconds
    return stream.getvalue().splitlines()


def test_lines_come_seldom_and_tell_the_time_left() -> None:
    lines = tell_all("lines", io.StringIO())
    assert len(lines) == 200 / LINE_SECONDS
    assert lines[2:4] == ["align: 30%, about 70 s left", "align: 40%, about 60 s left"]
    assert lines[-2] == "score: 90%, about 10 s left"


def test_a_short_step_says_nothing() -> None:
    assert tell_all("lines", io.StringIO(), seconds=0.01) == []


@pytest.mark.parametrize("seconds", [0.001, 0.5, 3.0])
def test_each_json_line_is_an_object_and_each_step_ends_with_one(seconds: float) -> None:
    told = [json.loads(line) for line in tell_all("json", io.StringIO(), seconds)]
    assert all(list(line) == ["phase", "done", "total", "seconds", "rate"] for line in told)
    assert [line["phase"] for line in told if line["done"] == 100] == ["align", "score"]
    begun = [line for line in told if line["done"] > 1]
    assert all(line["rate"] == pytest.approx(line["done"] / line["seconds"], rel=1e-2) for line in begun)


def test_a_terminal_gets_a_bar_for_each_step() -> None:
    stream = Terminal()
    text = "\n".join(tell_all("bar", stream))
    assert "align: 100%" in text and "score: 100%" in text


def test_quiet_is_quiet() -> None:
    assert tell_all("none", io.StringIO()) == []


def test_a_step_that_starts_again_is_a_new_one() -> None:
    stream, clock = io.StringIO(), Clock()
    with Steps("json", stream, clock) as steps:
        for done in (5, 10, 1):
            clock.now += 0.1
            steps.tell("align", done, 10)
    assert [json.loads(line)["done"] for line in stream.getvalue().splitlines()][-2:] == [10, 1]


@pytest.mark.parametrize(
    ("quiet", "log_json", "stream", "mode"),
    [
        (True, False, Terminal(), "none"),
        (False, False, Terminal(), "bar"),
        (False, False, io.StringIO(), "lines"),
        (True, True, Terminal(), "json"),
    ],
)
def test_what_fits_the_stream(quiet: bool, log_json: bool, stream: io.StringIO, mode: str) -> None:
    assert choose_mode(quiet=quiet, log_json=log_json, stream=stream) == mode
