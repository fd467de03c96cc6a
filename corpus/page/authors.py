"""Who wrote the article: what a reader sees before what machines are told, and never the site itself."""

from __future__ import annotations

from corpus.page.metadata import Metadata
from corpus.page.names import people
from corpus.page.roles import Judged
from corpus.page.survey import Survey

_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dc.contributor",
    "creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_SEPARATOR = "; "
_MOST = 12


def find_author(survey: Survey, judged: list[Judged], metadata: Metadata, sites: frozenset[str]) -> str | None:
    """Names joined with "; ", or None.

    Bylines come first: a content system often signs with whoever typed the article in. Then JSON-LD, then meta tags.
    """
    bylines = [survey.lines[item.number].text for item in judged if item.role == "byline"]
    claims = [metadata.linked.people(), [metadata.metas[name] for name in _METAS if name in metadata.metas]]
    for texts in (bylines, *claims):
        names = _names(texts, sites)
        if names:
            return _SEPARATOR.join(names[:_MOST])
    return None


def _names(texts: list[str], sites: frozenset[str]) -> list[str]:
    """The people of several bylines, each once however it is written."""
    found: dict[str, str] = {}
    for text in texts:
        for name in people(text, sites):
            found.setdefault(name.casefold(), name)
    return list(found.values())
