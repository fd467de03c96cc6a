"""Articles with articles: which Vietnamese article belongs with which English one, and bitext inside one article.

model.py        documents and pairs
thresholds.py   every constant that decides
anchors.py      names, numbers, dates
words.py        words, as the lexicon translates them
links.py        pair ids, hreflang, file names
features.py     all of these: an article as numbers
frequencies.py  how many articles have each
vectors.py      weights and cosines
index.py        who is near whom, without comparing all
margin.py       nearer than their neighbours
candidates.py   what is known before aligning
alone.py        many documents aligned, each by itself
judgement.py    parallel, partial, comparable
settling.py     from candidates to pairs
evidence.py     what matched, in words
finding.py      two collections in memory
folders.py      a folder as documents
strength.py     two short texts by themselves
within.py       bitext inside one article
scoring.py      predicted pairs against gold ones
"""

from __future__ import annotations

from corpus.pairing.finding import find_pairs, learn_aligner, teach_aligner
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
    "teach_aligner",
]
