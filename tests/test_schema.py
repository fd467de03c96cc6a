"""The declared columns, as Arrow, as Hugging Face features, and in the documentation."""

from pathlib import Path

import pytest

from corpus import schema
from corpus.errors import UsageError

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("table", schema.TABLES)
def test_features_and_arrow_schema_say_the_same(table: str) -> None:
    assert schema.features(table).arrow_schema.equals(schema.arrow_schema(table))


@pytest.mark.parametrize("table", schema.TABLES)
def test_lists_of_records_are_lists_of_structs(table: str) -> None:
    import pyarrow as pa

    for field in schema.arrow_schema(table):
        if pa.types.is_nested(field.type) and field.name != "translation":
            assert pa.types.is_list(field.type), field.name


def test_an_unknown_table_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="Did you mean 'articles'"):
        schema.columns("article")


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_column_is_documented(table: str) -> None:
    page = (DOCS / "tables.md").read_text(encoding="utf-8")
    for column in schema.columns(table):
        assert f"| `{column.name}` |" in page, f"docs/tables.md does not explain {table}.{column.name}"
