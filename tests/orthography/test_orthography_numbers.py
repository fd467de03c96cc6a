"""Laws of reading numbers: both notations, figures and words, meet in one value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.orthography import find_numbers, number_habit

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
PIECES = st.sampled_from((
    "1", "12", "007", "1.234", "1,234", "1.234,5", "999999", " ", ".", ",", "/", "-", "(", ")", "$", "%", "tỷ",
    "triệu", " nghìn", " rưỡi", "hai ", "mươi ", "năm ", "trăm ", "lăm ", "two ", "hundred ", "and ", "half a million",
    "million", "km", "th", "½", ":30", " giờ ", "tháng ", "NQ-CP", "http://", "@", "+84 ", "\n",
))  # fmt: skip
TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


def values(text: str, lang: str) -> list[Decimal]:
    return [number.value for number in find_numbers(text, lang)]


def below_thousand(n: int, full: bool) -> str:
    """n in Vietnamese words; `full` says "không trăm" and "linh" as inside a longer number."""
    hundreds, tens, unit = n // 100, n // 10 % 10, n % 10
    words = [f"{UNITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and unit:
        words.append(f"linh {UNITS[unit]}" if words else UNITS[unit])
    elif tens:
        words.append("mười" if tens == 1 else f"{UNITS[tens]} mươi")
        special = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
        words += [special.get(unit, UNITS[unit])] if unit else []
    return " ".join(words)


def in_words(n: int) -> str:
    """n, below a thousand million, in Vietnamese words."""
    parts: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        if n // scale % 1000:
            parts.append(f"{below_thousand(n // scale % 1000, bool(parts))} {name}".strip())
    return " ".join(parts)


@given(st.integers(10, 10**9 - 1))
def test_vietnamese_words_are_read_back(n: int) -> None:
    assert values(f"Có {in_words(n)} người.", "vi") == [n]


@given(st.integers(0, 10**15 - 1))
def test_both_notations_are_read_back(n: int) -> None:
    english = f"{n:,}"
    assert values(f"There were {english} of them.", "en") == [n]
    assert values(f"Có {english.replace(',', '.')} cái.", "vi") == [n]


@given(st.decimals(0, 10**9, places=2))
def test_decimals_are_read_back(value: Decimal) -> None:
    english = f"{value:,}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert values(f"up {english}%", "en") == values(f"tăng {vietnamese}%", "vi") == [value]


@given(st.integers(1, 999), st.sampled_from([("nghìn", "thousand"), ("triệu", "million"), ("tỷ", "billion")]))
def test_magnitudes_agree_across_languages(n: int, names: tuple[str, str]) -> None:
    assert values(f"{n} {names[0]} đồng", "vi") == values(f"{n} {names[1]} dong", "en") != []


@given(TEXT, st.sampled_from(["vi", "en", "mixed"]))
def test_numbers_lie_in_order_and_keep_apart(text: str, lang: str) -> None:
    end = 0
    for number in find_numbers(text, lang):
        assert end <= number.start < number.end <= len(text)
        assert number.value >= 0
        assert "E" not in str(number.value)
        end = number.end


@given(TEXT, st.sampled_from(["vi", "en"]))
def test_a_text_read_with_its_own_habit_reads_the_same(text: str, lang: str) -> None:
    assert find_numbers(text, lang, number_habit(text, lang)) == find_numbers(text, lang)


@pytest.mark.parametrize(
    "text", ["9" * 200_000, "1." + "234." * 50_000 + "5", "3." + "1" * 200_000, "\0" * 9, "\ud800"]
)
def test_monsters_are_no_numbers(text: str) -> None:
    assert find_numbers(text, "vi") == find_numbers(text, "en") == []
