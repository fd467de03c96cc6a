"""Time grows with the length of the text and no faster, on the lines that would hurt a careless pattern most."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from corpus.orthography import find_dates, find_names, find_numbers, normalize, shadow

SHORT, LONG = 3_000, 18_000
# Six times the text takes a linear reader six times as long, a quadratic one thirty-six times.
MOST = 18


def seconds(call: Callable[[str], Any], text: str) -> float:
    start = process_time()
    call(text)
    return process_time() - start


@pytest.mark.parametrize(
    "unit",
    [
        "1 ", "1-", "1.", "12/", "1, ", "(1", "\n1.", "12:30", "0123 ", "+1 ", "ngày 1 ", "1 tháng ", "năm 2020 ",
        "1 và ", "1 and ", "May 1, ", "1 tỷ ", "hai ", "trăm ", "two ", "one hundred and ", "http://", "a@", "AB-",
        "In ", "A’a", "Ð", "ð", "oà", "a\u0300\u0302", "\u200b", "\ud800", " ", "-",
    ],
)  # fmt: skip
def test_time_grows_with_the_text(unit: str) -> None:
    for call in (
        normalize,
        shadow,
        find_names,
        lambda text: find_dates(text, "mixed"),
        lambda text: find_numbers(text, "vi"),
        lambda text: find_numbers(text, "en"),
    ):
        short, long = unit * (SHORT // len(unit)), unit * (LONG // len(unit))
        # A busy machine slows single runs down: what grows faster than linearly does so every time.
        assert any(seconds(call, long) < MOST * max(seconds(call, short), 0.002) for _ in range(4))
