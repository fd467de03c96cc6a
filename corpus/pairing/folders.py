"""A folder of articles as documents: whatever the loaders take, decoded, with the fields that help pairing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.pairing.model import Document

_FOR_LANGUAGE = 2000
"""Characters of an article by which its language is told."""


class Folder(NamedTuple):
    """The articles of a folder, by their paths inside it; what cannot be used, with the reason; how many articles are
    in which language."""

    documents: list[Document]
    unusable: list[tuple[str, str]]
    languages: Counter[str]


def read_documents(path: str) -> Folder:
    """The articles in a folder, sorted by name. Raises UsageError if it is none."""
    from corpus.language import detect

    if not Path(path).is_dir():
        raise UsageError(f"{path} is not a folder; name the folder that holds the articles of one language")
    folder = Folder([], [], Counter())
    for name, document, reason in _articles(path):
        if document is None:
            folder.unusable.append((name, reason))
        else:
            folder.documents.append(document)
            folder.languages[detect(document.text[:_FOR_LANGUAGE]).label] += 1
    return folder


def _articles(path: str) -> Iterator[tuple[str, Document | None, str]]:
    """Every record with its name inside the folder: a document, or the reason why it is none."""
    import corpus

    for row in corpus.load(path):
        name = row["source"].partition("/")[2] or row["source"]
        if "translation" in row:
            yield name, None, "aligned already"
        elif row["reject"]:
            yield name, None, row["reject"]
        else:
            fields = (row.get("published"), row.get("url"), name, row.get("pair"))
            yield name, Document(name, row["text"], *fields), ""


def check_languages(vi: Folder, en: Folder, names: tuple[str, str]) -> None:
    """Raise UsageError where the two folders were given in the wrong order, or one of them is empty."""
    for folder, name in ((vi, names[0]), (en, names[1])):
        if not folder.documents:
            raise UsageError(f"{name} holds no article that can be read; see `songngu load {name}`")
    if vi.languages["en"] > vi.languages["vi"] and en.languages["vi"] > en.languages["en"]:
        raise UsageError(
            f"{names[0]} is in English and {names[1]} in Vietnamese; the Vietnamese folder comes first: "
            f"songngu pair {names[1]} {names[0]}"
        )
