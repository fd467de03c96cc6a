"""Text into sentences: offsets that anyone can check against the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.segment.guard import Verdict, judge
from corpus.segment.languages import rules_language
from corpus.segment.tables import rules
from corpus.segment.terminators import RUN, quote_open, terminator
from corpus.segment.vietnamese import proposed_ends

_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = "(?:\r\n|\r(?!\n)|[\n\v\f\x85\u2028\u2029])"
_ANY_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(rf"{_BREAK}[ \t\xa0]*{_BREAK}\s*")


def sentence_spans(text: str, lang: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """Where the sentences of `text` are: `[start, end)` in code points, in order, trimmed of white space.

    Every character that is not white space lies in exactly one span. A line break ends a sentence; with `wrapped` a
    single one is white space and only an empty line does. `lang` is "vi", "en", "mixed", "other" or "und"; the last
    three are judged line by line: Vietnamese rules where there are Vietnamese letters, else English ones.

    Vietnamese: underthesea proposes, a guard disposes. English: rules with the non-breaking prefixes of Moses. The work
    grows linearly with the text, whatever it holds.

    >>> text = "TP.HCM đón 1.200.000 khách. PGS.TS. Lan nói vậy."
    >>> [text[start:end] for start, end in sentence_spans(text, "vi")]
    ['TP.HCM đón 1.200.000 khách.', 'PGS.TS. Lan nói vậy.']
    """
    spans = []
    for start, end in _paragraphs(text) if wrapped else _lines(text):
        paragraph = text[start:end]
        spans += [(start + a, start + b) for a, b in _in_paragraph(paragraph, rules_language(paragraph, lang))]
    return spans


def split_sentences(text: str, lang: str = "vi", *, wrapped: bool = False) -> list[str]:
    """The sentences of `text`, as `sentence_spans` finds them.

    >>> split_sentences('"Đi thôi!" anh nói. Theo Sonla.gov.vn, Điều 5. Khoản 2 còn hiệu lực...')
    ['"Đi thôi!" anh nói.', 'Theo Sonla.gov.vn, Điều 5. Khoản 2 còn hiệu lực...']
    >>> split_sentences("The U.S. team left at 5 p.m. Monday. Mr. Smith stayed.", "en")
    ['The U.S. team left at 5 p.m. Monday.', 'Mr. Smith stayed.']
    """
    return [text[start:end] for start, end in sentence_spans(text, lang, wrapped=wrapped)]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return (line.span() for line in _LINE.finditer(text))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text between empty lines."""
    start = 0
    if _ANY_BREAK.search(text) is None:  # nearly always; looking for two breaks takes ten times as long
        yield 0, len(text)
        return
    for gap in _EMPTY_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _in_paragraph(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, each trimmed of white space."""
    start = 0
    for end in [*_ends(text, lang), len(text)]:
        sentence = text[start:end]
        kept = len(sentence.lstrip())
        if kept:
            yield end - kept, start + len(sentence.rstrip())
        start = end


def _ends(text: str, lang: str) -> Iterator[int]:
    """The offsets at which a sentence of the paragraph ends, its last one perhaps excepted."""
    table = rules(lang)
    proposed: set[int] | None = None  # asked for where the guard is unsure, which is seldom
    fresh = seen = 0
    in_quotation = False
    for run in RUN.finditer(text):
        after = text[run.end() : run.end() + 1]
        if after.islower() or after.isdigit():
            continue  # most periods stand inside numbers and domains
        in_quotation = quote_open(text, seen, run.start(), in_quotation)
        seen = run.start()
        mark = terminator(text, run, fresh, in_quotation)
        verdict = judge(mark, table)
        if verdict is Verdict.UNSURE:
            if proposed is None and lang == "vi":
                proposed = proposed_ends(text)
            verdict = Verdict.END if proposed is None or run.end("marks") in proposed else Verdict.INSIDE
        if verdict is Verdict.END:
            yield mark.stop
        if verdict in (Verdict.END, Verdict.MARKER):
            fresh = mark.stop
