"""The seal of the manifest: a hash of itself in its last line, since it is the file that vouches for all others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEAL = "sha256"


def seal(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its own SHA-256 behind it, in place of an older one.

    >>> sealed = seal({"songngu": "0.1.0"})
    >>> is_sealed(plain_json(sealed)), is_sealed(plain_json({**sealed, "songngu": "0.1.1"}))
    (True, False)
    """
    plain = {name: value for name, value in content.items() if name != SEAL}
    return {**plain, SEAL: hashlib.sha256(plain_json(plain).encode("utf-8", "surrogatepass")).hexdigest()}


def is_sealed(text: str) -> bool:
    """Whether a manifest is, letter for letter, what was sealed."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and SEAL in content and plain_json(seal(content)) == text


def plain_json(content: Mapping[str, Any]) -> str:
    """JSON as `Run.write_json` writes it."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
