"""The structure of an article: its paragraphs and their roles, its metadata, captions, legal references and dates.

`split_paragraphs` says where the paragraphs are, `analyse` what they are and what they say about the article,
`sentence_regions` which stretches hold sentences.
"""

from __future__ import annotations

from corpus.structure.analyse import analyse
from corpus.structure.paragraphs import split_paragraphs
from corpus.structure.records import ROLES, Caption, Paragraph, Reference, Structure, sentence_regions

__all__ = [
    "ROLES",
    "Caption",
    "Paragraph",
    "Reference",
    "Structure",
    "analyse",
    "sentence_regions",
    "split_paragraphs",
]
