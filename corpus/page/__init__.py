"""A page of a news site -> the article on it, as blocks with role hints, and what the page says about it."""

from __future__ import annotations

from corpus.page.extract import extract
from corpus.page.model import Block, Page

__all__ = ["Block", "Page", "extract"]
