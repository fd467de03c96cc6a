"""The tables of the room agree with one another and with the code."""

from __future__ import annotations

import re
from pathlib import Path

import corpus.loaders
from corpus.loaders import FORMATS, REASONS, SKIPPED, read
from corpus.loaders.fields import NAMES, key
from corpus.loaders.formats import unsupported

SOURCES = [path.read_text(encoding="utf-8") for path in Path(corpus.loaders.__file__).parent.glob("*.py")]


def test_an_extension_belongs_to_one_format_and_is_not_refused() -> None:
    extensions = [extension for format_ in FORMATS for extension in format_.extensions]
    assert len(set(extensions)) == len(extensions)
    assert not unsupported().intersection(extensions)
    assert all(re.fullmatch(r"\.[a-z0-9]+", extension) for extension in [*extensions, *unsupported()])


def test_a_column_name_belongs_to_one_field_and_is_written_as_it_is_compared() -> None:
    names = [name for known in NAMES.values() for name in known]
    assert len(set(names)) == len(names)
    assert all(key(name) == name for name in names)
    assert all(known[0] in (field, f"{field}s") for field, known in NAMES.items())


def test_every_reason_in_the_code_is_explained_and_every_explained_one_is_given() -> None:
    given = {reason for source in SOURCES for reason in re.findall(r'"(load:[a-z-]+)"(?!:)', source)}
    assert given == set(REASONS)
    text = "".join(SOURCES)
    assert all(text.count(f'"{reason}"') > 1 for reason in SKIPPED)


def test_front_matter_fills_the_fields_of_the_record(tmp_path: Path) -> None:
    text = "---\ntiêu đề: Mưa lớn\nngày đăng: 04/8/2023\nbài: 7\n---\nMưa.\n"
    (tmp_path / "a.md").write_bytes(text.encode("utf-16"))
    (record,) = read(tmp_path / "a.md", fields={"pair": "bài"})
    assert record.fields == {"title": "Mưa lớn", "published": "04/8/2023", "pair": "7"}
    assert record.data == text.encode("utf-16")
