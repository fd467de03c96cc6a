"""Laws of finding dates: whatever is written is found, whatever is found exists."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.orthography import find_dates

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PIECES = st.sampled_from((
    "ngày ", "tháng ", "năm ", "hôm ", "mùng ", "sáng ", "thứ Hai, ", "(", ")", "/", "-", ".", ",", " ", " và ",
    " đến ", "May ", "Dec. ", "March ", "of ", "the ", "on ", "in ", "th", "1", "2", "12", "29", "31", "02", "2020",
    "1999", "0", "13", "tỷ ", "%", "người ", "NĐ-CP", ":", "T", "\n",
))  # fmt: skip
TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@given(DAYS)
def test_every_day_is_read_back_in_vietnamese(day: date) -> None:
    for form in (
        f"ngày {day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02d}-{day.month:02d}-{day.year}",
        f"Ngày {day.day} tháng {day.month} năm {day.year}",
        f"NGÀY {day.day:02d} THÁNG {day.month:02d} NĂM {day.year}",
        f"hôm qua ({day.day}/{day.month}/{day.year})",
        day.isoformat(),
    ):
        assert [found.iso for found in find_dates(f"Họp {form}, tại Huế.", "vi")] == [day.isoformat()]


@given(DAYS)
def test_every_day_is_read_back_in_english(day: date) -> None:
    month = MONTHS[day.month - 1]
    for form in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
        f"the {day.day}th of {month}, {day.year}",
        f"{month.upper()} {day.day}, {day.year}",
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert [found.iso for found in find_dates(f"They met on {form}, in Hue.", "en")] == [day.isoformat()]


@given(DAYS)
def test_an_unsaid_year_stays_unsaid(day: date) -> None:
    expected = [f"--{day.month:02d}-{day.day:02d}"]
    month = MONTHS[day.month - 1]
    assert [found.iso for found in find_dates(f"Sáng {day.day}/{day.month}, tại Huế", "vi")] == expected
    assert [found.iso for found in find_dates(f"Ngày {day.day} tháng {day.month}, tại Huế", "vi")] == expected
    assert [found.iso for found in find_dates(f"On {month} {day.day}, in Hue", "en")] == expected


@given(TEXT, st.sampled_from(["vi", "en", "mixed"]))
def test_what_is_found_lies_in_order_and_exists(text: str, lang: str) -> None:
    end = 0
    for found in find_dates(text, lang):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        stand_in = {"day": "", "month": "-01", "year": "-01-01", "month-day": ""}[found.precision]
        date.fromisoformat(found.iso.replace("--", "2000-", 1) + stand_in)
        if found.precision != "month-day":
            assert found.iso[:4] in text


@given(st.integers(1, 31), st.integers(1, 31), st.sampled_from("/-."))
def test_figures_without_evidence_are_no_date(first: int, second: int, separator: str) -> None:
    assert find_dates(f"tỷ lệ {first}{separator}{second} của xã", "vi") == []
    assert find_dates(f"a ratio of {first}{separator}{second} there", "en") == []
