"""Tokens back onto the characters they came from.

Tokenisers give strings, not places: underthesea joins the syllables of a word by one space whatever stood between
them, and both drop white space. Offsets are found by spelling the text again, token by token.
"""

from __future__ import annotations

Span = tuple[int, int]


def locate(tokens: list[str], text: str) -> list[Span] | None:
    """Where the tokens stand in `text`, in order, or None if they do not spell it, white space apart.

    >>> locate(["Hà Nội", "!"], "Hà  Nội !")
    [(0, 7), (8, 9)]
    >>> locate(["ngành"], "nghành") is None
    True
    """
    spans: list[Span] = []
    end, spells = 0, text.startswith
    for token in tokens:
        start = end if spells(token, end) else end + 1
        if start > end and not (spells(token, start) and text[end].isspace()):
            found = _locate_syllables(token, text, end)
            if found is None:
                return None
            start, end = found
        else:
            end = start + len(token)
        spans.append((start, end))
    return None if text[end:].strip() else spans


def _locate_syllables(token: str, text: str, end: int) -> Span | None:
    """The span of one token at or after `end`, with any white space before and between its syllables."""
    first = -1
    for syllable in token.split(" "):
        while text[end : end + 1].isspace():
            end += 1
        if not text.startswith(syllable, end):
            return None
        first = end if first < 0 else first
        end += len(syllable)
    return first, end
