"""Where a sentence might end: every run of periods, question and exclamation marks, with what stands around it.

Only short stretches of text are looked at on either side, so that the work grows with the text and nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

RUN = re.compile(
    r"""(?P<marks>[.?!…。！？]+)
        (?:\[\d{1,3}\]){0,5}                 # the footnotes of an encyclopedia: "… năm 1945.[3][4]"
        (?P<closers>["'”’»)\]}.?!…]*)""",
    re.VERBOSE,
)
_SPACED_QUOTE = re.compile(r"""[ \u00a0]{1,2}["'”’»]{1,3}""")
_SMILEYS = re.compile(
    r"""(?:[ ]?(?:[:;=]-?[()DPp]{1,9} | \^_?\^ | <3
        | [\u2764\U0001f44c-\U0001f44f\U0001f493-\U0001f49f\U0001f600-\U0001f64f]\ufe0f?    # hearts, hands and faces
        )){1,9}(?=\s|$)""",
    re.VERBOSE,
)
_NEXT = re.compile(
    r"""(?P<gap>\s*)
        (?P<bullet>(?:[-–—*•·+▪►➢✓]\s)?)
        (?P<openers>["'“‘«„(\[{¿¡]{0,5})[ \u00a0]?
        (?P<word>[^\W\d_][\w'’-]*|\d*)""",
    re.VERBOSE,
)
_OPENING_QUOTES = "\"'“‘«„([{"
_BEFORE, _AFTER = 40, 60


class Next(NamedTuple):
    """What follows a terminator: white space or none, a bullet or dash, opening quotes or brackets, a word."""

    gap: str
    bullet: str
    openers: str
    word: str
    rest: str
    """From the word on, a few words long."""

    @property
    def capital(self) -> bool:
        """A word that can begin a sentence by its letters: not in lower case; iPhone and useMemo count."""
        return self.word[:1].isalpha() and not (self.word[0].islower() and self.word == self.word.lower())

    @property
    def lower(self) -> bool:
        return self.word[:1].islower() and not self.capital


class Terminator(NamedTuple):
    """A run of marks in its place; `stop` is where the sentence ends if it ends here."""

    marks: str
    closers: str
    """Quotes and brackets that close after the run, and marks among them."""
    token: str
    """What stands before the run up to white space, without opening quotes and brackets: "PGS.TS"."""
    before: str
    """The token before that one."""
    opening: str
    """All that stands before the run in its sentence, or from a colon of it on, if that is short: "Điều 5", ": 1.2"."""
    next: Next
    stop: int


def following(text: str) -> Next:
    """What stands at the beginning of `text`, which comes right after a terminator.

    >>> following(' - "Tôi về." Anh nói.')[:4]
    (' ', '- ', '"', 'Tôi')
    """
    match = _NEXT.match(text)
    assert match is not None  # every part of the pattern may be empty
    return Next(match["gap"], match["bullet"], match["openers"], match["word"], text[match.start("word") :])


def quote_open(text: str, start: int, stop: int, was_open: bool) -> bool:
    """Whether a straight quote is open at `stop`, given whether one was at `start`.

    The space beside a quote says which way it faces; only where it says nothing do quotes take turns, for a quotation
    of several paragraphs leaves their number odd.
    """
    at = text.find('"', start, stop)
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        leans_left = not before or before.isspace() or before in _OPENING_QUOTES
        leans_right = not after or after.isspace() or after in ".,;:?!…)"
        was_open = leans_left if leans_left != leans_right else not was_open
        at = text.find('"', at + 1, stop)
    return was_open


def terminator(text: str, run: re.Match[str], fresh: int, in_quotation: bool) -> Terminator:
    """Describe a match of `RUN`.

    `fresh` is where the words of the current sentence begin, after its list markers and headings; `in_quotation`
    says whether a straight quote is open where the run begins.
    """
    left = text[max(fresh, run.start() - _BEFORE) : run.start()]
    tokens = left.split()
    if not tokens or left[-1].isspace():
        tokens.append("")
    colon = max(left.rfind(":"), left.rfind(";"))
    short = colon >= 0 or run.start() - fresh < _BEFORE
    closers, stop = _with_spaced_quote(text, run, in_quotation)
    if smileys := _SMILEYS.match(text, stop):
        stop = smileys.end()
    return Terminator(
        marks=run["marks"],
        closers=closers,
        token=tokens[-1].lstrip(_OPENING_QUOTES + ".…"),
        before=tokens[-2] if len(tokens) > 1 else "",
        opening=left[max(colon, 0) :].strip() if short else "",
        next=following(text[stop : stop + _AFTER]),
        stop=stop,
    )


def _with_spaced_quote(text: str, run: re.Match[str], in_quotation: bool) -> tuple[str, int]:
    """The closers and the end of a run, with a closing quote that a blank sets off: `Con anh! " Ông quay vào.`"""
    closers, stop = run["closers"], run.end()
    quote = _SPACED_QUOTE.match(text, stop)
    if quote is None:
        return closers, stop
    after = text[quote.end() : quote.end() + 1]
    if after and not after.isspace():
        closing = after in ".,;:?!…-–"
    else:
        closing = in_quotation != ('"' in closers) or quote[0].strip()[0] in "”’»"
    return (closers + quote[0].strip(), quote.end()) if closing else (closers, stop)
