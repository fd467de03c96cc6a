"""All that is measured of a pair, before anything is weighed."""

from __future__ import annotations

from typing import NamedTuple

from corpus.language.judgement import judge, probabilities
from corpus.scoring.coverage import Coverage, Matcher
from corpus.scoring.endings import Ending, read_ending
from corpus.scoring.figures import Agreement, compare_numbers, date_agreement, read_numbers
from corpus.scoring.names import NameAgreement, compare_names, legal_agreement
from corpus.scoring.surface import (
    debris,
    length_ratio,
    markup_share,
    share_copied,
    share_repeated,
    without_markup,
    words,
)

_MOST = 20_000  # characters of a side that are looked at
_FEW_LETTERS = 12


class Evidence(NamedTuple):
    """What is known of a pair before anything is weighed."""

    coverage: Coverage
    numbers: Agreement
    dates: float | None
    names: NameAgreement
    legal: float | None
    ratio: float | None
    lang_vi: float | None
    lang_en: float | None
    copy: float | None
    mojibake: float | None
    repetition: float | None
    markup: float | None
    ending_vi: Ending
    ending_en: Ending
    length: int


def measure(vi: str, en: str, matcher: Matcher, usual: float = 1.0) -> Evidence:
    """Everything that is measured of a pair. Of a very long side only the beginning is looked at."""
    length = len(vi.strip()) + len(en.strip())
    ratio = length_ratio(vi, en, usual)
    vi, en = vi[:_MOST], en[:_MOST]
    coverage = matcher.cover(vi, en)
    vi_words, en_words = words(vi), words(en)
    return Evidence(
        coverage,
        compare_numbers(read_numbers(vi, "vi"), read_numbers(en, "en")),
        date_agreement(vi, en),
        compare_names(vi, en, coverage),
        legal_agreement(vi, en),
        ratio,
        language_share(vi, "vi"),
        language_share(en, "en"),
        share_copied(vi_words, en_words),
        _worse(debris(vi), debris(en)),
        _worse(share_repeated(vi_words), share_repeated(en_words)),
        _mean(markup_share(vi), markup_share(en)),
        read_ending(vi, "vi"),
        read_ending(en, "en"),
        length,
    )


def language_share(text: str, lang: str) -> float | None:
    """How surely a text is in a language, 0 to 1; None if it has no letters, or so few that a doubt proves nothing.
    Markup is no language.

    >>> language_share("Hội nghị tổng kết công tác biên giới", "vi") > 0.9, language_share("12/2020", "vi")
    (True, None)
    """
    judged = judge(without_markup(text))
    if judged.totals is None:
        return None
    shares = probabilities(judged.totals)
    share = shares[lang] + shares["mixed"] / 2
    return None if share < 0.5 and sum(map(len, judged.words)) < _FEW_LETTERS else share


def _worse(vi: float | None, en: float | None) -> float | None:
    return max((share for share in (vi, en) if share is not None), default=None)


def _mean(vi: float | None, en: float | None) -> float | None:
    both = [share for share in (vi, en) if share is not None]
    return sum(both) / len(both) if both else None
