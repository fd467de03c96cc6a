"""The page: sections, data, style and script in one file that asks nobody for anything.

The security policy in its head allows the one script and the one style sheet by their hashes and nothing else: no
request, no inline handler, no style attribute. Data stands in a block of JSON and reaches the page as text only.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from corpus.reporting.words import embed, escape

STYLES = ("page.css", "figures.css", "alignment.css", "print.css")
SCRIPTS = ("base.js", "rows.js", "ribbons.js", "alignment.js", "start.js")
HEADINGS = {
    "overview": "At a glance", "funnel": "Funnel", "alignment": "Alignment", "rows": "Rows", "scores": "Scores",
    "probability": "align_prob", "lengths": "Lengths", "languages": "Languages", "dates": "Dates",
    "metadata": "Metadata", "sources": "Sources", "recipe": "How it was made",
}  # fmt: skip


def read_data(name: str) -> str:
    """A file of `corpus/data/report`."""
    return resources.files("corpus").joinpath(f"data/report/{name}").read_text("utf-8")


def write_page(title: str, sections: Sequence[str], data: Any) -> str:
    """The whole page. `sections` are HTML, `data` is what the script shows."""
    style = "\n".join(map(read_data, STYLES))
    script = "(() => {\n'use strict';\n" + "\n".join(map(read_data, SCRIPTS)) + "\n})();\n"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    present = [name for name in HEADINGS if any(f'<section id="{name}"' in part for part in sections)]
    links = "".join(f'<li><a href="#{name}">{HEADINGS[name]}</a></li>' for name in present)
    places = {
        "POLICY": policy, "TITLE": escape(title), "STYLE": style, "LINKS": links,
        "SECTIONS": "\n".join(part for part in sections if part), "DATA": embed(data), "SCRIPT": script,
    }  # fmt: skip
    pieces = read_data("page.html").split("%%")
    # Odd pieces are names of places; data cannot make a place, for the template is split before data comes in.
    return "".join(places[piece] if k % 2 else piece for k, piece in enumerate(pieces))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
