"""The marks of the page room: facts found on article pages, list pages refused, speed.

Real pages cannot be given away, so they stay outside the project: `DATA/pages` is used when it is there, and the pages
of the tests otherwise. Beside the pages lies `facts.json`: a file's name -> title, author, published, first and last
(the first and the last paragraph of the body), or {"reject": "structure:list"}.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from benchmarks.mark import Mark
from corpus.page import Page, extract

ROOT = Path(__file__).parents[2]
FACTS = ("title", "author", "published", "first", "last")
FACTS_ASKED = 42 / 45
LISTS_ASKED = 10 / 11
MILLISECONDS_ASKED = 30.0
TYPICAL = 100_000  # characters of a page
ROUNDS = 3

Case = tuple[str, dict[str, Any]]  # the HTML, what is true of it


def pages_folder(data: Path) -> Path:
    return data / "pages" if (data / "pages" / "facts.json").is_file() else ROOT / "tests" / "page" / "pages"


def read_cases(folder: Path) -> list[Case]:
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    return [((folder / name).read_text("utf-8"), expected) for name, expected in facts.items()]


def plain(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def facts_of(page: Page) -> dict[str, str | None]:
    body = [block.text for block in page.blocks if block.role == "body"]
    ends = {"first": body[0] if body else None, "last": body[-1] if body else None}
    return {"title": page.title, "author": page.author, "published": page.published, **ends}


def facts_of_trafilatura(html: str) -> dict[str, str | None]:
    """The same facts as trafilatura alone gives them."""
    import trafilatura

    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    if found is None:
        return dict.fromkeys(FACTS)
    read = found if isinstance(found, dict) else found.as_dict()
    body = [line for line in (read["text"] or "").split("\n") if line.strip()]
    ends = {"first": body[0] if body else None, "last": body[-1] if body else None}
    return {"title": read["title"], "author": read["author"], "published": read["date"], **ends}


def right_share(cases: list[Case], found: list[dict[str, str | None]]) -> float:
    right = [
        plain(facts[name]) == plain(expected.get(name))
        for (_, expected), facts in zip(cases, found, strict=True)
        for name in FACTS
    ]
    return sum(right) / len(right)


def milliseconds(pages: list[str]) -> float:
    """The time a page of the typical size takes, from all pages together."""
    started = time.process_time()
    for _ in range(ROUNDS):
        for page in pages:
            extract(page)
    seconds = (time.process_time() - started) / ROUNDS
    return 1000 * seconds * TYPICAL / sum(map(len, pages))


def marks(data: Path) -> list[Mark]:
    """The figures on the pages of `data`, or on those of the tests."""
    cases = read_cases(pages_folder(data))
    articles = [case for case in cases if "reject" not in case[1]]
    lists = [case for case in cases if "reject" in case[1]]
    read = [extract(html) for html, _ in articles]
    ours = right_share(articles, [facts_of(page) for page in read])
    theirs = right_share(articles, [facts_of_trafilatura(html) for html, _ in articles])
    refused = [extract(html).reject == expected["reject"] for html, expected in lists]
    time_taken = milliseconds([html for html, _ in cases])
    return [
        Mark(f"facts right on {len(articles)} article pages", ours, FACTS_ASKED),
        Mark("facts right above what trafilatura alone finds", ours - theirs, 0.0),
        Mark("article pages kept", sum(page.reject is None for page in read) / len(read), 1.0),
        Mark(f"list and front pages refused, of {len(lists)}", sum(refused) / len(refused), LISTS_ASKED),
        Mark(f"a page of {TYPICAL // 1000} kB", time_taken, MILLISECONDS_ASKED, " ms", at_most=True),
    ]
