"""Does a text show legacy encodings, and which? Asked before anything is repaired, cheap where nothing is
odd.

A first look passes clean text at the speed of a search. Lines that do not pass are weighed: one line may
prove an encoding alone, or the words of all of them together. The more lines are weighed, the more a single
one must prove.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import inf, log10

from corpus.encoding.evidence import STATES, context, points, strangeness, tokens
from corpus.encoding.losses import KEPT_HORN, mended
from corpus.encoding.tables import NAMES, legacy

PROOF = 2.0  # points with which a line proves an encoding, if anything in it is strange
PLAIN_PROOF = 2.5  # points with which it does so otherwise, or with which all words of the text do
RARER = {"tcvn3": 0.0, "vni": 0.0, "cp1258": 0.5, "tcvn-5712-1": 0.5, "viscii": 1.0}  # points more to prove
SWITCH_AT_LINE = 0.25, 1.25  # cost of a new encoding in the next line: many lines of both kinds; few
FEW = 0.1  # share of the accented lines below which one kind is few
PREVAILS = 0.3  # share of the accented lines that must show an encoding for all of them to be judged
SEGMENT = 1 << 14  # code points; a longer line is judged in parts

# What calls for a closer look: a character that clean Vietnamese does without and legacy encodings show,
# bytes of UTF-8 shown one by one, a pair that clean text cannot hold (VNI, windows-1258). Each alternative
# looks back from its last character, so that clean text is passed at the speed of a search for a few letters.
_ALIEN = "\x80-\x9f¡-©«-´¶-ÁÄ-ÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñöøûüþ÷µ\u03bc\u2212\u2219"
_SHOWN_BYTE = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_LAST = f"[{_ALIEN}{_SHOWN_BYTE}ùõâáàãêéèúìòÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝª]"
_ENDINGS = (
    f"[{_ALIEN}]", f"[Â-ß][{_SHOWN_BYTE}]", f"[à-ô][{_SHOWN_BYTE}][{_SHOWN_BYTE}]",
    "[aA][ùõâáàãêéèúÙÕÂÁÀÃÊÉÈÚ]", "[eE][ùõâáàãÙÕÂÁÀÃ]", "[oO][ùõâÙÕÂ]", "[uUyY][õÕ]", "[yY][ùÙ]",
    "[ôÔ][ùõÙÕ]", "[aeoyâêôãõýAEOYÂÊÔÃÕÝ][ìòÌÒ]", "[IU][ÌÒ]", "[a-zà-ÿ][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]", "[a-zà-ÿ]ª",
)  # fmt: skip
_SUSPECT = re.compile(_LAST + "(?:" + "|".join(f"(?<={ending})" for ending in _ENDINGS) + ")")


def is_suspect(text: str) -> bool:
    """Whether any character or pair of characters in the text calls for a closer look.

    >>> is_suspect("Thủ đô Hà Nội, hoà thuận"), is_suspect("nhaân daân")
    (False, True)
    """
    return not text.isascii() and _SUSPECT.search(text) is not None


@dataclass(frozen=True)
class Profile:
    """What a survey found: the encodings that the text shows, what changing them between lines costs,
    whether they prevail in it (so that every accented line is to be judged), and whether the ư of TCVN3 is
    lost."""

    encodings: tuple[str, ...] = ()
    switch_at_line: float = SWITCH_AT_LINE[1]
    prevails: bool = False
    horn_lost: bool = False

    def merged(self, other: Profile) -> Profile:
        """What both found, for a text that is read in blocks."""
        if not self.encodings or not other.encodings:
            return self if self.encodings else other
        both = tuple(name for name in NAMES if name in self.encodings or name in other.encodings)
        switch = min(self.switch_at_line, other.switch_at_line)
        return Profile(both, switch, self.prevails or other.prevails, self.horn_lost or other.horn_lost)


def segments(text: str) -> Iterator[str]:
    """The text cut after each line end, and within a very long line after a space, or anywhere if it has
    none.

    >>> list(segments("một\\nhai ba"))
    ['một\\n', 'hai ba']
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start, start + SEGMENT) + 1
        if not end:
            space = text.rfind(" ", start + SEGMENT // 2, start + SEGMENT) + 1
            end = len(text) if len(text) - start <= SEGMENT else space or start + SEGMENT
        yield text[start:end]
        start = end


def survey(text: str) -> Profile:
    """The encodings that NFC text shows.

    >>> survey("Hà Nội có mưa.\\nC¨n cø NghÞ ®Þnh").encodings, survey("Où est né le curé ?").encodings
    (('tcvn3',), ())
    """
    seen: set[str] = set()
    tally = _Tally()
    accented = 0
    for line in segments(text):
        if line.isascii():
            continue
        accented += 1
        if _SUSPECT.search(line):
            words = set(tokens(line))
            seen |= words
            tally.add(words, line)
    if not seen:
        return Profile()
    kept = tally.proven(margins(seen))
    speaking = tally.lines - tally.against
    standing = (accented - speaking) / accented
    unlikely = max(tally.against / tally.lines, 1 - standing / FEW)
    least, most = SWITCH_AT_LINE
    switch = least + (most - least) * unlikely
    return Profile(kept, switch, speaking >= PREVAILS * accented, "tcvn3" in kept and has_lost_horn(seen))


def has_lost_horn(words: Collection[str]) -> bool:
    """Whether words that show TCVN3 lack a ư for certain, and none has kept one."""
    if any(KEPT_HORN.search(word) for word in words):
        return False
    tcvn3 = legacy("tcvn3")
    return any(mended(tcvn3.read(word)) for word in words)


def margins(words: Collection[str]) -> dict[str, float]:
    """How far each encoding reads words better than the better of the two readings of them as they stand.

    >>> margins(["Céng", "hoµ", "cã"])["tcvn3"], margins(["thé", "façade"])["tcvn3"]
    (5.5, -0.7)
    """
    sums = [sum(column) for column in zip(*map(points, words), strict=True)] or [0.0] * len(STATES)
    stands = max(sums[:2])
    return {name: round(total - stands, 2) for name, total in zip(NAMES, sums[2:], strict=True)}


class _Tally:
    """What the suspect lines of a text prove, counted line by line."""

    def __init__(self) -> None:
        self.lines = 0
        self.against = 0  # lines that no encoding reads better than they stand
        self.most = dict.fromkeys(NAMES, -inf)  # by how much the best line exceeds what it must prove
        self.lead = {(name, other): 0.0 for name in NAMES for other in NAMES}  # by how much one beats another

    def add(self, words: set[str], line: str) -> None:
        margin = margins(words)
        best = max(margin, key=lambda name: margin[name] - RARER[name])
        self.lines += 1
        self.against += margin[best] <= 0
        if margin[best] <= 0:
            return
        needed = (PROOF if any(map(strangeness, words)) else PLAIN_PROOF) + RARER[best]
        self.most[best] = max(self.most[best], margin[best] + context(line.split()) - needed)
        for other in NAMES:
            self.lead[best, other] = max(self.lead[best, other], margin[best] - margin[other])

    def proven(self, totals: dict[str, float]) -> tuple[str, ...]:
        """The strongest of the proven encodings, and those that read some line far better than every stronger
        one: many words read as Vietnamese through two tables."""
        more = 0.5 * log10(max(1, self.lines))
        kept: list[str] = []
        for name in sorted(NAMES, key=lambda name: RARER[name] - totals[name]):
            if totals[name] < PLAIN_PROOF + RARER[name] and self.most[name] < more:
                continue
            if all(self.lead[name, other] >= PROOF + RARER[name] + more for other in kept):
                kept.append(name)
        return tuple(name for name in NAMES if name in kept)
