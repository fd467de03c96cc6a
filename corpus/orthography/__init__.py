"""Facts about written Vietnamese and English: pure functions from text to text, or to what stands in it.

`normalize` makes the text that articles keep. `tone_key`, `fold` and `shadow` make keys for comparing and
never reach a reader. `find_numbers`, `find_dates` and `find_names` find what survives translation, with its
value.
"""

from __future__ import annotations

from corpus.orthography.date_forms import Date
from corpus.orthography.dates import find_dates
from corpus.orthography.fold import Name, find_names, fold
from corpus.orthography.letters import has_vietnamese_letters
from corpus.orthography.normal import normalize
from corpus.orthography.notation import Notation, Number
from corpus.orthography.numbers import find_numbers, number_habit
from corpus.orthography.shadow import shadow
from corpus.orthography.tone import tone_key

__all__ = [
    "Date",
    "Name",
    "Notation",
    "Number",
    "find_dates",
    "find_names",
    "find_numbers",
    "fold",
    "has_vietnamese_letters",
    "normalize",
    "number_habit",
    "shadow",
    "tone_key",
]
