"""Bitext inside one article: bilingual captions, stacked paragraphs, blocks in two languages.

The Vietnamese sentences of an article and the English ones, each in reading order, are aligned as if they were two
articles. That takes a paragraph with its translation below or above it as well as a whole translation at the end. What
the order misses, a caption among blocks, is looked for between neighbouring segments.

An article is not known to hold any translation, so a bead must be strong by itself, or stand where others do: between
neighbours, or in an article most of whose text is translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.alignment.beads import Bead
from corpus.orthography import shadow
from corpus.orthography.fold import fold
from corpus.pairing.finding import DocumentAligner
from corpus.pairing.strength import NO_STRENGTH, Explainer, Strength
from corpus.pairing.thresholds import (
    PROBABLE,
    STRONG,
    STRONG_NEAR,
    STRONG_WORDS,
    SUPPORTED,
    SURE,
    TRANSLATED_BEADS,
    TRANSLATED_SHARE,
    TRANSLATED_STRENGTH,
    WITHIN_REACH,
)

LEFT_OUT = frozenset(("byline", "credit", "source_line", "boilerplate"))
"""Roles whose text is nobody's translation."""


class ArticleSentence(NamedTuple):
    """A sentence in reading order: its language (vi, en, or anything else) and its segment's number and role."""

    text: str
    lang: str
    segment: int
    role: str | None = None


def sentences_of_row(row: Mapping[str, Any]) -> list[ArticleSentence]:
    """The sentences of a row of the articles table, so that a bead's indices are those of its `sentences`."""
    return [
        ArticleSentence(
            row["text"][sentence["start"] : sentence["end"]],
            sentence["lang"],
            sentence["paragraph"],
            row["paragraphs"][sentence["paragraph"]]["role"],
        )
        for sentence in row["sentences"] or ()
    ]


def find_within(sentences: Sequence[ArticleSentence], *, explainer: Explainer, aligner: DocumentAligner) -> list[Bead]:
    """The pairs inside one article, as beads of indices into `sentences`, in reading order of the Vietnamese.

    An article in one language has none.
    """
    usable = [k for k, sentence in enumerate(sentences) if sentence.role not in LEFT_OUT]
    sides = [[k for k in usable if sentences[k].lang == lang] for lang in ("vi", "en")]
    if not all(sides):
        return []
    search = _Within(sentences, explainer, aligner)
    (whole,) = search.align([(sides[0], sides[1])])
    found = search.accept(whole, translated=search.is_translated(whole, sides))
    used = {k for bead in found for k in (*bead.vi, *bead.en)}
    for beads in search.align(list(search.neighbours([k for k in usable if k not in used]))):
        for bead in search.accept(beads, translated=False):
            if used.isdisjoint((*bead.vi, *bead.en)):
                found.append(bead)
                used.update((*bead.vi, *bead.en))
    return sorted(found)


class _Within(NamedTuple):
    """One article, and what its sentences are compared with."""

    sentences: Sequence[ArticleSentence]
    explainer: Explainer
    aligner: DocumentAligner

    def align(self, parts: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[list[Bead]]:
        """For some Vietnamese and some English sentences their probable beads, by the numbers in the article."""
        texts = [([self.sentences[k].text for k in vi], [self.sentences[k].text for k in en]) for vi, en in parts]
        found = self.aligner.align_all(texts)
        return [
            [bead for bead in (_renumber(bead, vi, en) for bead in beads) if _is_usable(bead)]
            for (vi, en), beads in zip(parts, found, strict=True)
        ]

    def accept(self, beads: Sequence[Bead], *, translated: bool) -> list[Bead]:
        """The beads whose evidence is strong enough where they stand."""
        return [bead for bead in beads if self._is_pair(bead, translated)]

    def is_translated(self, beads: Sequence[Bead], sides: Sequence[Sequence[int]]) -> bool:
        """Whether a good share of the text of one language stands in strong beads."""
        strong = [bead for bead in beads if self._strength(bead).lesser >= TRANSLATED_STRENGTH]
        if len(strong) < TRANSLATED_BEADS:
            return False
        of_vi, of_en = [k for bead in strong for k in bead.vi], [k for bead in strong for k in bead.en]
        found, whole = (self._length(of_vi), self._length(of_en)), map(self._length, sides)
        return any(some >= TRANSLATED_SHARE * all_ > 0 for some, all_ in zip(found, whole, strict=True))

    def _is_pair(self, bead: Bead, translated: bool) -> bool:
        strength = self._strength(bead)
        if translated and bead.probability >= SURE and strength.lesser >= SUPPORTED:
            return True
        needed = STRONG_NEAR if self._touches(bead) else STRONG
        return strength.lesser >= needed and strength.words >= STRONG_WORDS

    def _strength(self, bead: Bead) -> Strength:
        vi, en = self._text(bead.vi), self._text(bead.en)
        if _bare(vi) == _bare(en):
            return NO_STRENGTH  # the same words twice are no translation
        return self.explainer.measure(vi, en)

    def _length(self, numbers: Sequence[int]) -> int:
        return sum(len(self.sentences[k].text) for k in numbers)

    def _text(self, numbers: Sequence[int]) -> str:
        return " ".join(self.sentences[k].text for k in numbers)

    def _touches(self, bead: Bead) -> bool:
        """Whether the two sides stand in one segment or in two that follow one another, of the same role."""
        vi, en = ({(self.sentences[k].segment, self.sentences[k].role) for k in side} for side in (bead.vi, bead.en))
        return any(abs(a - b) <= 1 and role == other for a, role in vi for b, other in en)

    def neighbours(self, numbers: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
        """Pairs of segments in two languages that stand near one another, the nearest first."""
        segments: list[list[int]] = []
        for k in numbers:
            sentence = self.sentences[k]
            last = self.sentences[segments[-1][-1]] if segments else None
            if last is not None and (last.segment, last.lang) == (sentence.segment, sentence.lang):
                segments[-1].append(k)
            else:
                segments.append([k])
        for distance in range(1, WITHIN_REACH + 1):
            for one, other in zip(segments, segments[distance:], strict=False):
                by_lang = {self.sentences[part[0]].lang: part for part in (one, other)}
                if set(by_lang) == {"vi", "en"} and self._may_hold_a_pair(by_lang["vi"], by_lang["en"]):
                    yield by_lang["vi"], by_lang["en"]

    def _may_hold_a_pair(self, vi: Sequence[int], en: Sequence[int]) -> bool:
        """Whether two segments share anything: a cheap look before they are aligned."""
        strength = self.explainer.measure(self._text(vi), self._text(en))
        return max(strength.vi, strength.en) >= STRONG_NEAR and strength.words >= STRONG_WORDS


def _renumber(bead: Bead, vi: Sequence[int], en: Sequence[int]) -> Bead:
    return Bead(tuple(vi[k] for k in bead.vi), tuple(en[k] for k in bead.en), bead.probability)


def _is_usable(bead: Bead) -> bool:
    """Whether a bead is probable, has both sides, and neither side has anything else between its sentences."""
    sides = (bead.vi, bead.en)
    unbroken = all(side and side[-1] - side[0] == len(side) - 1 for side in sides)
    return unbroken and bead.probability >= PROBABLE


def _bare(text: str) -> str:
    """A text as it would look if nobody had translated it."""
    return "".join(char for char in fold(shadow(text)) if char.isalnum())
