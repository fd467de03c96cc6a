"""One card from two: the text a person wrote on it stays, the part between the markers is written anew.

---
YAML                                   see front_matter.py
---
what a person wrote
<!-- songngu:begin: … -->
what was measured
<!-- songngu:end -->
what a person wrote
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.publishing.front_matter import lines_of, merge_heads, split_card

BEGIN = "<!-- songngu:begin: written anew by every push; write above or below -->"
END = "<!-- songngu:end -->"

_MARKER = re.compile(r"<!-- songngu:(begin|end)\b[^\n]*-->[ \t]*")


class Body(NamedTuple):
    """The text of a card in three; `block` is None where no markers are found, markers are not part of it."""

    above: str
    block: str | None
    below: str


def merge_cards(theirs: str, ours: str) -> str:
    """The card that follows `theirs`, the one that is there, once `ours` has been made.

    Text outside the markers and unknown YAML keys are kept from `theirs`; text outside the markers of `ours` is used
    where `theirs` has none, or where it holds all that `theirs` has and more. Merging again changes nothing.
    Raises UsageError where the YAML or the markers are broken, since then nothing tells a person's text from ours.

    >>> theirs = f"# Của tôi\\n{BEGIN}\\n10 hàng\\n{END}\\nCảm ơn!\\n"
    >>> print(merge_cards(theirs, f"---\\nlanguage: vi\\n---\\n{BEGIN}\\n12 hàng\\n{END}\\n"), end="")
    ---
    language: vi
    ---
    # Của tôi
    <!-- songngu:begin: written anew by every push; write above or below -->
    12 hàng
    <!-- songngu:end -->
    Cảm ơn!
    """
    their_card, our_card = split_card(theirs), split_card(ours)
    head = merge_heads(their_card.head, our_card.head)
    their_body, our_body = cut_body(their_card.body), cut_body(our_card.body)
    if our_body.block is None:
        our_body = Body("", our_body.above.strip("\n") + "\n", "")
    above, below = _outside(their_body, our_body)
    # A text that opens with a rule of dashes must not be taken for a head the next time.
    front = f"---\n{head}---\n" if head or above.lstrip().startswith("---") else ""
    return f"{front}{above}{BEGIN}\n{our_body.block}{END}\n{below}"


def handwritten(text: str) -> list[str]:
    """The paragraphs of a card that stand outside the markers; [] for a card without markers or with broken ones."""
    try:
        body = cut_body(split_card(text).body)
    except UsageError:
        return []
    return [] if body.block is None else _paragraphs(body)


def cut_body(text: str) -> Body:
    """Cut the text of a card at its markers. Of several whole blocks the first counts and the others go.

    Raises UsageError for a begin without its end or the other way: what lies after it could be a person's.
    """
    outside: list[list[str]] = [[]]
    block: str | None = None
    inside: list[str] | None = None
    for line in lines_of(text):
        found = _MARKER.fullmatch(line.rstrip("\n"))
        if not found:
            (outside[-1] if inside is None else inside).append(line)
        elif (found[1] == "begin") != (inside is None):
            raise _broken(found[1])
        elif inside is None:
            inside = []
        else:
            if block is None:
                block = "".join(inside)
                outside.append([])
            inside = None
    if inside is not None:
        raise _broken("begin")
    return Body("".join(outside[0]), block, "".join(line for part in outside[1:] for line in part))


def _broken(marker: str) -> UsageError:
    return UsageError(
        f"the card has a `songngu:{marker}` marker without its partner, so that its generated part cannot be told from"
        f" what was written by hand; in its README.md put the lines `{BEGIN}` and `{END}` around the generated part,"
        " or take both away"
    )


def _outside(theirs: Body, ours: Body) -> tuple[str, str]:
    theirs_written, ours_written = iter(_paragraphs(theirs)), iter(_paragraphs(ours))
    # `in` moves the iterator on, so this asks for the same paragraphs in the same order.
    if all(paragraph in ours_written for paragraph in theirs_written):
        return ours.above, ours.below
    return _own_text(theirs)


def _own_text(body: Body) -> tuple[str, str]:
    """What stands above and below the block; text that never had one stays above it."""
    if body.block is None and body.above.strip():
        return body.above.rstrip("\n") + "\n\n", ""
    return body.above, body.below


def _paragraphs(body: Body) -> list[str]:
    return [text.strip() for part in (body.above, body.below) for text in re.split(r"\n\s*\n", part) if text.strip()]
