"""Sentences and words, for Vietnamese and English: offsets into the text, which stays as it is written.

Sentences: `sentences` asks `guard` about every mark that `terminators` finds; `tables` holds what is known of each
language, `vietnamese` and `english` call underthesea and sacremoses. Words: `words` shows a model what it can take,
`spelling` traces its tokens back, `units` keeps legal numbers and addresses whole.
"""

from __future__ import annotations

from corpus.segment.sentences import sentence_spans, split_sentences
from corpus.segment.words import token_spans, tokenize, word_segment

__all__ = ["sentence_spans", "split_sentences", "token_spans", "tokenize", "word_segment"]
