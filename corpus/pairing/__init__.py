"""Articles with articles: which Vietnamese article belongs with which English one, and bitext inside one article.

model.py       documents and pairs              thresholds.py  every constant that decides
anchors.py     names, numbers, dates            views.py       articles as anchors and as translated words
vectors.py     weights and cosines              index.py       candidates without comparing all with all
margin.py      nearer than their neighbours     links.py       pair ids, hreflang, numbers, slugs, file names
candidates.py  what is known before aligning    evidence.py    what matched, in words
judgement.py   parallel, partial, comparable    finding.py     from two collections to pairs
strength.py    two short texts by themselves    within.py      bitext inside one article
folders.py     a folder as documents           scoring.py     predicted pairs against gold ones
"""

from __future__ import annotations

from corpus.pairing.finding import find_pairs, learn_aligner
from corpus.pairing.judgement import Judgement, judge
from corpus.pairing.model import REASONS, Document, Pair
from corpus.pairing.strength import Explainer
from corpus.pairing.within import ArticleSentence, find_within, sentences_of_row

__all__ = [
    "REASONS",
    "ArticleSentence",
    "Document",
    "Explainer",
    "Judgement",
    "Pair",
    "find_pairs",
    "find_within",
    "judge",
    "learn_aligner",
    "sentences_of_row",
]
