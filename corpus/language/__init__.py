"""Which language a text is in: Vietnamese, English, both, another, or none that can be told.

Spelling decides what it can - Vietnamese syllables, English words and letters, the common words of other
languages - and langdetect decides the rest. All of it is deterministic, offline, and free until first used.
"""

from __future__ import annotations

from corpus.language.article import detect_parts
from corpus.language.judgement import Language, decide, judge, sample

__all__ = ["Language", "detect", "detect_lines", "detect_parts"]


def detect(text: str) -> Language:
    """The language of a text: one line is judged as such, several lines as an article.

    Of a long text some 20,000 characters are looked at. `score` is a calibrated probability: of the lines
    that say 0.9, about nine in ten are right.

    >>> detect("Hội nghị Ban Chỉ đạo biên giới tỉnh Sơn La").label
    'vi'
    >>> detect("Sơn La Provincial Party Committee").label
    'en'
    >>> detect("Toi khong biet anh ay la ai.")
    Language(label='vi', score=0.9999, unaccented=True)
    >>> detect("Photo: Hoài Thu").label, detect("Ảnh: Hoài Thu").label, detect("18/12/2020").label
    ('en', 'vi', 'und')
    """
    lines = [line for line in sample(text).split("\n") if not line.isspace() and line]
    if len(lines) > 1:
        return detect_parts(lines)[0]
    return decide(judge(text).totals)


def detect_lines(lines: list[str]) -> list[Language]:
    """The language of each line, judged alone; one result for every line, empty ones too.

    >>> [found.label for found in detect_lines(["Tin mới nhất", "", "Latest news", "Dernières nouvelles"])]
    ['vi', 'und', 'en', 'other']
    """
    return [decide(judge(line).totals) for line in lines]
