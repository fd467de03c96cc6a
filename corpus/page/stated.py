"""Articles whose page shows no text, for a script fills it in the browser, but states it in JSON-LD."""

from __future__ import annotations

import html

from corpus.page.lines import lay_out
from corpus.page.linked import LinkedData
from corpus.page.tree import parse

_LONGEST = 2_000_000  # characters


def stated_paragraphs(linked: LinkedData) -> list[str]:
    """The paragraphs of `articleBody`; markup in it is read as such. Empty when nothing is stated.

    >>> stated = {"articleBody": "Đoạn thứ nhất." + " Mưa." * 50 + chr(10) * 2 + "Đoạn &amp; hai."}
    >>> stated_paragraphs(LinkedData(stated, articles=1))[1]
    'Đoạn & hai.'
    """
    if not linked.states_body():
        return []
    text = html.unescape(str(linked.article["articleBody"])[:_LONGEST])
    root = parse("<div>" + text.replace("\n", "<br>") + "</div>")
    return [line.text for line in lay_out(root).lines] if root is not None else []
