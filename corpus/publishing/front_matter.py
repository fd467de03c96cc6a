"""The head of a card: YAML that the Hub reads, kept as a person wrote it wherever a merge does not change the value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.errors import UsageError
from corpus.publishing.card_licences import UNKNOWN
from corpus.publishing.dataset import TABLE_OF

PER_CONFIG = frozenset({"configs", "dataset_info"})
MEASURED = frozenset({"language", "multilinguality", "size_categories"})
UNITED = frozenset({"tags", "task_categories", "source_datasets"})
LICENCE = ("license", "license_name")
DIFFERS = "differs-by-source"  # what a generated card names several licences
SAYS_NOTHING: tuple[Any, ...] = (None, "", UNKNOWN, [], [UNKNOWN])

_HEAD = re.compile(r"\A\s*---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"""[^\s#\-\[\]{}&*!|>%@`?:,][^\n]*?:(?=\s|$)""")


class Card(NamedTuple):
    """A card cut in two: the YAML between the two `---` lines ("" where there is none), and the text below it."""

    head: str
    body: str


def split_card(text: str) -> Card:
    """Cut a card in two. A rule of dashes that opens no mapping belongs to the text.

    >>> split_card("---\\nlicense: mit\\n---\\n# Ngữ liệu\\n")
    Card(head='license: mit\\n', body='# Ngữ liệu\\n')
    >>> split_card("---\\nLời nói đầu\\n---\\n").head
    ''
    """
    text = "\n".join(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\r"))
    found = _HEAD.match(text)
    if not found:
        return Card("", text)
    values = _parse(found[1])
    return Card(found[1], text[found.end() :]) if isinstance(values, dict) or values is None else Card("", text)


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; `str.splitlines` would also cut at form feeds and the like."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def head_values(text: str) -> dict[str, Any]:
    """The values in a card's head, {} where it has none. Raises UsageError where the YAML cannot be read."""
    return dict(_parse(split_card(text).head) or {})


def merge_heads(theirs: str, ours: str) -> str:
    """Two heads in one: what is measured comes from `ours`, what a person describes stays as in `theirs`.

    >>> print(merge_heads("license: mit # hỏi rồi\\ndoi: 10.1/x\\n", "license: unknown\\nlanguage: [vi]\\n"), end="")
    license: mit # hỏi rồi
    doi: 10.1/x
    language: [vi]
    """
    their_values, our_values = _parse(theirs) or {}, _parse(ours) or {}
    merged = _merge_values(their_values, our_values)
    text = _write(merged, _chunks(theirs, their_values), _chunks(ours, our_values))
    return text if _same(_parse_or_none(text), merged) else _dump(merged)


def _merge_values(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    order = [*theirs, *(key for key in ours if key not in theirs)]
    # A licence and its name are one statement: a person's is taken whole, and one of ours that has aged goes whole.
    if theirs.get("license") in SAYS_NOTHING or theirs.get("license_name") == DIFFERS:
        theirs = {key: value for key, value in theirs.items() if key not in LICENCE}
    else:
        ours = {key: value for key, value in ours.items() if key not in LICENCE}
    merged = {key: _value(key, theirs, ours) for key in order if key in theirs or key in ours}
    return {key: value for key, value in merged.items() if value or key not in PER_CONFIG}


def _value(key: str, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Any:
    if key in PER_CONFIG:
        return _merge_configs(theirs.get(key), ours.get(key))
    if key not in theirs or key not in ours:
        return theirs[key] if key in theirs else ours[key]
    if key in UNITED:
        kept = _as_list(theirs[key])
        return theirs[key] if not (new := [x for x in _as_list(ours[key]) if x not in kept]) else [*kept, *new]
    if key in MEASURED or theirs[key] in SAYS_NOTHING:
        return ours[key]
    return theirs[key]


def _merge_configs(theirs: Any, ours: Any) -> Any:
    """Our configurations as they are now, and after them those a person added; there can be one default only."""
    now = [config for config in _as_list(ours) if isinstance(config, dict)]
    replaced = TABLE_OF.keys() | {config.get("config_name") for config in now}
    added = [x for x in _as_list(theirs) if isinstance(x, dict) and str(x.get("config_name")) not in replaced]
    if any("default" in config for config in now):
        added = [{key: value for key, value in config.items() if key != "default"} for config in added]
    return [*now, *added]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _write(merged: Mapping[str, Any], theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """The merged head, from a person's own lines where the value is theirs, comments included."""
    lines = []
    for key, value in merged.items():
        their_lines, our_lines = theirs.get(key), ours.get(key)
        if their_lines is not None and _same(_parse_or_none(their_lines), {key: value}):
            lines.append(their_lines)
            continue
        lines += [line for line in lines_of(their_lines or "") if line.startswith("#")]
        fits = our_lines is not None and _same(_parse_or_none(our_lines), {key: value})
        lines.append(our_lines if fits and our_lines is not None else _dump({key: value}))
    return "".join([*lines, theirs.get("", "")])


def _chunks(head: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The lines of each key with the comments above it, and under "" what follows the last key."""
    chunks: dict[str, str] = {}
    waiting, key = "", ""
    names = iter(values)
    for line in lines_of(head):
        if line.startswith("#") or not line.strip():
            waiting += line
            continue
        if _KEY.match(line):
            key = next(names, "")
        chunks[key] = chunks.get(key, "") + waiting + line
        waiting = ""
    return {**chunks, "": chunks.get("", "") + waiting}


def _same(left: Any, right: Any) -> bool:
    """Whether two values are the same as YAML tells them apart: 1 is not true, and the order of keys does not count."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return type(left) is type(right) and (left == right or (left != left and right != right))


def _dump(values: Mapping[str, Any]) -> str:
    import yaml

    return str(yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False)) if values else ""


def _parse_or_none(text: str) -> Any:
    try:
        return _parse(text)
    except UsageError:
        return None


@lru_cache(maxsize=64)
def _parse(text: str) -> Any:
    """The values of some YAML, which are shared: change none of them."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # The head starts on the second line of the card, and a mark counts from 0.
        where = f"line {mark.line + 2}: {getattr(error, 'problem', '')}" if mark else type(error).__name__
        raise UsageError(
            f"the YAML at the top of the card cannot be read ({where}); mend the lines between the two `---` in"
            " its README.md"
        ) from None
