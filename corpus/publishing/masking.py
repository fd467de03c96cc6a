"""Personal data out of what is published: the same rows with a mask over it, character for character.

A mask has the length of what it covers, so every offset stays true. A side of an aligned pair takes the mask of the
article it is cut from, so it still is what stands there; words and tokens take the mask of the text they spell.

Every text of every row is looked at, whatever its column `pii` says: a row that fell out early was never searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Mask = Callable[[str], str]
Row = dict[str, Any]
LANGS = ("vi", "en")
PLAIN = {
    "articles": ("source", "title", "author", "site", "url", "place", "license", "pair", "captions", "references",
                 "extra"),
    "bitext": ("source", "title", "author", "site", "url", "license", "extra"),
    "article_pairs": ("evidence",),
}  # fmt: skip
"""Columns that are masked by themselves, each text in them alone."""
LOOKED_AT = {
    "articles": (*PLAIN["articles"], "text"),
    "bitext": (*PLAIN["bitext"], "translation", "vi_words", "en_words"),
    "article_pairs": PLAIN["article_pairs"],
}
"""Columns in which personal data shows that a row must be masked; tokens stand in their text."""


class Masker:
    """Masks the rows of a table; reads the articles once, for the rows that quote one."""

    def __init__(self, mask: Mask, articles: Sequence[Path]) -> None:
        self._mask = mask
        self._changes = _find_changes(mask, articles)

    def mask(self, table: pa.Table, name: str) -> pa.Table:
        """The same rows, of the table `name`, with personal data masked."""
        import pyarrow as pa

        touched = self._touched(table, name)
        if not any(touched):
            return table
        rows = [
            self.mask_row(row, name) if touch else row for row, touch in zip(table.to_pylist(), touched, strict=True)
        ]
        return pa.Table.from_pylist(rows, schema=table.schema)

    def _touched(self, table: pa.Table, name: str) -> list[bool]:
        """Which rows hold personal data, and which are cut from an article that does."""
        touched = [self._holds(row) for row in table.select(LOOKED_AT[name]).to_pylist()]
        if name == "bitext":
            ids = zip(*(table.column(f"{lang}_id").to_pylist() for lang in LANGS), strict=True)
            return [own or any(each in self._changes for each in pair) for own, pair in zip(touched, ids, strict=True)]
        return touched

    def _holds(self, row: Row) -> bool:
        """Whether the mask changes any text of a row; the syllables of a word are looked at apart."""
        words = {name: row[name].replace("_", " ") for name in ("vi_words", "en_words") if row.get(name)}
        return any(self._mask(text) != text for text in texts_in({**row, **words}))

    def mask_row(self, row: Row, name: str) -> Row:
        """A row of the table `name` with personal data masked."""
        masked = {**row, **{column: _mask_all(row[column], self._mask) for column in PLAIN[name]}}
        if name == "articles" and row["text"] is not None:
            masked["text"] = self._mask(row["text"])
            masked["sentences"] = [_mask_tokens(each, row["text"], masked["text"]) for each in row["sentences"] or ()]
        if name == "bitext" and row["translation"] is not None:
            masked["translation"] = {lang: self._mask_side(row, lang) for lang in row["translation"]}
            for lang in LANGS:
                words, side = row[f"{lang}_words"], row["translation"][lang]
                masked[f"{lang}_words"] = words and mask_words(words, side, masked["translation"][lang], self._mask)
        return masked

    def _mask_side(self, row: Row, lang: str) -> str | None:
        """One side under the mask of its article, and under its own where that leaves something."""
        side: str | None = row["translation"][lang]
        if side is None:
            return None
        letters = list(side)
        for start, masked in self._changes.get(row[f"{lang}_id"], ()):
            for place, letter in enumerate(masked, start - (row[f"{lang}_start"] or 0)):
                if 0 <= place < len(letters):
                    letters[place] = letter
        return self._mask("".join(letters))


def mask_words(words: str, side: str, masked: str, mask: Mask) -> str:
    """`words` (of `side`, joined by `_` and spaces) under the mask that made `masked` of `side`.

    >>> mask_words("Gọi 0912_345 nhé .", "Gọi 0912 345 nhé.", "Gọi **** *** nhé.", str)
    'Gọi ****_*** nhé .'
    """
    spelt = [letter for letter in zip(side, masked, strict=True) if not letter[0].isspace()]
    found: list[str] = []
    at = 0
    for letter in words:
        if at < len(spelt) and letter == spelt[at][0]:
            found.append(spelt[at][1])
            at += 1
        elif letter in " _":
            found.append(letter)
        else:
            return mask(words.replace("_", " "))  # words that do not spell their side
    return "".join(found)


def _find_changes(mask: Mask, articles: Sequence[Path]) -> dict[str, list[tuple[int, str]]]:
    """Of each article that the mask changes, where it does and what stands there then."""
    import pyarrow.parquet as pq

    changes = {}
    for part in articles:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(batch_size=64, columns=["id", "text"]):
                for row in batch.to_pylist():
                    if row["text"] is not None and (changed := _changed(row["text"], mask(row["text"]))):
                        changes[row["id"]] = changed
    return changes


def _changed(text: str, masked: str) -> list[tuple[int, str]]:
    """
    >>> _changed("Gọi 0912 345.", "Gọi **** ***.")
    [(4, '****'), (9, '***')]
    """
    runs: list[tuple[int, str]] = []
    if text == masked:
        return runs
    for place, (old, new) in enumerate(zip(text, masked, strict=True)):
        if old != new:
            goes_on = runs and runs[-1][0] + len(runs[-1][1]) == place
            start, run = runs.pop() if goes_on else (place, "")
            runs.append((start, run + new))
    return runs


def _mask_tokens(sentence: dict[str, Any], text: str, masked: str) -> dict[str, Any]:
    """A sentence whose tokens are cut from the masked text where they stood in the text."""
    tokens, at = [], sentence["start"]
    for token in sentence["tokens"]:
        at = max(text.find(token, at, sentence["end"]), at)
        tokens.append(masked[at : at + len(token)])
        at += len(token)
    return {**sentence, "tokens": tokens}


def forget_kinds(table: pa.Table) -> pa.Table:
    """The same rows with `pii` null, where they have it: as if nobody had looked."""
    import pyarrow as pa

    at = table.schema.get_field_index("pii")
    if at < 0:
        return table
    field = table.schema.field(at)
    return table.set_column(at, field, pa.nulls(table.num_rows, field.type))


def texts_in(value: Any) -> Iterator[str]:
    """
    >>> list(texts_in({"title": "Tin", "extra": [{"key": "ảnh", "value": None}], "start": 3}))
    ['Tin', 'ảnh']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def _mask_all(value: Any, mask: Mask) -> Any:
    """Every text inside a value, masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [_mask_all(each, mask) for each in value]
    if isinstance(value, dict):
        return {key: _mask_all(each, mask) for key, each in value.items()}
    return value
