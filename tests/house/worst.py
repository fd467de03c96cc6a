"""Texts that hurt a regular expression most: made of the characters and the half-matches of the expression itself.

A pattern backtracks without end where one stretch of text can be read in many ways and the end then does not fit. So
every character that a pattern knows is repeated, alone and in pairs, as are texts that match it, texts that match it
but for their last character, and long repeats behind the start of a match.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser  # type: ignore[no-redef]

SHOWN = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
         "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-"}  # fmt: skip
POOL = "a1 .-\n\"'(,A/ế@"
_ATOMS, _SAMPLES, _PAIRS = 10, 5, 4
_MISFIT = "\x01"


def worst_texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about that length, each hard in its own way; the same for the same pattern."""
    tree = list(parser.parse(pattern, flags))
    random = Random(ascii(pattern))
    atoms = list(dict.fromkeys(_atoms(tree)))
    repeated = list(dict.fromkeys(_repeated(tree)))
    chosen = [*repeated[:_ATOMS], *random.sample(atoms, min(len(atoms), _ATOMS))]
    samples = [_sample(tree, random) for _ in range(_SAMPLES)]
    for atom in dict.fromkeys(chosen):
        yield atom * length
    for _ in range(_PAIRS if chosen else 0):
        yield (random.choice(chosen) + random.choice(chosen)) * (length // 2)
    for sample in dict.fromkeys(filter(None, samples)):
        for unit in (sample, sample[:-1], f"{sample} ", sample[:-1] + _MISFIT):
            yield unit * (length // max(1, len(unit)))
        for atom in repeated[:2]:
            yield sample[: random.randint(0, len(sample))] + atom * length + _MISFIT


def _atoms(tree: Any) -> Iterator[str]:
    """A character for every literal and class of a parsed pattern."""
    for operation, argument in tree:
        name = str(operation)
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            yield _character(name, argument, Random(0))
        else:
            for inner in _inside(name, argument):
                yield from _atoms(inner)


def _repeated(tree: Any) -> Iterator[str]:
    """The characters of what a pattern repeats."""
    for operation, argument in tree:
        for inner in _inside(str(operation), argument):
            yield from _atoms(inner) if str(operation).endswith("REPEAT") else _repeated(inner)


def _inside(name: str, argument: Any) -> list[Any]:
    """The parsed patterns inside an operation."""
    if name.endswith("REPEAT"):
        return [argument[2]]
    if name == "SUBPATTERN":
        return [argument[3]]
    if name == "BRANCH":
        return list(argument[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [argument[1]]
    return [argument] if name == "ATOMIC_GROUP" else []


def _sample(tree: Any, random: Random) -> str:
    """A text that matches, or nearly does: conditions before and behind are not asked."""
    parts = []
    for operation, argument in tree:
        name = str(operation)
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            parts.append(_character(name, argument, random))
        elif name.endswith("REPEAT"):
            least, most = argument[0], min(int(argument[1]), argument[0] + 3)
            parts += [_sample(argument[2], random) for _ in range(random.randint(min(least, 40), min(most, 40)))]
        elif name == "BRANCH":
            parts.append(_sample(random.choice(argument[1]), random))
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            parts.append(_sample(_inside(name, argument)[0], random))
    return "".join(parts)


def _character(name: str, argument: Any, random: Random) -> str:
    if name == "LITERAL":
        return chr(argument)
    if name in ("ANY", "NOT_LITERAL"):
        return "a" if name == "ANY" or argument != ord("a") else "b"
    if str(argument[0][0]) == "NEGATE":
        return next((char for char in POOL if not _holds(argument[1:], char)), "\u4e00")
    operation, member = random.choice(argument)
    if str(operation) == "RANGE":
        return chr(random.choice(member))
    return SHOWN.get(str(member), "a") if str(operation) == "CATEGORY" else chr(member)


def _holds(members: Any, char: str) -> bool:
    for operation, member in members:
        name = str(operation)
        if name == "LITERAL" and member == ord(char):
            return True
        if name == "RANGE" and member[0] <= ord(char) <= member[1]:
            return True
        if name == "CATEGORY" and _in_category(str(member), char):
            return True
    return False


def _in_category(name: str, char: str) -> bool:
    found = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
    kind = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    return found.get(kind, False) != name.startswith("CATEGORY_NOT_")
