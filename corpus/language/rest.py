"""What spelling leaves open between English and other languages, langdetect decides (Nakatani Shuyo, 2010).

langdetect samples n-grams at random and keeps one global factory with one global seed. Here it runs on a
factory of our own, seeded for each text, so that the same text always gets the same answer and nobody else's
langdetect changes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_SEED = 0
_TRIALS, _ITERATIONS = 3, 100  # of the 7 and 1000 langdetect makes: a text it doubts takes all of them


@cache
def _factory() -> Any:
    """All 55 profiles, loaded at the first doubt (0.4 s, once in a process)."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(_SEED)
    return factory


def english_share(text: str) -> float | None:
    """langdetect's probability that a text is English; None where it finds nothing to go by.

    >>> english_share("The delegates attended the conference.") > 0.9
    True
    >>> english_share("1234") is None
    True
    """
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.n_trial, detector.ITERATION_LIMIT = _TRIALS, _ITERATIONS
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return None
    return float(sum(language.prob for language in found if language.lang == "en"))
