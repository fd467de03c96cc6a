"""Whose rules to follow: a text that is neither Vietnamese nor English gets the neutral choice."""

from __future__ import annotations

from corpus.errors import unknown
from corpus.orthography.letters import has_vietnamese_letters

LABELS = ("vi", "en", "mixed", "other", "und")


def rules_language(text: str, lang: str) -> str:
    """Either "vi" or "en", for a text and its language label; by its letters where the label names neither.

    >>> rules_language("Sơn La", "mixed"), rules_language("Bonjour", "other"), rules_language("Son La", "vi")
    ('vi', 'en', 'vi')
    """
    if lang in ("vi", "en"):
        return lang
    if lang not in LABELS:
        raise unknown("language", lang, LABELS)
    return "vi" if has_vietnamese_letters(text) else "en"
