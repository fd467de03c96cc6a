"""Which pairs to keep: bounds on scores, read from a small file, applied to scores that were measured before.

    numbers: {min: 0.5}
    copy: {max: 0.8}
    lang_vi: {min: 0.5, null: reject}

A score that is null rejects nothing unless the file says so: what cannot be measured is no fault.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import UsageError, unknown
from corpus.schema import SCORES

PRESETS = ("default", "loose", "strict")
_KEYS = ("max", "min", "null")
_NULLS = ("keep", "reject")


@dataclass(frozen=True)
class Bound:
    """What one score may be: from `least` to `most`, both included; whether a missing score is let pass."""

    score: str
    least: float = -math.inf
    most: float = math.inf
    needed: bool = False

    def broken_by(self, value: float | None) -> bool:
        """
        >>> bound = Bound("copy", most=0.8)
        >>> bound.broken_by(0.9), bound.broken_by(0.8), bound.broken_by(None)
        (True, False, False)
        """
        return self.needed if value is None else not self.least <= value <= self.most


@dataclass(frozen=True)
class Thresholds:
    """Bounds in the order in which they are tried; `name` is the preset or the file they come from."""

    name: str
    bounds: tuple[Bound, ...]

    def reject(self, scores: Mapping[str, float | None]) -> str | None:
        """`accept:<score>` for the first score out of bounds, or None for a pair to keep.

        >>> load_thresholds("default").reject({"quality": 0.9, "copy": 1.0, "numbers": None})
        'accept:copy'
        """
        for bound in self.bounds:
            if bound.broken_by(scores.get(bound.score)):
                return f"accept:{bound.score}"
        return None

    @property
    def signature(self) -> str:
        """The preset's name, or "file", and eight hexadecimal digits that change when a bound does.

        >>> load_thresholds("default").signature.partition("@")[0]
        'default'
        """
        told = json.dumps([[b.score, b.least, b.most, b.needed] for b in self.bounds])
        return f"{self.name if self.name in PRESETS else 'file'}@{sha256(told.encode()).hexdigest()[:8]}"


def load_thresholds(name_or_path: str | Path) -> Thresholds:
    """A preset (default, strict, loose) or a YAML file of your own.

    Raises UsageError if there is no such preset or file, or if it names a score or a key that there is not.
    """
    name = str(name_or_path)
    if name in PRESETS:
        text = resources.files("corpus").joinpath(f"data/accept/{name}.yaml").read_text("utf-8")
        return parse_thresholds(text, name)
    path = Path(name_or_path)
    if len(path.parts) == 1 and not path.suffix and not path.exists():
        raise unknown("preset of thresholds or file", name, PRESETS)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"cannot read the thresholds {name} ({reason}); name a YAML file or a preset: "
                         f"{', '.join(PRESETS)}") from error  # fmt: skip
    return parse_thresholds(text, name)


def parse_thresholds(text: str, name: str) -> Thresholds:
    """The thresholds that a YAML text holds.

    >>> parse_thresholds("copy: {max: 0.8}", "mine.yaml").bounds
    (Bound(score='copy', least=-inf, most=0.8, needed=False),)
    """
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise UsageError(f"{name} is no YAML ({told}); write one bound a line: numbers: {{min: 0.5}}") from error
    if content is None:
        return Thresholds(name, ())
    if not isinstance(content, dict):
        raise UsageError(f"{name} holds no bounds; write one a line: numbers: {{min: 0.5}}")
    return Thresholds(name, tuple(_bound(str(score), keys, name) for score, keys in content.items()))


def _bound(score: str, keys: Any, name: str) -> Bound:
    known = [column.name for column in SCORES]
    if score not in known:
        raise unknown("score", score, known)
    if not isinstance(keys, dict) or not keys:
        raise UsageError(f"{name}: {score} has no bounds; write {score}: {{min: 0.5}}")
    keys = {"null" if key is None else str(key): value for key, value in keys.items()}  # YAML's own null
    for key in keys:
        if key not in _KEYS:
            raise unknown(f"key of {score}", key, _KEYS)
    if keys.get("null", "keep") not in _NULLS:
        raise UsageError(f"{name}: {score} has null: {keys['null']}; it may be: {' or '.join(_NULLS)}")
    least, most = _number(keys.get("min", -math.inf), score, name), _number(keys.get("max", math.inf), score, name)
    if least > most:
        raise UsageError(f"{name}: {score} has min {least} above max {most}, which no pair can meet; swap them")
    return Bound(score, least, most, keys.get("null") == "reject")


def _number(value: Any, score: str, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
        raise UsageError(f"{name}: {score} has {value!r} where a number belongs; write it as {score}: {{min: 0.5}}")
    return float(value)
