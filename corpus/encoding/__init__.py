"""Bytes to text, and mojibake repair, for the encodings that Vietnamese has been written in.

`decode` takes a file's bytes, `text_chunks` a stream of them, `repair` text that is already `str`; `sniff`
decides on the head of a file alone. Every answer says what was decided, how sure it is, and what was done.

The files in reading order: `syllables` (what a Vietnamese word is), `tables` (the legacy codes), `losses`
(what TCVN3 drops), `evidence` (one word), `survey` (a text), `doubled` and `mojibake` (repair), `sniffing`
(bytes), `decoding`, `streaming`.
"""

from __future__ import annotations

from corpus.encoding.decoding import Decoded, decode, sniff
from corpus.encoding.mojibake import Repaired, repair
from corpus.encoding.sniffing import Decision
from corpus.encoding.streaming import TextStream, text_chunks

__all__ = ["Decision", "Decoded", "Repaired", "TextStream", "decode", "repair", "sniff", "text_chunks"]
