"""The licence of use that a page states. A licence to publish a newspaper ("Giấy phép số …/GP-BTTTT") is none."""

from __future__ import annotations

import re

from corpus.orthography.glance import glance

_LONGEST = 240  # characters of a line that states a licence
_VERSION = r"[1-4]\.\d"
_CREATIVE_COMMONS = re.compile(
    rf"\bCC(?:0|[ -](?:BY|PDM)(?:-(?:NC|SA|ND)){{0,2}})(?:[ -]?{_VERSION})?(?:[ ](?:International|Unported|VN))?", re.I
)
_IN_WORDS = re.compile(
    r"Creative Commons[ ](?:Attribution|Ghi công|Zero)[\w -]{0,60}?[1-4]\.0(?:[ ](?:International|Unported|Quốc tế))?",
    re.I,
)
_OTHER = re.compile(
    r"(?:licen[cs]e|licen[cs]ed under|giấy phép)[ ]?:?[ ]"
    r"(?P<name>(?:MIT|Apache|GPL|GFDL|ODbL|public domain|CC0)[\w .-]{0,40})",
    re.I,
)
_CONDITIONS = re.compile(
    r"all rights reserved|mọi quyền được bảo lưu"
    r"|(?:ghi rõ|dẫn) nguồn.{0,80}(?:khi|nếu)|(?:khi|nếu).{0,80}(?:ghi rõ|dẫn) nguồn"
    r"|(?:©|\(c\)|copyright|bản quyền).{0,200}"
    r"(?:cấm sao chép|không được sao chép|giữ bản quyền|without permission|may not be)",
    re.I,
)
_may_state = glance(
    "cc", "creative commons", "licen", "giấy phép", "all rights", "mọi quyền", "nguồn", "©", "(c)", "copyright",
    "bản quyền",
)  # fmt: skip


def read_license(text: str) -> str | None:
    """The licence of use that a line states: its name, or the whole line where it states conditions; else None.

    >>> read_license("This article is licensed under CC BY-SA 4.0."), read_license("© 2023 VNA. All rights reserved.")
    ('CC BY-SA 4.0', '© 2023 VNA. All rights reserved.')
    >>> read_license("Giấy phép số 123/GP-BTTTT cấp ngày 1/2/2020")
    """
    if len(text) > _LONGEST or not _may_state(text):
        return None
    for pattern in (_CREATIVE_COMMONS, _IN_WORDS):
        found = pattern.search(text)
        if found:
            return found[0].strip()
    named = _OTHER.search(text)
    if named:
        return named["name"].strip(" .")
    return text.strip() if _CONDITIONS.search(text) else None
