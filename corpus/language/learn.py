"""Learn the tables of this room: how often words occur, and which letters follow which.

The tables are made once and shipped; this module is their recipe, so that anyone can make them again:

    python -m corpus.language.learn TEXTS corpus/data/language

where TEXTS holds files `*.vi` and `*.en` (searched recursively), one sentence a line. Letter statistics of
thirty other languages come from the profiles inside the langdetect package (Apache-2.0; counted by its author
in Wikipedia).
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.language.letters import SYMBOLS, symbols
from corpus.language.tables import read_sections
from corpus.language.tokens import find_tokens
from corpus.orthography import normalize
from corpus.orthography.syllable import is_syllable

Ngrams = defaultdict[str, float]

LATIN = "af ca cs cy da de es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr"
_WORD_END = 0.17  # the share of word ends among letters, roughly one in six
_ENGLISH_FLOOR, _OTHER_FLOOR = 0.01, 0.05  # how open each model is to letters it has not seen together
_WORD_HEAD = """\
# {what} in lower case, with how often they occur; those that occur {least} times or more.
# Source: counted by corpus/language/learn.py in the React documentation (CC BY 4.0), the Hugging Face course
# (Apache-2.0), the CNCF glossary (CC BY 4.0) and the Stanford cheat sheets (MIT), in both languages.
"""
_LETTER_HEAD = """\
# Letter statistics: how likely a letter is after two others, in English and in others that use them.
# Each line: the two letters, then for each of "{symbols}" the two
# probabilities as -10 ln p, English first; "#" is any letter outside a-z, "_" the edge of a word.
# Source: made by corpus/language/learn.py from the profiles in langdetect 1.0.9 (Apache-2.0; counts from
# Wikipedia), for English together with the spellings of english_words.txt and english_counts.tsv.
"""


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Words in lower case: a capital is often a name, which says little about the language of the text."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(token for token in find_tokens(normalize(line)) if token.islower())
    return counts


def count_ngrams(words: Mapping[str, float]) -> Ngrams:
    """Strings of one to three symbols in weighted words, the edges of a word written as a blank."""
    counts: Ngrams = defaultdict(float)
    for word, weight in words.items():
        padded = f" {symbols(word)} "
        for size in (1, 2, 3):
            for start in range(len(padded) - size + 1):
                counts[padded[start : start + size]] += weight
    del counts[" "]
    return counts


def read_profile(language: str) -> Ngrams:
    """The n-grams of a langdetect profile over our symbols, scaled to a million letters."""
    import langdetect

    path = Path(langdetect.__file__).parent / "profiles" / language
    counts: Ngrams = defaultdict(float)
    for ngram, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        counts[symbols(ngram)] += count
    return add_scaled([counts])


def add_scaled(parts: Iterable[Ngrams]) -> Ngrams:
    """The sum of several counts, each scaled to a million letters first."""
    total: Ngrams = defaultdict(float)
    for part in parts:
        letters = sum(count for ngram, count in part.items() if len(ngram) == 1)
        for ngram, count in part.items():
            total[ngram] += count * 1e6 / letters
    return total


def trigram_costs(counts: Ngrams, floor: float) -> dict[str, int]:
    """-10 ln P(third | first two), interpolated with shorter contexts and, by `floor`, with a uniform one.

    The interpolation is that of Witten and Bell (1991) with a constant in the place of the number of types.
    """
    after_two: Ngrams = defaultdict(float)
    after_one: Ngrams = defaultdict(float)
    for ngram, count in counts.items():
        if len(ngram) == 3:
            after_two[ngram[:2]] += count
        elif len(ngram) == 2:
            after_one[ngram[0]] += count
    letters = sum(count for ngram, count in counts.items() if len(ngram) == 1)
    costs = {}
    for first in SYMBOLS:
        for second in SYMBOLS:
            for third in SYMBOLS:
                gram = first + second + third
                one = _WORD_END if third == " " else counts[third] / letters
                two = (counts[second + third] + 10 * one) / (after_one[second] + 10)
                three = (counts[gram] + 30 * two) / (after_two[first + second] + 30)
                costs[gram] = round(-10 * math.log((1 - floor) * three + floor / len(SYMBOLS)))
    return costs


def write_counts(path: Path, what: str, counts: Counter[str], least: int) -> None:
    rows = sorted((-count, word) for word, count in counts.items() if count >= least)
    body = "".join(f"{word}\t{-count}\n" for count, word in rows)
    path.write_text(_WORD_HEAD.format(what=what, least=least) + body, encoding="utf-8", newline="\n")


def write_letters(path: Path, english: dict[str, int], other: dict[str, int]) -> None:
    lines = [_LETTER_HEAD.format(symbols=SYMBOLS.replace(" ", "_"))]
    for first in SYMBOLS:
        for second in SYMBOLS if first == " " else SYMBOLS.strip():
            context = first + second
            cells = " ".join(f"{english[context + third]},{other[context + third]}" for third in SYMBOLS)
            lines.append(f"{context.replace(' ', '_')}\t{cells}\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def english_spellings(words: Counter[str], sections: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """English words as types, a frequent one counting a little more: unknown words resemble rare words."""
    weights = {word: math.log(1 + count) for word, count in words.items() if count >= 3}
    for section in ("function", "common", "general", "names"):
        for word in sections[section]:
            weights[word] = max(weights.get(word, 0.0), 2.0)
    return weights


def learn(texts: Path, out: Path) -> None:
    english = count_words(_read_lines(texts, "en"))
    words = count_words(_read_lines(texts, "vi"))
    vietnamese = Counter({word: count for word, count in words.items() if is_syllable(word)})
    write_counts(out / "english_counts.tsv", "English words", english, least=3)
    write_counts(out / "vietnamese_counts.tsv", "Vietnamese syllables", vietnamese, least=2)

    spellings = count_ngrams(english_spellings(english, read_sections("english_words.txt")))
    english_letters = add_scaled([read_profile("en"), spellings])
    other_letters = add_scaled([add_scaled(read_profile(language) for language in LATIN.split())])
    english_costs = trigram_costs(english_letters, _ENGLISH_FLOOR)
    write_letters(out / "letters.tsv", english_costs, trigram_costs(other_letters, _OTHER_FLOOR))


def _read_lines(texts: Path, suffix: str) -> Iterator[str]:
    for path in sorted(texts.rglob(f"*.{suffix}")):
        yield from path.read_text(encoding="utf-8").split("\n")


if __name__ == "__main__":
    learn(Path(sys.argv[1]), Path(sys.argv[2]))
