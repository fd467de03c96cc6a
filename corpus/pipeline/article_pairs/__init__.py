"""Phase `article_pairs`, cut into tasks: features, groups, search, align, and the rows (phase.py)."""

from __future__ import annotations

from corpus.pipeline.article_pairs.phase import pair_articles, pair_recipe

__all__ = ["pair_articles", "pair_recipe"]
