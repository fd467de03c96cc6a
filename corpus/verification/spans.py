"""`verify`: the laws of an article's spans, for many articles at once.

All texts of a batch are laid end to end as code points, so that a law is one comparison of whole arrays. This finds the
rows that break one; `rows` says of each, in words, what is broken. A cumulative count of the characters that are
no white space tells how many of them stand in any span.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.structure.records import SENTENCE_ROLES

if TYPE_CHECKING:
    import pyarrow as pa

SPANS = ("paragraphs", "sentences", "captions", "references", "dates")
Array = Any


class Points(NamedTuple):
    """Texts end to end: their code points, where each text starts (and the last ends), which points are no white
    space, and how many of those stand before each point."""

    points: Array
    first: Array
    solid: Array
    before: Array


class Spans(NamedTuple):
    """The spans of a column, row after row: the row of each, and where it starts and ends among all code points."""

    row: Array
    start: Array
    end: Array
    structs: Any


def broken_rows(batch: pa.RecordBatch) -> list[int]:
    """The rows of a batch of articles that break a law of spans."""
    text = lay_out(batch.column("text"))
    bad = np.zeros(batch.num_rows, bool)
    spans = {name: _read_spans(batch.column(name), text) for name in SPANS}
    for each in spans.values():
        bad[each.row[~_is_proper(each, text)]] = True
    for name in ("paragraphs", "sentences"):
        bad[spans[name].row[1:][_overlaps(spans[name])]] = True
    bad |= ~_is_tiled(spans["paragraphs"], text, bad)
    bad |= _breaks_coverage(batch, spans, text, bad)
    bad |= _breaks_spelling(spans["sentences"], text, bad)
    return list(np.flatnonzero(bad).tolist())


def lay_out(column: pa.Array) -> Points:
    """Texts end to end; a null is an empty one."""
    import pyarrow.compute as pc

    first = _sums(pc.fill_null(pc.utf8_length(column), 0).to_numpy(zero_copy_only=False))
    joined = "".join(filter(None, column.to_pylist()))
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    solid = ~_blanks()[np.minimum(points, len(_blanks()) - 1)]
    return Points(points, first, solid, _sums(solid))


def _sums(counts: Array) -> Array:
    """Cumulative sums that start with 0.

    >>> _sums([2, 3]).tolist()
    [0, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


@cache
def _blanks() -> Array:
    """Which code points are white space, up to the last that is."""
    return np.array([chr(point).isspace() for point in range(0x3002)])


def _read_spans(column: pa.Array, text: Points) -> Spans:
    import pyarrow.compute as pc

    structs = pc.list_flatten(column)
    row = pc.list_parent_indices(column).to_numpy()
    start, end = (_numbers(structs, name) + text.first[row] for name in ("start", "end"))
    return Spans(row, start, end, structs)


def _numbers(structs: pa.Array, name: str) -> Array:
    """A field of numbers; a null, which no law allows, is far outside of any text."""
    import pyarrow.compute as pc

    return pc.fill_null(pc.struct_field(structs, name), -(2**30)).to_numpy(zero_copy_only=False).astype(np.int64)


def _is_proper(spans: Spans, text: Points) -> Array:
    """Which spans lie inside their text, hold something, and start and end with something."""
    inside = (text.first[spans.row] <= spans.start) & (spans.start < spans.end)
    inside &= spans.end <= text.first[spans.row + 1]
    places = np.where(inside, spans.start, 0), np.where(inside, spans.end - 1, 0)
    if len(text.points):
        inside &= text.solid[places[0]] & text.solid[places[1]]
    return inside


def _overlaps(spans: Spans) -> Array:
    """Of all spans but the first: which starts before the end of the one before it in its row."""
    return (spans.row[1:] == spans.row[:-1]) & (spans.start[1:] < spans.end[:-1])


def _is_tiled(paragraphs: Spans, text: Points, bad: Array) -> Array:
    """The rows of which every character is in a paragraph."""
    good = ~bad[paragraphs.row]
    inside = np.bincount(
        paragraphs.row[good], _weights(paragraphs, text, good), minlength=len(bad)
    )  # fmt: skip
    return bad | (inside == text.before[text.first[1:]] - text.before[text.first[:-1]])


def _weights(spans: Spans, text: Points, chosen: Array) -> Array:
    """How many characters that are no white space stand in each of the chosen spans."""
    return text.before[spans.end[chosen]] - text.before[spans.start[chosen]]


def _breaks_coverage(batch: pa.RecordBatch, spans: dict[str, Spans], text: Points, bad: Array) -> Array:
    """Rows with sentences outside of their paragraph's region, or a region with characters in no sentence."""
    import pyarrow.compute as pc

    paragraphs, sentences, captions = (spans[name] for name in ("paragraphs", "sentences", "captions"))
    roles = pc.struct_field(paragraphs.structs, "role").to_numpy(zero_copy_only=False)
    is_caption = roles == "caption"
    rows = len(bad)
    segmented = pc.is_valid(batch.column("sentences")).to_numpy(zero_copy_only=False)
    counts = np.bincount(paragraphs.row[is_caption], minlength=rows), np.bincount(captions.row, minlength=rows)
    broken = segmented & ~bad & (counts[0] != counts[1])
    paired = ~broken & (counts[0] == counts[1])
    start, end = paragraphs.start.copy(), paragraphs.end.copy()
    mine = is_caption & paired[paragraphs.row]
    own = paired[captions.row]
    start[mine], end[mine] = captions.start[own], captions.end[own]
    holds = np.isin(roles.astype(str), list(SENTENCE_ROLES)) | is_caption
    well = (segmented & ~bad & ~broken)[paragraphs.row]
    index, inside = _regions_of(sentences, paragraphs, start, end, holds, rows)
    usable = (segmented & ~bad & ~broken)[sentences.row]
    broken[sentences.row[usable & ~inside]] = True
    usable &= inside
    covered = np.bincount(index[usable], _weights(sentences, text, usable), minlength=len(roles))
    expected = np.zeros(len(roles), np.int64)
    counted = well & holds
    expected[counted] = text.before[end[counted]] - text.before[start[counted]]
    broken[paragraphs.row[well & (covered != expected)]] = True
    return broken


def _regions_of(
    sentences: Spans, paragraphs: Spans, start: Array, end: Array, holds: Array, rows: int
) -> tuple[Array, Array]:
    """For each sentence its paragraph among all, and whether it lies inside a region that holds sentences."""
    first = _sums(np.bincount(paragraphs.row, minlength=rows))
    number = _numbers(sentences.structs, "paragraph")
    index = first[sentences.row] + number
    known = (number >= 0) & (index < first[sentences.row + 1])
    if not len(start):
        return np.zeros(len(index), np.int64), known
    index = np.where(known, index, 0)
    return index, known & holds[index] & (start[index] <= sentences.start) & (sentences.end <= end[index])


def _breaks_spelling(sentences: Spans, text: Points, bad: Array) -> Array:
    """Rows with a sentence that its tokens do not spell; white space does not count."""
    import pyarrow.compute as pc

    broken = np.zeros(len(bad), bool)
    good = ~bad[sentences.row]
    lists = pc.struct_field(sentences.structs, "tokens")
    tokens = lay_out(pc.list_flatten(lists))
    ends = _sums(pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False))
    before = tokens.before[tokens.first[ends]]
    spelt, written = np.diff(before), np.zeros(len(good), np.int64)
    written[good] = _weights(sentences, text, good)
    same = good & (spelt == written)
    broken[sentences.row[good & ~same]] = True
    in_sentences = text.points[_mark(sentences.start[same], sentences.end[same], len(text.points)) & text.solid]
    in_tokens = tokens.points[tokens.solid][np.repeat(same, spelt)]
    differs = np.flatnonzero(in_sentences != in_tokens)
    owner = np.repeat(sentences.row[same], spelt[same])
    broken[owner[differs]] = True
    return broken


def _mark(start: Array, end: Array, length: int) -> Array:
    """Which of `length` places stand in one of these spans, which lie apart.

    >>> _mark(np.array([1]), np.array([3]), 4).tolist()
    [False, True, True, False]
    """
    steps = np.bincount(start, minlength=length + 1) - np.bincount(end, minlength=length + 1)
    return np.cumsum(steps)[:length] > 0
