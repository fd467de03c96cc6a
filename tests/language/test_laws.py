"""What must hold for any text, and what must not change when nothing of the language does."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language import Language, detect, detect_lines, detect_parts
from corpus.language.judgement import SAMPLE, probabilities, sample
from corpus.language.line import IMPOSSIBLE, Totals
from corpus.language.rest import english_share
from corpus.orthography.syllable import bare

ROWS = json.loads((Path(__file__).parents[1] / "golden" / "language_lines.json").read_text(encoding="utf-8"))
LINES = [row["text"] for row in ROWS]
SENTENCES = {  # long enough to be sure of
    "Bộ đội biên phòng phối hợp với nhân dân tuần tra bảo vệ cột mốc và đường biên giới quốc gia.": "vi",
    "Người dân trong bản rất vui khi con đường mới được hoàn thành trước mùa mưa.": "vi",
    "Border guards and local people patrol together to protect the markers and the frontier.": "en",
    "The people of the village were very happy when the new road was finished before the rains.": "en",
}
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(LINES), max_size=4).map(" ".join))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_every_text_gets_a_label_and_a_probability(text: str) -> None:
    found = detect(text)
    assert found.label in ("vi", "en", "mixed", "other", "und")
    assert 0 <= found.score <= 1
    assert not found.unaccented or found.label in ("vi", "mixed")


@given(st.lists(texts.map(lambda text: text.replace("\n", " ")), max_size=6))
@settings(max_examples=60, deadline=None)
def test_each_line_is_judged_alone(lines: list[str]) -> None:
    assert detect_lines(lines) == [detect(line) for line in lines]


@given(st.lists(texts, max_size=6))
@settings(max_examples=60, deadline=None)
def test_parts_keep_their_number_and_order(parts: list[str]) -> None:
    article, found = detect_parts(parts)
    assert len(found) == len(parts)
    assert [part.label == "und" for part in found] == [line.label == "und" for line in detect_lines(parts)]
    assert detect_parts(parts) == (article, found)


@given(st.text(alphabet=st.characters(categories=["N", "P", "S", "Z", "Cc"], exclude_characters="'’"), max_size=60))
def test_without_letters_there_is_no_language(text: str) -> None:
    without = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not letter.isalpha())
    assert detect(without) == Language("und", 1.0)


@given(st.tuples(*[st.floats(min_value=-500, max_value=0)] * 5))
def test_probabilities_add_up_to_one(totals: tuple[float, float, float, float, float]) -> None:
    shares = probabilities(Totals(*totals))
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(("text", "label"), SENTENCES.items())
def test_form_does_not_matter(text: str, label: str) -> None:
    forms = [
        text,
        unicodedata.normalize("NFD", text),
        text.upper(),
        text.title(),
        f"12/3/2020 - {text} (1) https://example.org/x?y=z",
        text.replace(" ", "  ") + "\n",
        text.replace(" ", "\u00a0"),
        text.replace("i", "\u200bi"),
    ]
    assert [found.label for found in detect_lines(forms)] == [label] * len(forms)


@pytest.mark.parametrize("text", [text for text, label in SENTENCES.items() if label == "vi"])
def test_vietnamese_without_diacritics_is_vietnamese(text: str) -> None:
    found = detect(bare(text))
    assert (found.label, found.unaccented) == ("vi", True)
    assert not detect(text).unaccented


def test_saying_an_article_twice_does_not_change_it() -> None:
    parts = [*SENTENCES][:3]
    assert detect_parts(parts)[0] == detect_parts(parts + parts)[0]


def test_what_has_no_words_does_not_weigh() -> None:
    parts = [*SENTENCES][2:]
    assert detect_parts(parts)[0] == detect_parts(["* * *", *parts, "2023", ""])[0]


def test_an_article_turns_mixed_as_its_other_half_grows() -> None:
    vietnamese, _, english, other_english = SENTENCES
    body = [english, other_english] * 6
    labels = [detect_parts(body + [vietnamese] * more)[0].label for more in (0, 1, 2, 12)]
    assert labels == ["en", "en", "en", "mixed"]


def test_a_line_in_doubt_scores_lower_than_a_clear_one() -> None:
    assert detect("Ha Noi").score < detect("Hà Nội").score < detect(next(iter(SENTENCES))).score


def test_the_sample_of_a_long_text_is_bounded_and_from_all_of_it() -> None:
    text = "a" * SAMPLE + "b" * SAMPLE + "c" * SAMPLE
    assert set("abc") <= set(sample(text))
    assert len(sample(text)) <= SAMPLE + 2


HOSTILE = {
    "one word": "a" * 1_000_000,
    "dots": "a." * 500_000,
    "hyphens": "-" * 1_000_000,
    "underscores": "a_" * 500_000,
    "dollars": "$a" * 500_000,
    "quotes": '"a' * 500_000,
    "at signs": "a@" * 500_000,
    "schemes": "http://" * 150_000,
    "marks": "a\u0301\u0323" * 300_000,
    "nul": "\x00" * 1_000_000,
    "surrogates": "\ud800a" * 500_000,
    "one-word lines": "a b\n" * 250_000,
    "syllables": "đường " * 150_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_of_anything_is_judged_at_once(text: str) -> None:
    started = time.process_time()
    assert detect(text).label in ("vi", "en", "mixed", "other", "und")
    detect_lines([text])
    assert time.process_time() - started < 2


def test_impossible_labels_get_no_share() -> None:
    shares = probabilities(Totals(IMPOSSIBLE, -5.0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE))
    assert shares == {"vi": 1.0, "en": 0.0, "mixed": 0.0, "other": 0.0}


def test_langdetect_of_others_is_left_alone() -> None:
    import random

    import langdetect
    from langdetect import detector_factory

    before = detector_factory._factory, langdetect.DetectorFactory.seed, random.getstate()
    shares = {english_share("Primer tema del curs de ratio") for _ in range(5)}
    assert len(shares) == 1
    assert (detector_factory._factory, langdetect.DetectorFactory.seed, random.getstate()) == before


PROGRAM = """
import sys
from corpus.language import detect_lines
assert "langdetect" not in sys.modules, "langdetect was loaded at import"
print(detect_lines(sys.argv[1:]))
"""


def test_no_dependence_on_hash_seed_and_nothing_heavy_at_import() -> None:
    lines = [line for line in LINES if line] + ["titular centre ratio", "primer sembla"]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *lines],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{detect_lines(lines)}\n".encode()}
